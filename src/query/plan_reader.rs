//! How what a statement selects becomes rows or values.

use std::sync::Arc;

use crate::query::QueryError;
use crate::query::compiler::SelectedValue;
use crate::query::instance_plan::InstancePlan;
use crate::query::read_value::ValueReader;

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
