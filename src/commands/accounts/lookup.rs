//! Users, groups and permissions by name; all unknown names are reported at once.

use crate::auth::{Group, PermissionRow};
use crate::auth::{User, UserFilter};
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::diagnostic::{Finding, Findings};
use crate::text;

/// How many usernames are compared with an unknown one.
const NAMES_COMPARED: usize = 10_000;

impl Accounts {
    /// The user of this name.
    pub(crate) fn user(&self, username: &str) -> Result<User, CommandError> {
        let found = self.users().by_username(username)?;
        Ok(found.ok_or_else(|| self.unknown_user(username))?)
    }

    /// The users of these names, each once.
    pub(crate) fn users_named(&self, usernames: &[String]) -> Result<Vec<User>, CommandError> {
        let mut found: Vec<User> = Vec::new();
        let mut unknown = Vec::new();
        for username in usernames {
            match self.users().by_username(username)? {
                Some(user) if found.iter().any(|other| other.pk == user.pk) => {}
                Some(user) => found.push(user),
                None => unknown.push(self.unknown_user(username)),
            }
        }
        all_or_findings(found, unknown)
    }

    /// The groups of these names.
    pub(crate) fn groups_named(&self, names: &[String]) -> Result<Vec<Group>, CommandError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let groups = self.groups()?;
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        for name in names {
            if let Some(group) = groups.by_name(name)? {
                found.push(group);
            } else {
                let names = groups.names()?;
                unknown.push(unknown_name(
                    "group",
                    name,
                    names.iter().map(String::as_str),
                ));
            }
        }
        all_or_findings(found, unknown)
    }

    /// The group of this name.
    pub(crate) fn group(&self, name: &str) -> Result<Group, CommandError> {
        let groups = self.groups()?;
        if let Some(group) = groups.by_name(name)? {
            return Ok(group);
        }
        let names = groups.names()?;
        let finding = unknown_name("group", name, names.iter().map(String::as_str));
        Err(Findings::from(finding).into())
    }

    /// The permissions of these names, each `app.codename`.
    pub(crate) fn permissions_named(
        &self,
        names: &[String],
    ) -> Result<Vec<PermissionRow>, CommandError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let grants = self.permissions()?;
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        for name in names {
            let rows = grants.named(name)?;
            if rows.is_empty() {
                let all = grants.all()?;
                let names = all.iter().map(|row| row.permission.as_str());
                unknown.push(unknown_name("permission", name, names));
            }
            found.extend(rows);
        }
        all_or_findings(found, unknown)
    }

    fn unknown_user(&self, username: &str) -> Findings {
        let mut names = Vec::new();
        // Without them the hint is missing, not the error.
        let listed: Result<(), CommandError> =
            self.users().for_each(&UserFilter::default(), |user| {
                if names.len() < NAMES_COMPARED {
                    names.push(user.username);
                }
                Ok(())
            });
        drop(listed);
        unknown_name("user", username, names.iter().map(String::as_str)).into()
    }
}

/// The finding that nothing of this kind is called `name`, with the nearest of `names` as a hint.
fn unknown_name<'n>(kind: &str, name: &str, names: impl Iterator<Item = &'n str>) -> Finding {
    let code = match kind {
        "user" => "unknown-user",
        "group" => "unknown-group",
        _ => "unknown-permission",
    };
    let finding = Finding::error(code, format!("there is no {kind} `{name}`"));
    match text::did_you_mean(name, names) {
        Some(hint) => finding.hint(hint),
        None if kind == "permission" => {
            finding.hint("`djr permissions list` shows all; each is called `app.codename`")
        }
        None => finding.hint(format!("`djr {kind}s list` shows all")),
    }
}

/// What was found, unless a name was unknown.
fn all_or_findings<T>(
    found: Vec<T>,
    unknown: Vec<impl Into<Findings>>,
) -> Result<Vec<T>, CommandError> {
    let findings = unknown.into_iter().map(Into::into);
    match Findings::new(findings.flat_map(Findings::into_inner).collect()) {
        Some(findings) => Err(findings.into()),
        None => Ok(found),
    }
}
