//! Renders a template for a request: Django's shortcut `render`.

use std::time::Instant;

use crate::templates::{Context, TemplateError, UndefinedName, watch_templates};
use crate::views::context_processors::page_context;
use crate::views::debug_panel::RenderedTemplate;
use crate::views::page_notes::{self, NotedPage};
use crate::views::{HttpError, PageAddition, Request};

/// Renders `template` for `request`, with `context` over the names that every page knows.
pub fn render(
    request: &Request<'_>,
    template: &str,
    context: Context,
) -> Result<String, HttpError> {
    let mut context = Some(context);
    match &request.code {
        None => make(request, template, PageAddition::default(), context.take()),
        Some(code) => code.render(request, &mut |addition| {
            make(request, template, addition, context.take())
        }),
    }
}

/// Renders `template` with the names of the project, too.
fn make(
    request: &Request<'_>,
    template: &str,
    addition: PageAddition,
    context: Option<Context>,
) -> Result<String, HttpError> {
    let context = context.unwrap_or_default();
    let mut all = page_context(request, addition.request.as_ref());
    all.extend(addition.context);
    all.extend(request.error_context.clone().unwrap_or_default());
    all.extend(context);
    let (page, undefined) = if request.trace.is_some() || page_notes::is_noting() {
        watched(request, template, all)?
    } else {
        request.state.templates.render(template, all)?
    };
    request.state.warn_of_undefined(template, undefined);
    Ok(page)
}

/// Renders `template`, and tells the panel and the tests of the project of it, whichever of them wants to know.
fn watched(
    request: &Request<'_>,
    template: &str,
    context: Context,
) -> Result<(String, Vec<UndefinedName>), TemplateError> {
    let templates = &request.state.templates;
    let (names, started, known) = (context.names(), Instant::now(), context.clone());
    let (rendered, mut used) = watch_templates(|| templates.render(template, context));
    // One that may be missing was asked for all the same.
    used.retain(|name| templates.has(name));
    let own = std::iter::once(template.to_owned());
    page_notes::note(NotedPage {
        templates: own.chain(used.iter().cloned()).collect(),
        context: known,
    });
    if let Some(trace) = &request.trace {
        trace.rendered(RenderedTemplate {
            name: template.to_owned(),
            used,
            context: names,
            duration: started.elapsed(),
        });
    }
    rendered
}

/// Renders the template that is written in `source`, as [`render`] does one in a file.
pub fn render_text(
    request: &Request<'_>,
    source: &str,
    context: Context,
) -> Result<String, HttpError> {
    let mut context = Some(context);
    let mut make = |addition: PageAddition| {
        let mut all = page_context(request, addition.request.as_ref());
        all.extend(addition.context);
        all.extend(context.take().unwrap_or_default());
        Ok(request.state.templates.render_text(source, all)?)
    };
    match &request.code {
        None => make(PageAddition::default()),
        Some(code) => code.render(request, &mut make),
    }
}

/// What the template `name` says of `request`, whose names are those of every page and `context`: of one that stands in
/// no file and is not shown alone.
pub fn render_named(
    request: &Request<'_>,
    name: &str,
    context: Context,
) -> Result<String, HttpError> {
    let mut all = page_context(request, None);
    all.extend(context);
    let (text, _) = request.state.templates.render(name, all)?;
    Ok(text)
}
