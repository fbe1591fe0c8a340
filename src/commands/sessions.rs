//! `djr sessions`: lists who is logged in where, and ends sessions.

use std::fmt;
use std::sync::Arc;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::auth::{User, Users, session_owner};
use crate::clock;
use crate::commands::accounts::Accounts;
use crate::commands::confirm::confirm_destructive;
use crate::commands::options::{DatabaseArgs, NoInputArgs, WriteArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::db::{Connection, Connections, DatabaseAlias};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::project::Project;
use crate::sessions::{self, SessionKey, StoredSession};
use crate::signing::SecretKeys;
use crate::text;
use crate::ui::Ui;

/// Characters of a key that are shown: enough to tell sessions apart, too few to take one over.
const SHOWN_KEY_LENGTH: usize = 8;

/// List who is logged in where, and log out
///
/// `djr clearsessions` deletes those that have ended by themselves.
#[derive(Args, Debug)]
pub(crate) struct SessionsArgs {
    #[command(subcommand)]
    action: SessionsAction,
}

#[derive(Debug, Subcommand)]
enum SessionsAction {
    List(ListSessionsArgs),
    End(EndSessionsArgs),
}

/// List the sessions that somebody is logged in with
///
/// Those that ended, that a change of the password ended, and those of inactive users are not
/// listed. Of each key only the beginning is shown: the whole would let anybody in.
#[derive(Args, Debug)]
struct ListSessionsArgs {
    /// Only those of this user; may be repeated
    #[arg(long, value_name = "USERNAME")]
    user: Vec<String>,
    /// Those of visitors who are not logged in, too
    #[arg(long, conflicts_with = "user")]
    anonymous: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// End sessions, so that whoever has them is logged out
#[derive(Args, Debug)]
struct EndSessionsArgs {
    /// The session whose key begins so, as `djr sessions list` shows it
    #[arg(value_name = "KEY", conflicts_with_all = ["user", "all"])]
    key: Option<String>,
    /// All of this user; may be repeated
    #[arg(long, value_name = "USERNAME", conflicts_with = "all")]
    user: Vec<String>,
    /// All of everybody, visitors who are not logged in too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &SessionsArgs) -> Result<(), CommandError> {
    match &args.action {
        SessionsAction::List(args) => list(ui, global, args),
        SessionsAction::End(args) => end(ui, global, args),
    }
}

fn list(ui: &Ui, global: &GlobalArgs, args: &ListSessionsArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let wanted = accounts.users_named(&args.user)?;
    let headings = ["session", "user", "last saved", "ends"];
    let mut table = ui.table("sessions", &headings);
    for_each_session(
        &project,
        &accounts.connection,
        &accounts.users(),
        |session, owner| {
            let meant = match &owner {
                Some(owner) => wanted.is_empty() || wanted.iter().any(|user| user.pk == owner.pk),
                None => args.anonymous,
            };
            if !meant {
                return Ok(());
            }
            let listed = ListedSession {
                key: session
                    .key
                    .as_str()
                    .chars()
                    .take(SHOWN_KEY_LENGTH)
                    .collect(),
                user: owner.map(|user| user.username),
                saved: session.saved_at.map(clock::Moment::to_rfc3339),
                ends: session.expire_date.to_rfc3339(),
            };
            Ok(table.row(listed.cells(), &listed)?)
        },
    )?;
    if table.end()? == 0 {
        ui.status("no sessions");
    }
    Ok(())
}

fn end(ui: &Ui, global: &GlobalArgs, args: &EndSessionsArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    if args.all {
        let consequence = "logs everybody out, and forgets what the sessions of visitors hold";
        confirm_destructive(ui, &args.input, consequence, "End all sessions?")?;
        refuse_unlisted(&project)?;
        let connection = args.database.open(&project)?;
        forget_copies(
            &project,
            &sessions::keys_with_prefix(&connection, "", clock::now())?,
        )?;
        let ended = sessions::clear_all(&connection)?;
        return Ok(ui.result(&EndSessionsOutcome { ended })?);
    }
    let accounts = Accounts::open(&project, &args.database)?;
    let keys = match &args.key {
        Some(prefix) => vec![find(&accounts.connection, prefix)?],
        None if args.user.is_empty() => return Err(NoSessionNamed.into()),
        None => keys_of(&project, &accounts, &accounts.users_named(&args.user)?)?,
    };
    refuse_unlisted(&project)?;
    forget_copies(&project, &keys)?;
    let ended = sessions::delete(&accounts.connection, &keys)?;
    Ok(ui.result(&EndSessionsOutcome { ended })?)
}

/// The keys of the sessions that one of `users` is logged in with.
fn keys_of(
    project: &Project,
    accounts: &Accounts,
    users: &[User],
) -> Result<Vec<SessionKey>, CommandError> {
    let mut keys = Vec::new();
    for_each_session(
        project,
        &accounts.connection,
        &accounts.users(),
        |session, owner| {
            if owner.is_some_and(|owner| users.iter().any(|user| user.pk == owner.pk)) {
                keys.push(session.key);
            }
            Ok(())
        },
    )?;
    Ok(keys)
}

/// The one session whose key begins with `beginning`.
fn find(connection: &Connection, prefix: &str) -> Result<SessionKey, CommandError> {
    let mut found = sessions::keys_with_prefix(connection, prefix, clock::now())?;
    match (found.pop(), found.len()) {
        (Some(key), 0) => Ok(key),
        (last, others) => Err(AmbiguousSessionKey {
            prefix: prefix.to_owned(),
            count: others + usize::from(last.is_some()),
        }
        .into()),
    }
}

/// Hands over every session that has not ended, with the user who is logged in with it.
fn for_each_session(
    project: &Project,
    connection: &Connection,
    users: &Users<'_>,
    mut for_each_session: impl FnMut(StoredSession, Option<User>) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let keys = keys(project)?;
    sessions::for_each(connection, &keys, clock::now(), |session| {
        let owner = session_owner(&session.data, users, &keys)?;
        for_each_session(session, owner)
    })
}

/// The keys that sign sessions.
fn keys(project: &Project) -> Result<SecretKeys, CommandError> {
    refuse_unlisted(project)?;
    Ok(project.settings.signing_keys()?)
}

fn refuse_unlisted(project: &Project) -> Result<(), UnlistedSessions> {
    let sessions = &project.settings.sessions;
    if sessions.engine.has_table() {
        return Ok(());
    }
    let engine = sessions.engine_name();
    Err(UnlistedSessions { engine })
}

/// The copies of `keys` in a cache go, before their rows do: nobody reads those that are left.
fn forget_copies(project: &Project, keys: &[SessionKey]) -> Result<(), CommandError> {
    if !project.settings.sessions.engine.uses_cache() {
        return Ok(());
    }
    let connections = Connections::new(project.databases());
    let caches = Arc::new(project.caches(&connections)?);
    let engine = project.session_engine(&connections, &DatabaseAlias::default(), &caches)?;
    let store = engine.store(&project.settings.signing_keys()?);
    for key in keys {
        store.delete(key)?;
    }
    Ok(())
}

/// The sessions are where nobody can list them.
#[derive(Debug, thiserror::Error)]
#[error(
    "sessions of the engine `{engine}` are not in a table, and cannot be listed or ended one by one"
)]
struct UnlistedSessions {
    engine: String,
}

