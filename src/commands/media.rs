//! `djr media`: the files of rows, as far as they and their rows have lost each other.

use std::fmt;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::clock::Moment;
use crate::commands::confirm::confirm_destructive;
use crate::commands::options::{self, DatabaseArgs, NoInputArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::storage::{MissingFile, OrphanFile, OrphanReport, OrphanSearch};
use crate::text;
use crate::ui::Ui;

/// Look after the files of rows
#[derive(Args, Debug)]
pub(crate) struct MediaArgs {
    #[command(subcommand)]
    action: MediaAction,
}

#[derive(Debug, Subcommand)]
enum MediaAction {
    Orphans(OrphansArgs),
}

/// List files that no row names, and rows whose files are missing
///
/// A file goes with the last row that names it. What is left was put there by other means, by a server that was killed, or
/// belonged to rows that were deleted past the server. Files that are young are left out: their rows may still be written.
#[derive(Args, Debug)]
struct OrphansArgs {
    /// Delete the files that no row names
    #[arg(long)]
    delete: bool,
    /// Only files older than this: a number of seconds, or one with `m`, `h`, `d` or `w`
    #[arg(long, value_name = "TIME", value_parser = options::time, default_value = "1h")]
    older_than: Duration,
    /// Only this storage, by its name in the settings
    #[arg(long, value_name = "STORAGE")]
    storage: Option<String>,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &MediaArgs) -> Result<(), CommandError> {
    let MediaAction::Orphans(args) = &args.action;
    let project = global.project()?;
    let (storages, registry) = (project.storages()?, project.models()?);
    let connection = args.database.open_read_only(&project)?;
    let search = OrphanSearch {
        storages: &storages,
        registry: &registry,
        connection: &connection,
        older_than: args.older_than,
    };
    let report = search.run(args.storage.as_deref())?;
    let mut outcome = OrphansOutcome::new(&report);
    if args.delete && !report.orphans.is_empty() {
        let count = text::count(report.orphans.len(), "file");
        if ui.is_interactive() && !args.input.noinput {
            for orphan in &outcome.orphans {
                ui.status(orphan);
            }
        }
        let consequence = format!("deletes {count} that no row names");
        confirm_destructive(ui, &args.input, &consequence, &format!("Delete {count}?"))?;
        outcome.deleted = Some(search.delete(&report.orphans)?);
    } else if args.delete {
        outcome.deleted = Some(0);
    }
    Ok(ui.result(&outcome)?)
}

/// What was found, and what became of it.
#[derive(Debug, Serialize)]
struct OrphansOutcome {
    orphans: Vec<ListedOrphan>,
    missing: Vec<ListedMissing>,
    files: usize,
    young: usize,
    /// How many files were deleted, where that was asked for.
    deleted: Option<usize>,
}

#[derive(Debug, Serialize)]
struct ListedOrphan {
    storage: String,
    name: String,
    size: u64,
    modified: String,
}

#[derive(Debug, Serialize)]
struct ListedMissing {
    storage: String,
    name: String,
    model: String,
    key: String,
    field: String,
}

impl OrphansOutcome {
    fn new(report: &OrphanReport) -> Self {
        Self {
            orphans: report.orphans.iter().map(ListedOrphan::new).collect(),
            missing: report.missing.iter().map(ListedMissing::new).collect(),
            files: report.files,
            young: report.young,
            deleted: None,
        }
    }

    fn bytes(&self) -> u128 {
        let sizes = self.orphans.iter().map(|orphan| u128::from(orphan.size));
        sizes.sum()
    }
}

impl ListedOrphan {
    fn new(orphan: &OrphanFile) -> Self {
        let metadata = orphan.file.metadata;
        Self {
            storage: orphan.storage.clone(),
            name: orphan.file.name.clone(),
            size: metadata.size,
            modified: Moment::from(metadata.modified).to_rfc3339(),
        }
    }
}

impl ListedMissing {
    fn new(missing: &MissingFile) -> Self {
        Self {
            storage: missing.storage.clone(),
            name: missing.name.clone(),
            model: missing.model.clone(),
            key: missing.key.clone(),
            field: missing.field.clone(),
        }
    }
}

impl fmt::Display for ListedOrphan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            storage,
            name,
            modified,
            ..
        } = self;
        let (name, size) = (
            text::escape_control(name),
            text::file_size(u128::from(self.size)),
        );
        write!(f, "{storage}: {name} ({size}, {modified})")
    }
}

impl fmt::Display for ListedMissing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            storage,
            model,
            key,
            field,
            ..
        } = self;
        let name = text::escape_control(&self.name);
        write!(
            f,
            "{storage}: {name} is missing, the `{field}` of {model} {key}"
        )
    }
}

impl fmt::Display for OrphansOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.deleted.is_none() {
            for orphan in &self.orphans {
                writeln!(f, "{orphan}")?;
            }
        }
        for missing in &self.missing {
            writeln!(f, "{missing}")?;
        }
        let size = text::file_size(self.bytes());
        if let Some(deleted) = self.deleted {
            write!(f, "deleted {}", text::count(deleted, "file"))?;
        } else {
            let count = text::count(self.orphans.len(), "file");
            let verb = if self.orphans.len() == 1 { "is" } else { "are" };
            write!(
                f,
                "{count} of {} {verb} named by no row ({size})",
                self.files
            )?;
        }
        if !self.missing.is_empty() {
            let files = text::count(self.missing.len(), "file");
            write!(f, ", {files} of rows missing")?;
        }
        if self.young > 0 {
            write!(f, "; {} too young to tell", text::count(self.young, "file"))?;
        }
        Ok(())
    }
}
