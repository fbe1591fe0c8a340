//! `djr users delete`: deletes users and what hangs on them.
//!
//! 1. Find all rows that are deleted with them, by the `on_delete` of every model.
//! 2. Confirm: by a person, or by `--noinput`.
//! 3. Find it again under the lock, and delete it if it is still the same.

use std::collections::BTreeMap;
use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::auth::User;
use crate::commands::accounts::{Accounts, ConcurrentUpdate, UserSelectionArgs};
use crate::commands::confirm::confirm_destructive;
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::users::last_superuser;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::SqlValue;
use crate::models::{Model, ModelRef, ModelSet as _, ReferenceError};
use crate::query::{DeleteCollector, QueryError};
use crate::text;
use crate::ui::Ui;

/// How many users are named one by one.
const NAMES_SHOWN: usize = 5;

/// Delete users and what hangs on them
///
/// Rows that refer to them go too, or stay, or forbid it, as the `on_delete` of their models says.
/// What goes is told first. `djr users deactivate` keeps it all.
#[derive(Args, Debug)]
pub(super) struct DeleteUsersArgs {
    #[command(flatten)]
    users: UserSelectionArgs,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(super) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &DeleteUsersArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let users = args.users.resolve(&accounts, zone)?;
    let usernames: Vec<_> = users.iter().map(|user| user.username.clone()).collect();
    let expected = cascade(&accounts, &users)?.counts(&accounts.connection)?;
    let mut outcome = DeleteUsersOutcome::new(&accounts, usernames, &expected);
    if users.is_empty() {
        return Ok(ui.result(&outcome)?);
    }
    let mut consequence = format!("deletes {}", outcome.summary());
    if last_superuser::are_among(&accounts, &users)? {
        consequence.push_str(", and leaves no active superuser");
    }
    confirm_destructive(ui, &args.input, &consequence, "Delete them for good?")?;
    accounts.connection.transaction(|connection| {
        let cascade = cascade(&accounts, &users)?;
        if !args.input.noinput && cascade.counts(connection)? != expected {
            return Err(CommandError::from(ConcurrentUpdate::WhileAsking));
        }
        outcome = DeleteUsersOutcome::new(
            &accounts,
            outcome.users.clone(),
            &cascade.counts(connection)?,
        );
        Ok(cascade.run(connection).map(drop)?)
    })?;
    Ok(ui.result(&outcome)?)
}

fn cascade<'a>(accounts: &'a Accounts, users: &[User]) -> Result<DeleteCollector<'a>, QueryError> {
    let registry = &accounts.registry;
    // `Accounts` has a table of users only where there is the model.
    let key = ModelRef::UserModel;
    let model = registry
        .target(&key)
        .ok_or(ReferenceError::UnknownModel(key))?;
    let keys = users.iter().map(|user| SqlValue::from(&user.pk)).collect();
    DeleteCollector::new(registry, &accounts.connection, model, keys)
}

#[derive(Debug, Serialize)]
struct DeleteUsersOutcome {
    users: Vec<String>,
    /// How many rows of each other model, by its label.
    rows: BTreeMap<String, usize>,
}

impl DeleteUsersOutcome {
    fn new(accounts: &Accounts, users: Vec<String>, counts: &[(String, usize)]) -> Self {
        let own = accounts.registry.user_model();
        let own = own.map(Model::label);
        let others = counts
            .iter()
            .filter(|(label, _)| Some(label) != own.as_ref());
        Self {
            users,
            rows: others.cloned().collect(),
        }
    }

    /// Which users and rows are deleted, in one line.
    fn summary(&self) -> String {
        let named = text::quoted(self.users.iter().take(NAMES_SHOWN).map(String::as_str));
        let users = match self.users.len() {
            1 => format!("the user {named}"),
            count if count <= NAMES_SHOWN => format!("{count} users ({named})"),
            count => format!("{count} users ({named} and {} more)", count - NAMES_SHOWN),
        };
        let rows = self
            .rows
            .iter()
            .map(|(label, count)| format!("{count} of {label}"));
        match &*rows.collect::<Vec<_>>() {
            [] => users,
            rows if self.users.len() == 1 => format!("{users}, and with it {}", rows.join(", ")),
            rows => format!("{users}, and with them {}", rows.join(", ")),
        }
    }
}

impl fmt::Display for DeleteUsersOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.users.is_empty() {
            return f.write_str("no user was deleted: none is meant");
        }
        write!(f, "deleted {}", self.summary())
    }
}
