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

/// The words of `text`, which are made of the characters of `is_letter`, with one `_` between them.
fn words_of(text: &str, is_letter: impl Fn(char) -> bool) -> String {
    let words = text.split(|c: char| c == '_' || !is_letter(c));
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("_")
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
    let name = words_of(bare, |c| text::is_identifier(&format!("a{c}")));
    let name = match name.as_str() {
        // Letters that Python would join to others.
        name if !text::is_identifier(&format!("a{name}")) => {
            words_of(bare, |c| c.is_ascii_alphanumeric())
        }
        _ => name,
    };
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
        assert_eq!(field("ü", false, &[]), "ü");
        assert_eq!(field("²", false, &[]), "field");
    }
}
