//! `generic.create`: a form that makes a row (`django.views.generic.CreateView`).

use crate::diagnostic::Finding;
use crate::forms::FormWithInlines;
use crate::http::Response;
use crate::settings::AuthSettings;
use crate::templates::value::Value;
use crate::views::generic::form_definition::{form_definition, model_of_form};
use crate::views::generic::page::GenericPage;
use crate::views::generic::row_form::{RowForm, form_context};
use crate::views::{FormTarget, HttpError, Request, ShownTemplate, View, ViewEntry};

/// A form that makes a row.
#[derive(Debug)]
struct CreateView {
    page: GenericPage,
    form: RowForm,
}

/// Reads the options of `generic.create`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let definition = form_definition(entry)?;
    let read = model_of_form(entry, &definition)?;
    let form = RowForm::read(&read, definition)?;
    let page = read.page("_form")?;
    Ok(Box::new(CreateView { page, form }))
}

impl View for CreateView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        self.form
            .respond(request, || Ok(None), |forms| self.render(request, forms))
    }

    fn shown(&self) -> Option<ShownTemplate<'_>> {
        Some(self.page.shown(Vec::new()))
    }

    fn captured_names(&self) -> Vec<&str> {
        self.page
            .captured_names()
            .chain(self.form.captured_names())
            .collect()
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.form.pattern_names()
    }

    fn form_target<'v>(&'v self, _: &'v AuthSettings) -> Option<FormTarget<'v>> {
        self.form.target()
    }

    fn has_form(&self) -> bool {
        true
    }
}

impl CreateView {
    fn render(&self, request: &Request<'_>, forms: FormWithInlines) -> Result<Response, HttpError> {
        // A template that changes rows, too, asks whether there is one: nothing that the log should tell.
        let context = form_context(request, forms)?.with("object", Value::UNDEFINED);
        self.page.render(request, context)
    }
}
