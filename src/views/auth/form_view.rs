//! A page with a form on it, as Django's `FormView`: shown by GET, cleaned and taken by POST.

use crate::forms::{Form, ValidationError};
use crate::http::{Method, Response};
use crate::templates::Context;
use crate::views::auth::account_page::{AccountPage, never_cached};
use crate::views::auth::{success_url, throttle};
use crate::views::request::FORM_METHODS;
use crate::views::{HttpError, Request};

/// A page with a form on it; [`respond`] calls its methods in the order in which they stand here.
pub(super) trait FormView {
    /// The form before anybody has filled it in.
    fn form(&self, request: &Request<'_>) -> Form;

    /// Adds the errors to a form that was sent that only the database or the settings know.
    fn clean(&self, _: &Request<'_>, _: &mut Form) -> Result<(), HttpError> {
        Ok(())
    }

    /// Does what a valid form asks for; adds an error to `form` where that cannot be done after all.
    fn form_valid(&self, request: &Request<'_>, form: &mut Form) -> Result<Saved, HttpError>;

    /// What a message says on the next page, if that page does not say it itself.
    fn success_message(&self, _: &Request<'_>, _: &Form) -> Option<String> {
        None
    }

    /// The path that the browser is sent to once the form is done.
    fn success_url(&self, request: &Request<'_>) -> Result<String, HttpError>;

    /// The page that the form is on.
    fn page(&self) -> &AccountPage;

    /// What the page is told beside the form.
    fn context(&self, _: &Request<'_>) -> Result<Context, HttpError> {
        Ok(Context::default())
    }

    /// The field that has the cursor where the form was sent too often.
    fn retry_field<'r>(&'r self, _: &'r Request<'_>) -> &'r str {
        ""
    }
}

/// What came of a valid form.
pub(super) enum Saved {
    /// It is done: the browser is sent on.
    Done,
    /// The form has errors now, and is shown again.
    Refused,
    /// There is nothing to send again: this is the answer.
    Other(Response),
}

/// Answers a request by its method; no cache keeps the answer.
pub(super) fn respond(view: &impl FormView, request: &Request<'_>) -> Result<Response, HttpError> {
    let response = match request.method {
        Method::Get | Method::Head => render(view, request, view.form(request))?,
        Method::Post | Method::Put => submit(view, request)?,
        Method::Options => Response::options(FORM_METHODS),
        _ => Response::method_not_allowed(FORM_METHODS),
    };
    Ok(never_cached(response))
}

fn submit(view: &impl FormView, request: &Request<'_>) -> Result<Response, HttpError> {
    let mut form = view.form(request).bind(request.post()?);
    match save(view, request, &mut form) {
        Ok(Saved::Done) => redirect(view, request, &form),
        Ok(Saved::Refused) => render(view, request, form),
        Ok(Saved::Other(response)) => Ok(response),
        Err(HttpError::TooManyRequests { retry_after }) => {
            let message = throttle::sentence(request, retry_after);
            let error = ValidationError::new(message, "throttled");
            form.add_non_field_error(error, view.retry_field(request));
            let page = render(view, request, form)?;
            Ok(page.too_many_requests(retry_after))
        }
        Err(error) => Err(error),
    }
}

fn save(view: &impl FormView, request: &Request<'_>, form: &mut Form) -> Result<Saved, HttpError> {
    view.clean(request, form)?;
    if form.is_valid() {
        view.form_valid(request, form)
    } else {
        Ok(Saved::Refused)
    }
}

fn redirect(
    view: &impl FormView,
    request: &Request<'_>,
    form: &Form,
) -> Result<Response, HttpError> {
    let url = view.success_url(request)?;
    if let Some(message) = view.success_message(request, form) {
        success_url::add_success_message(request, &message);
    }
    Ok(Response::redirect(&url, false))
}

fn render(view: &impl FormView, request: &Request<'_>, form: Form) -> Result<Response, HttpError> {
    let context = view.context(request)?;
    view.page().render_form(request, form, context)
}
