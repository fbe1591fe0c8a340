//! `djr clearsessions`: forgets the sessions that ended.

use std::collections::BTreeMap;
use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::clock;
use crate::commands::options::WriteArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::Connections;
use crate::sessions::session_engine;
use crate::text;
use crate::ui::Ui;

/// Delete the sessions that have ended
///
/// The server never reads them again, but leaves them in the table. Run this once a day.
#[derive(Args, Debug)]
pub(crate) struct ClearSessionsArgs {
    #[command(flatten)]
    database: WriteArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &ClearSessionsArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let alias = args.database.alias();
    let databases = BTreeMap::from([(alias.clone(), args.database.find(&project)?)]);
    let connections = Connections::new(databases);
    let engine = session_engine(&project.settings.sessions, &connections, &alias);
    let deleted = engine.clear_expired(clock::now())?;
    Ok(ui.result(&ClearSessionsOutcome { deleted })?)
}

#[derive(Debug, Serialize)]
struct ClearSessionsOutcome {
    deleted: usize,
}

impl fmt::Display for ClearSessionsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.deleted {
            0 => f.write_str("no session has ended"),
            deleted => write!(f, "deleted {}", text::count(deleted, "ended session")),
        }
    }
}
