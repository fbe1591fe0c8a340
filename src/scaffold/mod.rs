//! Projects and apps, rendered from the directories in `scaffolds/`.
//!
//! 1. [`ProjectName`] and [`AppName`] check the name.
//! 2. `manifest` reads `scaffold.toml`; `render` turns the files beside it into contents and modes.
//! 3. `destination` drops what is there already, word for word, and has `files` write the rest,
//!    all or nothing.

mod destination;
mod error;
mod included_urls;
mod installed_apps;
mod manifest;
mod name;
mod render;

pub use error::ScaffoldError;
pub use included_urls::entry as urls_entry;
pub use name::{AppName, ProjectName};

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use minijinja::context;

use crate::files::{FileChange, Journal};
use crate::settings;

static PROJECT_SCAFFOLD: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffolds/default");
static APP_SCAFFOLD: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffolds/app");

/// Makes a project called `name` in the directory `destination`, a new one or an existing one.
///
/// Returns the files it wrote; none where all of them were there already, word for word.
pub fn start_project(
    name: &ProjectName,
    destination: &Path,
) -> Result<Vec<PathBuf>, ScaffoldError> {
    let context = context! {
        name => name.as_str(),
        title => name.title(),
        secret_key => settings::SecretKey::random().expose(),
        djr_version => env!("CARGO_PKG_VERSION"),
    };
    destination::write(destination, &render::render(&PROJECT_SCAFFOLD, &context)?)
}

/// Makes the app `name` in the project at `root`, adds it to the `installed` ones in `djr.toml`, and includes its
/// urls in `urls.toml` where it can.
///
/// Returns the files it wrote; none where the app was there already, word for word, and installed.
pub fn start_app(
    root: &Path,
    name: &AppName,
    installed: &[&str],
) -> Result<Vec<PathBuf>, ScaffoldError> {
    let context = context! { label => name.as_str(), title => name.title() };
    let rendered = render::render(&APP_SCAFFOLD, &context)?.prefixed(name.as_str());
    let journal = Journal::open(root)?;
    let mut changes = destination::missing_changes(root, &rendered)?;
    let path = root.join(settings::FILE_NAME);
    let (old, new) = installed_apps::add(&path, name.as_str(), installed)?;
    if old != new {
        changes.push(FileChange::Replace {
            path: settings::FILE_NAME.into(),
            old: old.into_bytes(),
            new: new.into_bytes(),
        });
    }
    changes.extend(included_urls::include(root, name.as_str()));
    destination::apply(journal, &changes)
}
