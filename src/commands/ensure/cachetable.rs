//! `djr ensure cachetable`.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::cache::CacheTable;
use crate::commands::createcachetable;
use crate::commands::ensure::outcome::report;
use crate::commands::options::WriteArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::Database;
use crate::text;
use crate::ui::Ui;

/// Make sure that the caches that are kept in a database have their tables
#[derive(Args, Debug)]
pub(super) struct EnsureCacheTableArgs {
    /// The tables; without any, those that `[caches]` names
    #[arg(value_name = "CACHE_TABLE")]
    tables: Vec<String>,
    /// Change nothing; exit with 1 if something would be changed
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    database: WriteArgs,
}

pub(super) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &EnsureCacheTableArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let database = args.database.find(&project)?;
    let tables = createcachetable::tables(&project, &args.tables);
    let tables = tables
        .iter()
        .map(|table| ensure(table, &database, args.check));
    let tables = tables.collect::<Result<Vec<_>, _>>()?;
    let outcome = EnsureCacheTableOutcome {
        changed: tables.iter().any(|table| table.created),
        kind: "cachetable",
        tables,
        checked: args.check,
    };
    report(ui, &outcome, args.check && outcome.changed)
}

fn ensure(
    table: &CacheTable,
    database: &Database,
    check: bool,
) -> Result<EnsuredTable, CommandError> {
    let created = if check {
        !table.exists_in(database)?
    } else {
        table.create(database)?
    };
    let name = table.name().to_owned();
    Ok(EnsuredTable { name, created })
}

#[derive(Debug, Serialize)]
struct EnsureCacheTableOutcome {
    changed: bool,
    kind: &'static str,
    tables: Vec<EnsuredTable>,
    /// Whether nothing was written.
    checked: bool,
}

/// A table, and whether it was, or with `--check` would be, created.
#[derive(Debug, Serialize)]
struct EnsuredTable {
    name: String,
    created: bool,
}

impl fmt::Display for EnsureCacheTableOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let created = self.tables.iter().filter(|table| table.created);
        let created = text::quoted(created.map(|table| table.name.as_str()));
        match (self.tables.is_empty(), self.changed, self.checked) {
            (true, ..) => {
                f.write_str("nothing to do: no cache of the settings is kept in a database")
            }
            (_, false, _) => f.write_str("nothing to do: every cache table is there"),
            (_, true, false) => write!(f, "created the cache table {created}"),
            (_, true, true) => write!(f, "would create the cache table {created}"),
        }
    }
}
