//! `djr makemigrations`: writes what changed in `models.toml` down as migrations.
//!
//! 1. Compare the models with what the migrations lead to.
//! 2. What only a person can decide is asked, or, without a terminal, named with the option to type.
//! 3. With `--check` or `--dry-run`, stop here.
//! 4. Look again under the lock, and write all files or none.

mod merge;
mod outcome;
mod questions;

use std::collections::BTreeSet;

use clap::Args;

use crate::apps::AppSource;
use crate::commands::migration_files::{MigrationFile, built_in, check_name, lock, removal};
use crate::commands::options::NoInputArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::DatabaseAlias;
use crate::diagnostic::{Finding, Findings};
use crate::files::{FileChange, Journal};
use crate::migrations::{
    AutodetectorOptions, DetectedChanges, History, Migration, MigrationAnswers, MigrationError,
    Migrations, applied, detect, empty, updated,
};
use crate::project::Project;
use crate::ui::Ui;

use self::outcome::{MakeMigrationsOutcome, MissingMigrations};

/// Write what changed in the models as migrations
///
/// Compares `models.toml` of every app with what its migrations lead to, and writes the difference
/// as new files: all of them, or none. Nothing touches the database; `djr migrate` does.
/// Where only a person can tell a new name from a new thing, or what existing rows get, it asks;
/// without a terminal it stops with exit code 3 and prints the options to choose from.
#[derive(Args, Debug)]
pub(crate) struct MakeMigrationsArgs {
    /// Only these apps, and what they need
    #[arg(value_name = "APP")]
    app_labels: Vec<String>,
    /// Exit with 1 if models changed; write nothing
    #[arg(long)]
    check: bool,
    /// Print what would be written, and write nothing; with `-v 2`, the files themselves
    #[arg(long)]
    dry_run: bool,
    /// The name of the new migrations, after the number
    #[arg(short, long)]
    name: Option<String>,
    /// Write a migration without operations for each APP, to be filled by hand
    #[arg(long, requires = "app_labels", conflicts_with_all = ["merge", "update"])]
    empty: bool,
    /// Join the last migrations of an app that has more than one
    #[arg(long, conflicts_with = "update")]
    merge: bool,
    /// Add the changes to the last migration instead, which must not be applied yet
    #[arg(long)]
    update: bool,
    /// A model or field has another name now: `posts.Post.title=headline`, `posts.Post=Article`
    #[arg(long, value_name = "OLD=NEW")]
    rename: Vec<String>,
    /// The new one is not the old one: `posts.Post.title=headline`, or `posts.Post.title` for any
    #[arg(long, value_name = "OLD[=NEW]")]
    no_rename: Vec<String>,
    /// What existing rows get in a new column, as TOML: `posts.Post.slug='""'`
    #[arg(long, value_name = "FIELD=VALUE")]
    default: Vec<String>,
    /// No row lacks a value in a column that may have been null: `posts.Post.slug`
    #[arg(long, value_name = "FIELD")]
    no_default: Vec<String>,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &MakeMigrationsArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    check_name(args.name.as_deref())?;
    check_labels(&project, &args.app_labels)?;
    if args.merge {
        return merge::run(ui, &project, args);
    }
    let mut answers = questions::answers_from_options(args)?;
    if !args.check && !args.dry_run {
        // Half of the files of a run that was killed would pass for migrations.
        Journal::recover(&project.root)?;
    }
    let pending = find(ui, &project, args, &mut answers)?;
    if args.check || args.dry_run || pending.is_empty() {
        return report(ui, args, pending);
    }
    // Another process may have written the same meanwhile.
    let journal = lock(&project)?;
    let pending = find(ui, &project, args, &mut answers)?;
    journal.apply(&pending.changes)?;
    report(ui, args, pending)
}

/// Files to write.
#[derive(Default)]
struct PendingFiles {
    files: Vec<MigrationFile>,
    changes: Vec<FileChange>,
    warnings: Vec<String>,
}

impl PendingFiles {
    fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn create(&mut self, project: &Project, migration: &Migration) -> Result<(), CommandError> {
        let file = MigrationFile::new(project, migration)?;
        self.changes.push(file.creation());
        self.files.push(file);
        Ok(())
    }
}

fn find(
    ui: &Ui,
    project: &Project,
    args: &MakeMigrationsArgs,
    answers: &mut MigrationAnswers,
) -> Result<PendingFiles, CommandError> {
    let migrations = project.migrations()?;
    let history = History::new(&migrations, [])?;
    history.check()?;
    check_consistent_history(project, &migrations)?;
    let mut pending = PendingFiles::default();
    if args.empty {
        for label in &args.app_labels {
            pending.create(project, &empty(&history, label, args.name.as_deref()))?;
        }
        return Ok(pending);
    }
    let found = detected(ui, project, &history, args, answers)?;
    pending.warnings = found.warnings;
    if args.update {
        update(project, &history, &found.migrations, args, &mut pending)?;
    } else {
        for migration in &found.migrations {
            pending.create(project, migration)?;
        }
    }
    Ok(pending)
}

