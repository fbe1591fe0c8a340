//! Urls, views and templates, read as the server reads them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::auth::UserTable;
use crate::diagnostic::{Finding, Findings};
use crate::mail::Mailer;
use crate::middleware::{Application, Parts};
use crate::project::Project;
use crate::views::{BackgroundTasks, Log};

/// The file that names urls, of a project and of an app.
const URLS: &str = "urls.toml";

/// What is wrong in `urls.toml`, and in settings that name urls or middleware.
pub(super) fn urls(project: &Project) -> Vec<Finding> {
    let mut findings = all(project);
    findings.retain(is_about_urls);
    findings
}

/// What is wrong in templates.
pub(super) fn templates(project: &Project) -> Vec<Finding> {
    let mut findings = all(project);
    findings.retain(|finding| !is_about_urls(finding));
    findings
}

fn all(project: &Project) -> Vec<Finding> {
    let parts = Parts {
        root: project.root.clone(),
        settings: project.settings.clone(),
        apps: project.apps.clone(),
        // Nothing is answered here: no database is looked at.
        databases: BTreeMap::new(),
        // A model of users that is none has a check of its own.
        users: project
            .user_table()
            .unwrap_or_else(|_| UserTable::new("", "")),
        mailer: Mailer::new(&project.settings.mail, &project.root),
        background: BackgroundTasks::default(),
        throttle: Arc::default(),
        static_files: None,
        log: Log::new(|_| {}),
    };
    let mut findings = match Application::new(parts) {
        Ok(application) => {
            let mut findings = application.warnings().to_vec();
            // What is wrong with the models is found by their own check.
            if let Ok(known) = project.permission_names() {
                findings.extend(application.unknown_permissions(&known));
            }
            findings
        }
        Err(findings) => Findings::into_inner(findings),
    };
    // The secret key has a check of its own.
    findings.retain(|finding| finding.code != "no-secret-key");
    findings
}

fn is_about_urls(finding: &Finding) -> bool {
    let Some(location) = &finding.location else {
        return true;
    };
    let name = location.path.file_name();
    name.is_some_and(|name| name == URLS || name == "djr.toml" || name == ".env")
}
