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
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{AccountPage, never_cached};
use crate::views::auth::form_view::{self, FormView, Saved};
use crate::views::auth::password_fields::{self, PasswordFields};
use crate::views::auth::success_url::SuccessUrl;
use crate::views::{Client, FormTarget, HttpError, Request, View, ViewMarks, access};

const NEW: PasswordFields = PasswordFields {
    first: "new_password1",
    second: "new_password2",
};

/// Where the session keeps the token, as in Django.
const SESSION_KEY: &str = "_password_reset_token";

/// What stands in the path in place of the token, as in Django.
const SET_PASSWORD: &str = "set-password";

#[derive(Debug)]
struct ResetConfirm {
    page: AccountPage,
    success_url: SuccessUrl,
    post_reset_login: bool,
}

/// Reads the options of `auth.password_reset_confirm`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let template = "registration/password_reset_confirm.html";
    Ok(Box::new(ResetConfirm {
        page: AccountPage::build(entry, template, "Choose a new password")?,
        success_url: SuccessUrl::build(entry, "password_reset_complete"),
        post_reset_login: entry.fields.or("post_reset_login", false),
    }))
}

impl View for ResetConfirm {
    fn marks(&self) -> ViewMarks {
        ViewMarks::open()
    }

    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let mut response = never_cached(self.respond_to_link(request)?);
        // `no-referrer` would make the form's `Origin` null, which the check of forms refuses.
        response.headers.set("Referrer-Policy", "same-origin");
        Ok(response)
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.success_url.pattern_name().into_iter().collect()
    }

    fn form_target<'v>(&'v self, _: &'v AuthSettings) -> Option<FormTarget<'v>> {
        let client = if self.post_reset_login {
            Client::User
        } else {
            Client::Visitor
        };
        Some(FormTarget {
            kwargs: Vec::new(),
            next: self.success_url.next_page(),
            client,
        })
    }

    fn has_form(&self) -> bool {
        true
    }
}

impl ResetConfirm {
    fn respond_to_link(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let token = path_argument(request, "token")?;
        let Some(user) = find_user(request)? else {
            return self.invalid_link(request);
        };
        if token != SET_PASSWORD {
            return if check_token(request, &user, &token) {
                redirect_to_form(request, token)
            } else {
                self.invalid_link(request)
            };
        }
        let kept = request.session()?.text(SESSION_KEY)?;
        if !kept.is_some_and(|token| check_token(request, &user, &token)) {
            return self.invalid_link(request);
        }
        form_view::respond(&SetPasswordForm { view: self, user }, request)
    }

    fn invalid_link(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let context = Context::default()
            .with("title", "This link is no longer good")
            .with("validlink", false)
            .with("form", Value::from(()));
        self.page.render(request, context)
    }
}

/// The form of the user whose link is good.
struct SetPasswordForm<'v> {
    view: &'v ResetConfirm,
    user: User,
}

impl FormView for SetPasswordForm<'_> {
    fn form(&self, request: &Request<'_>) -> Form {
        let [first, second] = NEW.fields(request, ["New password", "New password again"]);
        Form::new(vec![first.autofocus(), second])
    }

    fn clean(&self, request: &Request<'_>, form: &mut Form) -> Result<(), HttpError> {
        NEW.check(request, form, &UserAttributes::from(&self.user));
        Ok(())
    }

    fn form_valid(&self, request: &Request<'_>, form: &mut Form) -> Result<Saved, HttpError> {
        let encoded = password_fields::hash(request, form.cleaned(NEW.first))?;
        let user = &self.user;
        let replaced = request.connections.with(|connection| {
            let users = Users::new(connection, &request.state.users);
            users.replace_password(&user.pk, &user.password, &encoded)
        })?;
        if !replaced {
            // The same link was used in between.
            return self.view.invalid_link(request).map(Saved::Other);
        }
        request
            .session()?
            .with(|session| session.remove(SESSION_KEY))?;
        if self.view.post_reset_login {
            let user = User {
                password: encoded,
                ..user.clone()
            };
            access::login(request, user)?;
        }
        Ok(Saved::Done)
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

    fn context(&self, _: &Request<'_>) -> Result<Context, HttpError> {
        // The name lets password managers know whose password it is.
        let username = self.user.username.as_str();
        Ok(Context::default()
            .with("validlink", true)
            .with("username", username))
    }
}

/// The token goes to the session, the browser to the path of the form.
fn redirect_to_form(request: &Request<'_>, token: String) -> Result<Response, HttpError> {
    let path = request.path.replace(&token, SET_PASSWORD);
    request
        .session()?
        .with(|session| session.insert(SESSION_KEY, token))?;
    Ok(Response::redirect(&encode(&path, safe::PATH), false))
}

/// The active user that the link is for.
fn find_user(request: &Request<'_>) -> Result<Option<User>, HttpError> {
    let Some(pk) = decode_uid(&path_argument(request, "uidb64")?) else {
        return Ok(None);
    };
    let user = request
        .connections
        .with(|connection| Users::new(connection, &request.state.users).by_pk(&pk))?;
    Ok(user.filter(|user| user.is_active))
}

fn check_token(request: &Request<'_>, user: &User, token: &str) -> bool {
    let settings = &request.state.settings;
    let tokens = PasswordResetTokenGenerator::new(&request.state.keys, &settings.project.time_zone);
    let timeout = settings.auth.password_reset_timeout;
    tokens.check_token(user, token, clock::now(), timeout)
}

/// A value of the path.
fn path_argument(request: &Request<'_>, name: &str) -> Result<String, HttpError> {
    let argument = request.kwargs().iter().find(|(known, _)| known == name);
    argument.map(|(_, value)| value.to_string()).ok_or_else(|| {
        HttpError::internal(
            format!("the path of `auth.password_reset_confirm` lacks `<{name}>`"),
            vec!["write `reset/<uidb64>/<token>/`".to_owned()],
        )
    })
}
