//! `djr undo`: puts a database back to what it was before a migration took something from it.
//!
//! 1. Find the snapshot: by name, or the newest one of a migration.
//! 2. Under the lock, compare what the database holds with what the migration left.
//! 3. Take a snapshot of now, and put the old one in its place.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::db::DatabaseAlias;
use crate::project::{Snapshot, SnapshotReason};
use crate::text;
use crate::ui::Ui;

/// Put a database back to a snapshot from before a migration
///
/// `djr migrate` takes a snapshot of a database before rows lose a column, a
/// table or precision. This command puts the newest one back, the record of
/// migrations included, and takes a snapshot of now first. It stops if
/// something was written since, which would be lost.
#[derive(Args, Debug)]
pub(crate) struct UndoArgs {
    /// The snapshot, or a unique beginning of its name; without it, the newest one of a migration
    #[arg(value_name = "SNAPSHOT")]
    name: Option<String>,
    /// List the snapshots, the newest first
    #[arg(long, conflicts_with_all = ["name", "discard_later_writes"])]
    list: bool,
    /// Go back even if that loses what was written since
    #[arg(long)]
    discard_later_writes: bool,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &UndoArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let alias = args.database.alias();
    let database = args.database.find(&project)?;
    let snapshots = project.snapshots(&alias, &database);
    if args.list {
        let listed = snapshots.list()?.iter().map(ListedSnapshot::new).collect();
        ui.result(&SnapshotList { snapshots: listed })?;
        return Ok(());
    }
    let snapshot = snapshots.find(args.name.as_deref())?;
    let replaced = snapshots.restore(&snapshot, args.discard_later_writes)?;
    ui.result(&UndoOutcome {
        database: alias,
        restored: ListedSnapshot::new(&snapshot),
        saved: replaced.map(|replaced| replaced.name),
    })?;
    Ok(())
}

/// The snapshots there are.
#[derive(Debug, Serialize)]
struct SnapshotList {
    snapshots: Vec<ListedSnapshot>,
}

/// One snapshot.
#[derive(Debug, Serialize)]
struct ListedSnapshot {
    name: String,
    taken: String,
    bytes: u64,
    reason: SnapshotReason,
}

impl ListedSnapshot {
    fn new(snapshot: &Snapshot) -> Self {
        Self {
            name: snapshot.name.clone(),
            taken: snapshot.record.taken.clone(),
            bytes: snapshot.size,
            reason: snapshot.record.reason.clone(),
        }
    }
}

/// What was put back.
#[derive(Debug, Serialize)]
struct UndoOutcome {
    #[serde(skip)]
    database: DatabaseAlias,
    restored: ListedSnapshot,
    /// The snapshot of what was there; none where that was the same.
    saved: Option<String>,
}

impl fmt::Display for SnapshotList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.snapshots.is_empty() {
            return f.write_str("no snapshots");
        }
        let lines: Vec<_> = self.snapshots.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl fmt::Display for ListedSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, taken, .. } = self;
        let kibibytes = self.bytes.div_ceil(1024);
        write!(f, "{name}\n    {taken}, {kibibytes} KiB, ")?;
        let migrations = |keys: &[String]| text::quoted(keys.iter().map(String::as_str));
        match &self.reason {
            SnapshotReason::Apply(keys) => write!(f, "before applying {}", migrations(keys)),
            SnapshotReason::Unapply(keys) => write!(f, "before undoing {}", migrations(keys)),
            SnapshotReason::Undo(name) => write!(f, "before going back to `{name}`"),
        }
    }
}

impl fmt::Display for UndoOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            restored, saved, ..
        } = self;
        let Some(saved) = saved else {
            let name = &restored.name;
            return write!(f, "nothing to undo: the database holds what `{name}` holds");
        };
        let option = self.database.option();
        writeln!(f, "put back `{}`", restored.name)?;
        write!(
            f,
            "what was there is saved: `djr undo {saved}{option}` brings it back"
        )?;
        if let SnapshotReason::Apply(keys) = &restored.reason {
            let count = text::count(keys.len(), "migration");
            write!(f, "\n{count} to run again: `djr migrate{option}`")?;
        }
        Ok(())
    }
}
