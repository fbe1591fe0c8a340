//! `auth.login`: the form, and what happens when it is sent.

use crate::auth::names::normalize_username;
use crate::auth::{self, User, UserAttribute, Users};
use crate::diagnostic::Finding;
use crate::forms::{Form, FormField, ValidationError};
use crate::http::Response;
use crate::sessions::SessionExpiry;
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::text;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{AccountPage, login_success_url, redirect_authenticated};
use crate::views::auth::form_view::{self, FormView, Saved};
use crate::views::auth::throttle;
use crate::views::{
    AccountEvent, Client, FormTarget, GetResponse, HttpError, NextPage, Request, View, ViewMarks,
    access, resolve_url,
};

/// Characters of a username whose model sets no limit, as Django's form has it.
const MAX_USERNAME: u64 = 254;

#[derive(Debug)]
struct Login {
    page: AccountPage,
    next_page: Option<String>,
    redirect_authenticated_user: bool,
    remember_me: bool,
    staff_only: bool,
}

/// Reads the options of `auth.login`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(Login {
        page: AccountPage::build(entry, "registration/login.html", "Log in")?,
        next_page: entry.fields.optional("next_page"),
        redirect_authenticated_user: entry.fields.or("redirect_authenticated_user", false),
        remember_me: entry.fields.or("remember_me", false),
        staff_only: entry.fields.or("staff_only", false),
    }))
}

impl View for Login {
    fn marks(&self) -> ViewMarks {
        ViewMarks::open()
    }

    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        if self.redirect_authenticated_user && request.user()?.get()?.is_some() {
            return redirect_authenticated(request, self.next_page.as_deref());
        }
        form_view::respond(self, request)
    }

    fn pattern_names(&self) -> Vec<&str> {
        let next = self.next_page.as_deref();
        next.filter(|next| !resolve_url::is_path_or_url(next))
            .into_iter()
            .collect()
    }

    fn get_response<'v>(&'v self, client: Client, settings: &'v AuthSettings) -> GetResponse<'v> {
        match client {
            Client::User if self.redirect_authenticated_user => {
                let next_page = self.next_page.as_deref();
                GetResponse::Redirect(NextPage::after_login(next_page, settings))
            }
            _ => GetResponse::Page,
        }
    }

    fn form_target<'v>(&'v self, settings: &'v AuthSettings) -> Option<FormTarget<'v>> {
        Some(FormTarget {
            kwargs: Vec::new(),
            next: NextPage::after_login(self.next_page.as_deref(), settings),
            client: Client::User,
        })
    }

    fn has_form(&self) -> bool {
        true
    }
}

impl FormView for Login {
    fn form(&self, request: &Request<'_>) -> Form {
        let users = &request.state.users;
        let field = users.fields().get(UserAttribute::Username);
        let limit = field.and_then(|field| field.kind.max_length());
        let limit = limit.unwrap_or(MAX_USERNAME);
        let username = FormField::char("username")
            .label(&text::capitalized(&users.username_label()))
            .autofocus()
            .attribute("autocapitalize", "none")
            .attribute("autocomplete", "username")
            .max_length(limit)
            .normalize(normalize_username);
        let password = FormField::password("password", "current-password");
        let remember = self
            .remember_me
            .then(|| FormField::boolean("remember_me").label("Stay logged in"));
        Form::new([username, password].into_iter().chain(remember).collect())
    }

    fn form_valid(&self, request: &Request<'_>, form: &mut Form) -> Result<Saved, HttpError> {
        let (username, password) = (form.cleaned("username"), form.cleaned("password"));
        let reservation = throttle::reserve_login(request, username)?;
        let authenticated = authenticate(request, username, password);
        let authenticated = authenticated.map(|found| self.admitted(found));
        let Some((user, backend)) = throttle::refund_unless_wrong(reservation, authenticated)?
        else {
            access::tell(request, AccountEvent::LoginFailed, Some(username))?;
            let error = ValidationError::new(self.invalid(request), "invalid_login");
            form.add_non_field_error(error, "password");
            return Ok(Saved::Refused);
        };
        match backend {
            Some(backend) => access::login_by(request, user, &backend)?,
            None => access::login(request, user)?,
        }
        self.set_expiry(request, form.checked("remember_me"))?;
        Ok(Saved::Done)
    }

    fn success_url(&self, request: &Request<'_>) -> Result<String, HttpError> {
        login_success_url(request, self.next_page.as_deref())
    }

    fn page(&self) -> &AccountPage {
        &self.page
    }

    fn context(&self, request: &Request<'_>) -> Result<Context, HttpError> {
        Ok(Context::default().with("next", access::redirect_target(request)?))
    }

    fn retry_field<'r>(&'r self, _: &'r Request<'_>) -> &'r str {
        "password"
    }
}

impl Login {
    /// The user whom this page lets in; with `staff_only` nobody else (`AdminAuthenticationForm`).
    fn admitted(&self, found: Option<LoggedIn>) -> Option<LoggedIn> {
        found.filter(|(user, _)| user.is_staff || !self.staff_only)
    }

    /// Django's sentence for a wrong name, a wrong password and a user who may not come in alike.
    fn invalid(&self, request: &Request<'_>) -> String {
        let name = request.state.users.username_label();
        let (article, account) = if self.staff_only {
            ("the", " for a staff account")
        } else {
            ("a", "")
        };
        format!(
            "Please enter {article} correct {name} and password{account}. Note that both fields may be \
             case-sensitive."
        )
    }

    /// Ends the session with the browser, unless it is to stay for the age of the settings.
    fn set_expiry(&self, request: &Request<'_>, stay: bool) -> Result<(), HttpError> {
        if !self.remember_me {
            return Ok(());
        }
        let settings = &request.state.settings.sessions;
        let age = i64::try_from(settings.cookie.age.as_secs()).unwrap_or(i64::MAX);
        let expiry = match (stay, settings.expire_at_browser_close) {
            (false, _) => Some(SessionExpiry::AtBrowserClose),
            (true, true) => Some(SessionExpiry::Seconds(age)),
            (true, false) => None,
        };
        let session = request.session()?;
        Ok(session.with(|session| session.set_expiry(expiry))?)
    }
}

/// A user who may log in, and the backend of the project that says so, if one does.
type LoggedIn = (User, Option<String>);

/// The user whom the backends of the project let in, or else the active one of this name and password.
fn authenticate(
    request: &Request<'_>,
    username: &str,
    password: &str,
) -> Result<Option<LoggedIn>, HttpError> {
    let own = request.code.as_ref();
    let own = own.and_then(|code| code.authenticate(request, username, password));
    let Some(found) = own else {
        let user = of_table(request, username, password)?;
        return Ok(user.map(|user| (user, None)));
    };
    let Some(found) = found? else {
        return Ok(None);
    };
    let user = request
        .connections
        .with(|connection| Users::new(connection, &request.state.users).by_pk(&found.key))?;
    Ok(user.map(|user| (user, Some(found.backend))))
}

/// The active user of this name and password, when it is this request's turn to hash.
fn of_table(
    request: &Request<'_>,
    username: &str,
    password: &str,
) -> Result<Option<User>, HttpError> {
    let state = request.state;
    state
        .hashing(|hashers| {
            request.connections.with(|connection| {
                let users = Users::new(connection, &state.users);
                auth::authenticate(&users, hashers, username, password)
            })
        })?
        .map_err(HttpError::from)
}
