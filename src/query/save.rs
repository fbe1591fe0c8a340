//! A row written as Django's `save` does: updated if its key is there, inserted if not.

use std::sync::Arc;

use crate::clock::Zone;
use crate::db::{Connection, Dialect, SqlValue};
use crate::models::{Field, FieldKind, Model, Registry};
use crate::query::kept_plans::write_plan;
use crate::query::write_plans::{RowWrite, WritePlan, WriteShape};
use crate::query::{QueryError, key_fields};
use crate::values::{FieldValue, InvalidDefault, declared_default, empty_value, no_value};

/// Writes rows of one model that nothing is read back of, as fixtures hold them.
#[derive(Debug)]
pub struct SaveStatement<'r> {
    /// The fields a row has values for, in order: all that the database does not compute.
    pub fields: Vec<&'r Field>,
    registry: &'r Registry,
    model: &'r Model,
    /// Where the fields stand among those of the model.
    places: Vec<usize>,
    keys: Vec<usize>,
    /// The plan of the row before: the next one mostly has a value for the same fields.
    last: Option<(WriteShape, Arc<WritePlan>)>,
}

/// What a field holds where a row gives no value.
#[derive(Clone, Debug, PartialEq)]
pub enum OmittedValue {
    /// This value.
    Value(FieldValue),
    /// The database gives the value.
    DatabaseDefault,
    /// There is none: a row has to give a value.
    Required,
}

impl<'r> SaveStatement<'r> {
    /// Prepares for rows of `model`, one of `registry`.
    pub fn new(registry: &'r Registry, model: &'r Model) -> Result<Self, QueryError> {
        let fields = model.fields.iter().enumerate();
        let (places, fields): (Vec<_>, Vec<_>) = fields
            .filter(|(_, field)| field.has_column() && field.generated().is_none())
            .unzip();
        let place = |key: &Field| fields.iter().position(|field| field.name == key.name);
        let keys = key_fields(model)?.into_iter().filter_map(place).collect();
        Ok(Self {
            fields,
            registry,
            model,
            places,
            keys,
            last: None,
        })
    }

    /// Where the fields of the primary key stand among the fields.
    pub fn keys(&self) -> &[usize] {
        &self.keys
    }

    /// Writes a row, for each field a value or `None`, which leaves it to the database.
    ///
    /// Without a key it gets the next one. Returns the key.
    pub fn run(
        &mut self,
        connection: &Connection,
        row: Vec<Option<SqlValue>>,
    ) -> Result<Vec<SqlValue>, QueryError> {
        let keys = self.keys.iter().map(|index| row[*index].clone());
        let keys: Vec<_> = keys.collect();
        let shape = self.shape(&row);
        let plan = self.plan(shape, connection.dialect())?;
        let given: Vec<_> = row.into_iter().flatten().collect();
        if plan.returned.is_empty() {
            plan.statement.execute(connection, &given)?;
        } else {
            // The key is returned; the connection knows it, too.
            plan.statement.first_row(connection, &given)?;
        }
        let next = || SqlValue::Integer(connection.last_insert_id());
        Ok(keys
            .into_iter()
            .map(|key| key.unwrap_or_else(next))
            .collect())
    }

    /// Which fields have a value in `row`; one with its key may be there already.
    fn shape(&self, row: &[Option<SqlValue>]) -> WriteShape {
        let places = self.places.iter().zip(row);
        let given = places.filter(|(_, value)| value.is_some());
        let has_key = self.keys.iter().all(|index| row[*index].is_some());
        WriteShape {
            write: if has_key {
                RowWrite::Upsert
            } else {
                RowWrite::Insert
            },
            given: given.map(|(place, _)| *place).collect(),
        }
    }

    fn plan(
        &mut self,
        shape: WriteShape,
        dialect: &dyn Dialect,
    ) -> Result<Arc<WritePlan>, QueryError> {
        if let Some((last, plan)) = &self.last
            && *last == shape
        {
            return Ok(Arc::clone(plan));
        }
        let plan = write_plan(self.registry, self.model, shape.clone(), dialect)?;
        self.last = Some((shape, Arc::clone(&plan)));
        Ok(plan)
    }
}

/// What `field` holds where a row gives no value, as Django fills a new instance.
///
/// `kind` is the kind of its values, references followed; `zone` that of days and moments.
pub fn omitted_value(
    field: &Field,
    kind: &FieldKind,
    zone: &Zone,
) -> Result<OmittedValue, InvalidDefault> {
    if field.db_default.is_some() || field.kind.is_auto() {
        return Ok(OmittedValue::DatabaseDefault);
    }
    if let Some(value) = declared_default(field, kind, zone)? {
        return Ok(OmittedValue::Value(value));
    }
    if field.null {
        return Ok(OmittedValue::Value(no_value(kind)));
    }
    let empty = empty_value(field).map(OmittedValue::Value);
    Ok(empty.unwrap_or(OmittedValue::Required))
}
