//! `djr users unlock`: lets those try to log in again who gave wrong passwords too often.

use std::fmt;
use std::net::IpAddr;

use clap::Args;
use serde::Serialize;

use crate::auth::throttle::{Unlock, request_unlocks};
use crate::commands::accounts::Accounts;
use crate::commands::options::WriteArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::text;
use crate::ui::Ui;

/// Let users try to log in again who gave wrong passwords too often
///
/// `[auth.throttle]` says how often that is. The running server counts in its memory, or in a cache, and hears of this at
/// the next attempt. With an address alone, that address may log in to any account, sign up and ask for mails again.
#[derive(Args, Debug)]
pub(super) struct UnlockUsersArgs {
    /// The names of the users
    #[arg(value_name = "USERNAME", required_unless_present = "ip")]
    usernames: Vec<String>,
    /// Only for attempts from this address, and whatever else it was refused; may be repeated
    #[arg(long, value_name = "ADDRESS")]
    ip: Vec<IpAddr>,
    #[command(flatten)]
    database: WriteArgs,
}

pub(super) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &UnlockUsersArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let users = accounts.users_named(&args.usernames)?;
    let usernames: Vec<_> = users.into_iter().map(|user| user.username).collect();
    let named = usernames.iter().map(|username| {
        // The server counts by the name as it is typed, brought into one form.
        Some(accounts.table.normalize_username(username))
    });
    let accounts_meant: Vec<_> = named.collect();
    let anyone = [None];
    let meant = if accounts_meant.is_empty() {
        &anyone[..]
    } else {
        &accounts_meant
    };
    let addresses: Vec<_> = args.ip.iter().copied().map(Some).collect();
    let addresses = if addresses.is_empty() {
        vec![None]
    } else {
        addresses
    };
    let unlocks = meant.iter().flat_map(|account| {
        let unlock = |address: &Option<IpAddr>| Unlock {
            account: account.clone(),
            address: *address,
        };
        addresses.iter().map(unlock)
    });
    request_unlocks(&accounts.connection, &unlocks.collect::<Vec<_>>())?;
    Ok(ui.result(&UnlockUsersOutcome {
        users: usernames,
        addresses: args.ip.clone(),
    })?)
}

#[derive(Debug, Serialize)]
struct UnlockUsersOutcome {
    users: Vec<String>,
    addresses: Vec<IpAddr>,
}

impl fmt::Display for UnlockUsersOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addresses: Vec<_> = self.addresses.iter().map(ToString::to_string).collect();
        let addresses = addresses.join(", ");
        let users = text::quoted(self.users.iter().map(String::as_str));
        match (self.users.is_empty(), self.addresses.is_empty()) {
            (true, _) => write!(f, "unlocked {addresses}"),
            (false, true) => write!(f, "unlocked {users}"),
            (false, false) => write!(f, "unlocked {users} for {addresses}"),
        }
    }
}
