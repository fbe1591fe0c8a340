//! `auth.login`: the form, and what happens when it is sent.

use crate::auth::names::normalize_username;
use crate::auth::{self, User, Users};
use crate::diagnostic::Finding;
use crate::forms::{Form, FormField, ValidationError};
use crate::http::Response;
use crate::sessions::Expiry;
use crate::templates::Context;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{self, Page};
use crate::views::auth::throttle;
use crate::views::{HttpError, Request, View, access};

/// Django's sentence for a wrong name, a wrong password and an inactive user alike.
const INVALID: &str =
    "Please enter a correct username and password. Note that both fields may be case-sensitive.";

/// Characters of a username, as the model has them.
const MAX_USERNAME: usize = 150;

#[derive(Debug)]
struct Login {
    page: Page,
    next_page: Option<String>,
    redirect_authenticated_user: bool,
    remember_me: bool,
}

/// Reads the options of `auth.login`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(Login {
        page: Page::build(entry, "registration/login.html", "Log in")?,
        next_page: entry.fields.optional("next_page"),
        redirect_authenticated_user: entry.fields.or("redirect_authenticated_user", false),
        remember_me: entry.fields.or("remember_me", false),
    }))
}

impl View for Login {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        if self.redirect_authenticated_user && request.user()?.get()?.is_some() {
            return account_page::after_login(request, self.next_page.as_deref())
                .map(account_page::uncached);
        }
        let show = || self.show(request, self.form());
        account_page::answer(request, show, || self.submitted(request))
    }

    fn pattern_names(&self) -> Vec<&str> {
        let next = self.next_page.as_deref();
        next.filter(|next| !access::is_path_or_url(next))
            .into_iter()
            .collect()
    }
}

impl Login {
    fn form(&self) -> Form {
        let username = FormField::char("username")
            .autofocus()
            .attribute("autocapitalize", "none")
            .attribute("autocomplete", "username")
            .max_length(MAX_USERNAME)
            .normalize(normalize_username);
        let password = FormField::password("password", "current-password");
        let remember = self
            .remember_me
            .then(|| FormField::boolean("remember_me").label("Stay logged in"));
        Form::new([username, password].into_iter().chain(remember).collect())
    }

    fn submitted(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let mut form = self.form().bind(request.post()?);
        let (Some(username), Some(password)) = (form.text("username"), form.text("password"))
        else {
            return self.show(request, form);
        };
        let taken = match throttle::password(request, username)? {
            Ok(taken) => taken,
            Err(refused) => {
                throttle::refuse(&mut form, refused, "password");
                let page = self.show(request, form)?;
                return Ok(throttle::too_soon(page, refused));
            }
        };
        let outcome = authenticate(request, username, password);
        let Some(user) = throttle::settle(taken, outcome)? else {
            let error = ValidationError::new(INVALID, "invalid_login");
            form.add_non_field_error(error, "password");
            return self.show(request, form);
        };
        access::login(request, user)?;
        self.remember(request, form.checked("remember_me"))?;
        account_page::after_login(request, self.next_page.as_deref())
    }

    /// Ends the session with the browser, unless it is to stay for the age of the settings.
    fn remember(&self, request: &Request<'_>, stay: bool) -> Result<(), HttpError> {
        if self.remember_me {
            let settings = &request.state.settings.sessions;
            let age = i64::try_from(settings.cookie.age.as_secs()).unwrap_or(i64::MAX);
            let expiry = match (stay, settings.expire_at_browser_close) {
                (false, _) => Some(Expiry::AtBrowserClose),
                (true, true) => Some(Expiry::Seconds(age)),
                (true, false) => None,
            };
            request
                .session()?
                .with(|session| session.set_expiry(expiry))?;
        }
        Ok(())
    }

    fn show(&self, request: &Request<'_>, form: Form) -> Result<Response, HttpError> {
        let context = Context::default().with("next", access::redirect_target(request)?);
        self.page.show_form(request, form, context)
    }
}

/// The active user of this name and password, when it is this request's turn to hash.
fn authenticate(
    request: &Request<'_>,
    username: &str,
    password: &str,
) -> Result<Option<User>, HttpError> {
    let site = request.state;
    site.hashing(|hashers| {
        request.connections.with(|connection| {
            let users = Users::new(connection, &site.users);
            auth::authenticate(&users, hashers, username, password)
        })
    })?
    .map_err(HttpError::from)
}
