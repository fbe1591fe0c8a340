//! Names of models and fields, made from those of tables and columns.

use crate::text;

/// The model of `table`: `auth_user` as `AuthUser`, unlike those that are `taken`.
pub(super) fn model(table: &str, taken: &[String]) -> String {
    let words = table.split(|c: char| !c.is_ascii_alphanumeric());
    let name: String = words.map(capitalized).collect();
    let name = match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        _ => format!("Table{name}"),
    };
    unlike(name, |name| {
        taken.iter().any(|other| other.eq_ignore_ascii_case(name))
    })
}

/// The field of `column`, unlike the names that are `taken`; of a reference without its `_id`.
///
/// A reference takes the name under which a row keeps its value, too.
pub(super) fn field(column: &str, reference: bool, taken: &[String]) -> String {
    let lower = column.to_lowercase();
    let bare = match lower.strip_suffix("_id") {
        Some(bare) if reference && !bare.is_empty() => bare,
        _ => &lower,
    };
    let words = bare.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let name = words.join("_");
    let name = match name.as_str() {
        "" | "pk" => format!("{name}field"),
        _ if !text::is_identifier(&name) => format!("number_{name}"),
        _ => name,
    };
    let is_taken = |name: &str| taken.iter().any(|other| other == name);
    unlike(name, |name| {
        is_taken(name) || reference && is_taken(&format!("{name}_id"))
    })
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + &rest.to_lowercase()
}

/// `name`, with a number behind it where it is taken.
pub(super) fn unlike(name: String, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&name) {
        return name;
    }
    let numbered = (2_u32..).map(|number| format!("{name}{number}"));
    numbered
        .into_iter()
        .find(|name| !taken(name))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{field, model};

    #[test]
    fn whatever_a_table_is_called_its_model_has_a_name() {
        let taken = ["AuthUser".to_owned()];
        assert_eq!(model("auth_user", &[]), "AuthUser");
        assert_eq!(model("AUTH-USER", &taken), "AuthUser2");
        assert_eq!(model("123 tbl-x", &[]), "Table123TblX");
        assert_eq!(model("é", &[]), "Table");
    }

    #[test]
    fn whatever_a_column_is_called_its_field_has_a_name() {
        let taken = ["name".to_owned()];
        assert_eq!(field("author_id", true, &[]), "author");
        assert_eq!(field("author_id", false, &[]), "author_id");
        assert_eq!(field("_First  Name__", false, &[]), "first_name");
        assert_eq!(field("Name", false, &taken), "name2");
        assert_eq!(field("2nd", false, &[]), "number_2nd");
        assert_eq!(field("pk", false, &[]), "pkfield");
        assert_eq!(field("ü", false, &[]), "field");
    }
}
