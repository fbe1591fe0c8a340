//! Why files could not be written.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, ExitCode};
use crate::files::paths::parent;
use crate::text;

/// Why files could not be written; nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system refused.
    #[error("cannot {action} `{}`", shown(path).display())]
    System {
        /// What was tried: `write`, `create` ...
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// Other files are in the way.
    #[error("{} in the way: {}", are(.0.len()), list(.0))]
    InTheWay(Vec<PathBuf>),
    /// The file is not what it was when the change was planned.
    #[error("`{}` was changed by someone else at the same moment", .0.display())]
    Changed(PathBuf),
}

fn are(count: usize) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{} {verb}", text::count(count, "file"))
}

/// `./a` reads better as `a`.
fn shown(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths
        .iter()
        .map(|path| shown(path).display().to_string())
        .collect();
    text::quoted(names.iter().map(String::as_str))
}

impl FileError {
    /// Puts what was tried, and with which file, in front of a system error.
    pub(super) fn wrap<'p>(
        action: &'static str,
        path: &'p Path,
    ) -> impl FnOnce(io::Error) -> Self + use<'p> {
        move |source| Self::System {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

impl Diagnostic for FileError {
    fn code(&self) -> &'static str {
        match self {
            Self::System { source, .. } => match source.kind() {
                ErrorKind::PermissionDenied => "permission-denied",
                ErrorKind::ReadOnlyFilesystem => "read-only",
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk-full",
                _ => "file",
            },
            Self::InTheWay(_) => "files-in-the-way",
            Self::Changed(_) => "file-changed",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::System { source, path, .. } => return system_hints(source, path),
            Self::InTheWay(_) => "move or remove what is in the way; nothing was written",
            Self::Changed(_) => "run the command again",
        };
        vec![hint.to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::InTheWay(_) => ExitCode::Refused,
            Self::System { .. } | Self::Changed(_) => ExitCode::Failed,
        }
    }
}

/// What to do when the system answered `source` to the writing of `path`.
pub(crate) fn system_hints(source: &io::Error, path: &Path) -> Vec<String> {
    let wanted = parent(path);
    // The directory that was being made may have been removed again.
    let there = wanted.ancestors().find(|above| above.exists());
    let directory = there.unwrap_or(Path::new(".")).display();
    let hint = match source.kind() {
        ErrorKind::PermissionDenied => {
            format!("see with `ls -ld {directory}` who may write there; nothing was changed")
        }
        ErrorKind::ReadOnlyFilesystem => {
            "choose a directory on a file system that can be written; nothing was changed"
                .to_owned()
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!(
                "free some space (`df -h {directory}`) and run the command again; nothing was changed"
            )
        }
        ErrorKind::NotFound => {
            format!("make the directory first: `mkdir -p {}`", wanted.display())
        }
        _ => return Vec::new(),
    };
    vec![hint]
}
