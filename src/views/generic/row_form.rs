//! The form of a row: opened for a request, checked and saved.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::forms::{FormDefinition, FormWithInlines, ModelForm};
use crate::http::{Method, Response};
use crate::query::ModelInstance;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::generic::assigned::AssignedFields;
use crate::views::generic::form_mail::FormMail;
use crate::views::generic::format_fields::{FieldValues, KnownFields};
use crate::views::generic::initial::StartValues;
use crate::views::generic::inlines::Inlines;
use crate::views::generic::model_view::ModelViewEntry;
use crate::views::generic::success::{SuccessPage, SuccessTarget};
use crate::views::request::FORM_METHODS;
use crate::views::rows::RowValue;
use crate::views::{FormTarget, HttpError, Request};

/// Whether `request` sends the form of a page, or asks for the page; the answer where it does neither.
pub(super) fn is_form_sent(request: &Request<'_>) -> Result<bool, Response> {
    match request.method {
        Method::Get | Method::Head => Ok(false),
        Method::Post | Method::Put => Ok(true),
        Method::Options => Err(Response::options(FORM_METHODS)),
        _ => Err(Response::method_not_allowed(FORM_METHODS)),
    }
}

/// The form of a row, and what comes of it.
#[derive(Debug)]
pub(super) struct RowForm {
    definition: Arc<FormDefinition>,
    inlines: Inlines,
    initial: StartValues,
    assigned: AssignedFields,
    success: SuccessPage,
    mail: Option<FormMail>,
}

impl RowForm {
    /// Reads `inlines`, `initial`, `set`, `mail`, `success_url` and `success_message` of an entry with the form
    /// `definition`.
    pub(super) fn read(
        read: &ModelViewEntry<'_, '_, '_>,
        definition: Arc<FormDefinition>,
    ) -> Result<Self, Finding> {
        let known = KnownFields {
            reader: Some(read.reader()),
            form: Some(&definition),
        };
        let usual = SuccessTarget::of_model(read.model);
        let success = SuccessPage::read(read.entry, &known, usual)?;
        Ok(Self {
            inlines: Inlines::read(read, &definition),
            initial: StartValues::read(read.entry, &definition),
            assigned: AssignedFields::read(read, &definition),
            mail: FormMail::read(read.entry, &known),
            success,
            definition,
        })
    }

    /// The names that a route has to capture.
    pub(super) fn captured_names(&self) -> impl Iterator<Item = &str> {
        self.initial
            .captured_names()
            .chain(self.assigned.captured_names())
            .chain(self.inlines.captured_names())
    }

    /// The names of the urls that it leads to.
    pub(super) fn pattern_names(&self) -> Vec<&str> {
        self.success.pattern_names()
    }

    /// Where it leads.
    pub(super) fn target(&self) -> Option<FormTarget<'_>> {
        self.success.form_target()
    }

    /// What its page answers: the page, which `render` makes, or what follows once the row is saved.
    ///
    /// `instance` finds the row that is changed, if one is; it is asked once the visitor may write.
    pub(super) fn respond(
        &self,
        request: &Request<'_>,
        instance: impl FnOnce() -> Result<Option<ModelInstance>, HttpError>,
        render: impl FnOnce(FormWithInlines) -> Result<Response, HttpError>,
    ) -> Result<Response, HttpError> {
        let is_sent = match is_form_sent(request) {
            Ok(is_sent) => is_sent,
            Err(answer) => return Ok(answer),
        };
        if let Some(redirect) = self.login_redirect(request)? {
            return Ok(redirect);
        }
        let form = self.open(request, instance()?)?;
        if !is_sent {
            return render(self.inlines.show(request, form)?);
        }
        let mut forms = self.inlines.bind(request, form, &request.form_data()?)?;
        let saved = if forms.is_valid() {
            forms.save()?
        } else {
            None
        };
        match saved {
            Some(row) => self.finish(request, row, &forms),
            None => render(forms),
        }
    }

    /// The redirect to the login, where a field needs a user and nobody is logged in.
    fn login_redirect(&self, request: &Request<'_>) -> Result<Option<Response>, HttpError> {
        match self.assigned.login_redirect(request)? {
            Some(redirect) => Ok(Some(redirect)),
            None => self.inlines.login_redirect(request),
        }
    }

    /// The form of a new row, or of `instance`, before it is sent.
    fn open(
        &self,
        request: &Request<'_>,
        instance: Option<ModelInstance>,
    ) -> Result<ModelForm, HttpError> {
        let database = &request.state.form_database;
        let mut form = match instance {
            Some(instance) => ModelForm::update(&self.definition, database, instance)?,
            None => ModelForm::create(&self.definition, database)?,
        };
        self.initial.apply(request, &mut form.form)?;
        self.assigned.apply(request, &mut form.instance)?;
        Ok(form)
    }

    /// What follows once `saved` is, with all that belongs to it.
    fn finish(
        &self,
        request: &Request<'_>,
        saved: ModelInstance,
        forms: &FormWithInlines,
    ) -> Result<Response, HttpError> {
        let row = RowValue::alone(&request.state.rows, saved)?;
        let values = FieldValues {
            row: Some(&row),
            form: Some(&forms.form.form),
        };
        let done = self.success.response(request, values)?;
        if let Some(mail) = &self.mail {
            // The row is there, whatever becomes of the mail: nobody waits for it.
            mail.notify(request, values);
        }
        Ok(done.send(request))
    }
}

/// What the page of a new row knows: its form, whose row nobody else has yet.
pub(super) fn form_context(
    request: &Request<'_>,
    forms: FormWithInlines,
) -> Result<Context, HttpError> {
    let row = RowValue::alone(&request.state.rows, forms.form.instance.clone())?;
    Ok(forms.context(Value::from_object(row)))
}
