//! Files of migrations, written all together, and how they are described.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::apps::AppSource;
use crate::commands::CommandError;
use crate::diagnostic::Finding;
use crate::files::{FileChange, FileMode, Journal};
use crate::migrations::operations::Operation;
use crate::migrations::{Migration, MigrationKey, write_migration};
use crate::project::Project;

/// A migration, and where its file is.
#[derive(Debug, Serialize)]
pub(super) struct MigrationFile {
    pub(super) app: String,
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) operations: Vec<String>,
    pub(super) content: String,
}

impl MigrationFile {
    /// The file of `migration`, within the project.
    pub(super) fn new(project: &Project, migration: &Migration) -> Result<Self, CommandError> {
        let key = &migration.key;
        Ok(Self {
            app: key.app_label.clone(),
            name: key.name.clone(),
            path: path(project, key)?,
            operations: migration
                .operations
                .iter()
                .map(Operation::describe)
                .collect(),
            content: write_migration(migration),
        })
    }

    /// The creation of its file, which must not exist yet.
    pub(super) fn creation(&self) -> FileChange {
        FileChange::Create {
            path: self.path.clone(),
            content: self.content.clone().into_bytes(),
            mode: FileMode::Public,
        }
    }

    /// The replacement of its file, which exists.
    pub(super) fn replacement(&self, project: &Project) -> Result<FileChange, CommandError> {
        let old = app_file(project, &self.app, &self.name)?;
        Ok(FileChange::Replace {
            path: self.path.clone(),
            old,
            new: self.content.clone().into_bytes(),
        })
    }
}

impl fmt::Display for MigrationFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        for operation in &self.operations {
            write!(f, "\n    {operation}")?;
        }
        Ok(())
    }
}

/// The lock under which migrations are written, held by one process at a time.
pub(super) fn lock(project: &Project) -> Result<Journal, CommandError> {
    Ok(Journal::open(&project.root)?)
}

/// The removal of the file of a migration that has another name now.
pub(super) fn removal(project: &Project, key: &MigrationKey) -> Result<FileChange, CommandError> {
    Ok(FileChange::Remove {
        path: path(project, key)?,
        old: app_file(project, &key.app_label, &key.name)?,
    })
}

/// Where the file of a migration is, below the project's directory.
fn path(project: &Project, key: &MigrationKey) -> Result<PathBuf, CommandError> {
    let app = project.apps.get(&key.app_label);
    let Some(AppSource::Disk(root)) = app.map(|app| &app.source) else {
        return Err(built_in(&key.app_label).into());
    };
    let below = root.strip_prefix(&project.root).unwrap_or(root);
    let below = below.strip_prefix(Path::new(".")).unwrap_or(below);
    Ok(below.join("migrations").join(format!("{}.toml", key.name)))
}

fn app_file(project: &Project, label: &str, name: &str) -> Result<Vec<u8>, CommandError> {
    let path = format!("migrations/{name}.toml");
    let app = project.apps.get(label);
    let content = app.map(|app| app.read(&path)).transpose();
    let content = content.map_err(|error| {
        Finding::error("unreadable-file", format!("cannot read `{path}`: {error}"))
    });
    let content = content.map_err(crate::diagnostic::Findings::from)?;
    Ok(content.flatten().unwrap_or_default().into_owned())
}

/// The error that a built-in app cannot be written to.
pub(super) fn built_in(label: &str) -> crate::diagnostic::Findings {
    let message = format!("`{label}` is built in: its migrations come with djr");
    Finding::error("built-in-app", message).into()
}

/// Refuses a name that could not be that of a file, or would need quoting.
pub(super) fn check_name(name: Option<&str>) -> Result<(), CommandError> {
    let is_plain = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    match name {
        Some(name) if !is_plain(name) => {
            let message = format!("`{name}` cannot be a part of a migration's name");
            let finding = Finding::error("bad-name", message).hint("letters, digits and `_`");
            Err(crate::diagnostic::Findings::from(finding).into())
        }
        _ => Ok(()),
    }
}
