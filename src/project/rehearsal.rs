//! Carries a plan out on a copy of the database: how long it takes, and whether it would commit.

use std::time::{Duration, Instant};

use crate::db::{BrokenReferences, Database};
use crate::migrations::{
    MigrateRequest, MigrationError, MigrationEvent, MigrationKey, Migrations, OperationMetrics,
};
use crate::project::rehearsal_copy::RehearsalCopy;
use crate::project::{MigrateEvent, MigrateOptions, Project};
use crate::schema::Direction;

/// What a rehearsal found.
#[derive(Clone, Debug, Default)]
pub struct Rehearsal {
    /// The migrations that ran, in order.
    pub migrations: Vec<MigrationMetrics>,
    /// How long all of it took, the copy left out.
    pub time: Duration,
    /// Rows that would be left referring to nothing: the real run would not commit.
    pub broken: BrokenReferences,
}

/// A migration that ran on the copy, and how long it took.
#[derive(Clone, Debug)]
pub struct MigrationMetrics {
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
        let mut on_event = |event: MigrateEvent<'_>| match event {
            MigrateEvent::Migration(MigrationEvent::Started { .. }) => began = Instant::now(),
            MigrateEvent::Migration(MigrationEvent::OperationRan(metrics)) => {
                operations.push(metrics.clone());
            }
            MigrateEvent::Migration(MigrationEvent::Finished { key, direction, .. }) => {
                found.migrations.push(MigrationMetrics {
                    key: key.clone(),
                    direction,
                    time: began.elapsed(),
                    operations: std::mem::take(&mut operations),
                });
            }
            MigrateEvent::Migration(MigrationEvent::Waiting)
            | MigrateEvent::SnapshotTaken { .. } => {}
        };
        let options = MigrateOptions {
            request: request.clone(),
            snapshots_of: None,
        };
        let outcome = self.migrate(migrations, &copy.database, &options, &mut on_event);
        found.time = started.elapsed();
        match outcome.map_err(without_progress) {
            Err(MigrationError::BrokenReferences { broken, .. }) => {
                found.broken = broken;
            }
            outcome => drop(outcome?),
        }
        Ok(found)
    }
}

/// The error without what is committed of the run, since the copy is removed.
fn without_progress(error: MigrationError) -> MigrationError {
    match error {
        MigrationError::PartlyCommitted { source, .. } => without_progress(*source),
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
            partly_committed: false,
            source,
        },
        error => error,
    }
}
