//! `auth.password_reset_confirm`: where the link of the mail leads.
//!
//! 1. The link itself: its token moves to the session, and the browser to a path without it, so that
//!    no log and no `Referer` has it.
//! 2. That path: the form, as long as the token is good. 3. The form sent: the password is changed.

use crate::auth::{PasswordResetTokenGenerator, User, UserAttributes, Users, decode_uid};
use crate::clock;
use crate::diagnostic::Finding;
use crate::forms::Form;
use crate::http::Response;
use crate::http::percent::{encode, safe};
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{self, Page};
use crate::views::auth::password_fields::{self, Pair};
use crate::views::auth::success_url::Target;
use crate::views::{HttpError, Request, View, access};

const NEW: Pair = Pair("new_password1", "new_password2");

/// Where the session keeps the token, as in Django.
const SESSION_KEY: &str = "_password_reset_token";

/// What stands in the path in place of the token, as in Django.
const SET_PASSWORD: &str = "set-password";

#[derive(Debug)]
struct ResetConfirm {
    page: Page,
    success: Target,
    post_reset_login: bool,
}

/// Reads the options of `auth.password_reset_confirm`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_reset_confirm.html";
    Ok(Box::new(ResetConfirm {
        page: Page::build(entry, template, "Choose a new password")?,
        success: Target::build(entry, "password_reset_complete"),
        post_reset_login: entry.fields.or("post_reset_login", false),
    }))
}

impl View for ResetConfirm {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let mut response = account_page::uncached(self.answer(request)?);
        // `no-referrer` would make the form's `Origin` null, which the check of forms refuses.
        response.headers.set("Referrer-Policy", "same-origin");
        Ok(response)
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.success.pattern_name().into_iter().collect()
    }
}

impl ResetConfirm {
    fn answer(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let token = argument(request, "token")?;
        let Some(user) = user(request)? else {
            return self.invalid(request);
        };
        if token != SET_PASSWORD {
            return if is_good(request, &user, &token) {
                to_form(request, token)
            } else {
                self.invalid(request)
            };
        }
        let kept = request.session()?.text(SESSION_KEY)?;
        if !kept.is_some_and(|token| is_good(request, &user, &token)) {
            return self.invalid(request);
        }
        account_page::answer(
            request,
            || self.show(request, form(request), &user),
            || self.submitted(request, user.clone()),
        )
    }

    fn invalid(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let context = Context::default()
            .with("title", "This link is no longer good")
            .with("validlink", false)
            .with("form", Value::from(()));
        self.page.show(request, context)
    }

    fn show(&self, request: &Request<'_>, form: Form, user: &User) -> Result<Response, HttpError> {
        // The name lets password managers know whose password it is.
        let context = Context::default()
            .with("validlink", true)
            .with("username", user.username.as_str());
        self.page.show_form(request, form, context)
    }

    fn submitted(&self, request: &Request<'_>, user: User) -> Result<Response, HttpError> {
        let mut form = form(request).bind(request.post()?);
        NEW.check(request, &mut form, &UserAttributes::from(&user));
        let new = form.text(NEW.0).filter(|_| form.is_valid());
        let Some(new) = new else {
            return self.show(request, form, &user);
        };
        let encoded = password_fields::hash(request, new)?;
        let replaced = request.connections.with(|connection| {
            let users = Users::new(connection, &request.state.users);
            users.replace_password(&user.pk, &user.password, &encoded)
        })?;
        if !replaced {
            // The same link was used in between.
            return self.invalid(request);
        }
        request
            .session()?
            .with(|session| session.remove(SESSION_KEY))?;
        if self.post_reset_login {
            let password = encoded;
            access::login(request, User { password, ..user })?;
        }
        self.success.lead(request, "Your password was changed.")
    }
}

fn form(request: &Request<'_>) -> Form {
    let [first, second] = NEW.fields(request, ["New password", "New password again"]);
    Form::new(vec![first.autofocus(), second])
}

/// The token goes to the session, the browser to the path of the form.
fn to_form(request: &Request<'_>, token: String) -> Result<Response, HttpError> {
    let path = request.path.replace(&token, SET_PASSWORD);
    request
        .session()?
        .with(|session| session.insert(SESSION_KEY, token))?;
    Ok(Response::redirect(&encode(&path, safe::PATH), false))
}

/// The active user that the link is for.
fn user(request: &Request<'_>) -> Result<Option<User>, HttpError> {
    let Some(pk) = decode_uid(&argument(request, "uidb64")?) else {
        return Ok(None);
    };
    let user = request
        .connections
        .with(|connection| Users::new(connection, &request.state.users).by_pk(&pk))?;
    Ok(user.filter(|user| user.is_active))
}

fn is_good(request: &Request<'_>, user: &User, token: &str) -> bool {
    let settings = &request.state.settings;
    let tokens = PasswordResetTokenGenerator::new(&request.state.keys, &settings.project.time_zone);
    let timeout = settings.auth.password_reset_timeout;
    tokens.check_token(user, token, clock::now(), timeout)
}

/// A value of the path.
fn argument(request: &Request<'_>, name: &str) -> Result<String, HttpError> {
    let argument = request.kwargs().iter().find(|(known, _)| known == name);
    argument.map(|(_, value)| value.to_string()).ok_or_else(|| {
        HttpError::internal(
            format!("the path of `auth.password_reset_confirm` lacks `<{name}>`"),
            vec!["write `reset/<uidb64>/<token>/`".to_owned()],
        )
    })
}
