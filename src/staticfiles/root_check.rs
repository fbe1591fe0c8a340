//! Whether `[static] root` may be collected into.

use std::path::{Component, Path, PathBuf};

use crate::staticfiles::{Finders, StaticFilesError};

/// Refuses a root that is a source of static files, contains one, or lies in one, and a root that contains `project`.
pub(super) fn check_root(
    root: &Path,
    finders: &Finders,
    project: &Path,
) -> Result<(), StaticFilesError> {
    if root.exists() && !root.is_dir() {
        return Err(StaticFilesError::RootNotADirectory(root.to_owned()));
    }
    let real_root = resolve_links(root);
    let overlaps = |relation, other: &Path| StaticFilesError::RootOverlaps {
        root: root.to_owned(),
        relation,
        other: other.to_owned(),
    };
    if resolve_links(project).starts_with(&real_root) {
        return Err(overlaps("contains", project));
    }
    for directory in finders.directories() {
        let real_directory = resolve_links(directory);
        if real_directory == real_root {
            return Err(overlaps("is", directory));
        } else if real_directory.starts_with(&real_root) {
            return Err(overlaps("contains", directory));
        } else if real_root.starts_with(&real_directory) {
            return Err(overlaps("lies in", directory));
        }
    }
    Ok(())
}

/// Where `path` leads, with all links of the part that exists followed.
pub fn resolve_links(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut resolved = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                resolved.pop();
            }
            _ => resolved.push(component),
        }
        resolved = resolved.canonicalize().unwrap_or(resolved);
    }
    resolved
}
