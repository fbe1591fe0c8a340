//! Rows written for `Model.save`, `bulk_create` and `Model.delete`: values as they are given, nothing set anew.

use std::sync::Arc;

use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::db::DatabaseAlias;
use crate::models::{Model, ModelSet as _, Registry};
use crate::query::FieldUpdate;
use crate::query::{
    BulkConflict, BulkOptions, ModelInstance, Query, QueryError, SaveOptions, is_one_of,
};
use crate::script::PythonSite;
use crate::script::engine::db::change_values::{field_of, key_of, model_of, to_python as counts};
use crate::script::engine::db::conditions::TreeReader;
use crate::script::engine::db::{arguments, change_values, database, value};
use crate::values::FieldValue;

/// A row of `model` with `values`, by the attributes of its fields.
fn row_of(
    site: &PythonSite,
    model: &Arc<Model>,
    values: &PyDictRef,
    vm: &VirtualMachine,
) -> PyResult<ModelInstance> {
    let mut row = ModelInstance::empty(Arc::clone(model));
    let zone = &site.settings.project.time_zone;
    for (name, given) in values.items_vec() {
        let name = arguments::text_of(&name, vm)?;
        let Some(field) = field_of(model, &name) else {
            let message = format!("{} does not have a column for `{name}`", model.label());
            return Err(vm.new_type_error(message));
        };
        if arguments::form(&given, vm).is_some_and(|form| form == "DatabaseDefault") {
            continue;
        }
        let kind = site.models.value_kind(field);
        let kind = kind.map_err(|error| vm.new_value_error(error.to_string()))?;
        let value = value::from_python(&key_of(&given, vm)?, kind, zone, vm)?;
        row.set(&field.name, value);
    }
    Ok(row)
}

/// What is known of a row from the `__dict__` of its instance, which may hold more.
pub(in crate::script::engine) fn known_row(
    site: &PythonSite,
    model: &Arc<Model>,
    values: &PyDictRef,
    vm: &VirtualMachine,
) -> PyResult<ModelInstance> {
    let known = vm.ctx.new_dict();
    for field in model.columns() {
        let name = field.attname();
        if let Some(value) = values.get_item_opt(name.as_str(), vm)? {
            known.set_item(name.as_str(), value, vm)?;
        }
    }
    row_of(site, model, &known, vm)
}

/// What `row` holds beside `values`, by the attributes of its fields; its key in any case.
fn made_values(row: &ModelInstance, given: &PyDictRef, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let made = vm.ctx.new_dict();
    for (place, field) in row.model().fields.iter().enumerate() {
        let Some(value) = row.at(place) else {
            continue;
        };
        let name = field.attname();
        let is_given = match given.get_item_opt(name.as_str(), vm)? {
            Some(object) => arguments::form(&object, vm).is_none(),
            None => false,
        };
        if field.primary_key || !is_given {
            made.set_item(name.as_str(), value::to_python(value, vm)?, vm)?;
        }
    }
    Ok(made)
}

/// Inserts a row; returns what it holds beside `values`.
pub(super) fn insert(
    label: &str,
    values: &PyDictRef,
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
) -> PyResult<PyDictRef> {
    let site = database::site(vm)?;
    let model = model_of(&site, label, vm)?;
    let mut row = row_of(&site, model, values, vm)?;
    database::write(alias, vm, |registry, connection| {
        let options = SaveOptions {
            force_insert: true,
            keeps_moments: true,
            ..SaveOptions::default()
        };
        row.save(registry, connection, &options)
    })?;
    made_values(&row, values, vm)
}

/// Writes `values` over the row of the key `key`; returns how many rows there are.
pub(super) fn update_row(
    label: &str,
    key: &PyObjectRef,
    values: &PyDictRef,
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
) -> PyResult<usize> {
    let site = database::site(vm)?;
    let model = model_of(&site, label, vm)?;
    let pairs = values.items_vec();
    let has_expressions = pairs
        .iter()
        .any(|(_, value)| arguments::form(value, vm).is_some());
    if has_expressions {
        return update_by_query(&site, model, RowChange { key, values }, alias, vm);
    }
    let names = pairs.iter().map(|(name, _)| arguments::text_of(name, vm));
    let names = names.collect::<PyResult<Vec<_>>>()?;
    let mut row = row_of(&site, model, values, vm)?;
    let key = key_value(&site, model, key, vm)?;
    row.set("pk", key.clone());
    database::write(alias, vm, |registry, connection| {
        if names.is_empty() {
            let own = Query::of(model).filter(is_one_of("pk", &[key]));
            return own.on(registry)?.exists(connection).map(usize::from);
        }
        let options = SaveOptions {
            update_fields: Some(names),
            keeps_moments: true,
            ..SaveOptions::default()
        };
        match row.save(registry, connection, &options) {
            Ok(()) => Ok(1),
            Err(QueryError::NothingUpdated(_)) => Ok(0),
            Err(error) => Err(error),
        }
    })
}

