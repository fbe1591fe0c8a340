//! A user as tables and JSON documents show it.

use serde::Serialize;

use crate::auth::{User, UserAttribute, is_password_usable};
use crate::clock::Moment;
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;

/// A user as tables and JSON documents show it; of its password only the algorithm.
///
/// Nothing stands for what the user model does not keep.
#[derive(Debug, Serialize)]
pub(crate) struct UserSummary {
    pub(crate) pk: String,
    pub(crate) username: String,
    pub(crate) email: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) is_active: bool,
    pub(crate) is_staff: bool,
    pub(crate) is_superuser: bool,
    pub(crate) date_joined: Option<String>,
    pub(crate) last_login: Option<String>,
    /// How the password is hashed; none where nothing matches it.
    pub(crate) password: Option<String>,
    pub(crate) groups: Vec<String>,
}

impl UserSummary {
    /// `user` with the groups it is in.
    pub(crate) fn new(accounts: &Accounts, user: &User) -> Result<Self, CommandError> {
        let groups = match accounts.table.permission_tables() {
            Some(_) => accounts.groups()?.of_user(&user.pk)?,
            None => Vec::new(),
        };
        let known = |attribute, text: &String| accounts.table.has(attribute).then(|| text.clone());
        Ok(Self {
            pk: user.pk.to_string(),
            username: user.username.clone(),
            email: known(UserAttribute::Email, &user.email),
            first_name: known(UserAttribute::FirstName, &user.first_name),
            last_name: known(UserAttribute::LastName, &user.last_name),
            is_active: user.is_active,
            is_staff: user.is_staff,
            is_superuser: user.is_superuser,
            date_joined: user.date_joined.map(Moment::to_rfc3339),
            last_login: user.last_login.map(Moment::to_rfc3339),
            password: algorithm(&user.password),
            groups: groups.into_iter().map(|group| group.name).collect(),
        })
    }

    /// Its flags, in a word or two.
    pub(crate) fn role(&self) -> String {
        let words = [
            (self.is_superuser, "superuser"),
            (self.is_staff && !self.is_superuser, "staff"),
            (!self.is_active, "inactive"),
        ];
        let words = words.into_iter().filter(|(holds, _)| *holds);
        words.map(|(_, word)| word).collect::<Vec<_>>().join(", ")
    }

    /// When it last logged in, to the minute.
    pub(crate) fn last_login_text(&self) -> String {
        match &self.last_login {
            Some(moment) => moment
                .chars()
                .take(16)
                .collect::<String>()
                .replace('T', " "),
            None => "never".to_owned(),
        }
    }
}

/// The word before the first `$`; a hash that is malformed has none.
fn algorithm(encoded: &str) -> Option<String> {
    let (algorithm, _) = encoded.split_once('$')?;
    is_password_usable(encoded).then(|| algorithm.to_owned())
}
