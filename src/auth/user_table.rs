//! The table that holds users, and what it has beside the usual columns.

use crate::auth::user::USER_COLUMNS;
use crate::auth::{NewUser, PermissionTables};
use crate::db::{SqlValue, quote_name};
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
}

impl UserTable {
    /// The table called `name`, whose key is the column `key`.
    pub fn new(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            key: key.into(),
            custom_fields: Vec::new(),
            permission_tables: None,
        }
    }

    /// The table with the fields that the project added to the user model.
    #[must_use]
    pub fn with_custom_fields(mut self, custom_fields: Vec<CustomField>) -> Self {
        self.custom_fields = custom_fields;
        self
    }

    /// The table with those that say what a user may do; without, only superusers may do anything.
    #[must_use]
    pub fn with_permission_tables(mut self, permission_tables: Option<PermissionTables>) -> Self {
        self.permission_tables = permission_tables;
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

    pub(super) fn quoted_name(&self) -> String {
        quote_name(&self.name)
    }

    pub(super) fn quoted_key(&self) -> String {
        quote_name(&self.key)
    }

    /// The key and all columns of a [`User`](crate::auth::User), for a `SELECT`.
    pub(super) fn select_list(&self) -> String {
        let columns = USER_COLUMNS.iter().map(|column| quote_name(column));
        let columns = std::iter::once(self.quoted_key()).chain(columns);
        columns.collect::<Vec<_>>().join(", ")
    }

    /// The statement that adds `user`, and its values, those of the custom fields among them.
    ///
    /// What nobody said and no default tells is left to the database, which may refuse.
    pub(super) fn insert_statement(&self, user: &NewUser) -> (String, Vec<SqlValue>) {
        let said = |column: &str| {
            user.extra
                .iter()
                .any(|(custom_fields, _)| custom_fields == column)
        };
        let unsaid = self
            .custom_fields
            .iter()
            .filter(|custom| !said(&custom.field.column()));
        let unsaid = unsaid.filter_map(|custom| match initial_value(custom) {
            Some(OmittedValue::Value(value)) => Some((custom.field.column(), to_column(&value))),
            _ => None,
        });
        let usual = USER_COLUMNS.into_iter().map(ToOwned::to_owned);
        let columns = usual.zip(user.values()).chain(unsaid);
        let (columns, values): (Vec<_>, Vec<_>) = columns
            .chain(user.extra.iter().cloned())
            .map(|(column, value)| (quote_name(&column), value))
            .unzip();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.quoted_name(),
            columns.join(", "),
            vec!["?"; columns.len()].join(", "),
        );
        (sql, values)
    }
}

/// What a new user has in the field; asked for each user, since some defaults differ every time.
fn initial_value(custom: &CustomField) -> Option<OmittedValue> {
    match auto_now_value(&custom.field) {
        Some(moment) => Some(OmittedValue::Value(moment)),
        None => omitted_value(&custom.field, &custom.kind).ok(),
    }
}
