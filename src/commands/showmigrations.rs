//! `djr showmigrations`: lists the migrations and tells which are applied.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::options::DatabaseArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Finding, Findings};
use crate::migrations::{History, MigrationKey, Migrations, applied_migrations};
use crate::text;
use crate::ui::Ui;

const EDITED: &str = " (changed since it was applied)";

/// List the migrations and tell which are applied
///
/// `[X]` is applied, `[ ]` is not, `[-]` stands for others that are: `djr
/// migrate` will record it. With `--verbosity 2` the moment of the application,
/// or with `--plan` what each migration needs, stands beside it.
#[derive(Args, Debug)]
pub(crate) struct ShowMigrationsArgs {
    /// Only these apps
    app_label: Vec<String>,
    /// List by app (the default)
    #[arg(short, long, conflicts_with = "plan")]
    list: bool,
    /// List in the order of application
    #[arg(short, long)]
    plan: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &ShowMigrationsArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let database = args.database.find(&project)?;
    let migrations = project.migrations()?;
    check_labels(&migrations, &args.app_label)?;
    let connection = database.open_read_only()?;
    let records: BTreeMap<_, _> = match &connection {
        Some(connection) => applied_migrations(connection)?
            .into_iter()
            .map(|record| (record.key, record.applied))
            .collect(),
        None => BTreeMap::new(),
    };
    let edited = match &connection {
        Some(connection) => project.edited_migrations(connection)?,
        None => Vec::new(),
    };
    let listing = MigrationListing {
        history: &History::read(&migrations, connection.as_ref())?,
        records: &records,
        edited: edited.into_iter().collect(),
        verbose: ui.is_verbose(),
    };
    if args.plan {
        Ok(ui.result(&listing.in_order(&args.app_label))?)
    } else {
        Ok(ui.result(&listing.by_app(&args.app_label))?)
    }
}

fn check_labels(migrations: &Migrations, labels: &[String]) -> Result<(), Findings> {
    let unknown = labels
        .iter()
        .filter(|label| !migrations.is_installed(label));
    let findings = unknown.map(|label| {
        let finding = Finding::error("unknown-app", format!("no app is labelled `{label}`"));
        finding.suggest_or(
            label,
            migrations.labels(),
            format!("installed apps: {}", text::quoted(migrations.labels())),
        )
    });
    Findings::new(findings.collect()).map_or(Ok(()), Err)
}

struct MigrationListing<'l> {
    history: &'l History<'l>,
    records: &'l BTreeMap<MigrationKey, String>,
    edited: BTreeSet<MigrationKey>,
    verbose: bool,
}

impl MigrationListing<'_> {
    fn by_app(&self, labels: &[String]) -> MigrationsByApp {
        let migrations = self.history.migrations;
        let mut labels = labels.to_vec();
        if labels.is_empty() {
            labels = migrations.labels().map(ToOwned::to_owned).collect();
            labels.retain(|label| migrations.has_migrations(label));
            labels.sort();
        }
        let app = |app: String| AppMigrations {
            migrations: self
                .history
                .of_app(&app)
                .iter()
                .map(|key| self.entry(key))
                .collect(),
            app,
        };
        MigrationsByApp(labels.into_iter().map(app).collect())
    }

    fn in_order(&self, labels: &[String]) -> MigrationsInOrder {
        let keys = if labels.is_empty() {
            self.history.order()
        } else {
            self.history.leading_to(labels)
        };
        MigrationsInOrder(keys.iter().map(|key| self.entry(key)).collect())
    }

    fn entry(&self, key: &MigrationKey) -> ListedMigration {
        let record = self.records.get(key);
        let migration = self.history.migrations.get(key);
        ListedMigration {
            app: key.app_label.clone(),
            name: key.name.clone(),
            applied: self.history.is_applied(key),
            recorded: record.is_some(),
            applied_at: record.map(|moment| moment.chars().take(19).collect()),
            edited: self.edited.contains(key),
            in_effect: self
                .history
                .partial_progress(key)
                .map(|found| found.operations),
            replaces: migration.map_or(0, |migration| migration.replaces.len()),
            needs: self.history.parents(key).map(ToString::to_string).collect(),
            verbose: self.verbose,
        }
    }
}

/// A migration as it is listed.
#[derive(Debug, Serialize)]
struct ListedMigration {
    app: String,
    name: String,
    applied: bool,
    recorded: bool,
    applied_at: Option<String>,
    /// Whether its file does something else now than when it was applied.
    edited: bool,
    /// How many operations are in effect, where it is half done.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_effect: Option<usize>,
    replaces: usize,
    needs: Vec<String>,
    #[serde(skip)]
    verbose: bool,
}

impl ListedMigration {
    fn mark(&self) -> &'static str {
        match (self.applied, self.recorded) {
            (true, true) => "[X]",
            (true, false) => "[-]",
            (false, _) => "[ ]",
        }
    }
}

/// An app's migrations.
#[derive(Debug, Serialize)]
struct AppMigrations {
    app: String,
    migrations: Vec<ListedMigration>,
}

/// Migrations below the labels of their apps.
#[derive(Debug, Serialize)]
struct MigrationsByApp(Vec<AppMigrations>);

impl fmt::Display for MigrationsByApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let apps: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&apps.join("\n"))
    }
}

impl fmt::Display for AppMigrations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.app)?;
        if self.migrations.is_empty() {
            return f.write_str("\n (no migrations)");
        }
        for entry in &self.migrations {
            write!(f, "\n {} {}", entry.mark(), entry.name)?;
            if entry.replaces > 0 {
                write!(
                    f,
                    " ({})",
                    text::count(entry.replaces, "squashed migration")
                )?;
            }
            if let Some(count) = entry.in_effect {
                write!(f, " ({} in effect)", text::count(count, "operation"))?;
            }
            if entry.edited {
                f.write_str(EDITED)?;
            }
            if entry.applied && !entry.recorded {
                f.write_str(" run `djr migrate` to finish recording")?;
            }
            if let (true, Some(moment)) = (entry.verbose, &entry.applied_at) {
                write!(f, " (applied at {moment})")?;
            }
        }
        Ok(())
    }
}

/// Migrations in the order of their application.
#[derive(Debug, Serialize)]
struct MigrationsInOrder(Vec<ListedMigration>);

impl fmt::Display for MigrationsInOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("(no migrations)");
        }
        let line = |entry: &ListedMigration| {
            let needs = if entry.verbose && !entry.needs.is_empty() {
                format!(" ... ({})", entry.needs.join(", "))
            } else {
                String::new()
            };
            let edited = if entry.edited { EDITED } else { "" };
            format!(
                "{}  {}.{}{edited}{needs}",
                entry.mark(),
                entry.app,
                entry.name
            )
        };
        let lines: Vec<_> = self.0.iter().map(line).collect();
        f.write_str(&lines.join("\n"))
    }
}
