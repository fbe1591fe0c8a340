//! Why a project or an app could not be made.

use std::iter;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, ExitCode, Finding, Findings};
use crate::files::FileError;
use crate::scaffold::SourceError;
use crate::text;

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
    /// The scaffold could not be read.
    #[error(transparent)]
    Source(SourceError),
    /// An expression of the manifest fails.
    #[error("`{expression}` in the manifest of the scaffold fails: {message}")]
    Condition {
        /// The expression.
        expression: String,
        /// What is wrong with it.
        message: String,
    },
    /// The default of a variable fails.
    #[error("the variable `{name}` of the scaffold: {message}")]
    Variable {
        /// Its name.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// A file that is to be rendered is not UTF-8.
    #[error("`{}` of the scaffold is not UTF-8, so it cannot be rendered", .0.display())]
    NotText(PathBuf),
    /// A part of a path cannot be the name of a file.
    #[error("`{name}` of the scaffold would be called `{part}`, which is not the name of a file")]
    FileName {
        /// The path in the scaffold.
        name: String,
        /// What a part of it is rendered as.
        part: String,
    },
    /// Two files would have the same path.
    #[error("two files of the scaffold would be `{}`", .0.display())]
    SamePath(PathBuf),
    /// An answer to what nobody asks for.
    #[error("the scaffold does not ask for `{name}`, which is in {place}")]
    UnknownAnswer {
        /// Its name.
        name: String,
        /// Where it was given.
        place: String,
        /// What it asks for.
        names: Vec<String>,
    },
    /// An answer that is not a value of its variable.
    #[error("`{name}` of {place}: {message}")]
    Answer {
        /// Its name.
        name: String,
        /// Where it was given.
        place: String,
        /// What is wrong with it.
        message: String,
    },
    /// Nobody can be asked for these.
    #[error("there is no answer for {}", text::quoted(.0.iter().map(String::as_str)))]
    MissingAnswers(Vec<String>),
    /// There is no record of a scaffold.
    #[error("there is no `{}`, so nobody knows what this was made from", .0.display())]
    NoRecord(PathBuf),
    /// Only a git repository has branches and tags.
    #[error("`{0}` is not a git repository, which alone has branches and tags")]
    NoReference(String),
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

impl From<SourceError> for ScaffoldError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
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
            Self::Source(error) => error.code(),
            Self::Condition { .. } | Self::Variable { .. } => "scaffold-manifest",
            Self::Template { .. } | Self::NotText(_) => "scaffold-template",
            Self::FileName { .. } | Self::SamePath(_) => "scaffold-path",
            Self::UnknownAnswer { .. } => "unknown-answer",
            Self::Answer { .. } => "invalid-answer",
            Self::MissingAnswers(_) => "missing-answers",
            Self::NoRecord(_) => "no-scaffold-record",
            Self::NoReference(_) => "no-reference",
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
            Self::Source(error) => error.hints(),
            Self::UnknownAnswer { name, names, .. } => {
                let nearest = text::did_you_mean(name, names.iter().map(String::as_str));
                let all = match names.len() {
                    0 => "it asks for nothing".to_owned(),
                    _ => format!(
                        "it asks for {}",
                        text::quoted(names.iter().map(String::as_str))
                    ),
                };
                vec![nearest.unwrap_or(all)]
            }
            Self::MissingAnswers(names) => {
                let options = names.iter().map(|name| format!("-d {name}=…"));
                vec![format!(
                    "give {}, or `--answers FILE`",
                    options.collect::<Vec<_>>().join(" ")
                )]
            }
            Self::NoRecord(_) => {
                vec![
                    "projects and apps of djr 0.1 and later have one, which belongs into git"
                        .to_owned(),
                ]
            }
            _ => Vec::new(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::AnotherProject { error, .. } | Self::File(error) => error.exit_code(),
            Self::UnknownAnswer { .. } => ExitCode::Usage,
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
