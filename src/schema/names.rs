//! The names of indexes (`django.db.backends.base.schema`, `django.db.models.indexes`).

use md5::{Digest as _, Md5};

use crate::crypto;
use crate::models::{Index, Model};

/// The longest name Django gives on SQLite.
const MAX_LENGTH: usize = 200;

/// The name of an index over `columns`, with `_uniq` or nothing at its end.
pub(super) fn index_name(table: &str, columns: &[String], suffix: &str) -> String {
    let parts = std::iter::once(table).chain(columns.iter().map(String::as_str));
    let end = format!("{}{suffix}", digest(parts, 8));
    let name = format!("{table}_{}_{end}", columns.join("_"));
    if name.chars().count() <= MAX_LENGTH {
        return name;
    }
    let room = (MAX_LENGTH - end.len()) / 2 - 1;
    let short = format!(
        "{}_{}_{end}",
        first(table, room),
        first(&columns.join("_"), room)
    );
    if short.starts_with(|c: char| c == '_' || c.is_ascii_digit()) {
        return format!("D{}", first(&short, short.chars().count() - 1));
    }
    short
}

/// The name of an index that a model declares without one; `-` stands before descending columns.
pub(super) fn declared_index_name(table: &str, columns: &[(String, bool)]) -> String {
    let signed: Vec<_> = columns
        .iter()
        .map(|(column, descending)| format!("{}{column}", if *descending { "-" } else { "" }))
        .collect();
    let parts = std::iter::once(table)
        .chain(signed.iter().map(String::as_str))
        .chain(["idx"]);
    let leading = columns.first().map_or("", |(column, _)| column.as_str());
    let name = format!(
        "{}_{}_{}_idx",
        first(table, 11),
        first(leading, 7),
        digest(parts, 6)
    );
    if name.starts_with(|c: char| c == '_' || c.is_ascii_digit()) {
        return format!("D{}", &name[1..]);
    }
    name
}

/// The name of an index of `model`: its own, or the one made from table and columns.
///
/// None where it names a field the model does not have.
pub fn index_name_of(model: &Model, index: &Index) -> Option<String> {
    if index.name.is_some() {
        return index.name.clone();
    }
    let columns = index.fields.iter().map(|part| {
        let field = model.field(&part.name)?;
        Some((field.column(), part.descending))
    });
    let columns: Option<Vec<_>> = columns.collect();
    Some(declared_index_name(&model.db_table(), &columns?))
}

fn first(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

/// The first `length` hexadecimal digits of the MD5 sum of all `parts`.
fn digest<'p>(parts: impl Iterator<Item = &'p str>, length: usize) -> String {
    let mut hasher = Md5::new();
    for part in parts {
        hasher.update(part.as_bytes());
    }
    first(&crypto::hex(&hasher.finalize()), length)
}

#[cfg(test)]
mod tests {
    use super::{declared_index_name, index_name};

    #[test]
    fn names_are_those_of_django() {
        let columns = ["group_id", "permission_id"].map(ToOwned::to_owned);
        assert_eq!(
            index_name("auth_group_permissions", &columns, "_uniq"),
            "auth_group_permissions_group_id_permission_id_0cd325b0_uniq"
        );
        assert_eq!(
            index_name("django_session", &["expire_date".to_owned()], ""),
            "django_session_expire_date_a5c62663"
        );
        assert_eq!(
            declared_index_name("blog_post", &[("title".to_owned(), false)]),
            "blog_post_title_e1c6f7_idx"
        );
    }

    #[test]
    fn a_long_name_is_cut() {
        let columns = ["c".repeat(150), "d".repeat(150)];
        let name = index_name(&"t".repeat(90), &columns, "_uniq");
        assert!(name.len() <= 200, "{}", name.len());
        assert!(name.ends_with("_uniq"), "{name}");
    }
}
