//! The rows that belong to a row: what related managers ask for.

use std::sync::Arc;

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::models::Model;
use crate::query::{Query, RelatedAccessor};
use crate::script::PythonSite;
use crate::script::engine::db::{change_values, database, errors, value};
use crate::values::FieldValue;

/// The relation that rows of `model` call `name`.
pub(super) fn accessor<'s>(
    site: &'s PythonSite,
    model: &'s Arc<Model>,
    name: &str,
    vm: &VirtualMachine,
) -> PyResult<RelatedAccessor<'s>> {
    let found = RelatedAccessor::find(&site.models, model, name);
    found.map_err(|error| errors::of_query(&error, vm))
}

/// Those of the rows of `query` that belong to the row of the model called `label` which `object` finds.
pub(super) fn narrowed(
    query: Query,
    label: &str,
    name: &str,
    object: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<Query> {
    let site = database::site(vm)?;
    let model = change_values::model_of(&site, label, vm)?;
    let accessor = accessor(&site, model, name, vm)?;
    let value = value(&site, model, &accessor, object, vm)?;
    Ok(accessor.query_of(query, &[value]))
}

/// What the rows are found by.
pub(super) fn value(
    site: &PythonSite,
    model: &Model,
    accessor: &RelatedAccessor<'_>,
    object: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<FieldValue> {
    let zone = &site.settings.project.time_zone;
    match change_values::kind_of(site, model, &accessor.near_attribute()) {
        Some(kind) => value::from_python(object, kind, zone, vm),
        None => value::of_object(object, zone, vm),
    }
}
