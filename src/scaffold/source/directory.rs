//! A scaffold in a directory.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::scaffold::source::{ScaffoldTree, SourceError};

/// What a directory has beside the files of its scaffold.
const LEFT_OUT: [&str; 2] = [".git", "__pycache__"];

/// Reads the scaffold in `directory`.
pub(super) fn read(directory: &Path) -> Result<ScaffoldTree, SourceError> {
    let mut tree = ScaffoldTree::default();
    let is_wanted = |entry: &DirEntry| {
        let name = entry.file_name();
        entry.depth() == 0 || !LEFT_OUT.iter().any(|left_out| name == *left_out)
    };
    let walk = WalkDir::new(directory).follow_root_links(true);
    for entry in walk.into_iter().filter_entry(is_wanted) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(directory).to_owned();
            SourceError::unreadable(&path, error.into())
        })?;
        let path = entry.path().strip_prefix(directory).unwrap_or(entry.path());
        let kind = entry.file_type();
        if kind.is_dir() {
            tree.add_directory(path)?;
        } else if kind.is_file() {
            add(&mut tree, path, &entry)?;
        } else if kind.is_symlink() {
            return Err(SourceError::refused(path, "it is a symbolic link"));
        } else {
            let reason = "it is neither a file nor a directory";
            return Err(SourceError::refused(path, reason));
        }
    }
    Ok(tree)
}

fn add(tree: &mut ScaffoldTree, path: &Path, entry: &DirEntry) -> Result<(), SourceError> {
    let unreadable = |source| SourceError::unreadable(entry.path(), source);
    let metadata = fs::symlink_metadata(entry.path()).map_err(unreadable)?;
    let is_executable = metadata.permissions().mode() & 0o100 != 0;
    let file = File::open(entry.path()).map_err(unreadable)?;
    tree.add_file(path, file, is_executable)
}
