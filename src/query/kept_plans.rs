//! What is compiled once for the models of a registry, which keeps it.

use std::sync::Arc;

use crate::db::Dialect;
use crate::models::{Model, Registry};
use crate::query::QueryError;
use crate::query::query_plans::QueryPlans;
use crate::query::write_plans::{WritePlan, WritePlans, WriteShape};

/// The statements among some models.
#[derive(Debug, Default)]
pub(super) struct KeptPlans {
    pub(super) queries: QueryPlans,
    writes: WritePlans,
}

/// The plan by which rows of `model`, one of `registry`, are written.
pub(super) fn write_plan(
    registry: &Registry,
    model: &Model,
    shape: WriteShape,
    dialect: &dyn Dialect,
) -> Result<Arc<WritePlan>, QueryError> {
    match registry.kept::<KeptPlans>() {
        Some(plans) => plans.writes.get(model, shape, dialect),
        None => WritePlan::compile(model, &shape, dialect).map(Arc::new),
    }
}
