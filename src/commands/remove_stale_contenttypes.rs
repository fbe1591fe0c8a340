//! `djr remove_stale_contenttypes`: deletes content types whose models are gone.

use std::collections::BTreeSet;
use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::confirm::Unconfirmed;
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::contenttypes::{
    ContentTypesWithoutModel, StaleContentType, StaleSelection, delete_stale, find_stale,
};
use crate::db::Connection;
use crate::diagnostic::{Finding, Findings};
use crate::models::{ModelKey, Registry};
use crate::text;
use crate::ui::Ui;

/// Delete content types whose models are gone
///
/// Rows that depend on them go too, permissions among them; they are named
/// first. What no migration of the installed apps ever made is left alone and
/// named: Django may use it, for a proxy or for an app of its own.
#[derive(Args, Debug)]
pub(crate) struct RemoveStaleContentTypesArgs {
    /// Content types without a model that are deleted whoever made them
    #[arg(value_name = "APP.MODEL")]
    content_types: Vec<String>,
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
    let connection = args.database.open(&project)?;
    let selection = StaleSelection {
        labels: project.apps.labels().map(ToOwned::to_owned).collect(),
        made: project.migrations()?.models_ever_made(),
        all_apps: args.include_stale_apps,
        named: named(&args.content_types)?,
    };
    let ContentTypesWithoutModel { stale: found, kept } =
        find_stale(&registry, &connection, &selection)?;
    if let Some(findings) = unknown(&selection.named, &found) {
        return Err(findings.into());
    }
    if !args.input.noinput && !found.is_empty() && !ui.is_interactive() {
        let described: Vec<_> = found.iter().map(described).collect();
        return Err(Unconfirmed::NoTerminal(format!("deletes {}", described.join("; "))).into());
    }
    let removed = remove(ui, &registry, &connection, &found, args.input.noinput)?;
    if removed.is_empty() && !found.is_empty() {
        return Err(Unconfirmed::Declined.into());
    }
    let kept = kept.iter().map(ToString::to_string).collect();
    Ok(ui.result(&RemoveStaleContentTypesOutcome { removed, kept })?)
}

/// The content types that were named.
fn named(names: &[String]) -> Result<BTreeSet<ModelKey>, Findings> {
    let (mut keys, mut findings) = (BTreeSet::new(), Vec::new());
    for name in names {
        if let Some(key) = ModelKey::parse(name) {
            keys.insert(key);
        } else {
            let message = format!("`{name}` does not name a content type");
            let finding = Finding::error("unknown-content-type", message);
            findings.push(finding.hint("write app and model, as in `blog.post`"));
        }
    }
    Findings::new(findings).map_or(Ok(keys), Err)
}

/// What was named and is not a content type without a model.
fn unknown(named: &BTreeSet<ModelKey>, found: &[StaleContentType]) -> Option<Findings> {
    let is_unknown = |key: &&ModelKey| !found.iter().any(|stale| stale.key == **key);
    let findings = named.iter().filter(is_unknown).map(|key| {
        let message = format!("there is no content type `{key}` without a model");
        Finding::error("unknown-content-type", message)
    });
    Findings::new(findings.collect())
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
    /// Those without a model that were left alone.
    kept: Vec<String>,
}

impl fmt::Display for RemoveStaleContentTypesOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |names: &[String]| text::quoted(names.iter().map(String::as_str));
        match self.removed.as_slice() {
            [] => f.write_str("no content type was deleted")?,
            removed => write!(f, "deleted {}", quoted(removed))?,
        }
        if self.kept.is_empty() {
            return Ok(());
        }
        let kept = quoted(&self.kept);
        write!(
            f,
            "\nleft {kept}: neither models nor migrations here know of them"
        )
    }
}
