//! `auth.password_reset`: mails a link to whoever forgot the password.
//!
//! The answer is the same whoever asks, and takes as long: whether there is such a user is looked up
//! after it was given.

use crate::diagnostic::Finding;
use crate::forms::{Form, FormField};
use crate::http::Response;
use crate::settings::AuthSettings;
use crate::templates::value::Value;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{self, AccountPage};
use crate::views::auth::form_view::{self, FormView, Saved};
use crate::views::auth::reset_mail::{MailTemplates, ResetRequest};
use crate::views::auth::success_url::SuccessUrl;
use crate::views::auth::throttle;
use crate::views::{Client, FormTarget, HttpError, Request, View, ViewMarks};

const MAX_EMAIL: u64 = 254;

#[derive(Debug)]
struct PasswordReset {
    page: AccountPage,
    success_url: SuccessUrl,
    templates: MailTemplates,
    from_email: Option<String>,
    extra_email_context: Vec<(String, Value)>,
}

/// Reads the options of `auth.password_reset`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_reset_form.html";
    Ok(Box::new(PasswordReset {
        page: AccountPage::build(entry, template, "Forgot your password?")?,
        success_url: SuccessUrl::build(entry, "password_reset_done"),
        templates: MailTemplates::build(entry)?,
        from_email: entry.fields.optional("from_email"),
        extra_email_context: account_page::context_table(entry, "extra_email_context")?,
    }))
}

impl View for PasswordReset {
    fn marks(&self) -> ViewMarks {
        ViewMarks::open()
    }

    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        if !account_page::has_email(request) {
            return Err(HttpError::NotFound(
                "users have no email address".to_owned(),
            ));
        }
        form_view::respond(self, request)
    }

    fn pattern_names(&self) -> Vec<&str> {
        let names = self.success_url.pattern_name().into_iter();
        names.chain(["password_reset_confirm"]).collect()
    }

    fn form_target<'v>(&'v self, _: &'v AuthSettings) -> Option<FormTarget<'v>> {
        Some(FormTarget {
            kwargs: Vec::new(),
            next: self.success_url.next_page(),
            client: Client::Visitor,
        })
    }

    fn has_form(&self) -> bool {
        true
    }
}

impl FormView for PasswordReset {
    fn form(&self, _: &Request<'_>) -> Form {
        let email = FormField::email("email")
            .label("Email address")
            .autofocus()
            .attribute("autocomplete", "email")
            .max_length(MAX_EMAIL);
        Form::new(vec![email])
    }

    fn form_valid(&self, request: &Request<'_>, form: &mut Form) -> Result<Saved, HttpError> {
        let email = form.cleaned("email");
        throttle::use_mail_try(request, email)?;
        let reset = ResetRequest {
            email: email.to_owned(),
            protocol: request.scheme(),
            site_name: account_page::site_name(request),
            domain: domain(request)?,
            from_email: self.from_email.clone(),
            extra_context: self.extra_email_context.clone(),
            templates: self.templates.clone(),
        };
        reset.send_in_background(request);
        Ok(Saved::Done)
    }

    fn success_message(&self, _: &Request<'_>, _: &Form) -> Option<String> {
        let message = "If there is an account with this address, a link is on its way to it.";
        self.success_url.message(message)
    }

    fn success_url(&self, request: &Request<'_>) -> Result<String, HttpError> {
        self.success_url.resolve(request)
    }

    fn page(&self) -> &AccountPage {
        &self.page
    }

    fn retry_field<'r>(&'r self, _: &'r Request<'_>) -> &'r str {
        "email"
    }
}

/// The host that links in mails lead to: `[site] domain`, else the request's, if it is this site's.
///
/// A link to a host that a stranger named in the request would hand him the token.
fn domain(request: &Request<'_>) -> Result<String, HttpError> {
    let own = request.state.site_settings.get_attr("domain").ok();
    if let Some(domain) = own.filter(Value::is_true) {
        return Ok(domain.to_string());
    }
    if request.is_for_this_host() {
        return Ok(request.host.clone());
    }
    Err(HttpError::BadRequest(format!(
        "Invalid HTTP_HOST header: '{}'.",
        request.host
    )))
}
