//! A user, as the database holds it and before.

use crate::auth::unusable_password;
use crate::clock::{self, Moment};
use crate::db::{DatabaseError, Row, SqlValue};

/// The columns every user has beside its key, in the order they are read.
pub(super) const USER_COLUMNS: [&str; 10] = [
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

    /// Whether it has every permission: as an active superuser.
    pub fn is_active_superuser(&self) -> bool {
        self.is_active && self.is_superuser
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
    /// Its first name.
    pub first_name: String,
    /// Its last name.
    pub last_name: String,
    /// Whether it may do everything.
    pub is_superuser: bool,
    /// Whether it may enter the admin.
    pub is_staff: bool,
    /// Whether it may log in.
    pub is_active: bool,
    /// When it was created.
    pub date_joined: Moment,
    /// When it last logged in, if it did elsewhere.
    pub last_login: Option<Moment>,
    /// What it has in columns of the model's own, by column.
    pub custom_values: Vec<(String, SqlValue)>,
}

impl NewUser {
    /// An active user of this name, made now, who may do nothing yet and has no password.
    pub fn named(username: impl Into<String>) -> Self {
        Self {
            username: username.into(),
            email: String::new(),
            password: unusable_password(),
            first_name: String::new(),
            last_name: String::new(),
            is_superuser: false,
            is_staff: false,
            is_active: true,
            date_joined: clock::now(),
            last_login: None,
            custom_values: Vec::new(),
        }
    }

    pub(super) fn values(&self) -> [SqlValue; USER_COLUMNS.len()] {
        [
            (&self.password).into(),
            self.last_login.into(),
            self.is_superuser.into(),
            (&self.username).into(),
            (&self.first_name).into(),
            (&self.last_name).into(),
            (&self.email).into(),
            self.is_staff.into(),
            self.is_active.into(),
            self.date_joined.into(),
        ]
    }
}
