//! References to many, read for a batch of rows at once.

use std::collections::HashMap;

use crate::db::sql::SqlStatement as _;
use crate::db::{Connection, SqlValue, SqlValueRef};
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

    /// The lists of the rows with these primary keys.
    pub(super) fn read(
        &self,
        connection: &Connection,
        keys: Vec<SqlValue>,
    ) -> Result<ManyToManyValues, DumpError> {
        let mut many_to_many = ManyToManyValues::new();
        if keys.is_empty() {
            return Ok(many_to_many);
        }
        let mut select = ModelSelect::new(self.registry, self.through.target);
        select.join_through(&self.through.table, &self.through.target_column)?;
        select.through_column(&self.through.source_column);
        let columns = self.paths.iter().map(|path| select.column(path));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        select.filter_through_in(&self.through.source_column, keys);
        select.order_by_default()?;
        // Where the model has no order of its own, Django leaves it to SQLite, whose index is in this one.
        select.order_by_key()?;
        let label = self.through.target.key().to_string();
        let statement = select.statement().compile(connection.dialect());
        statement.for_each_in_place(connection, &[], |row| {
            let source = row.value(0)?;
            let mut item = Vec::with_capacity(columns.len());
            for (index, column) in columns.iter().enumerate() {
                let value = row.value(index + 1)?;
                item.push(readable_value(&label, source, *column, value)?);
            }
            many_to_many
                .entry(key_text(&source.into()))
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
    key: SqlValueRef<'_>,
    column: SelectedColumn<'_>,
    value: SqlValueRef<'_>,
) -> Result<FieldValue, DumpError> {
    let read = from_column(column.kind, value).ok_or_else(|| DumpError::Unreadable {
        model: model.to_owned(),
        key: key_text(&key.into()),
        field: column.field.name.clone(),
        found: format!("`{}`", key_text(&value.into())),
        kind: column.kind.class_name(),
    })?;
    if let FieldValue::Json(document) = &read
        && let Some(number) = document.infinite_number()
    {
        return Err(DumpError::InfiniteNumber {
            model: model.to_owned(),
            key: key_text(&key.into()),
            field: column.field.name.clone(),
            number: number.to_owned(),
        });
    }
    Ok(read)
}
