//! What templates and pages have of the Python of a project.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::script::{self, PythonSite};
use crate::settings::Settings;
use crate::templates::Templates;
use crate::views::ProjectCode;

/// Adds the filters and tags of the apps to `templates`.
pub(super) fn add_to_templates(
    templates: &mut Templates,
    python: &Arc<PythonSite>,
    findings: &mut Vec<Finding>,
) {
    for filter in script::filters(python, findings) {
        templates.add_filter(filter.name, filter.run);
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
    for name in settings.auth.own_backends() {
        if let Err(finding) = script::auth_backend(python, name) {
            let own = settings.location_in("auth.backends", name);
            let location = finding.location.clone().or(own);
            findings.push(location.into_iter().fold(finding, Finding::at));
        }
    }
    let names = settings.templates.own_context_processors();
    script::code(python, names, |name, finding| {
        let own = settings.location_in("templates.context_processors", name);
        let location = finding.location.clone().or(own);
        findings.push(location.into_iter().fold(finding, Finding::at));
    })
}
