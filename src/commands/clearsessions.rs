//! `djr clearsessions`: forgets the sessions that ended.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::clock;
use crate::commands::options::WriteArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::Connections;
use crate::sessions::{SessionPlaces, session_engine};
use crate::text;
use crate::ui::Ui;

/// Delete the sessions that have ended
///
/// The server never reads them again, but leaves them where they are kept. Run this once a day.
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
    let caches = Arc::new(project.caches(&connections));
    let places = SessionPlaces {
        root: project.root.clone(),
        connections,
        alias,
        caches,
    };
    let settings = &project.settings.sessions;
    let engine = session_engine(settings, &places);
    let deleted = engine.clear_expired(clock::now())?;
    Ok(ui.result(&ClearSessionsOutcome {
        deleted: deleted.unwrap_or_default(),
        engine: settings.engine.to_string(),
        forgets_by_itself: deleted.is_none(),
    })?)
}

#[derive(Debug, Serialize)]
struct ClearSessionsOutcome {
    deleted: usize,
    engine: String,
    /// Whether there is nothing to clear, ever.
    #[serde(skip)]
    forgets_by_itself: bool,
}

impl fmt::Display for ClearSessionsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.forgets_by_itself {
            let engine = &self.engine;
            return write!(
                f,
                "sessions of the engine `{engine}` are forgotten without this"
            );
        }
        match self.deleted {
            0 => f.write_str("no session has ended"),
            deleted => write!(f, "deleted {}", text::count(deleted, "ended session")),
        }
    }
}
