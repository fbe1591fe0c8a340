//! `djr remove_stale_contenttypes`: deletes content types whose models are gone.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::confirm::Unconfirmed;
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::contenttypes::{StaleContentType, delete_stale, find_stale};
use crate::db::Connection;
use crate::models::Registry;
use crate::text;
use crate::ui::Ui;

/// Delete content types whose models are gone
///
/// Rows that depend on them go too, permissions among them; they are named
/// first. Apps that are not installed are left alone unless asked for.
#[derive(Args, Debug)]
pub(crate) struct RemoveStaleContentTypesArgs {
    /// Delete those of apps that are not installed, too
    #[arg(long)]
    include_stale_apps: bool,
    #[command(flatten)]
    input: NoInputArgs,
    #[command(flatten)]
    database: WriteArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &RemoveStaleContentTypesArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let registry = project.models()?;
    let labels: Vec<_> = project.apps.labels().collect();
    let connection = args.database.open(&project)?;
    let found = find_stale(&registry, &labels, &connection, args.include_stale_apps)?;
    if !args.input.noinput && !found.is_empty() && !ui.is_interactive() {
        let described: Vec<_> = found.iter().map(described).collect();
        return Err(Unconfirmed::NoTerminal(format!("deletes {}", described.join("; "))).into());
    }
    let removed = remove(ui, &registry, &connection, &found, args.input.noinput)?;
    if removed.is_empty() && !found.is_empty() {
        return Err(Unconfirmed::Declined.into());
    }
    Ok(ui.result(&RemoveStaleContentTypesOutcome { removed })?)
}

/// Deletes stale content types, app by app, each after a confirmation; returns what was deleted.
fn remove(
    ui: &Ui,
    registry: &Registry,
    connection: &Connection,
    found: &[StaleContentType],
    noinput: bool,
) -> Result<Vec<String>, CommandError> {
    let mut removed = Vec::new();
    for group in found.chunk_by(|left, right| left.key.app_label == right.key.app_label) {
        if !noinput {
            for stale in group {
                ui.status(described(stale));
            }
            let label = &group[0].key.app_label;
            if !ui.confirm(&format!("delete these content types of `{label}`?"))? {
                continue;
            }
        }
        delete_stale(registry, connection, &group.iter().collect::<Vec<_>>())?;
        removed.extend(group.iter().map(|stale| stale.key.to_string()));
    }
    Ok(removed)
}

/// A content type and what is deleted with it, in one line.
fn described(stale: &StaleContentType) -> String {
    let dependents = stale.dependents.iter();
    let dependents: Vec<_> = dependents
        .map(|(label, count)| format!("{count} of {label}"))
        .collect();
    match &*dependents {
        [] => format!("content type `{}`", stale.key),
        some => format!("content type `{}`, and {}", stale.key, some.join(", ")),
    }
}

#[derive(Debug, Serialize)]
struct RemoveStaleContentTypesOutcome {
    removed: Vec<String>,
}

impl fmt::Display for RemoveStaleContentTypesOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.removed.is_empty() {
            return f.write_str("no content type was deleted");
        }
        let names = text::quoted(self.removed.iter().map(String::as_str));
        write!(f, "deleted {names}")
    }
}
