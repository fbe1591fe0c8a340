//! What `prefetch_related` is given.

use rustpython_vm::builtins::PyStr;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::query::Prefetch;
use crate::script::engine::db::arguments;
use crate::script::engine::db::native_query::NativeQuery;

/// Paths, and `Prefetch` objects.
pub(super) fn prefetches(lookups: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<Vec<Prefetch>> {
    lookups.iter().map(|lookup| prefetch(lookup, vm)).collect()
}

fn prefetch(lookup: &PyObject, vm: &VirtualMachine) -> PyResult<Prefetch> {
    if let Some(path) = lookup.downcast_ref::<PyStr>() {
        return Ok(Prefetch::new(path.to_string_lossy().into_owned()));
    }
    let query = arguments::optional(lookup, "queryset", vm)?;
    let query = query.map(|query| NativeQuery::of_query_set(&query, vm));
    let to_attr = arguments::optional(lookup, "to_attr", vm)?;
    let to_attr = to_attr.map(|name| arguments::text_of(&name, vm));
    Ok(Prefetch {
        path: arguments::text(lookup, "_djr_path", vm)?,
        query: query.transpose()?.flatten(),
        to_attr: to_attr.transpose()?,
    })
}
