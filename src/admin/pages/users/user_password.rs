//! Sets the password of a user (`UserAdmin.user_change_password`).

use std::sync::Arc;

use crate::admin::log::{LogAction, LogEntry, LogMessage};
use crate::admin::options::ModelAdmin;
use crate::admin::pages::users::password_form::PasswordForm;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::auth::{User, UserAttributes, Users, is_password_usable};
use crate::http::{Method, Response};
use crate::messages::level;
use crate::query::QueryError;
use crate::templates::value::Value;
use crate::views::{HttpError, RowValue, keep_session};

/// The button that leaves a user without a password.
const UNSET: &str = "unset-password";

/// The form that sets the password of a user.
#[derive(Debug)]
pub(in crate::admin) struct UserPasswordPage(pub(in crate::admin) Arc<ModelAdmin>);

impl AdminPage for UserPasswordPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let admin = &self.0;
        let row = request.row(admin)?;
        request.require(request.permissions(admin, row.as_ref())?.change)?;
        let Some(row) = row else {
            return request.row_is_gone(admin);
        };
        let key = request.object_id();
        let users = &request.request.state.users;
        let found = request
            .request
            .connections
            .with(|connection| Users::new(connection, users).by_pk(&key))?;
        let Some(user) = found else {
            return request.row_is_gone(admin);
        };
        let is_usable = is_password_usable(&user.password);
        if request.request.method != Method::Post {
            let form = PasswordForm::new(request, is_usable, None);
            return page(request, admin, row, &user, form);
        }
        let data = request.request.form_data()?;
        let mut form = PasswordForm::new(request, is_usable, Some(data));
        form.check(request, &UserAttributes::from(&user));
        if !form.form.is_valid() {
            return page(request, admin, row, &user, form);
        }
        if !form.is_usable() && request.request.post()?.get(UNSET).is_none() {
            let message = "Conflicting form data submitted. Please try again.";
            request.tell(level::ERROR, message);
            let same = request.row_url(admin, "password_change", &key)?;
            return Ok(Response::redirect(&same, false));
        }
        set_password(request, admin, &row, &user, &form)?;
        Ok(Response::redirect(
            &request.row_url(admin, "change", &key)?,
            false,
        ))
    }
}

fn page(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: RowValue,
    user: &User,
    form: PasswordForm,
) -> Result<Response, HttpError> {
    let is_usable = is_password_usable(&user.password);
    let verb = if is_usable { "Change" } else { "Set" };
    let title = format!("{verb} password: {}", user.username);
    let key = request.object_id();
    let context = request
        .page_context(&title)?
        .with("has_usable_password", is_usable)
        .with("has_errors", form.form.has_errors())
        .with("username", user.username.as_str())
        .with("change_url", request.row_url(admin, "change", &key)?)
        .with("list_url", request.list_url(admin)?)
        .with("form", Value::from_object(form.form))
        .with("original", Value::from_object(row));
    request.render_of_model(admin, "auth/user/change_password.html", context)
}

/// Writes the password and the entry of the history; whoever sets their own stays logged in here.
fn set_password(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: &RowValue,
    user: &User,
    form: &PasswordForm,
) -> Result<(), HttpError> {
    let encoded = form.encoded(request)?;
    let entry = LogEntry {
        model: &admin.model,
        object_id: user.pk.text().to_owned(),
        object_repr: row.text()?,
        action: LogAction::Change,
        messages: vec![LogMessage {
            verb: "changed",
            fields: vec!["password".to_owned()],
            inline: None,
        }],
    };
    let users = &request.request.state.users;
    request.request.connections.with(|connection| {
        connection.transaction(|connection| {
            Users::new(connection, users).set_password(&user.pk, &encoded)?;
            request.log(connection, &entry)?;
            Ok::<_, QueryError>(())
        })
    })?;
    if user.pk == request.user.pk {
        keep_session(request.request, request.user, &encoded)?;
    }
    let message = if form.is_usable() {
        "Password changed successfully."
    } else {
        "Password-based authentication was disabled."
    };
    request.tell(level::SUCCESS, message);
    Ok(())
}
