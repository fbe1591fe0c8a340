//! Models and migrations, read as the commands that use them do.

use crate::diagnostic::{Diagnostic, Finding, Findings};
use crate::migrations::History;
use crate::project::Project;

/// What is wrong in `models.toml` of any app.
pub(super) fn models(project: &Project) -> Vec<Finding> {
    project
        .models()
        .map_or_else(Findings::into_inner, |_| Vec::new())
}

/// What is wrong in the migrations of any app, or between them.
pub(super) fn migrations(project: &Project) -> Vec<Finding> {
    let migrations = match project.migrations() {
        Ok(migrations) => migrations,
        Err(findings) => return findings.into_inner(),
    };
    let history = match History::of_files(&migrations) {
        Ok(history) => history,
        Err(error) => return findings(&error),
    };
    match history.check() {
        Ok(()) => Vec::new(),
        Err(error) => findings(&error),
    }
}

/// An error as findings: those it holds, or itself.
fn findings(error: &dyn Diagnostic) -> Vec<Finding> {
    if !error.findings().is_empty() {
        return error.findings().to_vec();
    }
    let finding = Finding::error(error.code(), error.to_string());
    vec![error.hints().into_iter().fold(finding, Finding::hint)]
}
