//! `djr migrate --prune` and `--accept-edits`: what changes only the record of migrations.

use crate::commands::CommandError;
use crate::commands::migrate::outcome::{AcceptEditsOutcome, PruneOutcome};
use crate::db::Database;
use crate::migrations::{History, prune_migrations};
use crate::project::Project;
use crate::ui::Ui;

/// Carries out `--accept-edits`.
pub(super) fn accept_edits(
    ui: &Ui,
    project: &Project,
    database: &Database,
) -> Result<(), CommandError> {
    let accepted = match database.open_read_only()? {
        Some(connection) if !project.edited_migrations(&connection)?.is_empty() => {
            project.accept_edits(database)?
        }
        _ => Vec::new(),
    };
    let accepted = accepted.iter().map(ToString::to_string).collect();
    Ok(ui.result(&AcceptEditsOutcome { accepted })?)
}

/// Carries out `--prune`.
pub(super) fn prune_missing(
    ui: &Ui,
    project: &Project,
    database: &Database,
    label: &str,
) -> Result<(), CommandError> {
    let migrations = project.migrations()?;
    if !migrations.is_installed(label) {
        let connection = database.open_read_only()?;
        History::read(&migrations, connection.as_ref())?.check_label(label)?;
    }
    let pruned = match database.open_read_only()? {
        Some(_) => prune_migrations(&migrations, database, label)?,
        None => Vec::new(),
    };
    let pruned = pruned.iter().map(ToString::to_string).collect();
    Ok(ui.result(&PruneOutcome { pruned })?)
}
