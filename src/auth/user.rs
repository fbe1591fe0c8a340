//! A user, and the table that holds users.

use crate::clock::Moment;
use crate::db::{DatabaseError, Row, Value, quote_name};

/// The columns every user has beside its key, in the order they are read.
const COLUMNS: [&str; 10] = [
    "password",
    "last_login",
    "is_superuser",
    "username",
    "first_name",
    "last_name",
    "email",
    "is_staff",
    "is_active",
    "date_joined",
];

/// A user, as the table of `[auth] user_model` holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Its key, as text: whatever the key's type, this is what sessions hold.
    pub pk: String,
    /// The encoded hash of its password.
    pub password: String,
    /// When it last logged in.
    pub last_login: Option<Moment>,
    /// Whether it may do everything.
    pub is_superuser: bool,
    /// The name it logs in with.
    pub username: String,
    /// Its first name.
    pub first_name: String,
    /// Its last name.
    pub last_name: String,
    /// Its email address.
    pub email: String,
    /// Whether it may enter the admin.
    pub is_staff: bool,
    /// Whether it may log in.
    pub is_active: bool,
    /// When it was created.
    pub date_joined: Moment,
}

impl User {
    /// Both names, with a space between them.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }

    pub(super) fn from_row(row: &Row) -> Result<Self, DatabaseError> {
        Ok(Self {
            pk: row.get(0)?,
            password: row.get(1)?,
            last_login: row.get(2)?,
            is_superuser: row.get(3)?,
            username: row.get(4)?,
            first_name: row.get(5)?,
            last_name: row.get(6)?,
            email: row.get(7)?,
            is_staff: row.get(8)?,
            is_active: row.get(9)?,
            date_joined: row.get(10)?,
        })
    }
}

/// A user that is not in the table yet.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The name it will log in with, normalised.
    pub username: String,
    /// Its email address, normalised; may be empty.
    pub email: String,
    /// The encoded hash of its password.
    pub password: String,
    /// Whether it may do everything and enter the admin.
    pub is_superuser: bool,
    /// When it was created.
    pub date_joined: Moment,
}

impl NewUser {
    pub(super) fn values(&self) -> [Value; COLUMNS.len()] {
        [
            (&self.password).into(),
            Value::Null,
            self.is_superuser.into(),
            (&self.username).into(),
            "".into(),
            "".into(),
            (&self.email).into(),
            self.is_superuser.into(),
            true.into(),
            self.date_joined.into(),
        ]
    }
}

/// The table of `[auth] user_model`: its name, its key and what it has beside the usual columns.
#[derive(Clone, Debug)]
pub struct UserTable {
    name: String,
    key: String,
    extra: Vec<(String, Value)>,
}

impl UserTable {
    /// The table called `name`, whose key is the column `key`.
    pub fn new(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            key: key.into(),
            extra: Vec::new(),
        }
    }

    /// The table with columns of its own, and what a new user has in them.
    #[must_use]
    pub fn with_extra(mut self, extra: Vec<(String, Value)>) -> Self {
        self.extra = extra;
        self
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

    /// The key and all columns of a [`User`], for a `SELECT`.
    pub(super) fn selection(&self) -> String {
        let columns = COLUMNS.iter().map(|column| quote_name(column));
        let columns = std::iter::once(self.quoted_key()).chain(columns);
        columns.collect::<Vec<_>>().join(", ")
    }

    /// The columns of a new user, with those of the table's own.
    pub(super) fn inserted_columns(&self) -> Vec<String> {
        let extra = self.extra.iter().map(|(column, _)| column.as_str());
        let columns = COLUMNS.into_iter().chain(extra);
        columns.map(quote_name).collect()
    }

    pub(super) fn extra_values(&self) -> impl Iterator<Item = Value> {
        self.extra.iter().map(|(_, value)| value.clone())
    }
}
