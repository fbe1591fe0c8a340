//! The table that holds users, as the user model describes it.

use std::sync::Arc;

use crate::auth::names::{UserFieldError, normalize_email, normalize_username};
use crate::auth::user_statements::UserStatements;
use crate::auth::{PermissionTables, User, UserAttribute, UserConstraints, UserField, UserFields};
use crate::clock::Zone;
use crate::db::{DatabaseError, Row, SqlValue};
use crate::models::{Field, FieldKind, Registry};
use crate::query::OmittedValue;
use crate::settings::AuthSettings;
use crate::text;
use crate::values::{clean, to_column};

/// The table of `[auth] user_model`: its name, what it keeps of a user, and what it has beside that.
#[derive(Clone, Debug)]
pub struct UserTable {
    name: String,
    fields: UserFields,
    custom_fields: Vec<UserField>,
    required_fields: Vec<String>,
    constraints: UserConstraints,
    permission_tables: Option<PermissionTables>,
    backends: Vec<String>,
    /// The models, where receivers of the project hear what becomes of rows.
    models: Option<Arc<Registry>>,
    /// Shared by all copies of the table.
    statements: Arc<UserStatements>,
}

impl UserTable {
    /// The table called `name` of a model with these fields.
    pub fn new(name: impl Into<String>, fields: UserFields) -> Self {
        Self {
            name: name.into(),
            fields,
            custom_fields: Vec::new(),
            required_fields: Vec::new(),
            constraints: UserConstraints::default(),
            permission_tables: None,
            backends: vec![AuthSettings::MODEL_BACKEND.to_owned()],
            models: None,
            statements: Arc::default(),
        }
    }

    /// The table of one of `models`, whose receivers hear what becomes of users.
    #[must_use]
    pub fn with_models(mut self, models: Arc<Registry>) -> Self {
        self.models = Some(models);
        self
    }

    /// The models that its model is one of, where they are known.
    pub(super) fn models(&self) -> Option<&Registry> {
        self.models.as_deref()
    }

    /// The table with the fields that the project added to the user model.
    #[must_use]
    pub fn with_custom_fields(mut self, custom_fields: Vec<UserField>) -> Self {
        self.custom_fields = custom_fields;
        self.statements = Arc::default();
        self
    }

    /// The table with the names of the fields that a person is asked for: Django's `REQUIRED_FIELDS`.
    #[must_use]
    pub fn with_required_fields(mut self, required_fields: Vec<String>) -> Self {
        self.required_fields = required_fields;
        self
    }

    /// The table with what the model says of several fields, or of several users, at once.
    #[must_use]
    pub fn with_constraints(mut self, constraints: UserConstraints) -> Self {
        self.constraints = constraints;
        self
    }

    /// The table with those that say what a user may do; without, only superusers may do anything.
    #[must_use]
    pub fn with_permission_tables(mut self, permission_tables: Option<PermissionTables>) -> Self {
        self.permission_tables = permission_tables;
        self.statements = Arc::default();
        self
    }

    /// The table with the backends that let its users in.
    #[must_use]
    pub fn with_backends(mut self, backends: Vec<String>) -> Self {
        self.backends = backends;
        self
    }

    /// The backends whose users stay logged in.
    pub fn backends(&self) -> &[String] {
        &self.backends
    }

    /// The tables that say what a user may do.
    pub fn permission_tables(&self) -> Option<&PermissionTables> {
        self.permission_tables.as_ref()
    }

    /// The fields that a new user is asked for beside the name, the address and the password: those of
    /// `[auth] required_fields`, then those that the model itself does not let be empty.
    pub fn asked(&self) -> Vec<&UserField> {
        let named = self.required_fields.iter();
        let named = named.filter_map(|name| self.settable(name));
        let mut asked: Vec<&UserField> = Vec::new();
        for field in named.chain(self.required()) {
            if !asked
                .iter()
                .any(|known| known.field.name == field.field.name)
            {
                asked.push(field);
            }
        }
        asked
    }

    /// The fields that somebody has to fill for a new user, beside the name and the address.
    pub fn required(&self) -> impl Iterator<Item = &UserField> {
        self.settable_fields().filter(|field| field.is_required())
    }

    /// Whether users log in with their email address.
    pub fn logs_in_by_email(&self) -> bool {
        let name = |attribute| Some(&self.fields.get(attribute)?.field.name);
        name(UserAttribute::Email).is_some_and(|email| name(UserAttribute::Username) == Some(email))
    }

    /// Whether a new user is asked for an address beside the name to log in with.
    pub fn asks_email(&self) -> bool {
        let email = self.fields.get(UserAttribute::Email);
        let named = |email: &UserField| self.required_fields.contains(&email.field.name);
        let other = !self.logs_in_by_email();
        email.is_some_and(|email| other && (named(email) || email.is_required()))
    }

