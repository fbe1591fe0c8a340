//! `auth.password_change`: a user chooses another password, and is logged out everywhere else.

use std::sync::Arc;

use crate::auth::{self, User, UserAttributes, Users};
use crate::diagnostic::Finding;
use crate::forms::{Form, FormField, ValidationError};
use crate::http::Response;
use crate::settings::AuthSettings;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{AccountPage, never_cached};
use crate::views::auth::form_view::{self, FormView, Saved};
use crate::views::auth::password_fields::{self, PasswordFields};
use crate::views::auth::success_url::SuccessUrl;
use crate::views::auth::throttle;
use crate::views::{Client, FormTarget, GetResponse, HttpError, NextPage, Request, View};

const NEW: PasswordFields = PasswordFields {
    first: "new_password1",
    second: "new_password2",
};

/// Django's sentence for an old password that is wrong.
const INCORRECT: &str = "Your old password was entered incorrectly. Please enter it again.";

#[derive(Debug)]
struct PasswordChange {
    page: AccountPage,
    success_url: SuccessUrl,
}

/// Reads the options of `auth.password_change`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_change_form.html";
    Ok(Box::new(PasswordChange {
        page: AccountPage::build(entry, template, "Change your password")?.with_staff_login(entry),
        success_url: SuccessUrl::build(entry, "password_change_done"),
    }))
}

impl View for PasswordChange {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        // Also where the entry in `urls.toml` forgot `login_required`.
        if let Some(redirect) = self.page.require_user(request)? {
            return Ok(never_cached(redirect));
        }
        let missing = || HttpError::Forbidden("a login is needed".to_owned());
        let user = request.user()?.get()?.ok_or_else(missing)?;
        form_view::respond(&PasswordChangeForm { view: self, user }, request)
    }

    fn pattern_names(&self) -> Vec<&str> {
        let names = self.success_url.pattern_name().into_iter();
        names.chain(self.page.staff_login()).collect()
    }

    fn get_response<'v>(&'v self, client: Client, settings: &'v AuthSettings) -> GetResponse<'v> {
        match client {
            Client::Visitor => GetResponse::Redirect(NextPage::login(settings)),
            Client::User => GetResponse::Page,
        }
    }

    fn form_target<'v>(&'v self, _: &'v AuthSettings) -> Option<FormTarget<'v>> {
        Some(FormTarget {
            kwargs: Vec::new(),
            next: self.success_url.next_page(),
            client: Client::User,
        })
    }

    fn has_form(&self) -> bool {
        true
    }
}

/// The form of one user.
struct PasswordChangeForm<'v> {
    view: &'v PasswordChange,
    user: Arc<User>,
}

impl FormView for PasswordChangeForm<'_> {
    fn form(&self, request: &Request<'_>) -> Form {
        let old = FormField::password("old_password", "current-password").autofocus();
        let new = NEW.fields(request, ["New password", "New password again"]);
        Form::new([old].into_iter().chain(new).collect())
    }

    fn clean(&self, request: &Request<'_>, form: &mut Form) -> Result<(), HttpError> {
        NEW.check(request, form, &UserAttributes::from(&*self.user));
        check_old(request, form, &self.user)
    }

    fn form_valid(&self, request: &Request<'_>, form: &mut Form) -> Result<Saved, HttpError> {
        let encoded = password_fields::hash(request, form.cleaned(NEW.first))?;
        if replace(request, &self.user, &encoded)? {
            return Ok(Saved::Done);
        }
        // Somebody else changed it in between: the old password is no longer the old one.
        form.add_error("old_password", incorrect());
        Ok(Saved::Refused)
    }

    fn success_message(&self, _: &Request<'_>, _: &Form) -> Option<String> {
        self.view.success_url.message("Your password was changed.")
    }

    fn success_url(&self, request: &Request<'_>) -> Result<String, HttpError> {
        self.view.success_url.resolve(request)
    }

    fn page(&self) -> &AccountPage {
        &self.view.page
    }

    fn retry_field<'r>(&'r self, _: &'r Request<'_>) -> &'r str {
        "old_password"
    }
}

/// Refuses an old password that is wrong, or that comes too soon after others.
fn check_old(request: &Request<'_>, form: &mut Form, user: &User) -> Result<(), HttpError> {
    let Some(old) = form.text("old_password") else {
        return Ok(());
    };
    let reservation = throttle::reserve_login(request, &user.username)?;
    let verified = request
        .state
        .hashing(|hashers| hashers.verify(old, &user.password).correct.then_some(()));
    if throttle::refund_unless_wrong(reservation, verified)?.is_none() {
        form.add_error("old_password", incorrect());
    }
    Ok(())
}

fn incorrect() -> ValidationError {
    ValidationError::new(INCORRECT, "password_incorrect")
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
    keep_session(request, user, encoded)?;
    Ok(true)
}

/// Keeps the session of this request alone, once its `user` has the password of the hash `encoded`.
pub(crate) fn keep_session(
    request: &Request<'_>,
    user: &User,
    encoded: &str,
) -> Result<(), HttpError> {
    let user = User {
        password: encoded.to_owned(),
        ..user.clone()
    };
    let keys = &request.state.keys;
    request
        .session()?
        .with(|session| auth::update_session_auth_hash(session, &user, keys))?;
    if let Some(csrf) = &request.csrf {
        csrf.rotate();
    }
    request.user()?.set(Some(Arc::new(user)));
    Ok(())
}
