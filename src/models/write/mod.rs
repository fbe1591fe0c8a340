//! Models as TOML: what [`read`](crate::models::read) reads, stable and with nothing that is usual.
//!
//! All of it stands in inline tables, so that one line is one field.

mod field;
mod options;
mod value;

pub use field::{field_entries, field_table};
pub use options::{constraint, index, option_entries};
pub use value::{key, literal, text, texts};

/// Keys and values, as an inline table.
pub fn inline(entries: &[(String, String)]) -> String {
    let entries: Vec<_> = entries
        .iter()
        .map(|(name, value)| format!("{} = {value}", key(name)))
        .collect();
    match entries.as_slice() {
        [] => "{}".to_owned(),
        _ => format!("{{ {} }}", entries.join(", ")),
    }
}
