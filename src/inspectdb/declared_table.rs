//! What a table declares, in a form that can be compared with what another declares.

use crate::db::Affinity;
use crate::db::introspection::RelationKind;
use crate::inspectdb::column::default_value;
use crate::inspectdb::column_type::{declared_identity, declared_kind};
use crate::inspectdb::declared_clause::DeclaredClause;
use crate::inspectdb::index_definition::{IndexDefinition, is_valid_index_name};
use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::inspected_table::{InspectedTable, RowKey};
use crate::inspectdb::literal_for_class::ANY_NUMBER;
use crate::inspectdb::reference::ReferenceReader;
use crate::inspectdb::sql::default_tokens;
use crate::inspectdb::sql_to_model::SqlToModel;

/// What a table declares; names of columns are in lower case.
#[derive(Clone, Debug)]
pub struct TableDeclaration {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: RelationKind,
    /// Its columns.
    pub columns: Vec<DeclaredColumn>,
    /// The columns of its primary key.
    pub primary_key: Vec<String>,
    /// The name by which SQLite numbers the rows of a table without a primary key.
    pub row_number: Option<&'static str>,
    /// The sets of columns that are unique together, sorted.
    pub uniques: Vec<Vec<String>>,
    /// Its checks.
    pub checks: Vec<DeclaredCheck>,
    /// Its indexes beyond keys and unique sets of columns.
    pub indexes: Vec<DeclaredIndex>,
    /// Its foreign keys of one column.
    pub references: Vec<DeclaredReference>,
    /// The columns of its other foreign keys.
    pub compound_references: Vec<String>,
}

/// What a column declares.
#[derive(Clone, Debug)]
pub struct DeclaredColumn {
    /// Its name in lower case.
    pub name: String,
    /// Its type, as written but in lower case.
    pub declared: String,
    /// Whether it accepts no value.
    pub null: bool,
    /// What stands in for a value.
    pub default: Option<DeclaredClause>,
    /// What the database computes it from.
    pub generated: Option<DeclaredClause>,
    /// How its texts are compared, in lower case.
    pub collation: Option<String>,
}

/// A check and its name, if it has one.
#[derive(Clone, Debug)]
pub struct DeclaredCheck {
    /// Its name.
    pub name: Option<String>,
    /// Its condition.
    pub condition: DeclaredClause,
}

/// An index of a statement of its own.
#[derive(Clone, Debug)]
pub struct DeclaredIndex {
    /// Its name.
    pub name: String,
    /// The statement that made it.
    pub sql: String,
    unique: bool,
    parts: Vec<DeclaredClause>,
    condition: Option<DeclaredClause>,
}

/// A foreign key of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredReference {
    /// The column in lower case.
    pub column: String,
    /// The table referred to, in lower case.
    pub table: String,
    /// The column referred to, in lower case.
    pub target: Option<String>,
    /// What happens when the row referred to goes.
    pub on_delete: String,
    /// Whether a model could say it.
    pub is_sayable: bool,
}

impl TableDeclaration {
    /// What `table` declares, one of `tables`.
    pub(super) fn new(table: &InspectedTable, tables: &[InspectedTable]) -> Self {
        let fields = plain_fields(table);
        let mut found = Self {
            name: table.name.clone(),
            kind: table.kind,
            columns: columns(table, &fields),
            primary_key: primary_key(table),
            row_number: match table.row_key {
                RowKey::Number(name) if table.kind == RelationKind::Table => Some(name),
                _ => None,
            },
            uniques: Vec::new(),
            checks: Vec::new(),
            indexes: Vec::new(),
            references: references(table, tables),
            compound_references: table.compound_references.clone(),
        };
        found.read_indexes(table, &fields);
        found.checks = table
            .definition
            .checks
            .iter()
            .map(|check| DeclaredCheck {
                name: check.name.clone().filter(|name| !name.is_empty()),
                condition: DeclaredClause::condition(&check.condition, &fields),
            })
            .collect();
        found
    }

    fn read_indexes(&mut self, table: &InspectedTable, fields: &[InspectedField]) {
        for index in &table.indexes {
            let Some(declared) = IndexDefinition::of(index) else {
                let columns = index.columns.iter().filter_map(|(name, _)| name.as_deref());
                self.unique(columns.collect());
                continue;
            };
            let columns = declared.columns().filter(|columns| {
                let mut columns = columns.iter();
                declared.condition.is_none() && columns.all(|(_, descending)| !descending)
            });
            if let (true, Some(columns)) = (index.unique, columns) {
                self.unique(columns.into_iter().map(|(name, _)| name).collect());
                continue;
            }
            let parts = declared.parts.iter();
            let condition = declared.condition.as_ref();
            self.indexes.push(DeclaredIndex {
                name: index.name.clone(),
                sql: index.sql.clone(),
                unique: index.unique,
                parts: parts
                    .map(|part| DeclaredClause::part(part, fields))
                    .collect(),
                condition: condition.map(|tokens| DeclaredClause::condition(tokens, fields)),
            });
        }
    }

    /// Notes a set of columns that are unique together, but for the primary key.
    fn unique(&mut self, columns: Vec<&str>) {
        let mut columns: Vec<_> = columns.into_iter().map(str::to_lowercase).collect();
        columns.sort();
        let mut key = self.primary_key.clone();
        key.sort();
        if columns != key && !self.uniques.contains(&columns) {
            self.uniques.push(columns);
        }
    }

