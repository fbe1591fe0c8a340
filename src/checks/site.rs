//! Urls, views and templates, read as the server reads them.

use crate::diagnostic::{Finding, Findings};
use crate::forms::FORMS_FILE;
use crate::logging::Console;
use crate::project::{ProcessServices, Project};
use crate::urls::URLS_FILE;

/// What is wrong in a site.
#[derive(Debug, Default)]
pub(super) struct SiteFindings {
    /// What is wrong in `urls.toml` and `forms.toml`, and in settings that name urls or middleware.
    pub(super) urls: Vec<Finding>,
    /// What is wrong in templates.
    pub(super) templates: Vec<Finding>,
}

/// Reads the urls, views and templates of `project`.
pub(super) fn check(project: &Project) -> SiteFindings {
    let (urls, templates) = all(project).into_iter().partition(is_about_urls);
    SiteFindings { urls, templates }
}

fn all(project: &Project) -> Vec<Finding> {
    let silent = ProcessServices::new(Console::silent());
    let mut findings = match project.application(silent) {
        Ok(mut checked) => {
            checked
                .findings
                .extend(project.unknown_permissions(&checked.application));
            checked.findings
        }
        Err(findings) => Findings::into_inner(findings),
    };
    // The secret key and the model of a user have checks of their own.
    let elsewhere = project.user_table().err().map(Findings::into_inner);
    let mut elsewhere = elsewhere.unwrap_or_default();
    elsewhere.extend(
        project
            .models()
            .err()
            .into_iter()
            .flat_map(Findings::into_inner),
    );
    findings.retain(|finding| finding.code != "no-secret-key" && !elsewhere.contains(finding));
    findings
}

fn is_about_urls(finding: &Finding) -> bool {
    let Some(location) = &finding.location else {
        return true;
    };
    let name = location.path.file_name();
    name.is_some_and(|name| {
        name == URLS_FILE || name == FORMS_FILE || name == "djr.toml" || name == ".env"
    })
}
