//! Actions that are code of the project.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::http::Response;
use crate::query::Query;
use crate::views::{HttpError, Request};

/// A function of the project that does something with rows: `make_published(modeladmin, request, queryset)`.
pub trait ActionCode: fmt::Debug + Send + Sync {
    /// What it says of itself.
    fn facts(&self) -> &ActionFacts;

    /// Calls it for the rows of `query`; where it answers nothing, the list is shown again.
    ///
    /// Fails with what it raises.
    fn run(&self, request: &Request<'_>, query: Query) -> Result<Response, HttpError>;
}

/// What the decorator of an action says of it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ActionFacts {
    /// Its label: `description`.
    pub description: Option<String>,
    /// What it asks of who calls it: `permissions`.
    pub permissions: Vec<String>,
}

/// Finds the function of a dotted name; fails where it cannot be loaded.
#[derive(Clone, Copy)]
pub struct ActionFinder<'f>(pub &'f FindAction<'f>);

/// Finds the function of a dotted name.
pub(super) type FindAction<'f> = dyn Fn(&str) -> Result<Arc<dyn ActionCode>, Finding> + 'f;

impl fmt::Debug for ActionFinder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ActionFinder(..)")
    }
}
