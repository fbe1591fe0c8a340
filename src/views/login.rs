//! `auth.login`: the form, and what happens when it is sent.

use crate::auth::{self, User, Users};
use crate::clock;
use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::registry::Entry;
use crate::views::{Failure, Request, View, access, answer_options};

/// Django's sentence for a wrong name, a wrong password and an inactive user alike.
const INVALID: &str =
    "Please enter a correct username and password. Note that both fields may be case-sensitive.";

/// Django's sentence for a field that was left empty.
const REQUIRED: &str = "This field is required.";

/// Characters of a username, as the model has them.
const MAX_USERNAME: usize = 150;

#[derive(Debug)]
struct Login {
    template: String,
    redirect_authenticated_user: bool,
}

/// Reads the options of `auth.login`.
pub(super) fn build(entry: &Entry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(Login {
        template: entry.template("registration/login.html")?,
        redirect_authenticated_user: entry.fields.or("redirect_authenticated_user", false),
    }))
}

impl View for Login {
    fn respond(&self, request: &Request<'_>) -> Result<Response, Failure> {
        let mut response = self.answer(request)?;
        response.never_cache(clock::now().into());
        Ok(response)
    }
}

impl Login {
    fn answer(&self, request: &Request<'_>) -> Result<Response, Failure> {
        if self.redirect_authenticated_user && request.user()?.get()?.is_some() {
            return success(request);
        }
        match request.method {
            Method::Get | Method::Head => self.form(request, "", Vec::new()),
            Method::Post | Method::Put => self.submitted(request),
            Method::Options => Ok(answer_options(ALLOWED)),
            _ => Ok(Response::method_not_allowed(ALLOWED)),
        }
    }

    fn submitted(&self, request: &Request<'_>) -> Result<Response, Failure> {
        let form = request.post()?;
        let field = |name: &str| form.get(name).unwrap_or_default();
        let (username, password) = (field("username").trim(), field("password"));
        if username.is_empty() || password.is_empty() {
            let empty =
                |name: &str, value: &str| value.is_empty().then(|| format!("{name}: {REQUIRED}"));
            let errors = [empty("Username", username), empty("Password", password)];
            return self.form(request, username, errors.into_iter().flatten().collect());
        }
        match authenticate(request, username, password)? {
            Some(user) => {
                access::login(request, user)?;
                success(request)
            }
            None => self.form(request, username, vec![INVALID.to_owned()]),
        }
    }

    fn form(
        &self,
        request: &Request<'_>,
        username: &str,
        errors: Vec<String>,
    ) -> Result<Response, Failure> {
        let context = Context::default()
            .with("next", access::next(request)?)
            .with("username", username)
            .with("errors", Value::from(errors));
        let page = request.site.render(request, &self.template, context)?;
        Ok(Response::html(200, page))
    }
}

const ALLOWED: &str = "GET, POST, PUT, HEAD, OPTIONS";

fn success(request: &Request<'_>) -> Result<Response, Failure> {
    let next = access::next(request)?;
    let target = if next.is_empty() {
        access::resolve_url(request, &request.site.settings.auth.login_redirect_url)?
    } else {
        next
    };
    Ok(Response::redirect(&target, false))
}

/// The active user of this name and password, when it is this request's turn to hash.
fn authenticate(
    request: &Request<'_>,
    username: &str,
    password: &str,
) -> Result<Option<User>, Failure> {
    if username.chars().count() > MAX_USERNAME {
        return Ok(None);
    }
    let site = request.site;
    site.hashing(|hashers| {
        request.connections.with(|connection| {
            let users = Users::new(connection, &site.users);
            auth::authenticate(&users, hashers, username, password)
        })
    })?
    .map_err(Failure::from)
}
