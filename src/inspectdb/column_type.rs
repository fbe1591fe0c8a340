//! The field that a column seems to be.

use crate::db::Affinity;
use crate::db::introspection::{RelationKind, TableColumn};
use crate::inspectdb::inspected_table::InspectedTable;
use crate::models::FieldKind;

/// A guess, and whether it is no more than that.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ColumnType {
    /// The type and the options of its own.
    pub(super) entries: Vec<(&'static str, String)>,
    pub(super) guessed: bool,
}

/// The longest text, and the most digits, that a type is believed to mean.
const MOST: u32 = 1_000_000_000;

/// The kind of `column` of `table`, references aside.
pub(super) fn kind(table: &InspectedTable, column: &TableColumn) -> ColumnType {
    let found = declared_kind(&column.declared);
    match found.class() {
        "IntegerField" if is_rowid_alias(table, column) => known("AutoField"),
        "TextField" if !found.guessed && table.definition.is_json(&column.name) => {
            known("JSONField")
        }
        _ => found,
    }
}

/// The kind of a column of the type `declared`, which is in lower case.
pub(super) fn declared_kind(declared: &str) -> ColumnType {
    let (name, numbers) = split_numbers(declared);
    match name.as_str() {
        "bool" | "boolean" => known("BooleanField"),
        "smallint" | "smallinteger" => known("SmallIntegerField"),
        "int" | "integer" | "mediumint" | "tinyint" => known("IntegerField"),
        "bigint" => known("BigIntegerField"),
        "integer unsigned" => known("PositiveIntegerField"),
        "smallint unsigned" => known("PositiveSmallIntegerField"),
        "bigint unsigned" => known("PositiveBigIntegerField"),
        "real" | "float" | "double" | "double precision" => known("FloatField"),
        "char" if declared == "char(32)" => known("UUIDField"),
        "char" if declared == "char(39)" => known("GenericIPAddressField"),
        "char" | "varchar" | "nvarchar" | "nchar" | "character varying" | "varying character" => {
            text(&numbers)
        }
        "text" | "clob" => known("TextField"),
        "blob" => known("BinaryField"),
        "date" => known("DateField"),
        "datetime" | "timestamp" => known("DateTimeField"),
        "time" => known("TimeField"),
        "decimal" | "numeric" => decimal(&numbers),
        _ => ColumnType {
            guessed: true,
            ..by_affinity(&name, &numbers)
        },
    }
}

/// What the type `declared` is, as far as tables can differ in it: SQLite keeps no digits of a
/// decimal number, and a UUID or an address is a text to it.
pub(super) fn declared_identity(declared: &str) -> ColumnType {
    let found = declared_kind(declared);
    let entries = match found.class() {
        "DecimalField" => known("DecimalField").entries,
        "UUIDField" => text(&[32]).entries,
        "GenericIPAddressField" => text(&[39]).entries,
        _ => found.entries,
    };
    ColumnType {
        entries,
        guessed: false,
    }
}

impl ColumnType {
    /// Django's class.
    pub(super) fn class(&self) -> &str {
        self.entries[0].1.trim_matches('"')
    }
}

fn known(class: &'static str) -> ColumnType {
    ColumnType {
        entries: vec![("type", format!("\"{class}\""))],
        guessed: false,
    }
}

/// A type of no known name: SQLite goes by parts of it.
fn by_affinity(name: &str, numbers: &[u32]) -> ColumnType {
    match Affinity::of(name) {
        Affinity::Integer => known("IntegerField"),
        Affinity::Text if name.contains("char") => text(numbers),
        Affinity::Real => known("FloatField"),
        Affinity::Blob if !name.is_empty() => known("BinaryField"),
        Affinity::Text | Affinity::Blob | Affinity::Numeric => known("TextField"),
    }
}

/// A text; SQLite heeds no length, so that one which cannot be is none.
fn text(numbers: &[u32]) -> ColumnType {
    let mut found = known("CharField");
    if let Some(length) = numbers.first().filter(|length| **length > 0) {
        found.entries.push(("max_length", length.to_string()));
    }
    found
}

/// SQLite keeps neither of the two numbers unless the type names them.
fn decimal(numbers: &[u32]) -> ColumnType {
    let parts = match *numbers {
        [digits] => Some((digits, 0)),
        [digits, places] => Some((digits, places)),
        _ => None,
    };
    let parts = parts.filter(|(digits, places)| *digits > 0 && places <= digits);
    let (digits, places) = parts.unwrap_or((10, 5));
    let mut found = known("DecimalField");
    found.entries.push(("max_digits", digits.to_string()));
    found.entries.push(("decimal_places", places.to_string()));
    found.guessed = parts.is_none();
    found
}

/// The kind of what is cast to `declared`.
pub(super) fn field_kind_of_cast(declared: &str) -> Option<FieldKind> {
    let (name, numbers) = split_numbers(declared);
    let length = || numbers.first().map(|length| u64::from(*length));
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
    let is_key = table.only_key().is_some_and(|key| key.name == column.name);
    let is_number = column.declared == "integer" && !table.definition.without_rowid;
    is_key && is_number && table.kind == RelationKind::Table
}

/// `varchar(20)` as `varchar` and its numbers; none where one of them makes no sense.
fn split_numbers(declared: &str) -> (String, Vec<u32>) {
    let Some((name, rest)) = declared.split_once('(') else {
        return (declared.trim().to_owned(), Vec::new());
    };
    let inside = rest.split(')').next().unwrap_or_default();
    let numbers = inside.split(',').map(|number| {
        let number = number.trim().trim_start_matches('+').parse().ok();
        number.filter(|number| *number <= MOST)
    });
    let numbers = numbers.collect::<Option<_>>().unwrap_or_default();
    (name.trim().to_owned(), numbers)
}
