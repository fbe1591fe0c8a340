//! The table that holds users, and what it has beside the usual columns.

use std::sync::Arc;

use crate::auth::PermissionTables;
use crate::auth::user::USER_COLUMNS;
use crate::auth::user_statements::UserStatements;
use crate::db::SqlValue;
use crate::models::{Field, FieldKind};
use crate::query::{OmittedValue, omitted_value};
use crate::values::{auto_now_value, to_column};

/// A field that the project added to the user model.
#[derive(Clone, Debug)]
pub struct CustomField {
    /// The field.
    pub field: Field,
    /// The kind of its values, references followed.
    pub kind: FieldKind,
}

/// The table of `[auth] user_model`: its name, its key and what it has beside the usual columns.
#[derive(Clone, Debug)]
pub struct UserTable {
    name: String,
    key: String,
    custom_fields: Vec<CustomField>,
    permission_tables: Option<PermissionTables>,
    /// Shared by all copies of the table.
    statements: Arc<UserStatements>,
}

impl UserTable {
    /// The table called `name`, whose key is the column `key`.
    pub fn new(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            key: key.into(),
            custom_fields: Vec::new(),
            permission_tables: None,
            statements: Arc::default(),
        }
    }

    /// The table with the fields that the project added to the user model.
    #[must_use]
    pub fn with_custom_fields(mut self, custom_fields: Vec<CustomField>) -> Self {
        self.custom_fields = custom_fields;
        self.statements = Arc::default();
        self
    }

    /// The table with those that say what a user may do; without, only superusers may do anything.
    #[must_use]
    pub fn with_permission_tables(mut self, permission_tables: Option<PermissionTables>) -> Self {
        self.permission_tables = permission_tables;
        self.statements = Arc::default();
        self
    }

    /// The tables that say what a user may do.
    pub fn permission_tables(&self) -> Option<&PermissionTables> {
        self.permission_tables.as_ref()
    }

    /// The custom fields that somebody has to fill for a new user.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        let required = self.custom_fields.iter().filter(|custom| {
            let (field, initial) = (&custom.field, initial_value(custom));
            let missing = matches!(initial, None | Some(OmittedValue::Required));
            let blank = field.default.is_none() && !field.null && !field.blank;
            let asked = field.editable && matches!(initial, Some(OmittedValue::Value(_)));
            missing || blank && asked && auto_now_value(field).is_none()
        });
        required.map(|custom| &custom.field)
    }

    /// The fields it has beside the usual ones.
    pub fn custom_fields(&self) -> impl Iterator<Item = &Field> {
        self.custom_fields.iter().map(|custom| &custom.field)
    }

    /// The columns a user model must have beside its key.
    pub fn required_columns() -> &'static [&'static str] {
        &USER_COLUMNS
    }

    /// The name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The column of its key.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn statements(&self) -> &UserStatements {
        &self.statements
    }

    /// The value that a new user has in the custom field at `place` where nobody says another.
    pub(super) fn default_value(&self, place: usize) -> Option<SqlValue> {
        match initial_value(self.custom_fields.get(place)?) {
            Some(OmittedValue::Value(value)) => Some(to_column(&value)),
            _ => None,
        }
    }
}

/// What a new user has in the field; asked for each user, since some defaults differ every time.
fn initial_value(custom: &CustomField) -> Option<OmittedValue> {
    match auto_now_value(&custom.field) {
        Some(moment) => Some(OmittedValue::Value(moment)),
        None => omitted_value(&custom.field, &custom.kind).ok(),
    }
}
