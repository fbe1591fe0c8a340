//! One row of a query, or several by their keys.

use crate::db::Connection;
use crate::models::{ConstraintKind, Field, Model};
use crate::query::field_path::unknown_field;
use crate::query::one_of::is_one_of;
use crate::query::{ModelInstance, QueryError, QuerySet};
use crate::values::FieldValue;

/// How many rows are read to say that there are several.
const SEVERAL: u64 = 2;

impl QuerySet<'_> {
    /// The first row in the order of the query, or else of the primary key; none where there are none.
    ///
    /// Fails where it is without an order, and a part of it was taken.
    pub fn first(&self, connection: &Connection) -> Result<Option<ModelInstance>, QueryError> {
        let first = self.narrowed(|query| query.in_some_order(self.model()).slice(0, Some(1)));
        Ok(first.instances(connection)?.into_iter().next())
    }

    /// The last row in the order of the query, or else of the primary key; none where there are none.
    ///
    /// Fails where a part of the query was taken.
    pub fn last(&self, connection: &Connection) -> Result<Option<ModelInstance>, QueryError> {
        let last = self.narrowed(|query| {
            let reversed = query.in_some_order(self.model()).reverse();
            reversed.slice(0, Some(1))
        });
        Ok(last.instances(connection)?.into_iter().next())
    }

    /// The row that comes first by `fields`, or else by the model's `get_latest_by`.
    ///
    /// Fails with [`QueryError::NotFound`] where there are no rows.
    pub fn earliest(
        &self,
        connection: &Connection,
        fields: &[&str],
    ) -> Result<ModelInstance, QueryError> {
        self.by_date(connection, fields, false)
    }

    /// The row that comes last by `fields`, or else by the model's `get_latest_by`.
    ///
    /// Fails with [`QueryError::NotFound`] where there are no rows.
    pub fn latest(
        &self,
        connection: &Connection,
        fields: &[&str],
    ) -> Result<ModelInstance, QueryError> {
        self.by_date(connection, fields, true)
    }

    fn by_date(
        &self,
        connection: &Connection,
        fields: &[&str],
        is_latest: bool,
    ) -> Result<ModelInstance, QueryError> {
        let model = self.model();
        let fields: Vec<String> = if fields.is_empty() {
            model.options.get_latest_by.clone()
        } else {
            fields.iter().map(|field| (*field).to_owned()).collect()
        };
        if fields.is_empty() {
            return Err(QueryError::NoLatestBy(model.key()));
        }
        let found = self.narrowed(|query| {
            let mut ordered = query.order_by(fields);
            ordered.rows.is_reversed = is_latest;
            ordered.slice(0, Some(1))
        });
        let row = found.instances(connection)?.into_iter().next();
        row.ok_or_else(|| QueryError::NotFound(model.key()))
    }

    /// The only row.
    ///
    /// Fails with [`QueryError::NotFound`] where there is none, with [`QueryError::Multiple`] where there are more.
    pub fn get(&self, connection: &Connection) -> Result<ModelInstance, QueryError> {
        let found = self.narrowed(|query| {
            // Which rows a part holds depends on the order.
            let unordered = if query.is_sliced() {
                query
            } else {
                query.without_order()
            };
            unordered.slice(0, Some(SEVERAL))
        });
        let mut rows = found.instances(connection)?.into_iter();
        match (rows.next(), rows.next()) {
            (Some(row), None) => Ok(row),
            (None, _) => Err(QueryError::NotFound(self.model().key())),
            _ => Err(QueryError::Multiple(self.model().key())),
        }
    }

    /// Those of the rows whose `field` holds one of `values`, or all, each with the value that it is found by.
    ///
    /// Fails with [`QueryError::NotUnique`] where several rows may have the same value.
    pub fn in_bulk(
        &self,
        connection: &Connection,
        field: &str,
        values: Option<&[FieldValue]>,
    ) -> Result<Vec<(FieldValue, ModelInstance)>, QueryError> {
        let model: &Model = self.model();
        if model.field(field).is_none() && field != "pk" {
            return Err(unknown_field(self.registry(), model, field));
        }
        if !is_unique(model, field) {
            return Err(QueryError::NotUnique {
                model: model.key(),
                field: field.to_owned(),
            });
        }
        if self.query.is_sliced() {
            return Err(QueryError::RefusedCall {
                call: "in_bulk",
                after: "a slice",
            });
        }
        let rows = match values {
            None => self.instances(connection)?,
            Some([]) => Vec::new(),
            Some(values) => {
                let condition = is_one_of(field, values);
                let found = self.narrowed(|query| query.without_order().filter(condition));
                found.instances(connection)?
            }
        };
        let keyed = rows.into_iter();
        let keyed = keyed.map(|row| (row.get(field).cloned().unwrap_or(FieldValue::Null), row));
        Ok(keyed.collect())
    }
}

fn is_unique(model: &Model, name: &str) -> bool {
    let by_constraint = || {
        model.options.constraints.iter().any(|constraint| {
            matches!(&constraint.kind, ConstraintKind::Unique(fields) if *fields == [name])
        })
    };
    name == "pk" || model.field(name).is_some_and(Field::is_unique) || by_constraint()
}
