//! `djr makemigrations`: writes what changed in `models.toml` down as migrations.
//!
//! 1. Compare the models with what the migrations lead to.
//! 2. What only a person can decide is asked, or, without a terminal, named with the option to type.
//! 3. With `--check` or `--dry-run`, stop here.
//! 4. Look again under the lock, and write all files or none.

mod args;
mod merge;
mod outcome;
mod pending_files;
mod questions;
mod refused;

use std::collections::BTreeSet;

use crate::apps::AppSource;
use crate::commands::migration_files::{MigrationFile, built_in, check_name, lock, removal};
use crate::commands::{CommandError, GlobalArgs};
use crate::db::DatabaseAlias;
use crate::files::Journal;
use crate::migrations::{
    AutodetectorOptions, DetectedChanges, History, Migration, MigrationAnswers, MigrationError,
    Migrations, applied_migrations, detect_changes, empty_migration, updated_migration,
};
use crate::project::Project;
use crate::ui::Ui;

pub(crate) use self::args::MakeMigrationsArgs;

use self::outcome::{MigrationRefused, report};
use self::pending_files::PendingFiles;
use self::refused::ChangesRefused;

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
            pending.create(
                project,
                &empty_migration(&history, label, args.name.as_deref()),
            )?;
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
        let found = detect_changes(history, &registry, &wanted, answers)?;
        questions::check_options(&found)?;
        if let Some(refused) = ChangesRefused::of(&found, args) {
            return Err(refused.into());
        }
        let Some(question) = found.questions.first() else {
            return Ok(found);
        };
        if args.check || args.input.noinput || !ui.is_interactive() {
            return Err(questions::unanswered(args, &found.questions).into());
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
        let leaf = history.leaf_node(label);
        let Some(last) = leaf.and_then(|key| history.migrations.get(&key)) else {
            for migration in &own {
                pending.create(project, migration)?;
            }
            continue;
        };
        check_updatable(project, history, last)?;
        let migration = updated_migration(history, last, &own, args.name.as_deref());
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
        let records = applied_migrations(&connection)?.into_iter();
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
        MigrationRefused {
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
        && applied_migrations(&connection)?
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
