//! Where the project is.

use std::env;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Finding, Findings};
use crate::settings::FILE_NAME;

/// The project's directory: `named`, or the current one or the nearest above it.
pub(super) fn find(named: Option<&Path>) -> Result<PathBuf, Findings> {
    if let Some(directory) = named {
        if is_project(directory) {
            return Ok(directory.to_owned());
        }
        return Err(missing(&format!("`{}`", directory.display())));
    }
    if is_project(Path::new(".")) {
        return Ok(PathBuf::from("."));
    }
    let current = env::current_dir().unwrap_or_default();
    let above = current
        .ancestors()
        .skip(1)
        .find(|directory| is_project(directory));
    above
        .map(Path::to_owned)
        .ok_or_else(|| missing("this directory or any above it"))
}

fn is_project(directory: &Path) -> bool {
    directory.join(FILE_NAME).is_file()
}

fn missing(place: &str) -> Findings {
    Finding::error(
        "no-project",
        format!("there is no `{FILE_NAME}` in {place}"),
    )
    .hint("change to a project's directory, or name it with `--project DIR`")
    .hint("`djr startproject NAME` makes a project")
    .into()
}
