//! `djr check --database`: the schema of a database beside its migrations.

use std::fmt;

use serde::Serialize;

use crate::checks::AcceptedDifferences;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::{DatabaseAlias, DatabaseError};
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::migrations::{edited_warning, schema_drift};
use crate::models::write::text as quoted;
use crate::ui::Ui;

/// Fails where the schema of a database is not what its applied migrations lead to.
///
/// That one of them was edited since is a warning.
pub(super) fn run(
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
    let accepted = AcceptedDifferences::new(&project.settings, alias);
    let unused = accepted.unused(&differences);
    let differences = accepted.others(differences);
    let first = differences.first().map(|first| accepted.entry(first));
    let edited = project.edited_migrations(&connection)?;
    let mut findings: Vec<_> = edited
        .iter()
        .map(|key| edited_warning(key, alias))
        .collect();
    findings.extend(differences.iter().map(|difference| Finding {
        severity: difference.severity,
        ..Finding::error("drift", difference.to_string())
    }));
    findings.extend(unused);
    ui.findings(&findings);
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    let schema_matches = !findings.iter().any(is_error);
    if schema_matches && (findings.is_empty() || fail_level == Severity::Error) {
        return Ok(ui.result(&SchemaMatches {
            database: alias.to_string(),
            warnings: findings.into_iter().map(|found| found.message).collect(),
        })?);
    }
    Err(SchemaDrift {
        alias: alias.clone(),
        first,
        has_edited: !edited.is_empty(),
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
    /// The name of the first difference.
    first: Option<String>,
    /// Whether migrations have changed.
    has_edited: bool,
    findings: Vec<Finding>,
}

impl SchemaDrift {
    fn message(&self) -> String {
        let alias = &self.alias;
        match (&self.first, self.has_edited) {
            (None, true) => {
                format!("migrations that are applied in the database `{alias}` have changed")
            }
            (None, false) => "differences are accepted that are not there".to_owned(),
            (Some(_), _) => format!(
                "the schema of the database `{alias}` is not what its applied migrations lead to"
            ),
        }
    }
}

impl Diagnostic for SchemaDrift {
    fn code(&self) -> &'static str {
        match (&self.first, self.has_edited) {
            (None, true) => "edited-migrations",
            (None, false) => "unused-acceptance",
            (Some(_), _) => "drift",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = |name: &String| {
            let name = quoted(name);
            format!("what is meant can be accepted in djr.toml: `[checks] accepted = [{name}]`")
        };
        self.first.iter().map(hint).collect()
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
