//! `auth.password_change`: a user chooses another password, and is logged out everywhere else.

use std::sync::Arc;

use crate::auth::throttle::Throttled;
use crate::auth::{self, User, UserAttributes, Users};
use crate::diagnostic::Finding;
use crate::forms::{Form, FormField, ValidationError};
use crate::http::Response;
use crate::templates::Context;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{self, Page};
use crate::views::auth::password_fields::{self, Pair};
use crate::views::auth::success_url::Target;
use crate::views::auth::throttle;
use crate::views::{HttpError, Request, View, access};

const NEW: Pair = Pair("new_password1", "new_password2");

/// Django's sentence for an old password that is wrong.
const INCORRECT: &str = "Your old password was entered incorrectly. Please enter it again.";

#[derive(Debug)]
struct PasswordChange {
    page: Page,
    success: Target,
}

/// Reads the options of `auth.password_change`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_change_form.html";
    Ok(Box::new(PasswordChange {
        page: Page::build(entry, template, "Change your password")?,
        success: Target::build(entry, "password_change_done"),
    }))
}

impl View for PasswordChange {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        // Also where the entry in `urls.toml` forgot `login_required`.
        let redirect = access::require_login(request)?;
        let Some(user) = request.user()?.get()?.filter(|_| redirect.is_none()) else {
            let missing = || HttpError::Forbidden("a login is needed".to_owned());
            return redirect.map(account_page::uncached).ok_or_else(missing);
        };
        account_page::answer(
            request,
            || self.show(request, form(request)),
            || self.submitted(request, &user),
        )
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.success.pattern_name().into_iter().collect()
    }
}

impl PasswordChange {
    fn show(&self, request: &Request<'_>, form: Form) -> Result<Response, HttpError> {
        self.page.show_form(request, form, Context::default())
    }

    fn submitted(&self, request: &Request<'_>, user: &User) -> Result<Response, HttpError> {
        let mut form = form(request).bind(request.post()?);
        NEW.check(request, &mut form, &UserAttributes::from(user));
        if let Some(refused) = check_old(request, &mut form, user)? {
            let page = self.show(request, form)?;
            return Ok(throttle::too_soon(page, refused));
        }
        let new = form.text(NEW.0).filter(|_| form.is_valid());
        let Some(new) = new else {
            return self.show(request, form);
        };
        let encoded = password_fields::hash(request, new)?;
        if !replace(request, user, &encoded)? {
            // Somebody else changed it in between: the old password is no longer the old one.
            form.add_error("old_password", incorrect());
            return self.show(request, form);
        }
        self.success.lead(request, "Your password was changed.")
    }
}

/// Refuses an old password that is wrong, or that comes too soon after others.
fn check_old(
    request: &Request<'_>,
    form: &mut Form,
    user: &User,
) -> Result<Option<Throttled>, HttpError> {
    let Some(old) = form.text("old_password") else {
        return Ok(None);
    };
    let taken = match throttle::password(request, &user.username)? {
        Ok(taken) => taken,
        Err(refused) => {
            throttle::refuse(form, refused, "old_password");
            return Ok(Some(refused));
        }
    };
    let outcome = request
        .state
        .hashing(|hashers| hashers.verify(old, &user.password).correct.then_some(()));
    if throttle::settle(taken, outcome)?.is_none() {
        form.add_error("old_password", incorrect());
    }
    Ok(None)
}

fn incorrect() -> ValidationError {
    ValidationError::new(INCORRECT, "password_incorrect")
}

fn form(request: &Request<'_>) -> Form {
    let old = FormField::password("old_password", "current-password").autofocus();
    let new = NEW.fields(request, ["New password", "New password again"]);
    Form::new([old].into_iter().chain(new).collect())
}

/// Gives the user the new hash and keeps this session alone; `false` where the password is another by now.
fn replace(request: &Request<'_>, user: &User, encoded: &str) -> Result<bool, HttpError> {
    let site = request.state;
    let replaced = request.connections.with(|connection| {
        Users::new(connection, &site.users).replace_password(&user.pk, &user.password, encoded)
    })?;
    if !replaced {
        return Ok(false);
    }
    let user = User {
        password: encoded.to_owned(),
        ..user.clone()
    };
    request
        .session()?
        .with(|session| auth::update_session_auth_hash(session, &user, &site.keys))?;
    if let Some(csrf) = &request.csrf {
        csrf.rotate();
    }
    request.user()?.set(Some(Arc::new(user)));
    Ok(true)
}
