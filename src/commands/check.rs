//! `djr check`: names what is wrong in a project.

use std::fmt;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::checks::{self, CheckReport, CheckSelection, CheckTag};
use crate::commands::{CommandError, GlobalArgs, check_database};
use crate::db::DatabaseAlias;
use crate::diagnostic::{Diagnostic, Finding, Severity};
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
        return check_database::run(ui, global, &DatabaseAlias::new(alias), args.fail_level);
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