    /// What people call that which users log in with: `email address`.
    pub fn username_label(&self) -> String {
        let field = self.fields.get(UserAttribute::Username);
        field.map_or_else(|| "username".to_owned(), |field| field.field.verbose_name())
    }

    /// The field of the address, where no user may be without one; none where it is what users log in with.
    pub fn required_email(&self) -> Option<&UserField> {
        let email = self.fields.get(UserAttribute::Email)?;
        Some(email).filter(|email| !self.logs_in_by_email() && email.is_required())
    }

    /// The fields that are given a value by their name: those of the model's own, and the first and last name.
    pub fn settable_fields(&self) -> impl Iterator<Item = &UserField> {
        let names = [UserAttribute::FirstName, UserAttribute::LastName];
        let names = names.into_iter().filter_map(|name| self.fields.get(name));
        names.chain(&self.custom_fields)
    }

    /// The field called `name`, where it is given a value by its name.
    pub fn settable(&self, name: &str) -> Option<&UserField> {
        self.settable_fields()
            .find(|field| field.field.name == name)
    }

    /// The fields it has beside those that keep what Django's `AbstractUser` knows.
    pub fn custom_fields(&self) -> impl Iterator<Item = &Field> {
        self.custom_fields.iter().map(|custom| &custom.field)
    }

    /// The name to log in with as it is kept and looked up: NFKC, and the domain of an address in lower case.
    pub fn normalize_username(&self, typed: &str) -> String {
        let name = normalize_username(typed);
        let field = self.fields.get(UserAttribute::Username);
        match field.map(|field| &field.kind) {
            Some(FieldKind::Email { .. }) => normalize_email(&name),
            _ => name,
        }
    }

    /// A text that a person gave for `attribute`, as it is kept; what the model says of its field must hold.
    pub fn clean(&self, attribute: UserAttribute, typed: &str) -> Result<String, UserFieldError> {
        let error = |problem| UserFieldError { attribute, problem };
        let text = match attribute {
            UserAttribute::Username => self.normalize_username(typed),
            UserAttribute::Email => normalize_email(typed),
            _ => typed.to_owned(),
        };
        let Some(field) = self.fields.get(attribute) else {
            let name = attribute.usual_field();
            let problem = format!("users of this project have no `{name}`");
            return if text.is_empty() {
                Ok(text)
            } else {
                Err(error(problem))
            };
        };
        // As it was typed as well: spaces around an address are taken off, and are a mistake all the same.
        for written in [typed, text.as_str()]
            .iter()
            .filter(|text| !text.is_empty())
        {
            clean(&field.field, &field.kind, written, &Zone::utc()).map_err(error)?;
        }
        if !text.is_empty() {
            return Ok(text);
        }
        if field.field.blank && attribute != UserAttribute::Username {
            return Ok(text);
        }
        let what = text::with_article(&field.field.verbose_name());
        Err(error(format!("{what} is needed")))
    }

    /// The name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The user in a row of [`UserFields::read_columns`].
    pub(super) fn user(&self, row: &Row) -> Result<User, DatabaseError> {
        User::from_row(row, self.name(), &self.fields)
    }

    /// Its key, and where it keeps what is known of a user.
    pub fn fields(&self) -> &UserFields {
        &self.fields
    }

    /// Whether it keeps `attribute`.
    pub fn has(&self, attribute: UserAttribute) -> bool {
        self.fields.get(attribute).is_some()
    }

    /// All its fields; one that keeps two attributes comes twice.
    pub(super) fn all_fields(&self) -> impl Iterator<Item = &UserField> {
        let attributes = self.fields.attributes().map(|(_, field)| field);
        let key = std::iter::once(self.fields.key());
        key.chain(attributes).chain(&self.custom_fields)
    }

    /// The field called `name`.
    pub(super) fn field(&self, name: &str) -> Option<&UserField> {
        self.all_fields().find(|field| field.field.name == name)
    }

    pub(super) fn constraints(&self) -> &UserConstraints {
        &self.constraints
    }

    /// The column of its key.
    pub(super) fn key(&self) -> String {
        self.fields.key().field.column()
    }

    pub(super) fn statements(&self) -> &UserStatements {
        &self.statements
    }

    /// The value that a new user has in the custom field at `place` where nobody says another.
    pub(super) fn default_value(&self, place: usize) -> Option<SqlValue> {
        match self.custom_fields.get(place)?.initial_value() {
            Some(OmittedValue::Value(value)) => Some(to_column(&value)),
            _ => None,
        }
    }
}
