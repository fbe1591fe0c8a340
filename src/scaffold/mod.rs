//! Projects and apps, rendered from the directories in `scaffolds/`.
//!
//! 1. [`ProjectName`] and [`AppName`] check the name.
//! 2. `manifest` reads `scaffold.toml`; `render` turns the files beside it into contents and modes.
//! 3. `target` drops what is there already, word for word, and has `files` write the rest,
//!    all or nothing.

mod error;
mod install;
mod manifest;
mod name;
mod render;
mod target;

pub use error::ScaffoldError;
pub use name::{AppName, ProjectName};

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use minijinja::context;

use crate::crypto;
use crate::files::{Change, FileError, Journal};
use crate::settings;

static PROJECT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffolds/default");
static APP: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffolds/app");

/// The length of a new secret key: 297 bits, in characters no shell would mind.
const KEY_LENGTH: usize = 50;

/// Makes a project called `name` in `target`, a new directory or an existing one.
///
/// Returns the files it wrote; none where all of them were there already, word for word.
pub fn start_project(name: &ProjectName, target: &Path) -> Result<Vec<PathBuf>, ScaffoldError> {
    let context = context! {
        name => name.as_str(),
        title => name.title(),
        secret_key => crypto::random_string(KEY_LENGTH, crypto::ALPHANUMERIC),
        djr_version => env!("CARGO_PKG_VERSION"),
    };
    target::write(target, &render::render(&PROJECT, &context)?)
}

/// Makes the app `name` in the project at `root` and adds it to the `installed` ones in `djr.toml`.
///
/// Returns the files it wrote; none where the app was there already, word for word, and installed.
pub fn start_app(
    root: &Path,
    name: &AppName,
    installed: &[&str],
) -> Result<Vec<PathBuf>, ScaffoldError> {
    let context = context! { label => name.as_str(), title => name.title() };
    let rendered = render::render(&APP, &context)?.below(name.as_str());
    let journal = Journal::open(root)?;
    let mut changes = target::missing(root, &rendered)?;
    let path = root.join(settings::FILE_NAME);
    let (old, new) = install::add(&path, name.as_str(), installed)?;
    if old != new {
        changes.push(Change::Replace {
            path: settings::FILE_NAME.into(),
            old: old.into_bytes(),
            new: new.into_bytes(),
        });
    }
    apply(journal, &changes)
}

/// Makes the changes; returns the files among them.
fn apply(journal: Journal, changes: &[Change]) -> Result<Vec<PathBuf>, ScaffoldError> {
    journal.apply(changes)?;
    Ok(files(changes))
}

fn files(changes: &[Change]) -> Vec<PathBuf> {
    let files = changes
        .iter()
        .filter(|change| !matches!(change, Change::Directory { .. }));
    files.map(|change| change.path().to_owned()).collect()
}

impl From<FileError> for ScaffoldError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}
