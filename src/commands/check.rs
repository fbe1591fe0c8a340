//! `djr check`: names what is wrong in a project.

use std::fmt;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::checks::{self, CheckReport, CheckSelection, CheckTag};
use crate::commands::{CommandError, GlobalArgs};
use crate::db::{DatabaseAlias, DatabaseError};
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::migrations::{edited_warning, schema_drift};
use crate::ui::{self, Ui};

/// Name what is wrong in settings, urls and templates
///
/// Looks at the whole project and changes nothing. Exits with 1 where something is wrong.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Also what to change before the site goes public
    #[arg(long)]
    deploy: bool,
    /// Check only this part; can be given several times
    #[arg(short, long = "tag", value_name = "TAG")]
    tags: Vec<CheckTag>,
    /// List the parts and check nothing
    #[arg(long)]
    list_tags: bool,
    /// The level from which on findings fail the command
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_level: Severity,
    /// Check instead whether the schema of this database is what its migrations lead to
    #[arg(long, conflicts_with_all = ["deploy", "tags"], value_name = "ALIAS", num_args = 0..=1, default_missing_value = "default")]
    database: Option<String>,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &CheckArgs) -> Result<(), CommandError> {
    if args.list_tags {
        return Ok(ui.result(&TagList::all())?);
    }
    if let Some(alias) = &args.database {
        return check_schema(ui, global, &DatabaseAlias::new(alias), args.fail_level);
    }
    let selection = CheckSelection {
        tags: args.tags.clone(),
        deploy: args.deploy,
    };
    let (directory, settings) = global.paths();
    let report = checks::run(directory, settings, &selection)?.report;
    if report.reaches(args.fail_level) {
        return Err(check_failed(ui, &report).into());
    }
    ui.findings(report.findings());
    Ok(ui.result(&CheckOutcome(report))?)
}

/// Fails where the schema of a database is not what its applied migrations lead to.
///
/// That one of them was edited since is a warning.
fn check_schema(
    ui: &Ui,
    global: &GlobalArgs,
    alias: &DatabaseAlias,
    fail_level: Severity,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let database = project.database(alias)?;
    let Some(connection) = database.open_read_only()? else {
        return Err(DatabaseError::Missing(database.path().to_owned()).into());
    };
    let caches = project.settings.caches.values();
    let tables: Vec<_> = caches.map(|cache| cache.location.clone()).collect();
    let differences = schema_drift(&project.migrations()?, &connection, &tables)?;
    let finding = |difference: &String| Finding::error("drift", difference.clone());
    let edited = project.edited_migrations(&connection)?;
    let mut findings: Vec<_> = edited
        .iter()
        .map(|key| edited_warning(key, alias))
        .collect();
    findings.extend(differences.iter().map(finding));
    ui.findings(&findings);
    let schema_matches = differences.is_empty();
    if schema_matches && (findings.is_empty() || fail_level == Severity::Error) {
        return Ok(ui.result(&SchemaMatches {
            database: alias.to_string(),
            warnings: findings.into_iter().map(|found| found.message).collect(),
        })?);
    }
    Err(SchemaDrift {
        alias: alias.clone(),
        schema_matches,
        findings: if ui.is_json() { findings } else { Vec::new() },
    }
    .into())
}

/// The schema of a database is what it should be.
#[derive(Serialize)]
struct SchemaMatches {
    database: String,
    warnings: Vec<String>,
}

impl fmt::Display for SchemaMatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let alias = &self.database;
        write!(
            f,
            "the schema of `{alias}` is what its applied migrations lead to"
        )
    }
}

/// The schema of a database is another than its migrations lead to.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
struct SchemaDrift {
    alias: DatabaseAlias,
    /// Whether the schema is right, and only files have changed.
    schema_matches: bool,
    findings: Vec<Finding>,
}

impl SchemaDrift {
    fn message(&self) -> String {
        let alias = &self.alias;
        if self.schema_matches {
            return format!("migrations that are applied in the database `{alias}` have changed");
        }
        format!("the schema of the database `{alias}` is not what its applied migrations lead to")
    }
}

impl Diagnostic for SchemaDrift {
    fn code(&self) -> &'static str {
        if self.schema_matches {
            "edited-migrations"
        } else {
            "drift"
        }
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// The error for `report`; for a person the findings are printed first, so that the sum is read last.
pub(crate) fn check_failed(ui: &Ui, report: &CheckReport) -> CheckFailed {
    ui.findings(report.findings());
    CheckFailed {
        summary: report.to_string(),
        findings: if ui.is_json() {
            report.findings().to_vec()
        } else {
            Vec::new()
        },
    }
}

/// The project has mistakes.
#[derive(Debug, thiserror::Error)]
#[error("{summary}")]
pub(crate) struct CheckFailed {
    summary: String,
    findings: Vec<Finding>,
}

impl Diagnostic for CheckFailed {
    fn code(&self) -> &'static str {
        "check-failed"
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// A report without anything that fails the command.
struct CheckOutcome(CheckReport);

impl fmt::Display for CheckOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for CheckOutcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let findings = self.0.findings().iter().map(ui::finding_json);
        let document = serde_json::json!({
            "summary": self.0.to_string(),
            "findings": findings.collect::<Vec<_>>(),
        });
        document.serialize(serializer)
    }
}

/// All tags, and what each stands for.
#[derive(Serialize)]
struct TagList(Vec<TagRow>);

#[derive(Serialize)]
struct TagRow {
    tag: &'static str,
    help: &'static str,
}

impl TagList {
    fn all() -> Self {
        let row = |tag: CheckTag| TagRow {
            tag: tag.name(),
            help: tag.help(),
        };
        Self(CheckTag::ALL.into_iter().map(row).collect())
    }
}

impl fmt::Display for TagList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|row| format!("{:<12} {}", row.tag, row.help))
            .collect();
        f.write_str(&lines.join("\n"))
    }
}

impl ValueEnum for CheckTag {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.help()))
    }
}

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Warning, Self::Error]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}
