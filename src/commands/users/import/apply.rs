//! Writes the users of a file, in one transaction.

use std::collections::BTreeMap;

use crate::auth::Group;
use crate::auth::{NewUser, User, UserChanges, UserKey};
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::commands::users::import::args::ImportUsersArgs;
use crate::commands::users::import::outcome::{ImportUsersOutcome, location_in};
use crate::commands::users::import::row::{ImportRow, ImportedPassword};
use crate::db::DatabaseError;
use crate::diagnostic::{Diagnostic as _, Finding, SCHEMA_MISMATCH};
use crate::serializers::RecordPosition;
use crate::ui::Ui;

/// Why the transaction of an import is rolled back.
enum ImportRollback {
    DryRun(ImportUsersOutcome),
    Rejected(Vec<Finding>),
    Failed(CommandError),
}

impl<E: Into<CommandError>> From<E> for ImportRollback {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Writes `rows`, or returns why they were rejected.
pub(super) fn apply(
    ui: &Ui,
    accounts: &Accounts,
    args: &ImportUsersArgs,
    rows: &[ImportRow],
) -> Result<Result<ImportUsersOutcome, Vec<Finding>>, CommandError> {
    let progress = ui.progress("importing", rows.len());
    let written = accounts.connection.transaction(|_| {
        let mut writer = UserWriter::new(accounts, args, rows)?;
        for row in rows {
            writer.write(row)?;
            progress.step();
        }
        if !writer.rejects.is_empty() {
            return Err(ImportRollback::Rejected(writer.rejects));
        }
        let mut outcome = writer.outcome;
        outcome.changed = outcome.created + outcome.updated > 0;
        if args.dry_run {
            return Err(ImportRollback::DryRun(outcome));
        }
        Ok(outcome)
    });
    drop(progress);
    match written {
        Ok(outcome) | Err(ImportRollback::DryRun(outcome)) => Ok(Ok(outcome)),
        Err(ImportRollback::Rejected(rejects)) => Ok(Err(rejects)),
        Err(ImportRollback::Failed(error)) => Err(error),
    }
}

/// Writes one row after another.
struct UserWriter<'a> {
    accounts: &'a Accounts,
    args: &'a ImportUsersArgs,
    groups: BTreeMap<String, Group>,
    outcome: ImportUsersOutcome,
    rejects: Vec<Finding>,
}

impl<'a> UserWriter<'a> {
    /// Finds, or creates, the groups of all rows.
    fn new(
        accounts: &'a Accounts,
        args: &'a ImportUsersArgs,
        rows: &[ImportRow],
    ) -> Result<Self, CommandError> {
        let outcome = ImportUsersOutcome {
            dry_run: args.dry_run,
            ..ImportUsersOutcome::default()
        };
        let mut writer = Self {
            accounts,
            args,
            groups: BTreeMap::new(),
            outcome,
            rejects: Vec::new(),
        };
        for row in rows {
            for name in &row.groups {
                if !writer.groups.contains_key(name) {
                    writer.find_group(row.position, name)?;
                }
            }
        }
        Ok(writer)
    }

    fn find_group(&mut self, position: RecordPosition, name: &str) -> Result<(), CommandError> {
        let groups = self.accounts.groups()?;
        let group = match groups.by_name(name)? {
            Some(group) => group,
            None if self.args.create_groups => {
                self.outcome.groups_created.push(name.to_owned());
                groups.create(name)?
            }
            None => {
                let names = groups.names()?;
                let finding =
                    Finding::error("unknown-group", format!("there is no group `{name}`"));
                let finding = finding.suggest_or(
                    name,
                    names.iter().map(String::as_str),
                    "`--create-groups` creates those that are not there",
                );
                self.rejects
                    .push(finding.at(location_in(&self.args.file, position)));
                return Ok(());
            }
        };
        self.groups.insert(name.to_owned(), group);
        Ok(())
    }

