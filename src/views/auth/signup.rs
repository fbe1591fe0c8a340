//! `auth.signup`: a visitor makes an account, and is logged in to it.

use crate::auth::confusables::{UsernameConflict, find_username_conflict};
use crate::auth::names::normalize_email;
use crate::auth::{NewUser, User, UserAttribute, UserAttributes, UserChanges, UserConflict, Users};
use crate::db::DatabaseError;
use crate::diagnostic::Finding;
use crate::forms::Form;
use crate::http::Response;
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{
    AccountPage, login_success_url, never_cached, redirect_authenticated,
};
use crate::views::auth::form_view::{self, FormView, Saved};
use crate::views::auth::password_fields::{self, PasswordFields};
use crate::views::auth::signup_form::{
    add_conflict, add_model_errors, column_values, custom_values, model_fields, username_error,
    username_name,
};
use crate::views::auth::throttle;
use crate::views::{
    Client, FormTarget, GetResponse, HttpError, NextPage, Request, View, ViewMarks, access,
    resolve_url,
};

const NEW: PasswordFields = PasswordFields {
    first: "password1",
    second: "password2",
};

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
    fn marks(&self) -> ViewMarks {
        ViewMarks::open()
    }

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
            kwargs: Vec::new(),
            next: NextPage::after_login(self.success_url.as_deref(), settings),
            client: Client::User,
        })
    }

    fn has_form(&self) -> bool {
        true
    }
}

impl FormView for SignUp {
    fn form(&self, request: &Request<'_>) -> Form {
        let passwords = NEW.fields(request, ["Password", "Password again"]);
        Form::new(
            model_fields(&request.state.users)
                .chain(passwords)
                .collect(),
        )
    }

    /// Refuses what the model does not allow, what others have and a password that is too weak, before
    /// anything is hashed.
    fn clean(&self, request: &Request<'_>, form: &mut Form) -> Result<(), HttpError> {
        let users = &request.state.users;
        add_model_errors(users, form);
        let values = column_values(users, form);
        let name = username_name(users);
        let (username, conflicts) = request.connections.with(|connection| {
            let users = Users::new(connection, users);
            let username = form
                .text(name)
                .map(|name| find_username_conflict(&users, name));
            let username = username.transpose()?.flatten();
            Ok::<_, DatabaseError>((username, users.conflicts(&values)?))
        })?;
        if let Some(conflict) = username {
            form.add_error(name, username_error(conflict, &users.username_label()));
        }
        for conflict in conflicts
            .iter()
            .filter(|conflict| conflict.fields != [name])
        {
            add_conflict(form, conflict);
        }
        let of = |attribute| {
            let field = users.fields().get(attribute);
            let text = field.and_then(|field| form.text(&field.field.name));
            text.unwrap_or_default().to_owned()
        };
        let (username, email) = (of(UserAttribute::Username), of(UserAttribute::Email));
        let (first_name, last_name) = (of(UserAttribute::FirstName), of(UserAttribute::LastName));
        let attributes = UserAttributes {
            username: &username,
            email: &email,
            first_name: &first_name,
            last_name: &last_name,
        };
        NEW.check(request, form, &attributes);
        Ok(())
    }

    fn form_valid(&self, request: &Request<'_>, form: &mut Form) -> Result<Saved, HttpError> {
        throttle::use_form_try(request)?;
        let users = &request.state.users;
        match insert(request, &new_user(request, form)?)? {
            Ok(user) => {
                access::login(request, user)?;
                return Ok(Saved::Done);
            }
            Err(SignUpConflict::Username(conflict)) => {
                let error = username_error(conflict, &users.username_label());
                form.add_error(username_name(users), error);
            }
            Err(SignUpConflict::Model(conflict)) => add_conflict(form, &conflict),
        }
        Ok(Saved::Refused)
    }

    fn success_message(&self, request: &Request<'_>, form: &Form) -> Option<String> {
        let username = form.cleaned(username_name(&request.state.users));
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

    fn retry_field<'r>(&'r self, request: &'r Request<'_>) -> &'r str {
        username_name(&request.state.users)
    }
}

/// The user that a valid form describes.
fn new_user(request: &Request<'_>, form: &Form) -> Result<NewUser, HttpError> {
    let users = &request.state.users;
    let password = password_fields::hash(request, form.cleaned(NEW.first))?;
    let email = users.fields().get(UserAttribute::Email);
    let changes = UserChanges {
        email: email.map(|field| normalize_email(form.cleaned(&field.field.name))),
        password: Some(password),
        custom_values: custom_values(users, form),
        ..UserChanges::default()
    };
    let username = users.normalize_username(form.cleaned(username_name(users)));
    Ok(changes.new_user(&username))
}

/// Why a user cannot be added after all.
enum SignUpConflict {
    Username(UsernameConflict),
    Model(UserConflict),
}

/// Adds the user, unless somebody else took what it was to have while its password was hashed.
fn insert(
    request: &Request<'_>,
    user: &NewUser,
) -> Result<Result<User, SignUpConflict>, DatabaseError> {
    let table = &request.state.users;
    let inserted = request.connections.with(|connection| {
        connection.transaction(|connection| {
            let users = Users::new(connection, table);
            match find_username_conflict(&users, &user.username)? {
                Some(resemblance) => Ok(Err(SignUpConflict::Username(resemblance))),
                None => users.insert(user).map(Ok),
            }
        })
    });
    inserted.or_else(|error: DatabaseError| match table.conflict(&error) {
        Some(conflict) => Ok(Err(SignUpConflict::Model(conflict))),
        None => Err(error),
    })
}
