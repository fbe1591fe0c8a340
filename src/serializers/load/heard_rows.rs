//! Rows of fixtures that receivers of a project hear of: they are written by their classes, with `raw`.

use crate::db::{Connection, SqlValue};
use crate::models::Registry;
use crate::query::{ModelInstance, QueryError, SaveOptions};
use crate::serializers::load::model_target::{ManyToManyTarget, ModelTarget};
use crate::values::{from_column, to_column};

/// Writes the row of these values, one for each field of the table; `None` where nobody hears of it.
pub(super) fn save_heard(
    registry: &Registry,
    connection: &Connection,
    table: &ModelTarget<'_>,
    values: &[Option<SqlValue>],
) -> Result<Option<ModelInstance>, QueryError> {
    let (Some(observer), Some(model)) = (
        registry.listening_observer(),
        registry.shared(&table.model.key()),
    ) else {
        return Ok(None);
    };
    let mut row = ModelInstance::new(registry, model)?;
    for ((field, kind), value) in table.save.fields.iter().zip(&table.kinds).zip(values) {
        if let Some(value) = value.as_ref().and_then(|value| from_column(kind, value)) {
            row.set(&field.name, value);
        }
    }
    let options = SaveOptions {
        is_raw: true,
        ..SaveOptions::default()
    };
    let is_saved = observer.save(&mut row, &options, connection)?;
    Ok(is_saved.then_some(row))
}

/// The primary key of `row`, a value for each of its fields.
pub(super) fn keys_of(table: &ModelTarget<'_>, row: &ModelInstance) -> Vec<SqlValue> {
    let places = table.save.keys().iter();
    let value = |place: &usize| row.get(&table.save.fields[*place].name);
    places
        .map(|place| value(place).map_or(SqlValue::Null, to_column))
        .collect()
}

/// Makes `items` all that `row` refers to by the reference of `list`.
pub(super) fn set_heard(
    registry: &Registry,
    connection: &Connection,
    row: &ModelInstance,
    list: &ManyToManyTarget<'_>,
    items: &[SqlValue],
) -> Result<(), QueryError> {
    let keys = items.iter().filter_map(|item| from_column(list.kind, item));
    let keys: Vec<_> = keys.collect();
    row.set_many(registry, connection, &list.field.name, &keys)
}
