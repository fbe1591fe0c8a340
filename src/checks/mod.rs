//! System checks by tag: what is wrong in a project, all of it at once.
//!
//! 1. The settings are read; what is wrong in them is found under [`CheckTag::Settings`].
//! 2. Each check looks at one part of the project and returns findings; none changes anything.
//! 3. [`CheckReport`] holds them in the order of their places.

mod accepted;
mod apps;
mod buckets;
mod deploy;
mod mail;
mod media;
mod middleware;
mod models;
mod report;
mod secrets;
mod security;
mod site;
mod staticfiles;
mod storage;

pub(crate) use accepted::AcceptedDifferences;
pub use report::CheckReport;

use std::path::Path;

use crate::checks::site::SiteFindings;
use crate::diagnostic::{Finding, Findings};
use crate::project::Project;

/// The part of a project a check looks at.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum CheckTag {
    /// `djr.toml`, `.env` and the environment.
    Settings,
    /// The installed apps and what they need of each other.
    Apps,
    /// `models.toml` of the apps, and `[auth] user_model`.
    Models,
    /// The migrations of the apps, and what they depend on.
    Migrations,
    /// `urls.toml`, `forms.toml`, views and middleware.
    Urls,
    /// The templates of the project and of the apps.
    Templates,
    /// What keeps the site and its users safe.
    Security,
    /// How mail leaves.
    Mail,
    /// Where static files come from and go to, and where files of visitors are stored.
    Staticfiles,
}

impl CheckTag {
    /// All tags, in the order their checks run.
    pub const ALL: [Self; 9] = [
        Self::Settings,
        Self::Apps,
        Self::Models,
        Self::Migrations,
        Self::Urls,
        Self::Templates,
        Self::Security,
        Self::Mail,
        Self::Staticfiles,
    ];

    /// The word the user types.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Apps => "apps",
            Self::Models => "models",
            Self::Migrations => "migrations",
            Self::Urls => "urls",
            Self::Templates => "templates",
            Self::Security => "security",
            Self::Mail => "mail",
            Self::Staticfiles => "staticfiles",
        }
    }

    /// What its checks look at.
    pub fn help(self) -> &'static str {
        match self {
            Self::Settings => "djr.toml, .env and the environment",
            Self::Apps => "the installed apps and what they need of each other",
            Self::Models => "models.toml of the apps, and the model of a user",
            Self::Migrations => "the migrations of the apps, and what they depend on",
            Self::Urls => "urls.toml, forms.toml, views and middleware",
            Self::Templates => "the templates of the project and of the apps",
            Self::Security => "what keeps the site and its users safe",
            Self::Mail => "how mail leaves",
            Self::Staticfiles => "where static files come from and go to",
        }
    }
}

/// What is to be checked.
#[derive(Clone, Debug, Default)]
pub struct CheckSelection {
    /// These parts only; all where there is none.
    pub tags: Vec<CheckTag>,
    /// Also what matters once the site is public.
    pub deploy: bool,
}

impl CheckSelection {
    fn has(&self, tag: CheckTag) -> bool {
        self.tags.is_empty() || self.tags.contains(&tag)
    }
}

type CheckFunction = fn(&Project) -> Vec<Finding>;

const CHECKS: [(CheckTag, CheckFunction); 11] = [
    (CheckTag::Apps, apps::check),
    (CheckTag::Apps, middleware::check),
    (CheckTag::Models, models::models),
    (CheckTag::Migrations, models::migrations),
    (CheckTag::Security, secrets::check),
    (CheckTag::Security, security::check),
    (CheckTag::Security, storage::check),
    (CheckTag::Security, buckets::check),
    (CheckTag::Mail, mail::check),
    (CheckTag::Staticfiles, staticfiles::check),
    (CheckTag::Staticfiles, media::check),
];

/// A project, and what its checks found.
#[derive(Debug)]
pub struct CheckedProject {
    /// The project, with defaults in place of mistakes in its settings.
    pub project: Project,
    /// What the checks found.
    pub report: CheckReport,
}

/// Checks the project at `directory`, or around the current one, with `settings` laid over its own.
///
/// Fails where there is no project.
pub fn run(
    directory: Option<&Path>,
    settings: Option<&Path>,
    selection: &CheckSelection,
) -> Result<CheckedProject, Findings> {
    let (project, problems) = Project::examine(directory, settings)?;
    let mut findings = problems.into_findings();
    // With settings that could not be read at all, everything else would be guessed.
    let unreadable = |finding: &Finding| matches!(finding.code, "toml-syntax" | "unreadable-file");
    let readable = !findings.iter().any(unreadable);
    if readable && !selection.has(CheckTag::Settings) {
        findings.clear();
    }
    let mut in_templates = Vec::new();
    if readable {
        let site = check_site(&project, selection);
        findings.extend(check(&project, selection));
        findings.extend(site.urls);
        in_templates = site.templates;
    }
    let masked = |findings: Vec<Finding>| {
        let findings = findings.into_iter();
        findings
            .map(|finding| project.settings.mask(finding))
            .collect()
    };
    let report = CheckReport::new(masked(findings), masked(in_templates));
    Ok(CheckedProject { project, report })
}

fn check(project: &Project, selection: &CheckSelection) -> Vec<Finding> {
    let chosen = CHECKS.iter().filter(|(tag, _)| selection.has(*tag));
    let mut findings: Vec<_> = chosen.flat_map(|(_, check)| check(project)).collect();
    if selection.deploy && selection.has(CheckTag::Security) {
        findings.extend(deploy::check(project));
    }
    findings
}

/// Urls and templates are read together, since templates write the paths of urls.
fn check_site(project: &Project, selection: &CheckSelection) -> SiteFindings {
    let (urls, templates) = (
        selection.has(CheckTag::Urls),
        selection.has(CheckTag::Templates),
    );
    if !urls && !templates {
        return SiteFindings::default();
    }
    let mut site = site::check(project);
    site.urls.retain(|_| urls);
    site.templates.retain(|_| templates);
    site
}
