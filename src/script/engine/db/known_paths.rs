//! Paths that were found to lead somewhere: a query that names others is looked at as soon as it is made.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use rustpython_vm::{PyResult, VirtualMachine};

use crate::models::{ModelKey, Registry};
use crate::query::{Query, QueryError};
use crate::script::engine::db::errors;

thread_local! {
    static KNOWN: RefCell<KnownPaths> = RefCell::default();
}

#[derive(Default)]
struct KnownPaths {
    /// The models that they lead from; others have paths of their own.
    registry: Option<Arc<Registry>>,
    paths: HashSet<(ModelKey, String)>,
}

impl KnownPaths {
    fn of(&mut self, registry: &Arc<Registry>) -> &mut HashSet<(ModelKey, String)> {
        let is_same = self
            .registry
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, registry));
        if !is_same {
            self.registry = Some(Arc::clone(registry));
            self.paths.clear();
        }
        &mut self.paths
    }
}

/// Raises `FieldError` where one of `paths`, which `query` has come to name, does not lead to a field, and what the
/// field says of a value that is not one of its own; `has_text` says whether there is one that may be wrong.
pub(super) fn check(
    query: &Query,
    paths: Vec<String>,
    has_text: bool,
    registry: &Arc<Registry>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let model = query.model();
    let keys: Vec<_> = paths
        .into_iter()
        .map(|path| (model.clone(), path))
        .collect();
    let is_known = KNOWN.with_borrow_mut(|known| {
        let known = known.of(registry);
        keys.iter().all(|key| known.contains(key))
    });
    if is_known && !has_text {
        return Ok(());
    }
    let checked = query.clone().on(registry).and_then(|query| query.check());
    if let Err(error) = &checked
        && is_about_names(error)
    {
        return Err(errors::of_query(error, vm));
    }
    if checked.is_ok() {
        KNOWN.with_borrow_mut(|known| known.of(registry).extend(keys));
    }
    Ok(())
}

/// Whether an error is one that Django tells as soon as a query is made.
fn is_about_names(error: &QueryError) -> bool {
    matches!(
        error,
        QueryError::UnknownName { .. }
            | QueryError::UnknownTransform { .. }
            | QueryError::Reference(_)
            | QueryError::AnnotationConflict { .. }
            | QueryError::AnnotationName(_)
            | QueryError::RefusedCall { .. }
            | QueryError::WrongModel { .. }
            | QueryError::WrongValue { .. }
            | QueryError::SelectedAlias(_)
            | QueryError::NestedAggregate(_)
            | QueryError::BeyondRelation { .. }
    )
}
