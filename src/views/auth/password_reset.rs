//! `auth.password_reset`: mails a link to whoever forgot the password.
//!
//! The answer is the same whoever asks, and takes as long: whether there is such a user is looked up
//! after it was given.

use crate::diagnostic::Finding;
use crate::forms::{Form, FormField};
use crate::http::Response;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{self, Page};
use crate::views::auth::reset_mail::{Asked, Templates};
use crate::views::auth::success_url::Target;
use crate::views::auth::throttle;
use crate::views::{HttpError, Request, View};

const MAX_EMAIL: usize = 254;

#[derive(Debug)]
struct PasswordReset {
    page: Page,
    success: Target,
    templates: Templates,
    from_email: Option<String>,
    extra_email_context: Vec<(String, Value)>,
}

/// Reads the options of `auth.password_reset`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_reset_form.html";
    Ok(Box::new(PasswordReset {
        page: Page::build(entry, template, "Forgot your password?")?,
        success: Target::build(entry, "password_reset_done"),
        templates: Templates::build(entry)?,
        from_email: entry.fields.optional("from_email"),
        extra_email_context: account_page::table(entry, "extra_email_context")?,
    }))
}

impl View for PasswordReset {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        account_page::answer(
            request,
            || self.show(request, form()),
            || self.submitted(request),
        )
    }

    fn pattern_names(&self) -> Vec<&str> {
        let names = self.success.pattern_name().into_iter();
        names.chain(["password_reset_confirm"]).collect()
    }
}

impl PasswordReset {
    fn show(&self, request: &Request<'_>, form: Form) -> Result<Response, HttpError> {
        self.page.show_form(request, form, Context::default())
    }

    fn submitted(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let mut form = form().bind(request.post()?);
        let Some(email) = form.text("email").filter(|_| form.is_valid()) else {
            return self.show(request, form);
        };
        let email = email.to_owned();
        if let Err(refused) = throttle::mail(request, &email) {
            throttle::refuse(&mut form, refused, "email");
            let page = self.show(request, form)?;
            return Ok(throttle::too_soon(page, refused));
        }
        let domain = domain(request)?;
        let asked = Asked {
            email,
            protocol: request.scheme(),
            site_name: account_page::site_name(request),
            domain,
            from_email: self.from_email.clone(),
            extra_context: self.extra_email_context.clone(),
            templates: self.templates.clone(),
        };
        asked.answer_later(request);
        self.success.lead(
            request,
            "If there is an account with this address, a link is on its way to it.",
        )
    }
}

fn form() -> Form {
    let email = FormField::email("email")
        .label("Email address")
        .autofocus()
        .attribute("autocomplete", "email")
        .max_length(MAX_EMAIL);
    Form::new(vec![email])
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
