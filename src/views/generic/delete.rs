//! `generic.delete`: a page that asks whether a row is to go, and deletes it (`django.views.generic.DeleteView`).

use crate::diagnostic::Finding;
use crate::forms::{Form, ValidationError};
use crate::http::{Method, Response};
use crate::query::{ModelInstance, QueryError};
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::generic::format_fields::{FieldValues, KnownFields};
use crate::views::generic::model_view::{ModelView, ModelViewEntry, NameSuffixes};
use crate::views::generic::single_object::SingleObject;
use crate::views::generic::success::SuccessPage;
use crate::views::rows::RowValue;
use crate::views::{FormTarget, HttpError, Request, ShownTemplate, View, ViewEntry};

const ALLOWED: &str = "GET, POST, DELETE, HEAD, OPTIONS";

/// A page that asks whether a row is to go, and deletes it.
#[derive(Debug)]
struct DeleteView {
    view: ModelView,
    object: SingleObject,
    success: SuccessPage,
}

/// Reads the options of `generic.delete`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let read = ModelViewEntry::new(entry)?;
    let object = SingleObject::read(&read);
    let known = KnownFields {
        reader: Some(read.reader()),
        form: None,
    };
    let success = SuccessPage::read(entry, &known, None)?;
    let view = read.view(&NameSuffixes {
        template: "_confirm_delete",
        object: "",
    });
    Ok(Box::new(DeleteView {
        view: view?,
        object,
        success,
    }))
}

impl View for DeleteView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match request.method {
            Method::Get | Method::Head => {
                let row = self.object.find(&self.view, request)?;
                self.show(request, row, Form::new(Vec::new()))
            }
            Method::Post | Method::Delete => self.delete(request),
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }

    fn allowed(&self) -> &str {
        ALLOWED
    }

    /// POST deletes as DELETE does.
    fn answered_as<'m>(&self, method: &'m Method) -> &'m Method {
        match method {
            Method::Head => &Method::Get,
            Method::Delete => &Method::Post,
            other => other,
        }
    }

    fn shown(&self) -> Option<ShownTemplate<'_>> {
        Some(self.view.shown("object"))
    }

    fn captured_names(&self) -> Vec<&str> {
        self.view
            .captured_names()
            .chain(self.object.captured_names())
            .collect()
    }

    fn key_names(&self) -> Option<[&str; 2]> {
        Some(self.object.key_names())
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.success.pattern_names()
    }

    fn form_target<'v>(&'v self, _: &'v AuthSettings) -> Option<FormTarget<'v>> {
        self.success.form_target()
    }
}

impl DeleteView {
    fn show(
        &self,
        request: &Request<'_>,
        row: RowValue,
        form: Form,
    ) -> Result<Response, HttpError> {
        let context = Context::default().with("form", Value::from_object(form));
        self.view
            .render(request, "object", Value::from_object(row), context)
    }

    fn delete(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let row = self.object.find(&self.view, request)?;
        let values = FieldValues {
            row: Some(&row),
            form: None,
        };
        // Afterwards there is nothing left that texts could be made of.
        let done = self.success.response(request, values)?;
        let registry = request.state.rows.registry();
        let delete = |row: &ModelInstance| {
            let connections = &request.connections;
            connections.with(|connection| row.delete(registry, connection))
        };
        match row.instance().map(delete).transpose() {
            // A script that sends DELETE gets no message, as in Django: it shows no page that could say it.
            Ok(_) if request.method == Method::Delete => Ok(done.send_silently()),
            Ok(_) => Ok(done.send(request)),
            Err(error @ QueryError::Protected { .. }) => self.refuse(request, row, &error),
            Err(error) => Err(error.into()),
        }
    }

    /// The same page, which says why the row stays.
    fn refuse(
        &self,
        request: &Request<'_>,
        row: RowValue,
        error: &QueryError,
    ) -> Result<Response, HttpError> {
        let mut form = Form::new(Vec::new());
        let name = self.view.model.verbose_name();
        let message = match error {
            QueryError::Protected { model, count, .. } => {
                let registry = request.state.rows.registry();
                let others = registry.shared(model);
                let others = others.map(|others| match count {
                    1 => others.verbose_name(),
                    _ => others.verbose_name_plural(),
                });
                let others = others.unwrap_or_else(|| model.to_string());
                format!("This {name} cannot be deleted: {count} {others} refer to it.")
            }
            other => other.to_string(),
        };
        form.add_error("", ValidationError::new(message, "protected"));
        self.show(request, row, form)
    }
}
