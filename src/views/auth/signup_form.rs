//! The form of the sign-up: the fields of the user model that a visitor fills in, and what the model says to that.

use crate::auth::confusables::{UsernameConflict, is_single_script};
use crate::auth::names::{has_username_letters, normalize_username};
use crate::auth::{UserAttribute, UserConflict, UserField, UserTable};
use crate::clock::Zone;
use crate::db::SqlValue;
use crate::forms::{Form, FormField, ValidationError};
use crate::models::FieldKind;
use crate::text;
use crate::values::{clean, to_column};

/// The fields of the user model that are asked for, but for the password.
pub(super) fn model_fields(users: &UserTable) -> impl Iterator<Item = FormField> {
    let field = |attribute| users.fields().get(attribute);
    let username = field(UserAttribute::Username).map(username_field);
    let email = field(UserAttribute::Email).filter(|_| !users.logs_in_by_email());
    let email = email.map(email_field);
    username
        .into_iter()
        .chain(email)
        .chain(asked(users).map(asked_field))
}

/// The name of the field for what users log in with, which is that of the model.
pub(super) fn username_name(users: &UserTable) -> &str {
    let field = users.fields().get(UserAttribute::Username);
    field.map_or("username", |field| &field.field.name)
}

/// The fields of the model that are asked for beside the name, the address and the password.
fn asked(users: &UserTable) -> impl Iterator<Item = &UserField> {
    users.asked().into_iter().filter(|field| field.fits_form())
}

fn username_field(field: &UserField) -> FormField {
    let form_field = model_field(field)
        .autofocus()
        .attribute("autocapitalize", "none")
        .attribute("autocomplete", "username")
        .normalize(normalize_username);
    if let FieldKind::Email { .. } = field.kind {
        return form_field;
    }
    let form_field = form_field.validator(check_script);
    let mut validators = field.field.validators.iter();
    if !validators.any(|validator| validator.name == "unicode_username") {
        return form_field;
    }
    form_field
        .validator(check_letters)
        .help_text("Letters, digits and @ . + - _ only.")
}

fn email_field(field: &UserField) -> FormField {
    let form_field = model_field(field).attribute("autocomplete", "email");
    let usual = "For a new password, should you forget yours.";
    let own = Some(field.field.help_text.as_str()).filter(|own| !own.is_empty());
    form_field.help_text(own.unwrap_or(usual)).required()
}

/// The field of a form for a field of the model.
fn asked_field(field: &UserField) -> FormField {
    match (&field.kind, field.field.blank) {
        (FieldKind::Boolean, _) | (_, true) => model_field(field).optional(),
        _ => model_field(field),
    }
}

fn model_field(field: &UserField) -> FormField {
    let name = &field.field.name;
    let form_field = match field.kind {
        FieldKind::Boolean => FormField::boolean(name),
        FieldKind::Email { .. } => FormField::email(name),
        _ => FormField::char(name),
    };
    let form_field = form_field.label(&text::capitalized(&field.field.verbose_name()));
    let form_field = form_field.help_text(&field.field.help_text);
    match field.kind.max_length() {
        Some(limit) => form_field.max_length(limit),
        None => form_field,
    }
}

/// What was sent for a field of the model, as text; none where something is wrong with it.
fn sent(form: &Form, field: &UserField) -> Option<String> {
    let name = &field.field.name;
    match field.kind {
        FieldKind::Boolean => Some(if form.checked(name) { "true" } else { "false" }.to_owned()),
        _ => form.text(name).map(ToOwned::to_owned),
    }
}

/// Adds what the model says against fields that are well formed.
pub(super) fn add_model_errors(users: &UserTable, form: &mut Form) {
    for FieldError { name, problem } in model_errors(users, form) {
        form.add_error(&name, ValidationError::new(sentence(&problem), "invalid"));
    }
}

/// What the model says against the fields that are well formed: the name of each, and a clause.
fn model_errors(users: &UserTable, form: &Form) -> Vec<FieldError> {
    let attributes = [UserAttribute::Username, UserAttribute::Email];
    let attributes = attributes.into_iter().filter_map(|attribute| {
        let field = users.fields().get(attribute)?;
        let cleaned = users.clean(attribute, form.text(&field.field.name)?);
        Some(FieldError::new(field, cleaned.err()?.problem))
    });
    let asked = asked(users).filter_map(|field| {
        let cleaned = clean(&field.field, &field.kind, &sent(form, field)?, &Zone::utc());
        Some(FieldError::new(field, cleaned.err()?))
    });
    attributes.chain(asked).collect()
}

/// The values of the columns of the fields that were filled in.
pub(super) fn column_values(users: &UserTable, form: &Form) -> Vec<(String, SqlValue)> {
    let attributes = [UserAttribute::Username, UserAttribute::Email];
    let attributes = attributes.into_iter().filter_map(|attribute| {
        let field = users.fields().get(attribute)?;
        let text = users.clean(attribute, form.text(&field.field.name)?).ok()?;
        Some((field.field.column(), text.into()))
    });
    attributes.chain(custom_values(users, form)).collect()
}

/// The values of the columns of the fields that were asked for.
pub(super) fn custom_values(users: &UserTable, form: &Form) -> Vec<(String, SqlValue)> {
    let values = asked(users).filter_map(|field| {
        let text = sent(form, field)?;
        let value = clean(&field.field, &field.kind, &text, &Zone::utc()).ok()?;
        Some((field.field.column(), to_column(&value)))
    });
    values.collect()
}

/// Something that the model says against a field.
struct FieldError {
    name: String,
    problem: String,
}

impl FieldError {
    fn new(field: &UserField, problem: String) -> Self {
        let name = field.field.name.clone();
        Self { name, problem }
    }
}

/// A clause as a sentence of a page.
fn sentence(problem: &str) -> String {
    let plain = text::capitalized(&problem.replace('`', ""));
    if plain.ends_with(['.', '!', '?']) {
        return plain;
    }
    format!("{plain}.")
}

/// Shows a conflict beside the field it is about, if it is about one that the form has.
pub(super) fn add_conflict(form: &mut Form, conflict: &UserConflict) {
    let error = ValidationError::new(sentence(&conflict.problem), "unique");
    match &*conflict.fields {
        [name] if form.has_field(name) => form.add_error(name, error),
        fields => {
            let known = fields.iter().find(|name| form.has_field(name));
            let focus = known.cloned().unwrap_or_default();
            form.add_non_field_error(error, &focus);
        }
    }
}

/// Django's sentence for what is not a username.
fn check_letters(username: &str) -> Option<ValidationError> {
    let message = "Enter a valid username. This value may contain only letters, numbers, and \
                   @/./+/-/_ characters.";
    (!has_username_letters(username)).then(|| ValidationError::new(message, "invalid"))
}

/// The sentence for letters of several scripts.
fn check_script(username: &str) -> Option<ValidationError> {
    let mixed = "The letters of a username must be of one script.";
    (!is_single_script(username)).then(|| ValidationError::new(mixed, "mixed_scripts"))
}

pub(super) fn username_error(conflict: UsernameConflict, label: &str) -> ValidationError {
    let message = match conflict {
        UsernameConflict::Same => format!("A user with that {label} already exists."),
        UsernameConflict::Confusable => format!("This {label} looks too much like another one."),
    };
    ValidationError::new(message, "unique")
}
