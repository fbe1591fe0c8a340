//! `djr createcachetable`: makes the tables of database caches.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::cache::{self, CacheTable, CacheTableError};
use crate::commands::options::WriteArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::{Database, DatabaseAlias};
use crate::project::Project;
use crate::ui::Ui;

/// Create the tables of the caches that are kept in a database
///
/// Tables that are there already stay as they are.
#[derive(Args, Debug)]
pub(crate) struct CreateCacheTableArgs {
    /// Tables to create; without any, those that `[caches]` names
    #[arg(value_name = "CACHE_TABLE")]
    tables: Vec<String>,
    /// Print the SQL and change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    #[command(flatten)]
    database: WriteArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &CreateCacheTableArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let database = args.database.find(&project)?;
    let tables = tables(&project, &args.tables);
    let outcome = CreateCacheTableOutcome {
        dry_run: args.dry_run,
        tables: tables
            .iter()
            .map(|table| create_or_preview(table, &database, args.dry_run))
            .collect::<Result<_, _>>()?,
    };
    Ok(ui.result(&outcome)?)
}

/// The tables that are called `names`; without any, those of the caches of `project`.
pub(crate) fn tables(project: &Project, names: &[String]) -> Vec<CacheTable> {
    match names {
        [] => cache::tables(&project.settings),
        names => names.iter().map(CacheTable::new).collect(),
    }
}

/// Makes the tables that the settings of `project` name, for `djr up`; returns the new ones' names.
pub(crate) fn create_missing(project: &Project) -> Result<Vec<String>, CommandError> {
    let database = project.database(&DatabaseAlias::default())?;
    let mut made = Vec::new();
    for table in cache::tables(&project.settings) {
        if table.create(&database)? {
            made.push(table.name().to_owned());
        }
    }
    Ok(made)
}

fn create_or_preview(
    table: &CacheTable,
    database: &Database,
    dry_run: bool,
) -> Result<CacheTableOutcome, CacheTableError> {
    let made = if dry_run {
        !table.exists_in(database)?
    } else {
        table.create(database)?
    };
    Ok(CacheTableOutcome {
        name: table.name().to_owned(),
        created: made && !dry_run,
        sql: (made && dry_run).then(|| table.statements(database.dialect()).to_vec()),
    })
}

#[derive(Debug, Serialize)]
struct CreateCacheTableOutcome {
    dry_run: bool,
    tables: Vec<CacheTableOutcome>,
}

#[derive(Debug, Serialize)]
struct CacheTableOutcome {
    name: String,
    created: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<Vec<String>>,
}

impl fmt::Display for CreateCacheTableOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tables.is_empty() {
            return f.write_str("no cache of the settings is kept in a database");
        }
        let lines: Vec<_> = self.tables.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl fmt::Display for CacheTableOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.sql {
            Some(statements) => write!(f, "{};", statements.join(";\n")),
            None if self.created => write!(f, "created cache table `{name}`"),
            None => write!(f, "cache table `{name}` exists already"),
        }
    }
}
