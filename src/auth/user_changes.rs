//! What is to be different about a user.

use crate::auth::{NewUser, User, UserAttribute, UserField, UserFields};
use crate::db::SqlValue;

/// What is to be different about a user; what is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct UserChanges {
    /// The email address, normalised.
    pub email: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The encoded hash of the password.
    pub password: Option<String>,
    /// Whether it may log in.
    pub is_active: Option<bool>,
    /// Whether it may enter the admin.
    pub is_staff: Option<bool>,
    /// Whether it may do everything.
    pub is_superuser: Option<bool>,
    /// Values of columns of the model's own, by column.
    pub custom_values: Vec<(String, SqlValue)>,
}

impl UserChanges {
    /// The new user of this name that has these values, and the usual ones where there is none.
    pub fn new_user(&self, username: &str) -> NewUser {
        let named = NewUser::named(username);
        NewUser {
            email: self.email.clone().unwrap_or(named.email),
            first_name: self.first_name.clone().unwrap_or(named.first_name),
            last_name: self.last_name.clone().unwrap_or(named.last_name),
            password: self.password.clone().unwrap_or(named.password),
            is_active: self.is_active.unwrap_or(named.is_active),
            is_staff: self.is_staff.unwrap_or(named.is_staff),
            is_superuser: self.is_superuser.unwrap_or(named.is_superuser),
            custom_values: self.custom_values.clone(),
            ..named
        }
    }

    /// The fields in which `user` is not yet as it is to be, and the new values of their columns.
    ///
    /// What the model does not keep cannot differ.
    pub(super) fn differing<'f>(
        &self,
        user: &User,
        fields: &'f UserFields,
    ) -> Vec<(&'f UserField, SqlValue)> {
        let texts = [
            (UserAttribute::Email, &self.email, &user.email),
            (UserAttribute::FirstName, &self.first_name, &user.first_name),
            (UserAttribute::LastName, &self.last_name, &user.last_name),
            (UserAttribute::Password, &self.password, &user.password),
        ];
        let switches = [
            (UserAttribute::IsActive, self.is_active, user.is_active),
            (UserAttribute::IsStaff, self.is_staff, user.is_staff),
            (
                UserAttribute::IsSuperuser,
                self.is_superuser,
                user.is_superuser,
            ),
        ];
        let texts = texts.into_iter().filter_map(|(attribute, wanted, held)| {
            let wanted = wanted.as_ref().filter(|wanted| *wanted != held)?;
            let field = fields.get(attribute)?;
            let empty = wanted.is_empty() && field.field.null;
            Some((field, if empty { SqlValue::Null } else { wanted.into() }))
        });
        let switches = switches
            .into_iter()
            .filter_map(|(attribute, wanted, held)| {
                let wanted = wanted.filter(|wanted| *wanted != held)?;
                Some((fields.get(attribute)?, SqlValue::from(wanted)))
            });
        texts.chain(switches).collect()
    }

    /// Whether nothing at all was asked for.
    pub fn is_empty(&self) -> bool {
        let texts = [
            &self.email,
            &self.first_name,
            &self.last_name,
            &self.password,
        ];
        let switches = [self.is_active, self.is_staff, self.is_superuser];
        texts.iter().all(|text| text.is_none())
            && switches.iter().all(Option::is_none)
            && self.custom_values.is_empty()
    }
}
