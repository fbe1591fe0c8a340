//! What the code of a project adds to the pages that djr makes.

use std::fmt;

use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::{HttpError, Request};

/// What the code of a project adds to the pages that djr makes: names that all of them know, and its tags.
pub trait ProjectPages: fmt::Debug + Send + Sync {
    /// Has `make` make a page of `request`, with what the project adds to it.
    fn render(
        &self,
        request: &Request<'_>,
        make: &mut dyn FnMut(PageAddition) -> Result<String, HttpError>,
    ) -> Result<String, HttpError>;
}

/// What a project adds to a page.
#[derive(Debug, Default)]
pub struct PageAddition {
    /// The names that its context processors give.
    pub context: Context,
    /// The request as its code sees it, with what its middleware has set on it.
    pub request: Option<Value>,
}
