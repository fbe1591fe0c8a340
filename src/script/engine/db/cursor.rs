//! `connection.cursor()`: statements of one's own.

use rustpython_vm::builtins::PyDict;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::db::{DatabaseAlias, SqlValue, SqlValueRef};
use crate::script::engine::db::{arguments, database, errors, value};
use crate::values::{FieldValue, into_column};

/// A statement with `?` for each of its values.
pub(super) struct Statement {
    pub(super) sql: String,
    pub(super) values: Vec<SqlValue>,
}

impl Statement {
    /// `sql` with `%s` or `%(name)s` for each of `values`; as it stands where these are `None`.
    pub(super) fn new(sql: &str, values: &PyObject, vm: &VirtualMachine) -> PyResult<Self> {
        if vm.is_none(values) {
            let (sql, values) = (sql.to_owned(), Vec::new());
            return Ok(Self { sql, values });
        }
        let named = values.downcast_ref::<PyDict>();
        let listed = match named {
            Some(_) => Vec::new(),
            None => arguments::elements(values, vm)?,
        };
        let mut listed = listed.into_iter();
        let (mut written, mut found) = (String::with_capacity(sql.len()), Vec::new());
        let mut rest = sql;
        while let Some((before, behind)) = rest.split_once('%') {
            written.push_str(before);
            let Some(place) = Place::read(behind) else {
                return Err(
                    vm.new_value_error("a `%` of a statement is written `%%`, a value `%s`")
                );
            };
            let object = match place.kind {
                PlaceKind::Percent => {
                    written.push('%');
                    rest = place.rest;
                    continue;
                }
                PlaceKind::Next => listed.next(),
                PlaceKind::Named(name) => match named {
                    Some(named) => named.get_item_opt(name, vm)?,
                    None => None,
                },
            };
            let missing = || {
                let message = "a statement has more places than there are values";
                errors::database_error("ProgrammingError", message, vm)
            };
            let object = object.ok_or_else(missing)?;
            found.push(column_value(&object, vm)?);
            written.push('?');
            rest = place.rest;
        }
        written.push_str(rest);
        if listed.next().is_some() {
            let message = "a statement has fewer places than there are values";
            return Err(errors::database_error("ProgrammingError", message, vm));
        }
        Ok(Self {
            sql: written,
            values: found,
        })
    }
}

/// What stands behind a `%`.
struct Place<'s> {
    kind: PlaceKind<'s>,
    rest: &'s str,
}

enum PlaceKind<'s> {
    Percent,
    Next,
    Named(&'s str),
}

impl<'s> Place<'s> {
    fn read(text: &'s str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix('%') {
            let kind = PlaceKind::Percent;
            return Some(Self { kind, rest });
        }
        if let Some(rest) = text.strip_prefix('s') {
            let kind = PlaceKind::Next;
            return Some(Self { kind, rest });
        }
        let (name, rest) = text.strip_prefix('(')?.split_once(")s")?;
        let kind = PlaceKind::Named(name);
        Some(Self { kind, rest })
    }
}

fn column_value(object: &PyObject, vm: &VirtualMachine) -> PyResult<SqlValue> {
    let site = database::site(vm)?;
    let value = value::of_object(object, &site.settings.project.time_zone, vm)?;
    Ok(into_column(value))
}

/// What a statement did.
pub(super) struct Executed {
    /// The names of the columns; none where it selects nothing.
    columns: Vec<String>,
    rows: Vec<PyObjectRef>,
    changed: i64,
    last_key: i64,
}

/// Runs a statement of one's own.
pub(super) fn execute(
    alias: &DatabaseAlias,
    sql: &str,
    values: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Executed> {
    let statement = Statement::new(sql, values, vm)?;
    let connection = database::connection(alias, vm)?;
    if database::needs_rollback(alias) {
        return Err(errors::broken_transaction(vm));
    }
    let before = connection.rows_written();
    let found = connection.query_named(&statement.sql, &statement.values);
    let found = found.map_err(|error| errors::of_database(&error, vm))?;
    let rows = found.rows.into_iter().map(|row| {
        let values = row.into_values();
        let values = values.iter().map(|value| {
            let value = FieldValue::as_stored(SqlValueRef::from(value));
            value::to_python(&value, vm)
        });
        Ok(vm.ctx.new_tuple(values.collect::<PyResult<_>>()?).into())
    });
    let executed = Executed {
        columns: found.columns,
        rows: rows.collect::<PyResult<_>>()?,
        changed: connection.rows_written() - before,
        last_key: connection.last_insert_id(),
    };
    // A statement may have begun a transaction.
    database::hold(alias, connection);
    Ok(executed)
}

impl Executed {
    /// The names of the columns or `None`, the rows, how many rows changed, and the key of the last one inserted.
    pub(super) fn into_python(self, vm: &VirtualMachine) -> PyObjectRef {
        let names = self.columns.into_iter();
        let names: Vec<PyObjectRef> = names.map(|name| vm.ctx.new_str(name).into()).collect();
        let columns = if names.is_empty() {
            vm.ctx.none()
        } else {
            vm.ctx.new_list(names).into()
        };
        let parts = vec![
            columns,
            vm.ctx.new_list(self.rows).into(),
            vm.ctx.new_int(self.changed).into(),
            vm.ctx.new_int(self.last_key).into(),
        ];
        vm.ctx.new_tuple(parts).into()
    }
}
