//! The files that `djr makemigrations` is going to write.

use crate::commands::CommandError;
use crate::commands::migration_files::MigrationFile;
use crate::files::FileChange;
use crate::migrations::Migration;
use crate::project::Project;

/// Files to write.
#[derive(Default)]
pub(super) struct PendingFiles {
    pub(super) files: Vec<MigrationFile>,
    pub(super) changes: Vec<FileChange>,
    pub(super) warnings: Vec<String>,
}

impl PendingFiles {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn create(
        &mut self,
        project: &Project,
        migration: &Migration,
    ) -> Result<(), CommandError> {
        let file = MigrationFile::new(project, migration)?;
        self.changes.push(file.creation());
        self.files.push(file);
        Ok(())
    }
}
