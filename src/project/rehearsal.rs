//! A plan carried out on a copy of the database: what it takes, and whether it would go through.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::db::{Database, DatabaseError, introspection::BrokenReferences};
use crate::files::{AtomicFile, Mode, remove_leftover};
use crate::migrations::{
    MigrateRequest, MigrationError, MigrationEvent, MigrationKey, Migrations, OperationMetrics,
};
use crate::project::disk_space::{self, CopyPurpose};
use crate::project::{Project, SnapshotError};
use crate::schema::Direction;

/// What a rehearsal found.
#[derive(Clone, Debug, Default)]
pub struct Rehearsal {
    /// The migrations that ran, in order.
    pub migrations: Vec<RehearsedMigration>,
    /// How long all of it took, the copy left out.
    pub time: Duration,
    /// Rows that would be left referring to nothing: the real run would not commit.
    pub broken: BrokenReferences,
}

/// A migration that ran on the copy.
#[derive(Clone, Debug)]
pub struct RehearsedMigration {
    /// The migration.
    pub key: MigrationKey,
    /// Whether it was applied or undone.
    pub direction: Direction,
    /// How long it took.
    pub time: Duration,
    /// What it did.
    pub operations: Vec<OperationMetrics>,
}

impl Project {
    /// Carries out the plan on a copy of `database`, which is removed afterwards.
    pub fn rehearse(
        &self,
        migrations: &Migrations,
        database: &Database,
        request: &MigrateRequest,
    ) -> Result<Rehearsal, MigrationError> {
        let copy = RehearsalCopy::of(database)?;
        let mut found = Rehearsal::default();
        let started = Instant::now();
        let mut began = started;
        let mut operations = Vec::new();
        let mut events = |event: MigrationEvent<'_>| match event {
            MigrationEvent::Started { .. } => began = Instant::now(),
            MigrationEvent::OperationRan(measured) => operations.push(measured.clone()),
            MigrationEvent::Finished { key, direction, .. } => {
                found.migrations.push(RehearsedMigration {
                    key: key.clone(),
                    direction,
                    time: began.elapsed(),
                    operations: std::mem::take(&mut operations),
                })
            }
            MigrationEvent::Waiting => {}
        };
        let outcome = self.migrate(migrations, &copy.database, request, None, &mut events);
        found.time = started.elapsed();
        match outcome.map_err(whole) {
            Err(MigrationError::Database(DatabaseError::BrokenReferences(broken))) => {
                found.broken = broken;
            }
            outcome => drop(outcome?),
        }
        Ok(found)
    }
}

/// The error without what stays of the run: the copy does not stay.
fn whole(error: MigrationError) -> MigrationError {
    match error {
        MigrationError::Partly { source, .. } => whole(*source),
        MigrationError::Operation {
            key,
            operation,
            row,
            source,
            ..
        } => MigrationError::Operation {
            key,
            operation,
            row,
            kept: false,
            source,
        },
        error => error,
    }
}

/// A copy of a database, gone when it is dropped.
struct RehearsalCopy {
    database: Database,
    // Removes the file itself, and is locked as long as it lives.
    _file: AtomicFile,
}

impl RehearsalCopy {
    fn of(database: &Database) -> Result<Self, SnapshotError> {
        let place = place(database);
        // The copy, and a log of as much again.
        let needed = database.size()?.saturating_mul(2);
        disk_space::check(
            disk_space::directory(&place),
            needed,
            CopyPurpose::Rehearsal,
        )?;
        let file = AtomicFile::create(&place, Mode::Private)?;
        let copy = Database::new(file.temporary().to_owned(), database.lock_timeout());
        // A log without its file would mislead the next.
        copy.remove_logs();
        if database.path().exists() {
            database.back_up(copy.path())?;
        }
        Ok(Self {
            database: copy,
            _file: file,
        })
    }
}

impl Drop for RehearsalCopy {
    fn drop(&mut self) {
        self.database.remove_logs();
    }
}

/// The name of the copy, which it never takes.
fn place(database: &Database) -> PathBuf {
    let mut name = database.path().file_name().unwrap_or_default().to_owned();
    name.push(".rehearsal");
    database.path().with_file_name(name)
}

/// Removes the copy of a rehearsal that was killed.
pub(super) fn tidy(database: &Database) -> Result<(), SnapshotError> {
    if let Some(copy) = remove_leftover(&place(database))? {
        Database::new(copy, database.lock_timeout()).remove_logs();
    }
    Ok(())
}
