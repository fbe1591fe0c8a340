//! The order of middleware: what one of them sets up, another one needs.

use crate::diagnostic::Finding;
use crate::project::Project;

/// A middleware, the one that has to stand before it, and why.
const ORDER: [(&str, &str, &str); 2] = [
    ("auth", "sessions", "it finds the user in the session"),
    ("messages", "sessions", "it keeps messages in the session"),
];

/// A middleware and the app without which it has nothing to do.
const APPS: [(&str, &str); 3] = [
    ("auth", "auth"),
    ("messages", "messages"),
    ("sessions", "sessions"),
];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let order = ORDER
        .iter()
        .filter_map(|(name, before, why)| misplaced(project, name, before, why));
    let apps = APPS
        .iter()
        .filter_map(|(name, app)| without_app(project, name, app));
    order.chain(apps).collect()
}

fn misplaced(project: &Project, name: &str, before: &str, why: &str) -> Option<Finding> {
    let listed = &project.settings.project.middleware;
    let place = |wanted: &str| listed.iter().position(|listed| listed == wanted);
    let (own, other) = (place(name)?, place(before));
    if other.is_some_and(|other| other < own) {
        return None;
    }
    let message = format!("middleware `{name}` needs `{before}` before it: {why}");
    Some(at(
        project,
        name,
        Finding::error("middleware-order", message),
    ))
}

fn without_app(project: &Project, name: &str, app: &str) -> Option<Finding> {
    let listed = project
        .settings
        .project
        .middleware
        .iter()
        .any(|listed| listed == name);
    if !listed || project.apps.get(app).is_some() {
        return None;
    }
    let message = format!("middleware `{name}` needs the app `{app}` in `project.apps`");
    Some(at(project, name, Finding::error("missing-app", message)))
}

fn at(project: &Project, name: &str, mut finding: Finding) -> Finding {
    finding.location = project.settings.location_in("project.middleware", name);
    finding
}