    fn write(&mut self, row: &ImportRow) -> Result<(), CommandError> {
        // Most files hold new users alone: then the table's unique index finds those that exist.
        if !self.args.update {
            return self.create(row);
        }
        match self.accounts.users().by_username(&row.username)? {
            None => self.create(row),
            Some(user) => self.update(row, &user),
        }
    }

    fn reject_taken(&mut self, row: &ImportRow) {
        let message = format!("a user called `{}` exists already", row.username);
        let hint = "`--update` changes users that are there";
        self.reject(row, "username-taken", message, hint);
    }

    fn reject_conflict(&mut self, row: &ImportRow, error: &DatabaseError) {
        let (code, message) = match self.accounts.table.conflict(error) {
            Some(conflict) => (conflict.code(), format!("`{}`: {conflict}", row.username)),
            None if error.is_schema_mismatch() => (SCHEMA_MISMATCH, error.to_string()),
            None => ("user-conflict", error.to_string()),
        };
        self.reject(row, code, message, "");
    }

    fn create(&mut self, row: &ImportRow) -> Result<(), CommandError> {
        let missing = self.accounts.missing_fields(&row.changes);
        if let Some(field) = missing.first() {
            let message = format!("`{}` lacks its `{}`", row.username, field.field.name);
            self.reject(row, "missing-value", message, "the user model requires it");
            return Ok(());
        }
        let users = self.accounts.users();
        match users.add(&new_user(row)) {
            Ok(pk) => {
                self.outcome.created += 1;
                self.add_to_groups(row, &pk).map(|_| ())
            }
            Err(error) if error.is_constraint_violation() => {
                match users.by_username(&row.username)? {
                    Some(_) => self.reject_taken(row),
                    None => self.reject_conflict(row, &error),
                }
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn update(&mut self, row: &ImportRow, user: &User) -> Result<(), CommandError> {
        let changes = UserChanges {
            password: password_hash(row),
            ..row.changes.clone()
        };
        if let Err(findings) = self.accounts.check_key(user, &changes) {
            self.reject(row, "key-changed", findings.to_string(), "");
            return Ok(());
        }
        let fields = match self.accounts.users().apply_changes(user, &changes) {
            Ok(fields) => fields,
            Err(error) if error.is_constraint_violation() => {
                self.reject_conflict(row, &error);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        let regrouped = self.add_to_groups(row, &user.pk)?;
        if fields.is_empty() && !regrouped {
            self.outcome.unchanged += 1;
        } else {
            self.outcome.updated += 1;
        }
        Ok(())
    }

    /// Puts the user of this key into the groups of `row`; whether it was not in one.
    fn add_to_groups(&self, row: &ImportRow, pk: &UserKey) -> Result<bool, CommandError> {
        let mut regrouped = false;
        for group in row.groups.iter().filter_map(|name| self.groups.get(name)) {
            regrouped |= self.accounts.groups()?.add(pk, group)?;
        }
        Ok(regrouped)
    }

    /// Adds a finding; the same hint is added only once.
    fn reject(&mut self, row: &ImportRow, code: &'static str, message: String, hint: &str) {
        let location = location_in(&self.args.file, row.position);
        let told = |finding: &Finding| finding.hints.iter().any(|known| known == hint);
        let finding = Finding::error(code, message).at(location);
        let new = !hint.is_empty() && !self.rejects.iter().any(told);
        self.rejects
            .push(if new { finding.hint(hint) } else { finding });
    }
}

fn new_user(row: &ImportRow) -> NewUser {
    let changes = UserChanges {
        password: password_hash(row),
        ..row.changes.clone()
    };
    let user = changes.new_user(&row.username);
    NewUser {
        date_joined: row.date_joined.unwrap_or(user.date_joined),
        last_login: row.last_login,
        ..user
    }
}

fn password_hash(row: &ImportRow) -> Option<String> {
    match &row.password {
        Some(ImportedPassword::Encoded(encoded)) => Some(encoded.clone()),
        // Plain ones were hashed before.
        Some(ImportedPassword::Plain(_)) | None => None,
    }
}
