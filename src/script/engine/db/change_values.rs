//! Rows that are changed or deleted by a query.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::models::expression::Expression;
use crate::models::{Field, FieldKind, Model, ModelKey, ModelSet as _};
use crate::query::{DeletedRows, FieldUpdate};
use crate::script::PythonSite;
use crate::script::engine::db::conditions::TreeReader;
use crate::script::engine::db::native_query::NativeQuery;
use crate::script::engine::db::{arguments, database, errors, value};
use crate::values::{FieldValue, to_literal};

/// `update` of a query set.
pub(super) fn update(query: &NativeQuery, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<usize> {
    let site = database::site(vm)?;
    let updates = {
        let model = site.models.shared(query.query.model());
        let reader = TreeReader::new(&site, Some(query.query.model()), vm);
        let updates = args.kwargs.iter().map(|(name, value)| {
            let kind = model.and_then(|model| kind_of(&site, model, name));
            Ok(FieldUpdate::new(name, new_value(&reader, value, kind)?))
        });
        updates.collect::<PyResult<Vec<_>>>()?
    };
    database::write(&query.alias, vm, |registry, connection| {
        query
            .query
            .clone()
            .on(registry)?
            .update(connection, &updates)
    })
}

/// The kind of what the field `name` holds, by its name or its attribute's.
pub(super) fn kind_of<'s>(
    site: &'s PythonSite,
    model: &'s Model,
    name: &str,
) -> Option<&'s FieldKind> {
    let field = field_of(model, name)?;
    site.models.value_kind(field).ok()
}

/// The field `name` of `model`: by its own name, its attribute's, or `pk`.
pub(super) fn field_of<'m>(model: &'m Model, name: &str) -> Option<&'m Field> {
    if name == "pk" {
        return model.primary_key();
    }
    let mut columns = model.columns();
    columns.find(|field| field.name == name || field.attname() == name)
}

/// What a field of `kind` becomes: a value, or what an expression computes.
pub(super) fn new_value(
    reader: &TreeReader<'_>,
    object: &PyObjectRef,
    kind: Option<&FieldKind>,
) -> PyResult<Expression> {
    let vm = reader.vm;
    if arguments::form(object, vm).is_some() {
        return reader.expression(object);
    }
    let object = key_of(object, vm)?;
    let Some(kind) = kind else {
        return reader.expression(&object);
    };
    let value = value::from_python(&object, kind, reader.zone, vm)?;
    Ok(Expression::Value(match value {
        FieldValue::Text(text) => crate::models::Literal::String(text),
        other => to_literal(&other),
    }))
}

/// The key of an instance, or the object itself.
pub(super) fn key_of(object: &PyObjectRef, vm: &VirtualMachine) -> PyResult {
    let is_instance = arguments::optional(object, "_state", vm)?.is_some();
    if is_instance {
        object.get_attr("pk", vm)
    } else {
        Ok(object.clone())
    }
}

/// `delete` of a query set: how many rows are gone, and how many of which model.
pub(super) fn delete(query: &NativeQuery, vm: &VirtualMachine) -> PyResult {
    let deleted = database::write(&query.alias, vm, |registry, connection| {
        query.query.clone().on(registry)?.delete(connection)
    })?;
    to_python(&deleted, vm)
}

/// The counts of a deletion as Django returns them.
pub(super) fn to_python(deleted: &DeletedRows, vm: &VirtualMachine) -> PyResult {
    let by_model = vm.ctx.new_dict();
    for (label, count) in &deleted.by_model {
        by_model.set_item(label.as_str(), vm.ctx.new_int(*count).into(), vm)?;
    }
    let total = vm.ctx.new_int(deleted.total).into();
    Ok(vm.ctx.new_tuple(vec![total, by_model.into()]).into())
}

/// The model called `label`, which must be one of the site.
pub(super) fn model_of<'s>(
    site: &'s PythonSite,
    label: &str,
    vm: &VirtualMachine,
) -> PyResult<&'s std::sync::Arc<Model>> {
    let found = ModelKey::parse(label).and_then(|key| site.models.shared(&key));
    let message = || format!("the models do not have `{label}`");
    found.ok_or_else(|| errors::database_error("ProgrammingError", &message(), vm))
}
