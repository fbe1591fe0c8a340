//! How what a statement selects becomes rows or values.

use std::sync::Arc;

use crate::db::{RowRef, SqlValue};
use crate::query::compiler::SelectedValue;
use crate::query::instance_plan::InstancePlan;
use crate::query::read_value::ValueReader;
use crate::query::{ModelInstance, QueryError};

/// How what a statement selects is read.
#[derive(Debug)]
pub(super) enum PlanReader {
    /// There cannot be rows.
    Nothing,
    /// As rows of a model.
    Instances(InstanceReader),
    /// As values with names.
    Values(Vec<NamedReader>),
    /// As one number, or as a row of which nothing is read.
    Number,
}

/// How a row of a model is read, with what was computed along with it.
#[derive(Debug)]
pub(super) struct InstanceReader {
    pub(super) plan: InstancePlan,
    pub(super) annotations: Vec<NamedReader>,
    /// Whether a column of a table between follows: of the rows beside which these stand.
    pub(super) is_beside: bool,
}

impl InstanceReader {
    /// Adds the row that a statement is at to `rows`.
    pub(super) fn read(&self, row: &RowRef<'_>, rows: &mut LoadedRows) -> Result<(), QueryError> {
        let Some(mut instance) = self.plan.read(row)? else {
            return Ok(());
        };
        let mut column = self.plan.width();
        for NamedReader { name, reader } in &self.annotations {
            instance.annotate(Arc::clone(name), reader.read(row.value(column)?)?);
            column += 1;
        }
        if self.is_beside {
            rows.beside.push(row.value(column)?.into());
        }
        rows.instances.push(instance);
        Ok(())
    }
}

/// Rows of a model, and what a table between holds of the rows that they stand beside, if there is one.
#[derive(Debug, Default)]
pub(super) struct LoadedRows {
    pub(super) instances: Vec<ModelInstance>,
    /// One value for each of the rows, or none at all.
    pub(super) beside: Vec<SqlValue>,
}

/// How a value is read, and what it is called.
#[derive(Debug)]
pub(super) struct NamedReader {
    pub(super) name: Arc<str>,
    pub(super) reader: ValueReader,
}

impl NamedReader {
    /// Fails where nothing says the kind of the value.
    pub(super) fn new(selected: SelectedValue) -> Result<Self, QueryError> {
        Ok(Self {
            reader: ValueReader::new(&selected.value)?,
            name: selected.name.into(),
        })
    }
}
