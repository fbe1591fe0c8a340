//! `djr flush`: empties the tables of the project.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::confirm::confirm_destructive;
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::receivers::with_receivers;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::Findings;
use crate::project::FlushReport;
use crate::script::MigrateSignal;
use crate::text;
use crate::ui::Ui;

/// Delete all rows of the project's models
///
/// The tables and the record of migrations stay; content types and permissions
/// are made anew, and rows are counted from 1 again. All of it is one transaction.
#[derive(Args, Debug)]
pub(crate) struct FlushArgs {
    #[command(flatten)]
    input: NoInputArgs,
    #[command(flatten)]
    database: WriteArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &FlushArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let database = args.database.find(&project)?;
    let registry = project.models()?;
    let consequence = format!("deletes all rows in `{}`", database.path().display());
    confirm_destructive(ui, &args.input, &consequence, "Delete them for good?")?;
    let FlushReport { tables, rows } = project.flush(&registry, &database)?;
    let signal = MigrateSignal {
        using: args.database.alias(),
        verbosity: global.verbosity(),
        is_interactive: ui.is_interactive(),
        plan: None,
    };
    with_receivers(&project, |python| {
        let sent = python.map_or(Ok(()), |python| signal.send_after(python));
        Ok(sent.map_err(Findings::from)?)
    })?;
    Ok(ui.result(&FlushOutcome { tables, rows })?)
}

#[derive(Debug, Serialize)]
struct FlushOutcome {
    tables: usize,
    rows: usize,
}

impl fmt::Display for FlushOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rows, tables) = (
            text::count(self.rows, "row"),
            text::count(self.tables, "table"),
        );
        write!(f, "deleted {rows} from {tables}")
    }
}
