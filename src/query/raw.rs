//! Rows of a model that a statement of one's own selects (`QuerySet.raw`).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::db::{Connection, SqlValue};
use crate::models::ModelSet as _;
use crate::query::read_value::read_value;
use crate::query::relation_path::key;
use crate::query::{ModelInstance, QueryError, QuerySet};
use crate::values::FieldValue;

impl QuerySet<'_> {
    /// The rows that `sql` selects, with `?` for each of `values`; the query itself has no part in it.
    ///
    /// Columns are found by their names. Those of other names become annotations, and fields without a column
    /// are not loaded. Fails where the primary key is not among the columns.
    pub fn raw(
        &self,
        connection: &Connection,
        sql: &str,
        values: &[SqlValue],
    ) -> Result<Vec<ModelInstance>, QueryError> {
        self.raw_named(connection, sql, values, &BTreeMap::new())
    }

    /// The same, where `names` says which columns are which fields, beside those that are called as they are.
    pub fn raw_named(
        &self,
        connection: &Connection,
        sql: &str,
        values: &[SqlValue],
        names: &BTreeMap<String, String>,
    ) -> Result<Vec<ModelInstance>, QueryError> {
        let model = self.model();
        let mut found = connection.query_named(sql, values)?;
        for column in &mut found.columns {
            let field = names.get(column).and_then(|name| model.field(name));
            if let Some(field) = field {
                *column = field.column();
            }
        }
        let place = |name: &String| {
            let mut fields = model.fields.iter();
            fields.position(|field| field.has_column() && field.column() == *name)
        };
        let places: Vec<_> = found.columns.iter().map(place).collect();
        let key_column = key(model)?.column();
        if !found.columns.contains(&key_column) {
            return Err(QueryError::RawWithoutKey(key_column));
        }
        let names: Vec<Arc<str>> = found
            .columns
            .iter()
            .map(|name| name.as_str().into())
            .collect();
        let rows = found.rows.into_iter().map(|row| {
            let mut instance = ModelInstance::empty(Arc::clone(model));
            instance.set_saved();
            for ((place, name), value) in places.iter().zip(&names).zip(row.into_values()) {
                if let Some(place) = place {
                    let kind = self.registry().value_kind(&model.fields[*place])?;
                    instance.load(*place, read_value(kind, &value)?);
                } else {
                    let value = FieldValue::as_stored((&value).into());
                    instance.annotate(Arc::clone(name), value);
                }
            }
            Ok(instance)
        });
        rows.collect()
    }
}
