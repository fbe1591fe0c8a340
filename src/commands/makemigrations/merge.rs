//! `djr makemigrations --merge`: merges the branches that two people began after the same migration.

use crate::commands::CommandError;
use crate::commands::confirm::confirm_or;
use crate::commands::makemigrations::args::MakeMigrationsArgs;
use crate::commands::makemigrations::outcome::{MigrationRefused, report};
use crate::commands::makemigrations::pending_files::PendingFiles;
use crate::commands::migration_files::lock;
use crate::migrations::operations::Operation;
use crate::migrations::{History, MergeMigration, merge_migrations};
use crate::project::Project;
use crate::text;
use crate::ui::Ui;

pub(super) fn run(
    ui: &Ui,
    project: &Project,
    args: &MakeMigrationsArgs,
) -> Result<(), CommandError> {
    let found = find_merges(project, args)?;
    for merge in &found {
        describe_branches(ui, merge);
        confirm_merge(ui, args, merge)?;
    }
    if args.check || args.dry_run || found.is_empty() {
        return report(ui, args, pending(project, &found)?);
    }
    let journal = lock(project)?;
    let pending = pending(project, &find_merges(project, args)?)?;
    journal.apply(&pending.changes)?;
    report(ui, args, pending)
}

fn find_merges(
    project: &Project,
    args: &MakeMigrationsArgs,
) -> Result<Vec<MergeMigration>, CommandError> {
    let migrations = project.migrations()?;
    let history = History::new(&migrations, [])?;
    let mut found = merge_migrations(&history, args.name.as_deref());
    let labels = &args.app_labels;
    found.retain(|merge| labels.is_empty() || labels.contains(&merge.migration.key.app_label));
    Ok(found)
}

fn pending(project: &Project, found: &[MergeMigration]) -> Result<PendingFiles, CommandError> {
    let mut pending = PendingFiles::default();
    for merge in found {
        pending.create(project, &merge.migration)?;
    }
    Ok(pending)
}

fn describe_branches(ui: &Ui, merge: &MergeMigration) {
    for branch in &merge.branches {
        ui.status(format!("{} does:", branch.leaf));
        for operation in branch.operations.iter().map(Operation::describe) {
            ui.status(format!("    {operation}"));
        }
    }
}

/// Asks before branches that change the same thing are merged.
fn confirm_merge(
    ui: &Ui,
    args: &MakeMigrationsArgs,
    merge: &MergeMigration,
) -> Result<(), CommandError> {
    if merge.clashes.is_empty() {
        return Ok(());
    }
    let clashes = text::quoted(merge.clashes.iter().map(String::as_str));
    let label = &merge.migration.key.app_label;
    let message = format!("more than one branch of `{label}` changes {clashes}");
    let refusal = MigrationRefused {
        message,
        hint: "let one of them depend on the other: put its name in their `dependencies`"
            .to_owned(),
    };
    if args.input.noinput || !ui.is_interactive() {
        return Err(refusal.into());
    }
    ui.warn(&refusal, &[]);
    let question = "join them all the same, in whichever order they are applied?";
    confirm_or(ui, question, refusal)
}
