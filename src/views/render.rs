//! Renders a template for a request: Django's shortcut `render`.

use crate::templates::Context;
use crate::views::context_processors::page_context;
use crate::views::{HttpError, Request};

/// Renders `template` for `request`, with `context` over the names that every page knows.
pub fn render(
    request: &Request<'_>,
    template: &str,
    context: Context,
) -> Result<String, HttpError> {
    let mut all = page_context(request);
    all.extend(request.error_context.clone().unwrap_or_default());
    all.extend(context);
    let (page, undefined) = request.state.templates.render(template, all)?;
    request.state.warn_of_undefined(template, undefined);
    Ok(page)
}