/// What changed, once all questions have answers.
fn detected(
    ui: &Ui,
    project: &Project,
    history: &History<'_>,
    args: &MakeMigrationsArgs,
    answers: &mut MigrationAnswers,
) -> Result<DetectedChanges, CommandError> {
    let registry = project.models()?;
    let wanted = AutodetectorOptions {
        labels: writable(project),
        only: args.app_labels.clone(),
        name: args.name.clone(),
    };
    loop {
        let found = detect(history, &registry, &wanted, answers)?;
        questions::check_options(&found)?;
        let Some(question) = found.questions.first() else {
            return Ok(found);
        };
        if args.input.noinput || !ui.is_interactive() {
            return Err(questions::unanswered(&found.questions).into());
        }
        questions::ask(ui, question, answers)?;
    }
}

/// Puts what changed into the last migration of each app.
fn update(
    project: &Project,
    history: &History<'_>,
    new: &[Migration],
    args: &MakeMigrationsArgs,
    pending: &mut PendingFiles,
) -> Result<(), CommandError> {
    let mut labels: Vec<_> = new.iter().map(|found| &found.key.app_label).collect();
    labels.dedup();
    for label in labels {
        let own = new.iter().filter(|found| found.key.app_label == *label);
        let own: Vec<_> = own.cloned().collect();
        let leaf = history.leaf(label);
        let Some(last) = leaf.and_then(|key| history.migrations.get(&key)) else {
            for migration in &own {
                pending.create(project, migration)?;
            }
            continue;
        };
        check_updatable(project, history, last)?;
        let migration = updated(history, last, &own, args.name.as_deref());
        let file = MigrationFile::new(project, &migration)?;
        if migration.key == last.key {
            pending.changes.push(file.replacement(project)?);
        } else {
            pending.changes.push(file.creation());
            pending.changes.push(removal(project, &last.key)?);
        }
        pending.files.push(file);
    }
    Ok(())
}

/// Fails where the database has a migration without one that it needs.
fn check_consistent_history(
    project: &Project,
    migrations: &Migrations,
) -> Result<(), CommandError> {
    let database = project.database(&DatabaseAlias::new("default"))?;
    if let Some(connection) = database.open_read_only()? {
        let records = applied(&connection)?.into_iter();
        History::new(migrations, records.map(|record| record.key))?.check()?;
    }
    Ok(())
}

/// Refuses to change what a database or another migration builds on.
fn check_updatable(
    project: &Project,
    history: &History<'_>,
    last: &Migration,
) -> Result<(), CommandError> {
    let key = &last.key;
    let refuse = |message: String| -> CommandError {
        let hint = "leave `--update` out: a new migration is written";
        Refused {
            message,
            hint: hint.to_owned(),
        }
        .into()
    };
    if !last.replaces.is_empty() {
        return Err(refuse(format!("`{key}` stands for other migrations")));
    }
    if let Some(child) = history.children(key).next() {
        return Err(refuse(format!("`{child}` needs `{key}` as it is")));
    }
    let database = project.database(&DatabaseAlias::new("default"))?;
    if let Some(connection) = database.open_read_only()?
        && applied(&connection)?
            .iter()
            .any(|record| record.key == *key)
    {
        return Err(refuse(format!("`{key}` is applied")));
    }
    Ok(())
}

/// The labels of the apps whose migrations can be written.
fn writable(project: &Project) -> BTreeSet<String> {
    let apps = project.apps.iter();
    apps.filter(|app| matches!(app.source, AppSource::Disk(_)))
        .map(|app| app.label.to_string())
        .collect()
}

fn check_labels(project: &Project, labels: &[String]) -> Result<(), CommandError> {
    for label in labels {
        match project.apps.get(label).map(|app| &app.source) {
            Some(AppSource::Disk(_)) => {}
            Some(AppSource::Embedded(_)) => return Err(built_in(label).into()),
            None => {
                return Err(MigrationError::UnknownApp {
                    label: label.clone(),
                    installed: writable(project).into_iter().collect(),
                }
                .into());
            }
        }
    }
    Ok(())
}

fn report(ui: &Ui, args: &MakeMigrationsArgs, pending: PendingFiles) -> Result<(), CommandError> {
    let outcome = MakeMigrationsOutcome {
        written: !args.check && !args.dry_run && !pending.is_empty(),
        shows_content: args.dry_run && ui.is_verbose(),
        migrations: pending.files,
        warnings: pending.warnings,
    };
    for warning in &outcome.warnings {
        ui.warn(warning, &[]);
    }
    let count = outcome.migrations.len();
    ui.result(&outcome)?;
    if args.check && count > 0 {
        return Err(MissingMigrations(count).into());
    }
    if outcome.written {
        ui.status("next: `djr migrate`");
    }
    Ok(())
}

/// A change of migrations that is refused.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Refused {
    message: String,
    hint: String,
}

impl crate::diagnostic::Diagnostic for Refused {
    fn hints(&self) -> Vec<String> {
        vec![self.hint.clone()]
    }

    fn exit_code(&self) -> crate::diagnostic::ExitCode {
        crate::diagnostic::ExitCode::Refused
    }
}

/// One finding as an error.
fn usage(finding: Finding) -> CommandError {
    Findings::from(finding).into()
}
