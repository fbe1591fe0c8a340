//! Why a scaffold could not be read.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::text;

/// Why a scaffold could not be read; nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Nothing is called so.
    #[error("there is no scaffold `{text}`")]
    NotThere {
        /// What was asked for.
        text: String,
        /// The scaffolds in the binary.
        names: Vec<&'static str>,
        /// The command that lists them.
        command: &'static str,
    },
    /// The system refused, or a file is damaged.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        source: io::Error,
    },
    /// A file of it is not taken.
    #[error("`{}` of the scaffold is refused: {reason}", path.display())]
    Refused {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: &'static str,
    },
    /// It is larger than any scaffold should be.
    #[error("the files of the scaffold have more than {megabytes} MiB together")]
    TooLarge {
        /// The most that they may have, MiB.
        megabytes: u64,
    },
    /// It has more files than any scaffold should have.
    #[error("the scaffold has more than {most} files and directories")]
    TooMany {
        /// The most that it may have.
        most: usize,
    },
    /// The directory within it is not there.
    #[error("the scaffold has no directory `{0}`")]
    NoDirectory(String),
    /// An archive of another kind.
    #[error("`{}` is not an archive that is known: `.zip`, `.tar`, `.tar.gz`, `.tgz`, `.tar.zst`", .0.display())]
    UnknownArchive(PathBuf),
    /// The address of a repository cannot be right.
    #[error("`{text}` cannot be the address of a git repository: {reason}")]
    Address {
        /// The address.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// There is no git.
    #[error("scaffolds in git repositories need `git`, which cannot be run")]
    NoGit(#[source] io::Error),
    /// Git refused.
    #[error("git cannot get `{address}`: {message}")]
    Git {
        /// The repository.
        address: String,
        /// What git said.
        message: String,
    },
}

impl SourceError {
    pub(super) fn refused(path: &Path, reason: &'static str) -> Self {
        Self::Refused {
            path: path.to_owned(),
            reason,
        }
    }

    pub(super) fn unreadable(path: &Path, source: io::Error) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            source,
        }
    }
}

impl Diagnostic for SourceError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotThere { .. } => "unknown-scaffold",
            Self::Unreadable { .. } => "scaffold-unreadable",
            Self::Refused { .. } | Self::TooLarge { .. } | Self::TooMany { .. } => {
                "scaffold-refused"
            }
            Self::NoDirectory(_) => "scaffold-directory",
            Self::UnknownArchive(_) => "scaffold-archive",
            Self::Address { .. } | Self::NoGit(_) | Self::Git { .. } => "scaffold-git",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NotThere {
                text: asked,
                names,
                command,
            } => {
                let listed = format!(
                    "`djr {command} --list` shows those in djr; otherwise give a directory, an archive or the address of a git repository"
                );
                let nearest = text::did_you_mean(asked, names.iter().copied());
                return nearest.into_iter().chain([listed]).collect();
            }
            Self::NoGit(_) => "install git, or give an archive of the repository".to_owned(),
            Self::Git { .. } => {
                "try `git ls-remote` with the address; git is asked without a terminal, so it cannot ask for a password"
                    .to_owned()
            }
            _ => return Vec::new(),
        };
        vec![hint]
    }
}
