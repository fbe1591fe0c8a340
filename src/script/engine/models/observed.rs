//! Rows of djr's own pages, saved and deleted by the classes of models, so that receivers hear of them.

use std::sync::Arc;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyDict, PyTuple};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::db::DatabaseAlias;
use crate::models::Model;
use crate::query::{DeletedRows, ModelInstance, QueryError, SaveOptions};
use crate::script::PythonSite;
use crate::script::engine::db::{known_row, value};
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::models::literal_facts::{Facts, list, texts};
use crate::script::engine::python_error;
use crate::values::FieldValue;

const MODULE: &str = "django.db.models.observed";

/// Saves `row` by the class of its model, and changes it into what was saved; whether somebody listens.
pub(in crate::script) fn save_row(
    site: &Arc<PythonSite>,
    row: &mut ModelInstance,
    options: &SaveOptions,
    alias: &DatabaseAlias,
) -> Result<bool, QueryError> {
    enter(site, |this, vm| {
        let found = saved(this, row, options, alias, vm).map_err(|error| failure(&error, vm))?;
        let Some(values) = found else {
            return Ok(false);
        };
        take(site, row, &values, vm).map_err(|error| failure(&error, vm))?;
        Ok(true)
    })
}

/// Lets the rows of these keys belong to `row` by the manager of its class; whether somebody listens.
pub(in crate::script) fn set_many(
    site: &Arc<PythonSite>,
    row: &ModelInstance,
    name: &str,
    keys: &[FieldValue],
    alias: &DatabaseAlias,
) -> Result<bool, QueryError> {
    enter(site, |this, vm| {
        let set = || -> PyResult<bool> {
            let keys = python_keys(keys, vm)?;
            let set = this.own(MODULE, "set_many", vm)?;
            let label = row.model().label();
            let arguments = (
                label,
                values_of(row, vm)?,
                name.to_owned(),
                keys,
                alias.to_string(),
            );
            set.call(arguments, vm)?.try_to_value(vm)
        };
        set().map_err(|error| failure(&error, vm))
    })
}

/// Deletes the rows of these keys by the class of `model`; `None` where nobody listens.
pub(in crate::script) fn delete_rows(
    site: &Arc<PythonSite>,
    model: &Model,
    keys: &[FieldValue],
    alias: &DatabaseAlias,
) -> Result<Option<DeletedRows>, QueryError> {
    enter(site, |this, vm| {
        let deleted = deleted(this, model, keys, alias, vm);
        deleted.map_err(|error| failure(&error, vm))
    })
}

fn failure(error: &PyBaseExceptionRef, vm: &VirtualMachine) -> QueryError {
    QueryError::Code(python_error::one_line(error, vm))
}

/// The values of the row by their attributes, once it is saved.
fn saved(
    this: &ThreadInterpreter,
    row: &ModelInstance,
    options: &SaveOptions,
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let how = Facts::new(vm);
    how.set("using", alias.to_string())?;
    how.unusual("raw", options.is_raw, &false)?;
    how.unusual("force_insert", options.force_insert, &false)?;
    how.unusual("force_update", options.force_update, &false)?;
    let names = options.update_fields.as_ref();
    how.some("update_fields", names.map(|names| texts(names, vm)))?;
    let save = this.own(MODULE, "save", vm)?;
    let label = row.model().label();
    let arguments = (label, values_of(row, vm)?, row.is_adding(), how.done());
    let found = save.call(arguments, vm)?;
    Ok((!vm.is_none(&found)).then_some(found))
}

/// What `row` holds, by attributes.
fn values_of(row: &ModelInstance, vm: &VirtualMachine) -> PyResult {
    let values = Facts::new(vm);
    for (place, field) in row.model().fields.iter().enumerate() {
        if let Some(known) = row.at(place) {
            values.set(&field.attname(), value::to_python(known, vm)?)?;
        }
    }
    Ok(values.done())
}

fn python_keys(keys: &[FieldValue], vm: &VirtualMachine) -> PyResult {
    let keys = keys.iter().map(|key| value::to_python(key, vm));
    let keys = keys.collect::<PyResult<Vec<_>>>()?;
    Ok(list(keys.into_iter(), vm))
}

fn take(
    site: &Arc<PythonSite>,
    row: &mut ModelInstance,
    values: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let Ok(values) = values.clone().downcast::<PyDict>() else {
        return Ok(());
    };
    let model = Arc::clone(row.model());
    let known = known_row(site, &model, &values, vm)?;
    for (place, field) in model.fields.iter().enumerate() {
        if let Some(value) = known.at(place) {
            row.set(&field.name, value.clone());
        }
    }
    Ok(())
}

fn deleted(
    this: &ThreadInterpreter,
    model: &Model,
    keys: &[FieldValue],
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
) -> PyResult<Option<DeletedRows>> {
    let delete = this.own(MODULE, "delete", vm)?;
    let arguments = (model.label(), python_keys(keys, vm)?, alias.to_string());
    let found = delete.call(arguments, vm)?;
    let Ok(found) = found.downcast::<PyTuple>() else {
        return Ok(None);
    };
    let [total, by_model] = found.as_slice() else {
        return Ok(None);
    };
    let mut deleted = DeletedRows {
        total: total.try_to_value(vm)?,
        by_model: Vec::new(),
    };
    if let Some(by_model) = by_model.downcast_ref::<PyDict>() {
        for (label, count) in by_model.items_vec() {
            let entry = (label.try_to_value(vm)?, count.try_to_value(vm)?);
            deleted.by_model.push(entry);
        }
    }
    Ok(Some(deleted))
}
