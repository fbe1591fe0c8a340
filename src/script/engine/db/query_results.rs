//! What a query finds, as Python objects.

use std::collections::BTreeMap;

use rustpython_vm::builtins::{PyDictRef, PyStrInterned};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::db::Connection;
use crate::query::{NamedExpression, QueryError, QuerySet, ValueRows};
use crate::script::engine::db::conditions::TreeReader;
use crate::script::engine::db::cursor::Statement;
use crate::script::engine::db::native_query::NativeQuery;
use crate::script::engine::db::rows::{InstanceMaker, RowClass};
use crate::script::engine::db::value::to_python;
use crate::script::engine::db::{arguments, database, writes};
use crate::values::FieldValue;

/// Asks the database of the query.
fn ask<T>(
    query: &NativeQuery,
    vm: &VirtualMachine,
    question: impl FnOnce(QuerySet<'_>, &Connection) -> Result<T, QueryError>,
) -> PyResult<T> {
    database::with(&query.alias, vm, |registry, connection| {
        question(query.query.clone().on(registry)?, connection)
    })
}

pub(super) fn count(query: &NativeQuery, vm: &VirtualMachine) -> PyResult<i64> {
    ask(query, vm, |rows, connection| rows.count(connection))
}

pub(super) fn exists(query: &NativeQuery, vm: &VirtualMachine) -> PyResult<bool> {
    ask(query, vm, |rows, connection| rows.exists(connection))
}

pub(super) fn sql(query: &NativeQuery, vm: &VirtualMachine) -> PyResult<String> {
    ask(query, vm, |rows, connection| rows.sql(connection))
}

pub(super) fn explain(query: &NativeQuery, vm: &VirtualMachine) -> PyResult<String> {
    let steps = ask(query, vm, |rows, connection| rows.explain(connection))?;
    Ok(steps.join("\n"))
}

/// The rows as instances of `class`.
pub(super) fn rows(query: &NativeQuery, class: RowClass, vm: &VirtualMachine) -> PyResult {
    let found = ask(query, vm, |rows, connection| rows.instances(connection))?;
    let site = database::site(vm)?;
    let names = query.query.names_read_along();
    let maker = InstanceMaker::new(&site.models, &query.alias, names, vm);
    maker.set_class(query.query.model(), class)?;
    Ok(vm.ctx.new_list(maker.instances(&found)?).into())
}

fn value_rows(query: &NativeQuery, vm: &VirtualMachine) -> PyResult<ValueRows> {
    ask(query, vm, |rows, connection| rows.values(connection))
}

pub(super) fn dicts(query: &NativeQuery, vm: &VirtualMachine) -> PyResult {
    let found = value_rows(query, vm)?;
    let names = found.names.iter();
    let names: Vec<&'static PyStrInterned> =
        names.map(|name| vm.ctx.intern_str(name.as_str())).collect();
    let rows = found.rows.iter().map(|row| {
        let dict = vm.ctx.new_dict();
        for (name, value) in names.iter().zip(row) {
            dict.set_item(*name, to_python(value, vm)?, vm)?;
        }
        Ok(dict.into())
    });
    Ok(vm.ctx.new_list(rows.collect::<PyResult<_>>()?).into())
}

fn each(values: &[FieldValue], vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
    values.iter().map(|value| to_python(value, vm)).collect()
}

pub(super) fn tuples(query: &NativeQuery, vm: &VirtualMachine) -> PyResult {
    let found = value_rows(query, vm)?;
    let rows = found.rows.iter();
    let rows = rows.map(|row| Ok(vm.ctx.new_tuple(each(row, vm)?).into()));
    Ok(vm.ctx.new_list(rows.collect::<PyResult<_>>()?).into())
}

pub(super) fn flat(query: &NativeQuery, vm: &VirtualMachine) -> PyResult {
    let found = ask(query, vm, |rows, connection| rows.flat(connection))?;
    Ok(vm.ctx.new_list(each(&found, vm)?).into())
}

pub(super) fn names(query: &NativeQuery, vm: &VirtualMachine) -> PyResult<Vec<String>> {
    ask(query, vm, |rows, _| rows.value_names())
}

/// The aggregates that the arguments name, in a dictionary.
pub(super) fn aggregate(query: &NativeQuery, args: &FuncArgs, vm: &VirtualMachine) -> PyResult {
    let site = database::site(vm)?;
    let reader = TreeReader::new(&site, Some(query.query.model()), vm);
    let mut expressions = Vec::new();
    for (name, expression) in &args.kwargs {
        expressions.push(NamedExpression {
            name: name.clone(),
            expression: reader.expression(expression)?,
        });
    }
    let found = ask(query, vm, |rows, connection| {
        rows.aggregate(connection, &expressions)
    })?;
    let dict = vm.ctx.new_dict();
    for (named, value) in expressions.iter().zip(&found) {
        dict.set_item(named.name.as_str(), to_python(value, vm)?, vm)?;
    }
    Ok(dict.into())
}

/// The rows of the model that a statement of one's own selects.
pub(super) fn raw(
    query: &NativeQuery,
    statement: &Statement,
    fields: &PyDictRef,
    class: RowClass,
    vm: &VirtualMachine,
) -> PyResult {
    let mut names = BTreeMap::new();
    for (column, field) in fields.items_vec() {
        let column = arguments::text_of(&column, vm)?;
        names.insert(column, arguments::text_of(&field, vm)?);
    }
    let found = ask(query, vm, |rows, connection| {
        rows.raw_named(connection, &statement.sql, &statement.values, &names)
    })?;
    let site = database::site(vm)?;
    let maker = InstanceMaker::new(&site.models, &query.alias, std::iter::empty(), vm);
    maker.set_class(query.query.model(), class)?;
    Ok(vm.ctx.new_list(maker.instances(&found)?).into())
}

/// Gives `instances`, which are rows of the model, what the query reads along.
pub(super) fn prefetch(
    query: &NativeQuery,
    instances: &[PyObjectRef],
    vm: &VirtualMachine,
) -> PyResult<()> {
    let site = database::site(vm)?;
    let Some(model) = site.models.shared(query.query.model()) else {
        return Ok(());
    };
    let rows = instances.iter().map(|instance| {
        let values = instance.get_attr("__dict__", vm)?.downcast();
        let values = values.map_err(|_| vm.new_type_error("an instance has a `__dict__`"))?;
        writes::known_row(&site, model, &values, vm)
    });
    let mut rows = rows.collect::<PyResult<Vec<_>>>()?;
    ask(query, vm, |all, connection| {
        all.prefetch(connection, &mut rows)
    })?;
    let names = query.query.names_read_along();
    let maker = InstanceMaker::new(&site.models, &query.alias, names, vm);
    for (row, instance) in rows.iter().zip(instances) {
        maker.give_related(row, instance, None)?;
    }
    Ok(())
}