    /// The column of this name, which is in lower case.
    pub fn column(&self, name: &str) -> Option<&DeclaredColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether the key `column` of the table `expected` is the number that SQLite gives to the rows of
    /// this one.
    pub fn numbers_rows_for(&self, expected: &Self, column: &str) -> bool {
        let names = ["rowid", "_rowid_", "oid"];
        expected.primary_key == [column] && self.row_number.is_some() && names.contains(&column)
    }

    /// Whether the column is part of the primary key or of a reference.
    pub fn is_key_or_reference(&self, column: &str) -> bool {
        self.primary_key.iter().any(|name| name == column) || self.is_reference(column)
    }

    /// Whether the column refers to another table.
    pub fn is_reference(&self, column: &str) -> bool {
        let mut references = self.references.iter();
        references.any(|reference| reference.column == column)
    }
}

impl DeclaredColumn {
    /// Whether both types are the same to Django: other words for one, or one that SQLite alone
    /// knows for the one that `inspectdb` takes it for.
    pub fn has_type_of(&self, other: &Self) -> bool {
        declared_identity(&self.declared) == declared_identity(&other.declared)
    }

    /// Whether SQLite makes the same of the values of both.
    pub fn has_affinity_of(&self, other: &Self) -> bool {
        Affinity::of(&self.declared) == Affinity::of(&other.declared)
    }

    /// Whether a field of the column could have a collation.
    pub fn is_text(&self) -> bool {
        let identity = declared_identity(&self.declared);
        ["CharField", "TextField"].contains(&identity.class())
    }
}

impl DeclaredIndex {
    /// Whether both index the same, whatever they are called.
    pub fn has_content_of(&self, other: &Self) -> bool {
        let mut parts = self.parts.iter().zip(&other.parts);
        let condition = match (&self.condition, &other.condition) {
            (Some(own), Some(other)) => own.is_same(other),
            (own, other) => own.is_none() && other.is_none(),
        };
        let is_same = self.unique == other.unique && self.parts.len() == other.parts.len();
        condition && is_same && parts.all(|(own, other)| own.is_same(other))
    }

    /// Whether a model could declare it.
    pub fn is_sayable(&self) -> bool {
        let mut clauses = self.parts.iter().chain(&self.condition);
        is_valid_index_name(&self.name) && clauses.all(DeclaredClause::is_sayable)
    }
}

/// Fields that are named as their columns, which is all that a comparison needs.
fn plain_fields(table: &InspectedTable) -> Vec<InspectedField> {
    let columns = table.columns.iter();
    let fields = columns.map(|column| InspectedField {
        name: column.name.to_lowercase(),
        column: column.name.clone(),
        class: compared_class(&column.declared),
        null: column.null && column.key == 0,
        to: None,
        entries: declared_digits(&column.declared),
        notes: Vec::new(),
    });
    fields.collect()
}

/// The digits that a decimal of this type holds, where the type names them.
fn declared_digits(declared: &str) -> Vec<(String, String)> {
    let kind = declared_kind(declared);
    if kind.guessed || kind.class() != "DecimalField" {
        return Vec::new();
    }
    let entries = kind.entries.into_iter();
    entries
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn compared_class(declared: &str) -> String {
    let kind = declared_kind(declared);
    match kind.class() {
        "DecimalField" | "FloatField" => ANY_NUMBER,
        other => other,
    }
    .to_owned()
}

fn columns(table: &InspectedTable, fields: &[InspectedField]) -> Vec<DeclaredColumn> {
    let columns = table.columns.iter().zip(fields);
    let declared = columns.map(|(column, field)| {
        let generated = table.definition.generated.get(&field.name);
        let default = column.default.as_ref();
        let default = default.filter(|sql| !sql.eq_ignore_ascii_case("null"));
        let collation = table.definition.collations.get(&field.name);
        DeclaredColumn {
            name: field.name.clone(),
            declared: column.declared.clone(),
            null: column.null && column.key == 0,
            default: default.map(|sql| {
                let value = default_value(field, sql, SqlToModel::new(fields));
                DeclaredClause::default(&default_tokens(sql), value)
            }),
            generated: generated
                .map(|generated| DeclaredClause::value(&generated.expression, fields)),
            collation: collation
                .map(|name| name.to_lowercase())
                .filter(|name| name != "binary"),
        }
    });
    declared.collect()
}

fn primary_key(table: &InspectedTable) -> Vec<String> {
    if table.row_key != RowKey::Declared {
        return Vec::new();
    }
    let mut keys: Vec<_> = table
        .columns
        .iter()
        .filter(|column| column.key > 0)
        .collect();
    keys.sort_by_key(|column| column.key);
    keys.iter()
        .map(|column| column.name.to_lowercase())
        .collect()
}

fn references(table: &InspectedTable, tables: &[InspectedTable]) -> Vec<DeclaredReference> {
    let reader = ReferenceReader {
        table,
        tables,
        known: &[],
    };
    let references = table.references.iter().map(|key| {
        let column = table.column(&key.column);
        let found = column.and_then(|column| reader.read(column).ok().flatten());
        let implied = found.as_ref().and_then(|found| found.target);
        let implied = implied.map(|(_, target)| target.name.clone());
        DeclaredReference {
            column: key.column.to_lowercase(),
            table: key.table.to_lowercase(),
            target: key
                .target
                .clone()
                .or(implied)
                .map(|name| name.to_lowercase()),
            on_delete: key.on_delete.clone(),
            is_sayable: found.is_some(),
        }
    });
    references.collect()
}
