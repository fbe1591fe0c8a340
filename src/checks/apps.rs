//! What the installed apps need of each other.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::text;

/// An app, the apps it needs, and what for.
const REQUIREMENTS: [(&str, &[&str]); 2] = [
    ("admin", &["auth", "contenttypes", "messages", "sessions"]),
    ("auth", &["contenttypes"]),
];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    REQUIREMENTS
        .iter()
        .filter_map(|(app, needs)| missing_apps(project, app, needs))
        .collect()
}

fn missing_apps(project: &Project, app: &str, needs: &[&str]) -> Option<Finding> {
    project.apps.get(app)?;
    let missing: Vec<_> = needs
        .iter()
        .copied()
        .filter(|name| project.apps.get(name).is_none())
        .collect();
    if missing.is_empty() {
        return None;
    }
    let message = format!(
        "app `{app}` needs {} in `project.apps`",
        text::quoted(missing)
    );
    let mut finding = Finding::error("missing-app", message);
    finding.location = project.settings.location_in("project.apps", app);
    Some(finding)
}
