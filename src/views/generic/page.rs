//! The template of a generic view, and what its entry tells it.

use crate::diagnostic::Finding;
use crate::http::Response;
use crate::templates::value::{Value, map};
use crate::templates::{Context, TemplateType};
use crate::views::queries::ContextQueries;
use crate::views::{HttpError, Request, ShownTemplate, ViewEntry, content_type_of, render};

/// A template, and what the entry tells it.
#[derive(Debug)]
pub(super) struct GenericPage {
    template: String,
    content_type: String,
    context: ContextQueries,
}

impl GenericPage {
    /// Reads `template`, which is `usual` where the entry does not name one, `content_type` and `context`.
    pub(super) fn read(entry: &ViewEntry<'_, '_>, usual: &str) -> Result<Self, Finding> {
        let context = ContextQueries::read(entry);
        Ok(Self::new(
            entry,
            context,
            entry.template_at("template", usual)?,
        ))
    }

    /// The same for a view whose template the entry has to name.
    pub(super) fn required(entry: &ViewEntry<'_, '_>) -> Result<Self, Finding> {
        let context = ContextQueries::read(entry);
        Ok(Self::new(entry, context, entry.required_template()?))
    }

    fn new(entry: &ViewEntry<'_, '_>, context: ContextQueries, template: String) -> Self {
        let content_type = entry.fields.optional::<String>("content_type");
        Self {
            content_type: content_type.unwrap_or_else(|| content_type_of(&template).to_owned()),
            template,
            context,
        }
    }

    /// The names that a route has to capture for its queries.
    pub(super) fn captured_names(&self) -> impl Iterator<Item = &str> {
        self.context.captured_names()
    }

    /// The template, and what it is told beside `handed`.
    pub(super) fn shown<'v>(
        &'v self,
        mut handed: Vec<(&'v str, TemplateType)>,
    ) -> ShownTemplate<'v> {
        handed.extend(self.context.handed());
        ShownTemplate {
            template: &self.template,
            handed,
        }
    }

    /// The page, which knows `view.kwargs` as Django's, and `context`.
    pub(super) fn render(
        &self,
        request: &Request<'_>,
        context: Context,
    ) -> Result<Response, HttpError> {
        let kwargs = request.kwargs().iter();
        let kwargs = map(kwargs.map(|(name, value)| (name.as_str(), Value::from(value))));
        let mut all = Context::default().with("view", map([("kwargs", kwargs)]));
        all.extend(context);
        self.context.add_to(&mut all, request)?;
        let page = render(request, &self.template, all)?;
        Ok(Response::new(200, &self.content_type, page))
    }
}
