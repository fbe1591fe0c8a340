//! References to many, read for a batch of rows at once.

use std::collections::HashMap;

use crate::db::sql::SqlStatement as _;
use crate::db::{Connection, Row, SqlValue};
use crate::json::JsonWriter;
use crate::models::{Field, Model, Registry};
use crate::query::{ModelSelect, QueryError, SelectedColumn, Through};
use crate::serializers::DumpError;
use crate::serializers::key_text::key_text;
use crate::serializers::natural_key::natural_key;
use crate::values::{FieldValue, from_column, write_json};

/// For the key of a row, what its list holds: each item one value or a natural key.
pub(super) type ManyToManyValues = HashMap<String, Vec<Vec<FieldValue>>>;

/// A reference to many, in a table that no model declares.
#[derive(Debug)]
pub(super) struct ManyToManySource<'r> {
    registry: &'r Registry,
    field: &'r Field,
    through: Through<'r>,
    /// The columns of an item: the primary key, or a natural key.
    paths: Vec<&'r str>,
    natural: bool,
}

impl<'r> ManyToManySource<'r> {
    /// The list of `field`; none where it is not such a reference.
    pub(super) fn new(
        registry: &'r Registry,
        model: &'r Model,
        field: &'r Field,
        natural: bool,
    ) -> Result<Option<Self>, QueryError> {
        let Some(through) = Through::new(registry, model, field)? else {
            return Ok(None);
        };
        let key = natural_key(registry, through.target).filter(|_| natural);
        Ok(Some(Self {
            registry,
            field,
            natural: key.is_some(),
            paths: key.unwrap_or(vec!["pk"]),
            through,
        }))
    }

    /// The name of the field.
    pub(super) fn name(&self) -> &str {
        &self.field.name
    }

    /// The table between.
    pub(super) fn table(&self) -> &str {
        &self.through.table
    }

    /// The lists of all rows of `batch`, whose first column is the primary key.
    pub(super) fn read(
        &self,
        connection: &Connection,
        batch: &[Row],
    ) -> Result<ManyToManyValues, DumpError> {
        let mut many_to_many = ManyToManyValues::new();
        if batch.is_empty() {
            return Ok(many_to_many);
        }
        let keys = batch.iter().map(|row| row.get::<SqlValue>(0));
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        let mut select = ModelSelect::new(self.registry, self.through.target);
        select.join_through(&self.through.table, &self.through.target_column)?;
        select.through_column(&self.through.source_column);
        let columns = self.paths.iter().map(|path| select.column(path));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        select.filter_through_in(&self.through.source_column, keys);
        select.order_by_default()?;
        // Where the model has no order of its own, Django leaves it to SQLite, whose index is in this one.
        select.order_by_key()?;
        select.statement().for_each(connection, |row| {
            let mut values = row.into_values().into_iter();
            let source = values.next().unwrap_or(SqlValue::Null);
            let item = columns.iter().zip(values).map(|(column, value)| {
                let label = self.through.target.key().to_string();
                readable_value(&label, &source, *column, &value)
            });
            let item = item.collect::<Result<Vec<_>, _>>()?;
            many_to_many
                .entry(key_text(&source))
                .or_default()
                .push(item);
            Ok::<_, DumpError>(())
        })?;
        Ok(many_to_many)
    }

    /// Writes the list of the row `key`.
    pub(super) fn write(
        &self,
        many_to_many: &ManyToManyValues,
        key: &SqlValue,
        writer: &mut JsonWriter,
    ) {
        writer.open(b'[');
        for item in many_to_many.get(&key_text(key)).into_iter().flatten() {
            if self.natural {
                writer.open(b'[');
            }
            for data in item {
                write_json(writer, data);
            }
            if self.natural {
                writer.close(b']');
            }
        }
        writer.close(b']');
    }
}

/// What the column of the row `key` holds; fails where that is not a value of its field, or where a fixture
/// cannot say it.
pub(super) fn readable_value(
    model: &str,
    key: &SqlValue,
    column: SelectedColumn<'_>,
    value: &SqlValue,
) -> Result<FieldValue, DumpError> {
    let (model, field) = (model.to_owned(), column.field.name.clone());
    let read = from_column(column.kind, value);
    let value = read.ok_or_else(|| DumpError::Unreadable {
        model: model.clone(),
        key: key_text(key),
        field: field.clone(),
        found: format!("`{}`", key_text(value)),
        kind: column.kind.class_name(),
    })?;
    let infinite = match &value {
        FieldValue::Json(document) => document.infinite_number(),
        _ => None,
    };
    match infinite {
        None => Ok(value),
        Some(number) => Err(DumpError::InfiniteNumber {
            model,
            key: key_text(key),
            field,
            number: number.to_owned(),
        }),
    }
}
