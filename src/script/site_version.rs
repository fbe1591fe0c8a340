//! What tells the Python files and settings of a project from those of another moment.

use std::collections::hash_map::DefaultHasher;
use std::ffi::OsStr;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use crate::apps::{AppSource, Apps};

/// What tells the Python files and settings of a project from those of another moment.
pub(super) fn version(root: &Path, apps: &Apps) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in ["djr.toml", ".env"] {
        stamp(&root.join(file)).hash(&mut hasher);
    }
    for app in apps.iter() {
        let AppSource::Disk(directory) = &app.source else {
            continue;
        };
        let files = app.list_all("").unwrap_or_default();
        let files = files.iter().map(|file| directory.join(file));
        for file in files.filter(|file| file.extension() == Some(OsStr::new("py"))) {
            file.hash(&mut hasher);
            stamp(&file).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// When the file at `path` was changed, and its size; `None` where it cannot be read.
fn stamp(path: &Path) -> Option<FileStamp> {
    let found = fs::metadata(path).ok()?;
    Some(FileStamp {
        modified: found.modified().ok()?,
        size: found.len(),
    })
}

#[derive(Hash)]
struct FileStamp {
    modified: std::time::SystemTime,
    size: u64,
}
