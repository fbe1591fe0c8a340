//! `auth.signup`: a visitor makes an account, and is logged in to it.

use crate::auth::confusables::{UsernameConflict, find_username_conflict, is_single_script};
use crate::auth::names::{NameError, normalize_email, normalize_username, validate_username};
use crate::auth::{NewUser, User, UserAttributes, Users};
use crate::db::DatabaseError;
use crate::diagnostic::Finding;
use crate::forms::{Form, FormField, ValidationError};
use crate::http::Response;
use crate::templates::Context;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{self, Page};
use crate::views::auth::password_fields::{self, Pair};
use crate::views::auth::success_url;
use crate::views::auth::throttle;
use crate::views::{HttpError, Request, View, access};

const NEW: Pair = Pair("password1", "password2");

const MAX_USERNAME: usize = 150;
const MAX_EMAIL: usize = 254;

#[derive(Debug)]
struct SignUp {
    page: Page,
    closed: Page,
    success_url: Option<String>,
}

/// Reads the options of `auth.signup`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let closed = "registration/signup_closed.html";
    Ok(Box::new(SignUp {
        page: Page::build(entry, "registration/signup.html", "Sign up")?,
        closed: Page::of("closed_template", entry, closed, "No new accounts")?,
        success_url: entry.fields.optional("success_url"),
    }))
}

impl View for SignUp {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        if !request.state.settings.auth.signup {
            let mut response = self.closed.show(request, Context::default())?;
            response.status = 403;
            return Ok(account_page::uncached(response));
        }
        if request.user()?.get()?.is_some() {
            return account_page::after_login(request, self.success_url.as_deref())
                .map(account_page::uncached);
        }
        account_page::answer(
            request,
            || self.show(request, form(request)),
            || self.submitted(request),
        )
    }

    fn pattern_names(&self) -> Vec<&str> {
        let url = self.success_url.as_deref();
        url.filter(|url| !access::is_path_or_url(url))
            .into_iter()
            .collect()
    }
}

impl SignUp {
    fn show(&self, request: &Request<'_>, form: Form) -> Result<Response, HttpError> {
        let context = Context::default().with("next", access::redirect_target(request)?);
        self.page.show_form(request, form, context)
    }

    fn submitted(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let mut form = form(request).bind(request.post()?);
        check(request, &mut form)?;
        if form.is_valid()
            && let Err(refused) = throttle::form(request)
        {
            throttle::refuse(&mut form, refused, "username");
            let page = self.show(request, form)?;
            return Ok(throttle::too_soon(page, refused));
        }
        let Some(user) = new_user(request, &form)? else {
            return self.show(request, form);
        };
        match insert(request, &user)? {
            Ok(user) => {
                let welcome = format!("Welcome, {}. Your account is ready.", user.username);
                access::login(request, user)?;
                success_url::say(request, &welcome);
                account_page::after_login(request, self.success_url.as_deref())
            }
            Err(resemblance) => {
                form.add_error("username", taken(resemblance));
                self.show(request, form)
            }
        }
    }
}

fn form(request: &Request<'_>) -> Form {
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

/// Django's sentence for what is no username, and one for letters of several scripts.
fn check_username(username: &str) -> Option<ValidationError> {
    if let Err(NameError::Username) = validate_username(username) {
        let message = "Enter a valid username. This value may contain only letters, numbers, and \
                       @/./+/-/_ characters.";
        return Some(ValidationError::new(message, "invalid"));
    }
    let mixed = "The letters of a username must be of one script.";
    (!is_single_script(username)).then(|| ValidationError::new(mixed, "mixed_scripts"))
}

fn taken(resemblance: UsernameConflict) -> ValidationError {
    let message = match resemblance {
        UsernameConflict::Same => "A user with that username already exists.",
        UsernameConflict::Confusable => "This username looks too much like another one.",
    };
    ValidationError::new(message, "unique")
}

/// Refuses a name that is taken and a password that is none, before anything is hashed.
fn check(request: &Request<'_>, form: &mut Form) -> Result<(), HttpError> {
    if let Some(username) = form.text("username") {
        let resemblance = request.connections.with(|connection| {
            find_username_conflict(&Users::new(connection, &request.state.users), username)
        })?;
        if let Some(resemblance) = resemblance {
            form.add_error("username", taken(resemblance));
        }
    }
    let text = |name| form.text(name).unwrap_or_default().to_owned();
    let (username, email) = (text("username"), text("email"));
    let person = UserAttributes {
        username: &username,
        email: &email,
        ..UserAttributes::default()
    };
    NEW.check(request, form, &person);
    Ok(())
}

/// The user that a valid form describes.
fn new_user(request: &Request<'_>, form: &Form) -> Result<Option<NewUser>, HttpError> {
    let texts = (form.text("username"), form.text("email"), form.text(NEW.0));
    let (true, (Some(username), Some(email), Some(password))) = (form.is_valid(), texts) else {
        return Ok(None);
    };
    Ok(Some(NewUser {
        email: normalize_email(email),
        password: password_fields::hash(request, password)?,
        ..NewUser::named(username)
    }))
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
