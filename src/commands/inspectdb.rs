//! `djr inspectdb`: writes models for tables that are there already.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::options::DatabaseArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Finding, Findings};
use crate::inspectdb::{
    GuessedModel, InspectOptions, Inspection, UnreadableRelation, inspect, known_models,
};
use crate::ui::Ui;

/// What stands above the models.
const HEADER: &str = "\
# Guessed from the tables of a database. Look it over:
#   * put the models into an order that reads well
#   * each reference should have the `on_delete` that is meant
#   * without `managed = false`, migrations make and change the table
# Models and fields may be renamed, but not `db_table` and `db_column`.
";

/// Write models for the tables that a database has already
///
/// The text is that of a `models.toml`. Tables of installed models are left
/// out, unless they are named.
#[derive(Args, Debug)]
pub(crate) struct InspectDbArgs {
    /// Tables and views; without any, all tables that have no model yet
    #[arg(value_name = "TABLE")]
    tables: Vec<String>,
    /// Write models for views, too
    #[arg(long)]
    include_views: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &InspectDbArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let connection = args.database.open_read_only(&project)?;
    let wanted = InspectOptions {
        names: args.tables.clone(),
        views: args.include_views,
        known: known_models(&project.models()?)?,
    };
    let Inspection {
        models: guesses,
        missing,
        unreadable,
    } = inspect(&connection, &wanted)?;
    if let Some(findings) = unknown(&missing) {
        return Err(findings.into());
    }
    let warnings: Vec<_> = unreadable.iter().map(left_out).collect();
    ui.findings(&warnings);
    if guesses.is_empty() && !ui.is_json() {
        ui.status("every table has a model");
        return Ok(());
    }
    Ok(ui.result(&InspectDbOutcome::new(&guesses))?)
}

fn unknown(missing: &[String]) -> Option<Findings> {
    let findings = missing.iter().map(|name| {
        let message = format!("there is no table or view `{name}`");
        Finding::error("unknown-table", message)
    });
    Findings::new(findings.collect())
}

fn left_out(relation: &UnreadableRelation) -> Finding {
    let UnreadableRelation { name, reason } = relation;
    let message = format!("`{name}` is left out, since it cannot be read: {reason}");
    Finding::warning("unreadable-relation", message)
}

#[derive(Debug, Serialize)]
struct InspectDbOutcome {
    models: Vec<InspectedModel>,
}

#[derive(Debug, Serialize)]
struct InspectedModel {
    table: String,
    name: String,
    toml: String,
}

impl InspectDbOutcome {
    fn new(guesses: &[GuessedModel]) -> Self {
        let models = guesses.iter().map(|guess| InspectedModel {
            table: guess.table.clone(),
            name: guess.model.clone(),
            toml: guess.toml.clone(),
        });
        Self {
            models: models.collect(),
        }
    }
}

impl fmt::Display for InspectDbOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        for model in &self.models {
            write!(f, "\n{}", model.toml)?;
        }
        Ok(())
    }
}
