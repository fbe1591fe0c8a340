//! Models and migrations, read as the commands that use them do.

use crate::diagnostic::{Diagnostic, Finding, Findings};
use crate::migrations::History;
use crate::models::Registry;
use crate::project::Project;
use crate::text;
use crate::values::pattern_mistake;

/// What is wrong in `models.toml` of any app, and with the model of a user.
pub(super) fn models(project: &Project) -> Vec<Finding> {
    let registry = match project.models() {
        Ok(registry) => registry,
        Err(findings) => return findings.into_inner(),
    };
    let mut findings = unusable_patterns(&registry);
    findings.extend(unknown_storages(project, &registry));
    // Without the app of the user model nothing needs it.
    if registry.user_model().is_some() {
        let table = project.user_table_in(&registry);
        findings.extend(table.err().map(Findings::into_inner).unwrap_or_default());
    }
    findings
}

/// The patterns of validators that no value could be compared with.
fn unusable_patterns(registry: &Registry) -> Vec<Finding> {
    let fields = registry
        .models()
        .flat_map(|model| model.fields.iter().map(move |field| (model, field)));
    let mut findings = Vec::new();
    for (model, field) in fields {
        for (name, mistake) in field.validators.iter().filter_map(pattern_mistake) {
            let place = format!("{}.{}.{}", model.app_label, model.name, field.name);
            let message = format!("the pattern of `{name}` at `{place}` cannot be read: {mistake}");
            findings.push(Finding::error("bad-pattern", message));
        }
    }
    findings
}

/// The storages that fields name and the settings do not have.
fn unknown_storages(project: &Project, registry: &Registry) -> Vec<Finding> {
    let known = &project.settings.storages.files;
    let fields = registry
        .models()
        .flat_map(|model| model.fields.iter().map(move |field| (model, field)));
    let mut findings = Vec::new();
    for (model, field) in fields {
        let Some(alias) = field.storage().filter(|alias| !known.contains_key(*alias)) else {
            continue;
        };
        let place = format!("{}.{}", model.label(), field.name);
        let message = format!("`[storages]` has no `{alias}`, which `{place}` names");
        let finding = Finding::error("unknown-storage", message);
        let names = || known.keys().map(String::as_str);
        let list = format!("storages in the settings: {}", text::quoted(names()));
        findings.push(finding.suggest_or(alias, names(), list));
    }
    findings
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
