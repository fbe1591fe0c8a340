//! Which users a command is about: by name, or by conditions.

use clap::Args;

use crate::auth::{User, UserAttribute, UserFilter};
use crate::clock::{Moment, Zone};
use crate::commands::CommandError;
use crate::commands::accounts::without_attribute;
use crate::commands::accounts::{Accounts, RoleArgs};
use crate::diagnostic::{Diagnostic, ExitCode, Findings};

/// Conditions on users; all of them have to hold.
#[derive(Args, Clone, Debug)]
pub(crate) struct UserFilterArgs {
    #[command(flatten)]
    roles: RoleArgs,
    /// Members of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// With this text in one of their names or the email address
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Have never logged in
    #[arg(long)]
    never_logged_in: bool,
    /// Have logged in, but not since this day or moment
    #[arg(long, value_name = "DATE", conflicts_with = "never_logged_in")]
    last_login_before: Option<String>,
}

impl UserFilterArgs {
    /// The conditions; a day without a time begins in `zone`.
    pub(crate) fn filter(
        &self,
        accounts: &Accounts,
        zone: &Zone,
    ) -> Result<UserFilter, CommandError> {
        let mut unknown = self.roles.unknown_to(&accounts.table);
        let login = [
            (self.never_logged_in, "--never-logged-in"),
            (self.last_login_before.is_some(), "--last-login-before"),
        ];
        let attribute = UserAttribute::LastLogin;
        let login = login
            .into_iter()
            .filter(|(given, _)| *given && !accounts.table.has(attribute));
        unknown.extend(login.map(|(_, option)| without_attribute(option, attribute)));
        if let Some(findings) = Findings::new(unknown) {
            return Err(findings.into());
        }
        if let Some(group) = &self.group {
            accounts.group(group)?;
        }
        let last_login = self.last_login_before.as_deref();
        Ok(UserFilter {
            usernames: Vec::new(),
            is_staff: self.roles.is_staff(),
            is_superuser: self.roles.is_superuser(),
            is_active: self.roles.is_active(),
            group: self.group.clone(),
            search: self.search.clone(),
            never_logged_in: self.never_logged_in,
            last_login_before: last_login.map(|text| moment(text, zone)).transpose()?,
        })
    }

    fn is_empty(&self) -> bool {
        let roles = [
            self.roles.is_staff(),
            self.roles.is_superuser(),
            self.roles.is_active(),
        ];
        roles.iter().all(Option::is_none)
            && self.group.is_none()
            && self.search.is_none()
            && self.last_login_before.is_none()
            && !self.never_logged_in
    }
}

/// The users a command changes: named, or picked by conditions.
#[derive(Args, Clone, Debug)]
pub(crate) struct UserSelectionArgs {
    /// The names of the users; conditions pick them where no name is given
    #[arg(value_name = "USERNAME")]
    usernames: Vec<String>,
    #[command(flatten)]
    conditions: UserFilterArgs,
}

impl UserSelectionArgs {
    /// The users; fails where a name is unknown, or where neither names nor conditions were given.
    pub(crate) fn resolve(
        &self,
        accounts: &Accounts,
        zone: &Zone,
    ) -> Result<Vec<User>, CommandError> {
        if self.usernames.is_empty() && self.conditions.is_empty() {
            return Err(SelectionError::NoneNamed.into());
        }
        let mut filter = self.conditions.filter(accounts, zone)?;
        if !self.usernames.is_empty() {
            let named = accounts.users_named(&self.usernames)?;
            if self.conditions.is_empty() {
                return Ok(named);
            }
            filter.usernames = named.into_iter().map(|user| user.username).collect();
        }
        let mut found = Vec::new();
        accounts.users().for_each(&filter, |user| {
            found.push(user);
            Ok::<_, CommandError>(())
        })?;
        Ok(found)
    }
}

/// Reads a day, or a day and a time.
fn moment(text: &str, zone: &Zone) -> Result<Moment, SelectionError> {
    let moment = Moment::parse(text, zone);
    moment.ok_or_else(|| SelectionError::Date(text.to_owned()))
}

#[derive(Debug, thiserror::Error)]
enum SelectionError {
    #[error("which users? Name them, or say what they are")]
    NoneNamed,
    #[error("`{0}` is not a date")]
    Date(String),
}

impl Diagnostic for SelectionError {
    fn hints(&self) -> Vec<String> {
        vec![
            match self {
                Self::NoneNamed => {
                    "as in `alice bob`, or `--inactive --last-login-before 2026-01-31`"
                }
                Self::Date(_) => "write `2026-01-31` or `2026-01-31T17:22:29Z`",
            }
            .to_owned(),
        ]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Usage
    }
}
