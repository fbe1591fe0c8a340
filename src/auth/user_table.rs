//! The table that holds users, and what it has beside the usual columns.

use crate::auth::user::COLUMNS;
use crate::auth::{GrantTables, NewUser};
use crate::db::{SqlValue, quote_name};
use crate::models::Field;
use crate::query::{OmittedValue, omitted_value};
use crate::schema::auto_now_value;

/// The table of `[auth] user_model`: its name, its key and what it has beside the usual columns.
#[derive(Clone, Debug)]
pub struct UserTable {
    name: String,
    key: String,
    own: Vec<Field>,
    grants: Option<GrantTables>,
}

impl UserTable {
    /// The table called `name`, whose key is the column `key`.
    pub fn new(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            key: key.into(),
            own: Vec::new(),
            grants: None,
        }
    }

    /// The table with fields of its own.
    #[must_use]
    pub fn with_own(mut self, own: Vec<Field>) -> Self {
        self.own = own;
        self
    }

    /// The table with those that say what a user may do; without, only superusers may do anything.
    #[must_use]
    pub fn with_grants(mut self, grants: Option<GrantTables>) -> Self {
        self.grants = grants;
        self
    }

    /// The tables that say what a user may do.
    pub fn grants(&self) -> Option<&GrantTables> {
        self.grants.as_ref()
    }

    /// The fields of its own that somebody has to fill for a new user.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.own.iter().filter(|field| {
            let missing = matches!(initial(field), None | Some(OmittedValue::Missing));
            let blank = field.default.is_none() && !field.null && !field.blank;
            let asked = field.editable && matches!(initial(field), Some(OmittedValue::Value(_)));
            missing || blank && asked && auto_now_value(field).is_none()
        })
    }

    /// The fields it has beside the usual ones.
    pub fn own(&self) -> impl Iterator<Item = &Field> {
        self.own.iter()
    }

    /// The columns a user model must have beside its key.
    pub fn required_columns() -> &'static [&'static str] {
        &COLUMNS
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
    pub(super) fn selection(&self) -> String {
        let columns = COLUMNS.iter().map(|column| quote_name(column));
        let columns = std::iter::once(self.quoted_key()).chain(columns);
        columns.collect::<Vec<_>>().join(", ")
    }

    /// The statement that adds `user`, and its values, those of the table's own columns among them.
    ///
    /// What nobody said and no default tells is left to the database, which may refuse.
    pub(super) fn insertion(&self, user: &NewUser) -> (String, Vec<SqlValue>) {
        let said = |column: &str| user.extra.iter().any(|(own, _)| own == column);
        let unsaid = self.own.iter().filter(|field| !said(&field.column()));
        let unsaid = unsaid.filter_map(|field| match initial(field) {
            Some(OmittedValue::Value(value)) => Some((field.column(), value)),
            _ => None,
        });
        let usual = COLUMNS.into_iter().map(ToOwned::to_owned);
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

/// What a new user has in `field`; asked for each, since some defaults differ every time.
fn initial(field: &Field) -> Option<OmittedValue> {
    match auto_now_value(field) {
        Some(moment) => Some(OmittedValue::Value(moment)),
        None => omitted_value(field).ok(),
    }
}
