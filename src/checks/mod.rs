//! System checks by tag: what is wrong in a project, all of it at once.
//!
//! 1. The settings are read; what is wrong in them is found under [`Tag::Settings`].
//! 2. Each check looks at one part of the project and returns findings; none changes anything.
//! 3. [`Report`] holds them in the order of their places.

mod apps;
mod deploy;
mod mail;
mod middleware;
mod models;
mod report;
mod secrets;
mod security;
mod site;
mod staticfiles;

pub use report::Report;

use std::path::Path;

use crate::diagnostic::{Finding, Findings};
use crate::project::Project;

/// The part of a project a check looks at.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Tag {
    /// `djr.toml`, `.env` and the environment.
    Settings,
    /// The installed apps and what they need of each other.
    Apps,
    /// `models.toml` of the apps, and `[auth] user_model`.
    Models,
    /// The migrations of the apps, and what they depend on.
    Migrations,
    /// `urls.toml`, views and middleware.
    Urls,
    /// The templates of the project and of the apps.
    Templates,
    /// What keeps the site and its users safe.
    Security,
    /// How mail leaves.
    Mail,
    /// Where static files come from and go to.
    Staticfiles,
}

impl Tag {
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
            Self::Urls => "urls.toml, views and middleware",
            Self::Templates => "the templates of the project and of the apps",
            Self::Security => "what keeps the site and its users safe",
            Self::Mail => "how mail leaves",
            Self::Staticfiles => "where static files come from and go to",
        }
    }
}

/// What is to be checked.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// These parts only; all where there is none.
    pub tags: Vec<Tag>,
    /// Also what matters once the site is public.
    pub deploy: bool,
}

impl Selection {
    fn has(&self, tag: Tag) -> bool {
        self.tags.is_empty() || self.tags.contains(&tag)
    }
}

type Check = fn(&Project) -> Vec<Finding>;

const CHECKS: [(Tag, Check); 10] = [
    (Tag::Apps, apps::check),
    (Tag::Apps, middleware::check),
    (Tag::Models, models::models),
    (Tag::Migrations, models::migrations),
    (Tag::Urls, site::urls),
    (Tag::Templates, site::templates),
    (Tag::Security, secrets::check),
    (Tag::Security, security::check),
    (Tag::Mail, mail::check),
    (Tag::Staticfiles, staticfiles::check),
];

/// Checks the project at `directory`, or around the current one, with `settings` laid over its own.
///
/// Fails where there is no project.
pub fn run(
    directory: Option<&Path>,
    settings: Option<&Path>,
    selection: &Selection,
) -> Result<Report, Findings> {
    let (project, problems) = Project::examine(directory, settings)?;
    let mut findings = problems.into_findings();
    // With settings that could not be read at all, everything else would be guessed.
    let unreadable = |finding: &Finding| matches!(finding.code, "toml-syntax" | "unreadable-file");
    let readable = !findings.iter().any(unreadable);
    if readable && !selection.has(Tag::Settings) {
        findings.clear();
    }
    if readable {
        findings.extend(check(&project, selection));
    }
    Ok(Report::new(findings))
}

fn check(project: &Project, selection: &Selection) -> Vec<Finding> {
    let chosen = CHECKS.iter().filter(|(tag, _)| selection.has(*tag));
    let mut findings: Vec<_> = chosen.flat_map(|(_, check)| check(project)).collect();
    if selection.deploy && selection.has(Tag::Security) {
        findings.extend(deploy::check(project));
    }
    findings
}