impl Diagnostic for UnlistedSessions {
    fn code(&self) -> &'static str {
        "unlisted-sessions"
    }

    fn hints(&self) -> Vec<String> {
        vec![
            "a new secret key, or for one user a new password, ends them; `engine = \"cached_db\"` keeps them in a table"
                .to_owned(),
        ]
    }
}

/// The command line does not name a session.
#[derive(Debug, thiserror::Error)]
#[error("which sessions?")]
struct NoSessionNamed;

impl Diagnostic for NoSessionNamed {
    fn hints(&self) -> Vec<String> {
        vec!["name the beginning of a key, or pass `--user NAME` or `--all`".to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Usage
    }
}

/// No session, or more than one, begins so.
#[derive(Debug, thiserror::Error)]
#[error("{count} sessions have a key that begins with `{prefix}`")]
struct AmbiguousSessionKey {
    prefix: String,
    count: usize,
}

impl Diagnostic for AmbiguousSessionKey {
    fn code(&self) -> &'static str {
        "unknown-session"
    }

    fn hints(&self) -> Vec<String> {
        vec!["`djr sessions list` shows the beginning of every key".to_owned()]
    }
}

#[derive(Debug, Serialize)]
struct ListedSession {
    key: String,
    user: Option<String>,
    saved: Option<String>,
    ends: String,
}

impl ListedSession {
    fn cells(&self) -> [String; 4] {
        [
            self.key.clone(),
            self.user.clone().unwrap_or("(nobody)".to_owned()),
            self.saved.clone().unwrap_or_default(),
            self.ends.clone(),
        ]
    }
}

#[derive(Debug, Serialize)]
struct EndSessionsOutcome {
    ended: usize,
}

impl fmt::Display for EndSessionsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ended {
            0 => f.write_str("no session to end"),
            ended => write!(f, "ended {}", text::count(ended, "session")),
        }
    }
}
