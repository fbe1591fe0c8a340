//! `auth.signup`: a visitor makes an account, and is logged in to it.

use crate::auth::confusables::{UsernameConflict, find_username_conflict, is_single_script};
use crate::auth::names::{UserFieldError, normalize_email, normalize_username, validate_username};
use crate::auth::{NewUser, User, UserAttributes, UserChanges, Users};
use crate::db::DatabaseError;
use crate::diagnostic::Finding;
use crate::forms::{Form, FormField, ValidationError};
use crate::http::Response;
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{
    AccountPage, login_success_url, never_cached, redirect_authenticated,
};
use crate::views::auth::form_view::{self, FormView, Saved};
use crate::views::auth::password_fields::{self, PasswordFields};
use crate::views::auth::throttle;
use crate::views::{
    Client, FormTarget, GetResponse, HttpError, NextPage, Request, View, access, resolve_url,
};

const NEW: PasswordFields = PasswordFields {
    first: "password1",
    second: "password2",
};

const MAX_USERNAME: usize = 150;
const MAX_EMAIL: usize = 254;

#[derive(Debug)]
struct SignUp {
    page: AccountPage,
    closed: AccountPage,
    success_url: Option<String>,
}

/// Reads the options of `auth.signup`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let closed = "registration/signup_closed.html";
    Ok(Box::new(SignUp {
        page: AccountPage::build(entry, "registration/signup.html", "Sign up")?,
        closed: AccountPage::with_template_key(
            "closed_template",
            entry,
            closed,
            "No new accounts",
        )?,
        success_url: entry.fields.optional("success_url"),
    }))
}

impl View for SignUp {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        if !request.state.settings.auth.signup {
            let mut response = self.closed.render(request, Context::default())?;
            response.status = 403;
            return Ok(never_cached(response));
        }
        if request.user()?.get()?.is_some() {
            return redirect_authenticated(request, self.success_url.as_deref());
        }
        form_view::respond(self, request)
    }

    fn pattern_names(&self) -> Vec<&str> {
        let url = self.success_url.as_deref();
        url.filter(|url| !resolve_url::is_path_or_url(url))
            .into_iter()
            .collect()
    }

    fn get_response<'v>(&'v self, client: Client, settings: &'v AuthSettings) -> GetResponse<'v> {
        match client {
            Client::User if settings.signup => {
                let success_url = self.success_url.as_deref();
                GetResponse::Redirect(NextPage::after_login(success_url, settings))
            }
            _ => GetResponse::Page,
        }
    }

    fn form_target<'v>(&'v self, settings: &'v AuthSettings) -> Option<FormTarget<'v>> {
        Some(FormTarget {
            next: NextPage::after_login(self.success_url.as_deref(), settings),
            client: Client::User,
        })
    }
}

impl FormView for SignUp {
    fn form(&self, request: &Request<'_>) -> Form {
        let username = FormField::char("username")
            .autofocus()
            .attribute("autocapitalize", "none")
            .attribute("autocomplete", "username")
            .max_length(MAX_USERNAME)
            .normalize(normalize_username)
            .validator(check_username)
            .help_text("Letters, digits and @ . + - _ only.");
        let email = FormField::email("email")
            .label("Email address")
            .attribute("autocomplete", "email")
            .max_length(MAX_EMAIL)
            .help_text("For a new password, should you forget yours.");
        let passwords = NEW.fields(request, ["Password", "Password again"]);
        Form::new([username, email].into_iter().chain(passwords).collect())
    }

    /// Refuses a name that is taken and a password that is too weak, before anything is hashed.
    fn clean(&self, request: &Request<'_>, form: &mut Form) -> Result<(), HttpError> {
        if let Some(username) = form.text("username") {
            let conflict = request.connections.with(|connection| {
                find_username_conflict(&Users::new(connection, &request.state.users), username)
            })?;
            if let Some(conflict) = conflict {
                form.add_error("username", username_error(conflict));
            }
        }
        let text = |name| form.text(name).unwrap_or_default().to_owned();
        let (username, email) = (text("username"), text("email"));
        let attributes = UserAttributes {
            username: &username,
            email: &email,
            ..UserAttributes::default()
        };
        NEW.check(request, form, &attributes);
        Ok(())
    }

    fn form_valid(&self, request: &Request<'_>, form: &mut Form) -> Result<Saved, HttpError> {
        throttle::use_form_try(request)?;
        match insert(request, &new_user(request, form)?)? {
            Ok(user) => {
                access::login(request, user)?;
                Ok(Saved::Done)
            }
            Err(conflict) => {
                form.add_error("username", username_error(conflict));
                Ok(Saved::Refused)
            }
        }
    }

    fn success_message(&self, form: &Form) -> Option<String> {
        let username = form.cleaned("username");
        Some(format!("Welcome, {username}. Your account is ready."))
    }

    fn success_url(&self, request: &Request<'_>) -> Result<String, HttpError> {
        login_success_url(request, self.success_url.as_deref())
    }

    fn page(&self) -> &AccountPage {
        &self.page
    }

    fn context(&self, request: &Request<'_>) -> Result<Context, HttpError> {
        Ok(Context::default().with("next", access::redirect_target(request)?))
    }

    fn retry_field(&self) -> &'static str {
        "username"
    }
}

/// Django's sentence for what is not a username, and one for letters of several scripts.
fn check_username(username: &str) -> Option<ValidationError> {
    if let Err(UserFieldError::InvalidUsername) = validate_username(username) {
        let message = "Enter a valid username. This value may contain only letters, numbers, and \
                       @/./+/-/_ characters.";
        return Some(ValidationError::new(message, "invalid"));
    }
    let mixed = "The letters of a username must be of one script.";
    (!is_single_script(username)).then(|| ValidationError::new(mixed, "mixed_scripts"))
}

fn username_error(conflict: UsernameConflict) -> ValidationError {
    let message = match conflict {
        UsernameConflict::Same => "A user with that username already exists.",
        UsernameConflict::Confusable => "This username looks too much like another one.",
    };
    ValidationError::new(message, "unique")
}

/// The user that a valid form describes.
fn new_user(request: &Request<'_>, form: &Form) -> Result<NewUser, HttpError> {
    let password = password_fields::hash(request, form.cleaned(NEW.first))?;
    let changes = UserChanges {
        email: Some(normalize_email(form.cleaned("email"))),
        password: Some(password),
        ..UserChanges::default()
    };
    Ok(changes.new_user(form.cleaned("username")))
}

/// Adds the user, unless its name was taken while its password was hashed.
fn insert(
    request: &Request<'_>,
    user: &NewUser,
) -> Result<Result<User, UsernameConflict>, DatabaseError> {
    request.connections.with(|connection| {
        connection.transaction(|connection| {
            let users = Users::new(connection, &request.state.users);
            match find_username_conflict(&users, &user.username)? {
                Some(resemblance) => Ok(Err(resemblance)),
                None => users.insert(user).map(Ok),
            }
        })
    })
}
