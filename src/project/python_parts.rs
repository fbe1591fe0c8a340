//! What templates and pages have of the Python of a project.

use std::sync::Arc;

use crate::diagnostic::{Finding, Location};
use crate::script::{self, OwnClass, PythonSite};
use crate::settings::Settings;
use crate::templates::Templates;
use crate::views::ProjectCode;

/// Adds the filters and tags of the apps to `templates`, and what Python's values have as methods.
pub(super) fn add_to_templates(
    templates: &mut Templates,
    python: &Arc<PythonSite>,
    findings: &mut Vec<Finding>,
) {
    for filter in script::filters(python, findings) {
        templates.add_filter(filter.name, filter.run);
    }
    if let Some(caller) = script::method_caller(python) {
        templates.set_method_caller(caller);
    }
    for tag in script::tags(python, findings) {
        templates.add_tag(tag);
    }
}

/// What the code of the project does around views, and in their pages; all but its context processors is loaded already.
pub(super) fn code(
    python: &Arc<PythonSite>,
    settings: &Settings,
    findings: &mut Vec<Finding>,
) -> Option<Arc<dyn ProjectCode>> {
    load_own_classes(python, settings, findings);
    let names = settings.templates.own_context_processors();
    script::code(python, names, |name, finding| {
        let own = settings.location_in("templates.context_processors", name);
        let location = finding.location.clone().or(own);
        findings.push(location.into_iter().fold(finding, Finding::at));
    })
}

/// Loads the classes of the project that `settings` name.
fn load_own_classes(python: &Arc<PythonSite>, settings: &Settings, findings: &mut Vec<Finding>) {
    let mut load = |name: &str, class, own: Option<Location>| {
        if let Err(finding) = script::own_class(python, name, class) {
            let location = finding.location.clone().or(own);
            findings.push(location.into_iter().fold(finding, Finding::at));
        }
    };
    for name in settings.auth.own_backends() {
        let own = settings.location_in("auth.backends", name);
        load(name, OwnClass::AuthBackend, own);
    }
    for name in settings.auth.own_validators() {
        let own = settings.location_in("auth.password_validators", name);
        load(name, OwnClass::PasswordValidator, own);
    }
    for name in settings.auth.own_hashers() {
        let own = settings.location_in("auth.password_hashers", name);
        load(name, OwnClass::PasswordHasher, own);
    }
    if let Some(name) = &settings.sessions.class() {
        let own = settings.location("sessions.engine");
        load(name, OwnClass::SessionStore, own);
    }
    for (alias, cache) in &settings.caches {
        let Some(name) = &cache.class else { continue };
        let own = settings.location(&format!("caches.{alias}.backend"));
        load(name, OwnClass::Cache, own);
    }
    for (alias, storage) in &settings.storages.files {
        let Some(name) = &storage.class else { continue };
        let own = settings.location(&format!("storages.{alias}.backend"));
        load(name, OwnClass::Storage, own);
    }
    if let Some(name) = &settings.mail.class {
        let own = settings.location("mail.backend");
        load(name, OwnClass::Mail, own);
    }
}
