//! What the installed apps need of each other.

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::text;

/// An app, the apps it needs, and what for.
const NEEDS: [(&str, &[&str]); 2] = [
    ("admin", &["auth", "contenttypes", "messages", "sessions"]),
    ("auth", &["contenttypes"]),
];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    NEEDS
        .iter()
        .filter_map(|(app, needs)| unmet(project, app, needs))
        .collect()
}

fn unmet(project: &Project, app: &str, needs: &[&str]) -> Option<Finding> {
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
