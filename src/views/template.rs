//! The view `template`: renders a template.

use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::ViewEntry;
use crate::views::queries::ContextQueries;
use crate::views::{HttpError, Request, ShownTemplate, StaticPage, View, render};

#[derive(Debug)]
struct TemplateView {
    template: String,
    content_type: String,
    context: ContextQueries,
}

/// Reads the options of `template`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let content_type = entry.fields.optional::<String>("content_type");
    let context = ContextQueries::read(entry);
    let template = entry.required_template()?;
    Ok(Box::new(TemplateView {
        content_type: content_type.unwrap_or_else(|| content_type_of(&template).to_owned()),
        template,
        context,
    }))
}

/// The type of what `template` writes, by the end of its name.
pub(super) fn content_type_of(template: &str) -> &'static str {
    match template.rsplit('.').next() {
        Some("txt") => "text/plain; charset=utf-8",
        Some("xml") => "application/xml; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        _ => "text/html; charset=utf-8",
    }
}

impl View for TemplateView {
    fn static_page(
        &self,
        request: Option<&Request<'_>>,
    ) -> Result<Option<StaticPage<'_>>, HttpError> {
        let (mut context, mut left_out) = self.context.without_request();
        if let Some(request) = request {
            self.context.add_to(&mut context, request)?;
            left_out.clear();
        }
        Ok(Some(StaticPage {
            template: &self.template,
            context,
            left_out,
        }))
    }

    fn captured_names(&self) -> Vec<&str> {
        self.context.captured_names().collect()
    }

    fn shown(&self) -> Option<ShownTemplate<'_>> {
        Some(ShownTemplate {
            template: &self.template,
            handed: self.context.handed().collect(),
        })
    }

    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match request.method {
            Method::Get | Method::Head => {
                let mut context = Context::default();
                for (name, argument) in request.kwargs() {
                    context.set(name.clone(), Value::from(argument));
                }
                self.context.add_to(&mut context, request)?;
                let page = render(request, &self.template, context)?;
                Ok(Response::new(200, &self.content_type, page))
            }
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }
}
