//! The statements that write rows, each compiled once for the fields that it gives values.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::db::Dialect;
use crate::db::sql::{
    CompiledSql, InsertStatement, SqlExpression, SqlStatement as _, UpdateStatement,
};
use crate::models::{Model, ModelKey};
use crate::query::{QueryError, key_fields};

/// How many shapes of one model are kept: those of its forms, of its fixtures, of its rows that were read in parts.
const MAX_SHAPES: usize = 64;

/// A statement that writes a row, and what it returns.
#[derive(Debug)]
pub(super) struct WritePlan {
    /// Takes the values of the fields in their order; those of the key once more at the end of an update.
    pub(super) statement: CompiledSql,
    /// The places of the fields whose values it returns: those that the database decides on.
    pub(super) returned: Vec<usize>,
}

/// Which fields of a row are written, and how.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct WriteShape {
    pub(super) write: RowWrite,
    /// The places of the fields among those of the model.
    pub(super) given: Vec<usize>,
}

/// How a row is written.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum RowWrite {
    Insert,
    /// Inserted, or written over the row of the same key.
    Upsert,
    Update,
}

/// The plans for writing rows of some models.
#[derive(Debug, Default)]
pub(super) struct WritePlans {
    by_model: RwLock<HashMap<ModelKey, HashMap<WriteShape, Arc<WritePlan>>>>,
}

impl WritePlan {
    pub(super) fn compile(
        model: &Model,
        shape: &WriteShape,
        dialect: &dyn Dialect,
    ) -> Result<Self, QueryError> {
        let columns = |places: &[usize]| {
            let fields = places.iter().map(|place| model.fields[*place].column());
            fields.collect::<Vec<_>>()
        };
        let keys = key_fields(model)?;
        let keys: Vec<String> = keys.iter().map(|field| field.column()).collect();
        let given = columns(&shape.given);
        let insert = || InsertStatement::given(model.db_table(), given.clone());
        Ok(match shape.write {
            RowWrite::Insert => {
                let fields = model.fields.iter().enumerate();
                let returned = fields
                    .filter(|(place, field)| field.has_column() && !shape.given.contains(place))
                    .map(|(place, _)| place)
                    .collect::<Vec<_>>();
                let statement = insert().returning(columns(&returned)).compile(dialect);
                Self {
                    statement,
                    returned,
                }
            }
            RowWrite::Upsert => Self {
                statement: insert().or_update(keys).compile(dialect),
                returned: Vec::new(),
            },
            RowWrite::Update => {
                let update = UpdateStatement::new(model.db_table());
                let update = given.into_iter().fold(update, |update, column| {
                    update.set(column, SqlExpression::Given)
                });
                let is_same =
                    |key: &String| SqlExpression::column(key).equals(SqlExpression::Given);
                let update = keys
                    .iter()
                    .fold(update, |update, key| update.filter(is_same(key)));
                Self {
                    statement: update.compile(dialect),
                    returned: Vec::new(),
                }
            }
        })
    }
}

impl WritePlans {
    /// The plan for rows of `model`; compiled at the first call.
    pub(super) fn get(
        &self,
        model: &Model,
        shape: WriteShape,
        dialect: &dyn Dialect,
    ) -> Result<Arc<WritePlan>, QueryError> {
        let by_model = self.by_model.read().unwrap_or_else(PoisonError::into_inner);
        let key = model.key();
        if let Some(plan) = by_model.get(&key).and_then(|plans| plans.get(&shape)) {
            return Ok(Arc::clone(plan));
        }
        drop(by_model);
        let plan = Arc::new(WritePlan::compile(model, &shape, dialect)?);
        let mut by_model = self
            .by_model
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let plans = by_model.entry(key).or_default();
        if plans.len() >= MAX_SHAPES {
            plans.clear();
        }
        plans.insert(shape, Arc::clone(&plan));
        Ok(plan)
    }
}
