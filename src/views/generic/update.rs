//! `generic.update`: a form that changes a row (`django.views.generic.UpdateView`).

use crate::diagnostic::Finding;
use crate::forms::FormWithInlines;
use crate::http::Response;
use crate::settings::AuthSettings;
use crate::templates::value::Value;
use crate::views::generic::form_definition::{form_definition, model_of_form};
use crate::views::generic::model_view::{ModelView, NameSuffixes};
use crate::views::generic::row_form::RowForm;
use crate::views::generic::single_object::SingleObject;
use crate::views::rows::RowValue;
use crate::views::{FormTarget, HttpError, Request, ShownTemplate, View, ViewEntry};

/// A form that changes a row.
#[derive(Debug)]
struct UpdateView {
    view: ModelView,
    object: SingleObject,
    form: RowForm,
}

/// Reads the options of `generic.update`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let definition = form_definition(entry)?;
    let read = model_of_form(entry, &definition)?;
    let object = SingleObject::read(&read);
    let form = RowForm::read(&read, definition)?;
    let view = read.view(&NameSuffixes {
        template: "_form",
        object: "",
    });
    Ok(Box::new(UpdateView {
        view: view?,
        object,
        form,
    }))
}

impl View for UpdateView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let find = || {
            let row = self.object.find(&self.view, request)?;
            Ok(row.instance().cloned())
        };
        self.form
            .respond(request, find, |forms| self.render(request, forms))
    }

    fn shown(&self) -> Option<ShownTemplate<'_>> {
        Some(self.view.shown("object"))
    }

    fn captured_names(&self) -> Vec<&str> {
        self.view
            .captured_names()
            .chain(self.object.captured_names())
            .chain(self.form.captured_names())
            .collect()
    }

    fn key_names(&self) -> Option<[&str; 2]> {
        Some(self.object.key_names())
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

impl UpdateView {
    /// The page; as in Django the row on it already holds what was sent and is not wrong.
    fn render(&self, request: &Request<'_>, forms: FormWithInlines) -> Result<Response, HttpError> {
        let row = RowValue::alone(&request.state.rows, forms.form.instance.clone())?;
        let object = Value::from_object(row);
        let context = forms.context(object.clone());
        self.view.render(request, "object", object, context)
    }
}
