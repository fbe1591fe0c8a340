//! The field that a column seems to be.

use crate::db::introspection::TableColumn;
use crate::inspectdb::inspected_table::InspectedTable;
use crate::models::FieldKind;

/// A guess, and whether it is no more than that.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ColumnType {
    /// The type and the options of its own.
    pub(super) entries: Vec<(&'static str, String)>,
    pub(super) guessed: bool,
}

/// The kind of `column` of `table`, references aside.
pub(super) fn kind(table: &InspectedTable, column: &TableColumn) -> ColumnType {
    let (declared, length) = split_length(&column.declared);
    let known = |class: &'static str| ColumnType {
        entries: vec![("type", format!("\"{class}\""))],
        guessed: false,
    };
    let with = |class, options: &[(&'static str, String)]| {
        let mut kind = known(class);
        kind.entries.extend_from_slice(options);
        kind
    };
    let is_json = table
        .sql
        .contains(&format!("JSON_VALID(\"{}\")", column.name));
    match declared.as_str() {
        "integer" if is_rowid_alias(table, column) => known("AutoField"),
        "bool" | "boolean" => known("BooleanField"),
        "smallint" | "smallinteger" => known("SmallIntegerField"),
        "int" | "integer" | "mediumint" | "tinyint" => known("IntegerField"),
        "bigint" => known("BigIntegerField"),
        "integer unsigned" => known("PositiveIntegerField"),
        "smallint unsigned" => known("PositiveSmallIntegerField"),
        "bigint unsigned" => known("PositiveBigIntegerField"),
        "real" | "float" | "double" | "double precision" => known("FloatField"),
        "char" | "varchar" | "nvarchar" | "character varying" => {
            let length = length.map(|length| ("max_length", length));
            with("CharField", &Vec::from_iter(length))
        }
        "text" | "clob" if is_json => known("JSONField"),
        "text" | "clob" => known("TextField"),
        "blob" => known("BinaryField"),
        "date" => known("DateField"),
        "datetime" | "timestamp" => known("DateTimeField"),
        "time" => known("TimeField"),
        "decimal" | "numeric" => decimal(length.as_deref()),
        _ => ColumnType {
            guessed: true,
            ..known("TextField")
        },
    }
}

/// The kind of what is cast to `declared`.
pub(super) fn field_kind_of_cast(declared: &str) -> Option<FieldKind> {
    let (name, length) = split_length(declared);
    let length = || length.and_then(|length| length.parse().ok());
    Some(match name.as_str() {
        "integer" | "int" => FieldKind::Integer,
        "bigint" => FieldKind::BigInteger,
        "smallint" => FieldKind::SmallInteger,
        "real" => FieldKind::Float,
        "bool" => FieldKind::Boolean,
        "text" => FieldKind::Text { max_length: None },
        "varchar" => FieldKind::Char {
            max_length: length(),
        },
        "decimal" | "numeric" => FieldKind::Decimal {
            max_digits: 10,
            decimal_places: 5,
        },
        _ => return None,
    })
}

/// Whether the column is the one number that SQLite counts rows by.
fn is_rowid_alias(table: &InspectedTable, column: &TableColumn) -> bool {
    column.key == 1 && table.columns.iter().filter(|other| other.key > 0).count() == 1
}

/// `varchar(20)` as `varchar` and `20`; numbers alone count.
fn split_length(declared: &str) -> (String, Option<String>) {
    let Some((name, rest)) = declared.split_once('(') else {
        return (declared.trim().to_owned(), None);
    };
    let inside = rest.split(')').next().unwrap_or_default().trim();
    let sound = inside
        .chars()
        .all(|c| c.is_ascii_digit() || ", ".contains(c));
    let length = Some(inside.to_owned()).filter(|inside| sound && !inside.is_empty());
    (name.trim().to_owned(), length)
}

/// SQLite keeps neither of the two numbers unless the type names them.
fn decimal(length: Option<&str>) -> ColumnType {
    let parts = length.and_then(|length| length.split_once(','));
    let parts = parts.map(|(digits, places)| (digits.trim(), places.trim()));
    let (digits, places) = parts.unwrap_or(("10", "5"));
    ColumnType {
        entries: vec![
            ("type", "\"DecimalField\"".to_owned()),
            ("max_digits", digits.to_owned()),
            ("decimal_places", places.to_owned()),
        ],
        guessed: parts.is_none(),
    }
}
