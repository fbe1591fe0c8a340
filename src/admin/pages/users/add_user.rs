//! Makes a user: the name to log in with, and a password twice (`UserAdmin.add_view`).

use std::sync::Arc;

use crate::admin::log::{LogAction, LogEntry, LogMessage};
use crate::admin::options::ModelAdmin;
use crate::admin::pages::users::password_form::PasswordForm;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::auth::confusables::{UsernameConflict, find_username_conflict};
use crate::auth::{UserAttribute, UserAttributes, Users};
use crate::forms::{FormDefinition, ModelForm, ValidationError};
use crate::http::{FormData, Method, Response};
use crate::messages::level;
use crate::templates::value::Value;
use crate::values::{FieldValue, to_text};
use crate::views::{HttpError, RowValue};

/// The form of a new user.
#[derive(Debug)]
pub(in crate::admin) struct AddUserPage(pub(in crate::admin) Arc<ModelAdmin>);

/// What it is filled in with: what the model asks for, and the password.
struct NewUserForms {
    user: ModelForm,
    password: PasswordForm,
}

impl AdminPage for AddUserPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let admin = &self.0;
        request.require(request.permissions(admin, None)?.add)?;
        let Some(definition) = &admin.new_user else {
            let message = "the admin has no form for new users".to_owned();
            return Err(HttpError::internal(message, Vec::new()));
        };
        let data = if request.request.method == Method::Post {
            Some(request.request.form_data()?)
        } else {
            None
        };
        let is_sent = data.is_some();
        let mut forms = open(request, definition, data)?;
        if is_sent {
            check(request, &mut forms)?;
            if forms.user.is_valid()
                && forms.password.form.is_valid()
                && let Some(row) = save(request, admin, &mut forms)?
            {
                return added(request, admin, &row);
            }
        }
        page(request, admin, forms)
    }
}

fn open(
    request: &AdminRequest<'_, '_>,
    definition: &Arc<FormDefinition>,
    data: Option<FormData>,
) -> Result<NewUserForms, HttpError> {
    let user = ModelForm::create(definition, &request.request.state.form_database)?;
    let user = match &data {
        Some(data) => user.bind(data.clone())?,
        None => user,
    };
    let password = PasswordForm::new(request, true, data);
    Ok(NewUserForms { user, password })
}

/// Refuses a name that cannot be one, one that others have, and a password that is too weak.
fn check(request: &AdminRequest<'_, '_>, forms: &mut NewUserForms) -> Result<(), HttpError> {
    let users = &request.request.state.users;
    let name = users.fields().get(UserAttribute::Username);
    let form = &mut forms.user.form;
    if let Some(field) = name.map(|field| field.field.name.clone())
        && let Some(typed) = form.text(&field).map(ToOwned::to_owned)
    {
        match users.clean(UserAttribute::Username, &typed) {
            Ok(cleaned) => {
                let conflict = request.request.connections.with(|connection| {
                    find_username_conflict(&Users::new(connection, users), &cleaned)
                })?;
                if let Some(UsernameConflict::Confusable) = conflict {
                    let label = users.username_label();
                    let message = format!("This {label} looks too much like another one.");
                    form.add_error(&field, ValidationError::new(message, "unique"));
                }
                forms.user.instance.set(&field, FieldValue::Text(cleaned));
            }
            Err(error) if form.errors(&field).is_empty() => {
                let message = format!(
                    "Enter a valid {}: {}.",
                    users.username_label(),
                    error.problem
                );
                form.add_error(&field, ValidationError::new(message, "invalid"));
            }
            Err(_) => {}
        }
    }
    let form = &forms.user.form;
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
    forms.password.check(request, &attributes);
    Ok(())
}

/// Writes the user and the entry of the history; none where the database refuses it, which the form says then.
fn save(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    forms: &mut NewUserForms,
) -> Result<Option<RowValue>, HttpError> {
    let encoded = forms.password.encoded(request)?;
    let password = request.request.state.users.fields();
    let password = password.get(UserAttribute::Password);
    if let Some(field) = password {
        let name = &field.field.name;
        forms.user.instance.set(name, FieldValue::Text(encoded));
    }
    request.request.connections.with(|connection| {
        connection.transaction(|connection| {
            let Some(saved) = forms.user.save()? else {
                return Ok(None);
            };
            let object_id = to_text(saved.key());
            let row = RowValue::alone(&request.request.state.rows, saved)?;
            let entry = LogEntry {
                model: &admin.model,
                object_id,
                object_repr: row.text()?,
                action: LogAction::Addition,
                messages: vec![LogMessage {
                    verb: "added",
                    fields: Vec::new(),
                    inline: None,
                }],
            };
            request.log(connection, &entry)?;
            Ok(Some(row))
        })
    })
}

fn page(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    forms: NewUserForms,
) -> Result<Response, HttpError> {
    let title = format!("Add {}", admin.model.verbose_name());
    let has_errors = forms.user.form.has_errors() || forms.password.form.has_errors();
    let context = request
        .page_context(&title)?
        .with("has_errors", has_errors)
        .with("list_url", request.list_url(admin)?)
        .with("form", Value::from_object(forms.user.form))
        .with("password_form", Value::from_object(forms.password.form));
    request.render_of_model(admin, "auth/user/add_form.html", context)
}

/// What follows: the form of the user, where the rest is filled in, or another new one.
fn added(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: &RowValue,
) -> Result<Response, HttpError> {
    if request.is_popup()? {
        return request.popup_response(admin, row, "add");
    }
    let (name, text) = (admin.model.verbose_name(), row.text()?);
    let adds_another = request.request.post()?.get("_addanother").is_some();
    let (rest, target) = if adds_another {
        let target = request.url(&admin.url_name("add"), &[])?;
        (format!("You may add another {name} below."), target)
    } else {
        let key = row.instance().map(|row| to_text(row.key()));
        let target = request.row_url(admin, "change", &key.unwrap_or_default())?;
        ("You may edit it again below.".to_owned(), target)
    };
    let message = format!("The {name} “{text}” was added successfully. {rest}");
    request.tell(level::SUCCESS, &message);
    Ok(Response::redirect(&target, false))
}
