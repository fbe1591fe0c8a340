//! Middleware that has nothing to work with.

use crate::diagnostic::Finding;
use crate::project::Project;

/// Middleware that needs the app of the same name.
const NEED_APPS: [&str; 3] = ["auth", "messages", "sessions"];

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let listed = settings.project.middleware.iter().map(String::as_str);
    let alone = listed.filter(|name| NEED_APPS.contains(name) && project.apps.get(name).is_none());
    alone
        .map(|name| {
            let message = format!("middleware `{name}` needs the app `{name}` in `project.apps`");
            let mut finding = Finding::error("missing-app", message);
            finding.location = settings.location_in("project.middleware", name);
            finding
        })
        .collect()
}
