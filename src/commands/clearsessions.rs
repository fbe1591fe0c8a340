//! `djr clearsessions`: forgets the sessions that ended.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde::Serialize;

use crate::clock;
use crate::commands::options::{self, WriteArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::db::{Connections, DatabaseAlias};
use crate::diagnostic::{Finding, Findings};
use crate::project::Project;
use crate::sessions::{ClearEvent, SessionEngine, SessionError};
use crate::text;
use crate::ui::{TaskProgress, Ui};

/// Delete the sessions that have ended
///
/// The server never reads them again, but leaves them where they are kept. Run this, or `djr maintain`,
/// once a day. It may run while the site is served, whose writers wait for moments only, and be stopped
/// at any time.
#[derive(Args, Debug)]
pub(crate) struct ClearSessionsArgs {
    /// Count them and delete nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Only those that ended longer ago than this: a number of seconds, or one with `m`, `h`, `d` or `w`
    #[arg(long, value_name = "TIME", value_parser = options::time)]
    older_than: Option<Duration>,
    #[command(flatten)]
    database: WriteArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &ClearSessionsArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    if args.older_than.is_some() {
        refuse_own_engine(&project)?;
    }
    let alias = args.database.alias();
    let databases = BTreeMap::from([(alias.clone(), args.database.find(&project)?)]);
    let connections = if args.dry_run {
        Connections::read_only(databases)
    } else {
        Connections::new(databases)
    };
    let request = ClearRequest {
        connections,
        alias,
        dry_run: args.dry_run,
        older_than: args.older_than.unwrap_or_default(),
    };
    Ok(ui.result(&clear(ui, &project, &request)?)?)
}

/// Fails where a class of the project keeps the sessions: Django's `clear_expired` is not told of a moment.
fn refuse_own_engine(project: &Project) -> Result<(), Findings> {
    let Some(module) = &project.settings.sessions.module else {
        return Ok(());
    };
    let message = format!("`--older-than` cannot be told to the engine `{module}`");
    let finding = Finding::error("own-engine", message);
    Err(finding
        .hint("leave it out: `clear_expired` of the engine decides")
        .into())
}

/// Which sessions are cleared.
pub(crate) struct ClearRequest {
    pub(crate) connections: Connections,
    pub(crate) alias: DatabaseAlias,
    pub(crate) dry_run: bool,
    pub(crate) older_than: Duration,
}

/// Deletes the sessions of `project` that ended, or counts them.
pub(crate) fn clear(
    ui: &Ui,
    project: &Project,
    request: &ClearRequest,
) -> Result<ClearSessionsOutcome, CommandError> {
    let caches = Arc::new(project.caches(&request.connections)?);
    let engine = project.session_engine(&request.connections, &request.alias, &caches)?;
    let mut witness = ClearWitness::new(ui);
    let ended = witness.clear(&*engine, request)?;
    witness.warn();
    Ok(ClearSessionsOutcome {
        dry_run: request.dry_run,
        ended: ended.unwrap_or_default(),
        deleted: ended.filter(|_| !request.dry_run).unwrap_or_default(),
        damaged: witness.damaged.count,
        unreadable: witness.unreadable.count,
        engine: project.settings.sessions.engine_name(),
        forgets_by_itself: ended.is_none(),
        is_own: project.settings.sessions.module.is_some(),
    })
}

/// Shows how far an engine is, and remembers what it met.
struct ClearWitness<'u> {
    ui: &'u Ui,
    progress: Option<TaskProgress>,
    damaged: ToldFiles,
    unreadable: ToldFiles,
}

/// Files that something is wrong with: how many, and what of the first.
#[derive(Default)]
struct ToldFiles {
    count: usize,
    first: String,
}

impl<'u> ClearWitness<'u> {
    fn new(ui: &'u Ui) -> Self {
        Self {
            ui,
            progress: None,
            damaged: ToldFiles::default(),
            unreadable: ToldFiles::default(),
        }
    }

    /// How many ended; none where the engine forgets them by itself.
    fn clear(
        &mut self,
        engine: &dyn SessionEngine,
        request: &ClearRequest,
    ) -> Result<Option<u64>, SessionError> {
        let moment = clock::now().before(request.older_than);
        let mut on_event = |event: ClearEvent<'_>| self.note(&event);
        let ended = if request.dry_run {
            engine.count_expired(moment, &mut on_event)
        } else {
            engine.clear_expired(moment, &mut on_event)
        };
        self.progress = None;
        ended
    }

    fn note(&mut self, event: &ClearEvent<'_>) {
        match event {
            ClearEvent::Found(count) => {
                let total = usize::try_from(*count).unwrap_or(usize::MAX);
                self.progress = Some(self.ui.progress("clearing", total));
            }
            ClearEvent::Done(count) => {
                if let Some(progress) = &self.progress {
                    progress.advance(*count);
                }
            }
            ClearEvent::Damaged(path) => self.damaged.add(|| format!("`{}`", path.display())),
            ClearEvent::Unreadable { path, source } => {
                let told = || format!("`{}`: {source}", path.display());
                self.unreadable.add(told);
            }
        }
    }

    fn warn(&self) {
        let files = |told: &ToldFiles, what: &str| {
            if told.count > 0 {
                let message = format!("{} {what}; {}", text::count(told.count, "file"), told.first);
                self.ui.warn(message, &[]);
            }
        };
        files(
            &self.damaged,
            "without a session, which ends after `cookie_age`",
        );
        files(&self.unreadable, "could not be read and stayed");
    }
}

impl ToldFiles {
    fn add(&mut self, told: impl FnOnce() -> String) {
        if self.count == 0 {
            self.first = told();
        }
        self.count += 1;
    }
}

/// What became of the sessions that ended.
#[derive(Debug, Serialize)]
pub(crate) struct ClearSessionsOutcome {
    dry_run: bool,
    /// How many ended.
    ended: u64,
    deleted: u64,
    /// Files that do not hold a session.
    damaged: usize,
    unreadable: usize,
    engine: String,
    /// Whether there is nothing to clear, ever.
    #[serde(skip)]
    forgets_by_itself: bool,
    /// Whether a class of the project keeps them, which may not say how many ended.
    #[serde(skip)]
    is_own: bool,
}

impl fmt::Display for ClearSessionsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = &self.engine;
        if self.forgets_by_itself && self.is_own {
            if self.dry_run {
                return write!(
                    f,
                    "the engine `{engine}` cannot tell how many sessions have ended"
                );
            }
            return write!(f, "the engine `{engine}` has cleared its sessions");
        }
        if self.forgets_by_itself {
            return write!(
                f,
                "sessions of the engine `{engine}` are forgotten without this"
            );
        }
        let ended = usize::try_from(self.ended).unwrap_or(usize::MAX);
        let sessions = text::count(ended, "ended session");
        match (self.ended, self.dry_run) {
            (0, _) => f.write_str("no session has ended"),
            (_, true) => write!(f, "would delete {sessions}"),
            (_, false) => write!(f, "deleted {sessions}"),
        }
    }
}