fn key_value(
    site: &PythonSite,
    model: &Arc<Model>,
    key: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<FieldValue> {
    let kind = change_values::kind_of(site, model, "pk");
    let zone = &site.settings.project.time_zone;
    match kind {
        Some(kind) => value::from_python(&key_of(key, vm)?, kind, zone, vm),
        None => value::of_object(key, zone, vm),
    }
}

/// The key of a row, and what it is to hold.
struct RowChange<'a> {
    key: &'a PyObjectRef,
    values: &'a PyDictRef,
}

/// The same where the database computes some of the values.
fn update_by_query(
    site: &Arc<PythonSite>,
    model: &Arc<Model>,
    row: RowChange<'_>,
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
) -> PyResult<usize> {
    let RowChange { key, values } = row;
    let model_key = model.key();
    let reader = TreeReader::new(site, Some(&model_key), vm);
    let mut updates = Vec::new();
    for (name, given) in values.items_vec() {
        let name = arguments::text_of(&name, vm)?;
        let kind = change_values::kind_of(site, model, &name);
        updates.push(FieldUpdate::new(
            name,
            change_values::new_value(&reader, &given, kind)?,
        ));
    }
    let key = key_value(site, model, key, vm)?;
    database::write(alias, vm, |registry, connection| {
        let own = Query::of(model).filter(is_one_of("pk", &[key]));
        own.on(registry)?.update(connection, &updates)
    })
}

/// What happens where a row of `insert_many` is there already.
#[derive(Debug, Default)]
pub(super) struct Conflicts {
    pub(super) is_ignored: bool,
    pub(super) is_updated: bool,
    pub(super) unique_fields: Vec<String>,
    pub(super) update_fields: Vec<String>,
}

impl From<Conflicts> for BulkConflict {
    fn from(conflicts: Conflicts) -> Self {
        if conflicts.is_ignored {
            Self::Ignore
        } else if conflicts.is_updated {
            Self::Update {
                update_fields: conflicts.update_fields,
                unique_fields: conflicts.unique_fields,
            }
        } else {
            Self::Fail
        }
    }
}

/// Inserts rows, all or none; returns what each holds beside its values.
pub(super) fn insert_many(
    label: &str,
    rows: &[PyDictRef],
    conflicts: Conflicts,
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
) -> PyResult<Vec<PyObjectRef>> {
    let site = database::site(vm)?;
    let model = model_of(&site, label, vm)?;
    let made = rows.iter().map(|values| row_of(&site, model, values, vm));
    let mut made = made.collect::<PyResult<Vec<_>>>()?;
    let options = BulkOptions {
        batch_size: None,
        conflict: conflicts.into(),
        keeps_moments: true,
    };
    database::write(alias, vm, |registry, connection| {
        let all = Query::of(model).on(registry)?;
        all.bulk_create(connection, &mut made, &options)
    })?;
    let pairs = made.iter().zip(rows);
    pairs
        .map(|(row, values)| Ok(made_values(row, values, vm)?.into()))
        .collect()
}

/// Deletes the rows of these keys; with `is_cascade` what refers to them, too.
pub(super) fn delete(
    label: &str,
    keys: &[PyObjectRef],
    is_cascade: bool,
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
) -> PyResult {
    let site = database::site(vm)?;
    let model = model_of(&site, label, vm)?;
    let keys = keys.iter().map(|key| key_value(&site, model, key, vm));
    let keys = keys.collect::<PyResult<Vec<_>>>()?;
    let deleted = database::write(alias, vm, |registry, connection| {
        delete_rows(registry, connection, model, &keys, is_cascade)
    })?;
    counts(&deleted, vm)
}

fn delete_rows(
    registry: &Registry,
    connection: &crate::db::Connection,
    model: &Model,
    keys: &[FieldValue],
    is_cascade: bool,
) -> Result<crate::query::DeletedRows, QueryError> {
    let own = Query::of(model)
        .filter(is_one_of("pk", keys))
        .on(registry)?;
    if is_cascade {
        own.delete(connection)
    } else {
        own.delete_alone(connection)
    }
}
