//! `generic.form`: a form that saves a row, sends mail, or both (`django.views.generic.FormView`).

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::forms::{Form, FormDefinition, ValidationError};
use crate::http::Response;
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::generic::form_definition::{form_definition, model_of_form};
use crate::views::generic::form_mail::FormMail;
use crate::views::generic::format_fields::{FieldValues, KnownFields};
use crate::views::generic::initial::StartValues;
use crate::views::generic::page::GenericPage;
use crate::views::generic::row_form::{RowForm, form_context, is_form_sent};
use crate::views::generic::success::SuccessPage;
use crate::views::{FormTarget, HttpError, Request, ShownTemplate, View, ViewEntry};

/// A page with a form.
#[derive(Debug)]
struct GenericFormView {
    page: GenericPage,
    form: GenericForm,
}

#[derive(Debug)]
enum GenericForm {
    /// The form of a model, which saves a row.
    Row(Box<RowForm>),
    /// A form of its own fields.
    Plain(Box<PlainForm>),
}

/// A form of its own fields, and what comes of it.
#[derive(Debug)]
struct PlainForm {
    definition: Arc<FormDefinition>,
    initial: StartValues,
    success: SuccessPage,
    mail: Option<FormMail>,
}

/// Reads the options of `generic.form`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let definition = form_definition(entry)?;
    let form = if definition.model().is_some() {
        let read = model_of_form(entry, &definition)?;
        GenericForm::Row(Box::new(RowForm::read(&read, definition)?))
    } else {
        GenericForm::Plain(Box::new(PlainForm::read(entry, definition)?))
    };
    let page = GenericPage::required(entry)?;
    Ok(Box::new(GenericFormView { page, form }))
}

impl View for GenericFormView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match &self.form {
            GenericForm::Row(form) => form.respond(
                request,
                || Ok(None),
                |forms| self.page.render(request, form_context(request, forms)?),
            ),
            GenericForm::Plain(form) => self.plain(request, form),
        }
    }

    fn shown(&self) -> Option<ShownTemplate<'_>> {
        Some(self.page.shown(Vec::new()))
    }

    fn captured_names(&self) -> Vec<&str> {
        let of_form: Vec<_> = match &self.form {
            GenericForm::Row(form) => form.captured_names().collect(),
            GenericForm::Plain(form) => form.initial.captured_names().collect(),
        };
        self.page.captured_names().chain(of_form).collect()
    }

    fn pattern_names(&self) -> Vec<&str> {
        match &self.form {
            GenericForm::Row(form) => form.pattern_names(),
            GenericForm::Plain(form) => form.success.pattern_names(),
        }
    }

    fn form_target<'v>(&'v self, _: &'v AuthSettings) -> Option<FormTarget<'v>> {
        match &self.form {
            GenericForm::Row(form) => form.target(),
            GenericForm::Plain(form) => form.success.form_target(),
        }
    }

    fn has_form(&self) -> bool {
        true
    }
}

impl GenericFormView {
    fn plain(&self, request: &Request<'_>, form: &PlainForm) -> Result<Response, HttpError> {
        let is_sent = match is_form_sent(request) {
            Ok(is_sent) => is_sent,
            Err(answer) => return Ok(answer),
        };
        let mut opened = form.open(request)?;
        if is_sent {
            opened = opened.bind(request.form_data()?);
            if opened.is_valid()
                && let Some(response) = form.send(request, &mut opened)?
            {
                return Ok(response);
            }
        }
        self.show(request, opened)
    }

    fn show(&self, request: &Request<'_>, form: Form) -> Result<Response, HttpError> {
        let form = Value::from_object(form);
        self.page
            .render(request, Context::default().with("form", form))
    }
}

impl PlainForm {
    fn read(entry: &ViewEntry<'_, '_>, definition: Arc<FormDefinition>) -> Result<Self, Finding> {
        let known = KnownFields {
            reader: None,
            form: Some(&definition),
        };
        let success = SuccessPage::read(entry, &known, None)?;
        Ok(Self {
            mail: FormMail::read(entry, &known),
            initial: StartValues::read(entry, &definition),
            success,
            definition,
        })
    }

    fn open(&self, request: &Request<'_>) -> Result<Form, HttpError> {
        let rows = &request.state.form_database;
        let mut form = Form::of(&self.definition).rows(rows.page_choices());
        self.initial.apply(request, &mut form)?;
        Ok(form)
    }

    /// Does what a valid form asks for; `None` where it could not be done, which is an error of `form` then.
    fn send(&self, request: &Request<'_>, form: &mut Form) -> Result<Option<Response>, HttpError> {
        let values = FieldValues {
            row: None,
            form: Some(form),
        };
        let done = self.success.response(request, values)?;
        if let Some(mail) = &self.mail {
            // Nothing else keeps what was written: whoever wrote it is to know whether it has left.
            if mail.prepare(request, values)?.send(request).is_err() {
                let message = "Your message could not be sent. Please try again later.";
                form.add_error("", ValidationError::new(message, "not_sent"));
                return Ok(None);
            }
        }
        Ok(Some(done.send(request)))
    }
}
