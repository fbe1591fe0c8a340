//! A row written as Django's `save` does: updated if its key is there, inserted if not.

use crate::db::schema_editor::declared_default;
use crate::db::{Connection, Value, quote_name};
use crate::models::{Field, FieldKind, Model};
use crate::query::QueryError;

/// The statements that write rows of one model.
#[derive(Debug)]
pub struct Save<'r> {
    /// The fields a row has values for, in order.
    pub fields: Vec<&'r Field>,
    key: usize,
    upsert: String,
    insert: String,
}

impl<'r> Save<'r> {
    /// Prepares for rows of `model`.
    pub fn new(model: &'r Model) -> Result<Self, QueryError> {
        let fields: Vec<_> = model.columns().collect();
        let key = fields.iter().position(|field| field.primary_key);
        let key = key.ok_or_else(|| QueryError::NoPrimaryKey(model.key()))?;
        Ok(Self {
            upsert: upsert(model, &fields, key),
            insert: insert(model, fields.iter().enumerate().filter(|(i, _)| *i != key)),
            fields,
            key,
        })
    }

    /// Where the primary key stands among the fields.
    pub fn key(&self) -> usize {
        self.key
    }

    /// Writes a row, one value for each field; without a key it gets the next one.
    ///
    /// Returns the key.
    pub fn run(&self, connection: &Connection, mut row: Vec<Value>) -> Result<Value, QueryError> {
        if row[self.key] == Value::Null {
            row.remove(self.key);
            connection.execute(&self.insert, &row)?;
            return Ok(Value::Integer(connection.last_insert_id()));
        }
        connection.execute(&self.upsert, &row)?;
        Ok(row.swap_remove(self.key))
    }
}

/// What `field` holds where nothing is said; none where something has to be said.
pub fn unsaid(field: &Field) -> Result<Option<Value>, QueryError> {
    if let Some(value) = declared_default(field)? {
        return Ok(Some(value));
    }
    if field.null || field.primary_key {
        return Ok(Some(Value::Null));
    }
    Ok(field.kind.allows_empty_strings().then(|| match field.kind {
        FieldKind::Binary { .. } => Value::Blob(Vec::new()),
        _ => "".into(),
    }))
}

fn upsert(model: &Model, fields: &[&Field], key: usize) -> String {
    let others = fields.iter().enumerate().filter(|(i, _)| *i != key);
    let changes: Vec<_> = others
        .map(|(_, field)| quote_name(&field.column()))
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    let action = match &*changes {
        [] => "NOTHING".to_owned(),
        changes => format!("UPDATE SET {}", changes.join(", ")),
    };
    let key = quote_name(&fields[key].column());
    let insert = insert(model, fields.iter().enumerate());
    format!("{insert} ON CONFLICT ({key}) DO {action}")
}

fn insert<'f, 'r: 'f>(
    model: &Model,
    fields: impl Iterator<Item = (usize, &'f &'r Field)>,
) -> String {
    let columns: Vec<_> = fields
        .map(|(_, field)| quote_name(&field.column()))
        .collect();
    let table = quote_name(&model.db_table());
    if columns.is_empty() {
        return format!("INSERT INTO {table} DEFAULT VALUES");
    }
    let marks = vec!["?"; columns.len()].join(", ");
    format!(
        "INSERT INTO {table} ({}) VALUES ({marks})",
        columns.join(", ")
    )
}
