//! The native half of a query set: a query of the query layer, and the database it is asked of.

use rustpython_vm::{PyObject, PyPayload, PyResult, VirtualMachine, pyclass};

use crate::db::DatabaseAlias;
use crate::query::Query;
use crate::script::engine::db::arguments;

/// `_djr_db.Query`: it never changes, and each of its calls makes another.
#[pyclass(module = "_djr_db", name = "Query")]
#[derive(Clone, Debug, PyPayload)]
pub(in crate::script::engine) struct NativeQuery {
    pub(in crate::script::engine) query: Query,
    pub(in crate::script::engine) alias: DatabaseAlias,
}

impl NativeQuery {
    /// The query of a `QuerySet`, a manager or of native code itself; none of other objects.
    pub(super) fn of_query_set(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Query>> {
        if let Some(native) = object.downcast_ref::<Self>() {
            return Ok(Some(native.query.clone()));
        }
        if arguments::form(object, vm).as_deref() != Some("QuerySet") {
            return Ok(None);
        }
        let native = object.get_attr("_query", vm)?;
        Ok(native
            .downcast_ref::<Self>()
            .map(|native| native.query.clone()))
    }
}
