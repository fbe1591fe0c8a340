//! Why static files could not be collected.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, ExitCode, Finding};
use crate::files::{self, FileError};
use crate::staticfiles::StaticPath;

/// Why static files could not be collected.
#[derive(Debug, thiserror::Error)]
pub enum StaticFilesError {
    /// A file or directory could not be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something could not be written or removed.
    #[error("cannot {action} `{}`", path.display())]
    Change {
        /// What was tried.
        action: &'static str,
        /// With which file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A source did not stay the same for as long as it takes to copy it.
    #[error("`{}` changes while it is copied", .0.display())]
    Unsettled(PathBuf),
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The files would be collected into a place they come from, or that holds such a place.
    #[error("`[static] root` is `{}`, which {relation} `{}`", root.display(), other.display())]
    RootOverlaps {
        /// The root.
        root: PathBuf,
        /// How the two lie: `is`, `contains`, `lies in`.
        relation: &'static str,
        /// The other directory.
        other: PathBuf,
    },
    /// The root is a file, or a link to one.
    #[error("`[static] root` is `{}`, which is not a directory", .0.display())]
    RootNotADirectory(PathBuf),
    /// A directory or link stands where a file is to be.
    #[error("`{}` is in the way of `{path}`", obstacle.display())]
    Obstacle {
        /// What is there.
        obstacle: PathBuf,
        /// The file that is to be there.
        path: StaticPath,
    },
    /// One source has a file where another has a directory.
    #[error("`{file}` is a file in one place and a directory, of `{below}`, in another")]
    FileAndDirectory {
        /// The name both have.
        file: StaticPath,
        /// The file in the directory.
        below: StaticPath,
    },
    /// Files refer to what there is not.
    #[error("static files refer to what there is not")]
    References(Vec<Finding>),
    /// The manifest is not one, or one of another version.
    #[error("`{}` is not a manifest of static files", .0.display())]
    NotAManifest(PathBuf),
}

impl StaticFilesError {
    /// Wraps what went wrong while `path` was read.
    pub(super) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        |source| Self::Read {
            path: path.to_owned(),
            source,
        }
    }

    /// Whether a file was removed after it had been listed.
    pub(super) fn is_vanished(&self) -> bool {
        matches!(self, Self::Read { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }

    /// Wraps what went wrong while `path` was changed.
    pub(super) fn changing(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Change {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

impl Diagnostic for StaticFilesError {
    fn code(&self) -> &'static str {
        match self {
            Self::Read { .. } => "unreadable-file",
            Self::Change { .. } => "unwritable-file",
            Self::Unsettled(_) => "unsettled-file",
            Self::File(error) => error.code(),
            Self::RootOverlaps { .. } => "static-root-overlaps",
            Self::RootNotADirectory(_) => "static-root-no-directory",
            Self::Obstacle { .. } => "static-obstacle",
            Self::FileAndDirectory { .. } => "static-file-and-directory",
            Self::References(_) => "static-references",
            Self::NotAManifest(_) => "static-manifest",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::File(error) => return error.hints(),
            Self::Change { path, source, .. } => return files::system_hints(source, path),
            Self::Read { .. } | Self::References(_) => return Vec::new(),
            Self::Unsettled(_) => {
                "nothing was published; run `djr collectstatic` again when what writes the file is done"
            }
            Self::RootNotADirectory(_) => {
                "move it away, or set `[static] root` in `djr.toml` to another directory"
            }
            Self::RootOverlaps { .. } => {
                "set `[static] root` in `djr.toml` to a directory of its own, such as `staticfiles`"
            }
            Self::Obstacle { .. } => {
                "remove it, or pass `--clear` to start from an empty directory"
            }
            Self::FileAndDirectory { .. } => "rename one of the two",
            Self::NotAManifest(_) => "remove it; `djr collectstatic` makes it anew",
        };
        vec![hint.to_owned()]
    }

    fn findings(&self) -> &[Finding] {
        match self {
            Self::References(findings) => findings,
            _ => &[],
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::File(error) => error.exit_code(),
            Self::RootOverlaps { .. } | Self::Obstacle { .. } => ExitCode::Refused,
            _ => ExitCode::Failed,
        }
    }
}
