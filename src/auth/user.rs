//! A user, as the database holds it and before.

use crate::auth::{UserAttribute, UserFields, UserKey, unusable_password};
use crate::clock::{self, Moment};
use crate::db::{DatabaseError, FromValue, Row, SqlValue};

/// A user, as the table of `[auth] user_model` holds it.
///
/// What the model does not keep is as in Django's `AbstractBaseUser`: active, and neither staff nor superuser.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Its key.
    pub pk: UserKey,
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
    /// When it was created, if the model keeps that.
    pub date_joined: Option<Moment>,
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

    /// The user in a row of [`UserFields::read_columns`].
    pub(super) fn from_row(
        row: &Row,
        table: &str,
        fields: &UserFields,
    ) -> Result<Self, DatabaseError> {
        let row = UserRow { row, table, fields };
        Ok(Self {
            pk: fields.key().key(row.row.get(0)?)?,
            password: row.get(UserAttribute::Password)?.unwrap_or_default(),
            last_login: row.get(UserAttribute::LastLogin)?,
            is_superuser: row.get(UserAttribute::IsSuperuser)?.unwrap_or(false),
            username: row.text(UserAttribute::Username)?,
            first_name: row.text(UserAttribute::FirstName)?,
            last_name: row.text(UserAttribute::LastName)?,
            email: row.text(UserAttribute::Email)?,
            is_staff: row.get(UserAttribute::IsStaff)?.unwrap_or(false),
            is_active: match fields.get(UserAttribute::IsActive) {
                Some(_) => row.get(UserAttribute::IsActive)?.unwrap_or(false),
                None => true,
            },
            date_joined: row.get(UserAttribute::DateJoined)?,
        })
    }
}

/// A row of the table of users, read by attribute.
struct UserRow<'r> {
    row: &'r Row,
    /// The name of the table.
    table: &'r str,
    fields: &'r UserFields,
}

impl UserRow<'_> {
    fn get<T: FromValue>(&self, attribute: UserAttribute) -> Result<Option<T>, DatabaseError> {
        match self.fields.place(attribute) {
            Some(place) => self.placed(attribute, self.row.get(place)),
            None => Ok(None),
        }
    }

    /// `value`, or the error that names its column and the row of the table.
    fn placed<T>(
        &self,
        attribute: UserAttribute,
        value: Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        value.map_err(|error| {
            error.at_column(|| {
                let field = self.fields.get(attribute);
                let column = field.map(|field| field.field.column()).unwrap_or_default();
                let key = self.row.get::<SqlValue>(0).ok();
                let key = key.and_then(|key| self.fields.key().key(key).ok());
                let key = key.map_or_else(String::new, |key| format!(" of the user {key}"));
                format!("`{column}` of `{}`{key}", self.table)
            })
        })
    }

    fn text(&self, attribute: UserAttribute) -> Result<String, DatabaseError> {
        let value: Option<SqlValue> = self.get(attribute)?;
        match (value, self.fields.get(attribute)) {
            (Some(value), Some(field)) => self.placed(attribute, field.text(&value)),
            _ => Ok(String::new()),
        }
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

    /// What the column that keeps `attribute` gets.
    ///
    /// Nothing is kept of an empty address where the column may hold nothing: two of them are not alike then.
    pub(super) fn value(&self, attribute: UserAttribute, fields: &UserFields) -> SqlValue {
        let may_be_null = || {
            let field = fields.get(attribute);
            field.is_some_and(|field| field.field.null)
        };
        let text = |text: &str| match text {
            "" if may_be_null() => SqlValue::Null,
            text => text.into(),
        };
        match attribute {
            UserAttribute::Password => text(&self.password),
            UserAttribute::LastLogin => self.last_login.into(),
            UserAttribute::IsSuperuser => self.is_superuser.into(),
            UserAttribute::Username => {
                let field = fields.get(UserAttribute::Username);
                let value = field.and_then(|field| field.parse(&self.username));
                value.unwrap_or_else(|| text(&self.username))
            }
            UserAttribute::FirstName => text(&self.first_name),
            UserAttribute::LastName => text(&self.last_name),
            UserAttribute::Email => text(&self.email),
            UserAttribute::IsStaff => self.is_staff.into(),
            UserAttribute::IsActive => self.is_active.into(),
            UserAttribute::DateJoined => self.date_joined.into(),
        }
    }
}
