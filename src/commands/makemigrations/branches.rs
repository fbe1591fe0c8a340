//! `djr makemigrations --merge`: joins what two people wrote after the same migration.

use crate::commands::CommandError;
use crate::commands::makemigrations::{MakeMigrationsArgs, Refused, Work, report};
use crate::commands::migration_files::lock;
use crate::migrations::operations::Operation;
use crate::migrations::{History, Merge, merges};
use crate::project::Project;
use crate::text;
use crate::ui::Ui;

pub(super) fn run(
    ui: &Ui,
    project: &Project,
    args: &MakeMigrationsArgs,
) -> Result<(), CommandError> {
    let found = find(project, args)?;
    for merge in &found {
        tell(ui, merge);
        decide(ui, args, merge)?;
    }
    if args.check || args.dry_run || found.is_empty() {
        return report(ui, args, work(project, &found)?);
    }
    let journal = lock(project)?;
    let work = work(project, &find(project, args)?)?;
    journal.apply(&work.changes)?;
    report(ui, args, work)
}

fn find(project: &Project, args: &MakeMigrationsArgs) -> Result<Vec<Merge>, CommandError> {
    let migrations = project.migrations()?;
    let history = History::new(&migrations, [])?;
    let mut found = merges(&history, args.name.as_deref());
    let labels = &args.app_labels;
    found.retain(|merge| labels.is_empty() || labels.contains(&merge.migration.key.app_label));
    Ok(found)
}

fn work(project: &Project, found: &[Merge]) -> Result<Work, CommandError> {
    let mut work = Work::default();
    for merge in found {
        work.create(project, &merge.migration)?;
    }
    Ok(work)
}

fn tell(ui: &Ui, merge: &Merge) {
    for branch in &merge.branches {
        ui.status(format!("{} does:", branch.leaf));
        for operation in branch.operations.iter().map(Operation::describe) {
            ui.status(format!("    {operation}"));
        }
    }
}

/// Branches that change the same are joined only by somebody who looked.
fn decide(ui: &Ui, args: &MakeMigrationsArgs, merge: &Merge) -> Result<(), CommandError> {
    if merge.clashes.is_empty() {
        return Ok(());
    }
    let clashes = text::quoted(merge.clashes.iter().map(String::as_str));
    let label = &merge.migration.key.app_label;
    let message = format!("more than one branch of `{label}` changes {clashes}");
    if !args.input.noinput && ui.is_interactive() {
        ui.warn(&message, &[]);
        if ui.confirm("join them all the same, in whichever order they are applied?")? {
            return Ok(());
        }
    }
    let hint = "let one of them depend on the other: put its name in their `dependencies`";
    Err(Refused {
        message,
        hint: hint.to_owned(),
    }
    .into())
}
