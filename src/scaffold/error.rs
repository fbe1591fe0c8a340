//! Why a project or an app could not be made.

use std::iter;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, ExitCode, Finding, Findings};
use crate::files::FileError;

/// Why a project or an app could not be made; nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// The name cannot be used.
    #[error("`{name}` cannot be the name of {kind}: {reason}")]
    Name {
        /// The name.
        name: String,
        /// What was to have it: `a project`, `an app`.
        kind: &'static str,
        /// What is wrong with it.
        reason: &'static str,
        /// A name that would do.
        suggestion: Option<String>,
    },
    /// The scaffold itself, or `djr.toml`, has mistakes.
    #[error("{0}")]
    Findings(Findings),
    /// A file of the scaffold is not a valid template.
    #[error("cannot render `{}` of the scaffold", path.display())]
    Template {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: minijinja::Error,
    },
    /// The target is a symbolic link to nothing.
    #[error("`{}` is a symbolic link that leads nowhere", .0.display())]
    DanglingLink(PathBuf),
    /// The settings file is a symbolic link.
    #[error("`djr.toml` is a symbolic link, so the app cannot be added to it safely")]
    LinkedSettings,
    /// Files are in the way, and they are those of another project.
    #[error("{error}")]
    AnotherProject {
        /// Which files.
        error: FileError,
        /// Where the other project is.
        directory: PathBuf,
    },
    /// Files could not be written.
    #[error(transparent)]
    File(FileError),
}

impl From<Findings> for ScaffoldError {
    fn from(findings: Findings) -> Self {
        Self::Findings(findings)
    }
}

impl From<FileError> for ScaffoldError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl Diagnostic for ScaffoldError {
    fn code(&self) -> &'static str {
        match self {
            Self::Name { .. } => "invalid-name",
            Self::Findings(findings) => findings.code(),
            Self::Template { .. } => "scaffold-template",
            Self::DanglingLink(_) => "dangling-link",
            Self::LinkedSettings => "linked-settings",
            Self::AnotherProject { error, .. } | Self::File(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Name { suggestion, .. } => suggestion
                .iter()
                .map(|name| format!("`{name}` would do"))
                .collect(),
            Self::DanglingLink(_) => {
                vec!["remove it, or make the directory it leads to".to_owned()]
            }
            Self::LinkedSettings => vec!["replace the link by the file itself".to_owned()],
            Self::AnotherProject { error, directory } => {
                let serve = format!(
                    "there is a project: `djr --project {} up` serves it",
                    directory.display()
                );
                iter::once(serve).chain(error.hints()).collect()
            }
            Self::File(error) => error.hints(),
            Self::Findings(_) | Self::Template { .. } => Vec::new(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::AnotherProject { error, .. } | Self::File(error) => error.exit_code(),
            _ => ExitCode::Failed,
        }
    }

    fn findings(&self) -> &[Finding] {
        match self {
            Self::Findings(findings) => findings.findings(),
            _ => &[],
        }
    }
}
