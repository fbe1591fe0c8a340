//! What happens while migrations run.

use crate::migrations::{MigrationKey, OperationMetrics};
use crate::schema::Direction;

/// What happens while migrations run.
#[derive(Clone, Copy, Debug)]
pub enum MigrationEvent<'e> {
    /// Another connection has held the lock for more than a second.
    Waiting,
    /// A migration is about to be applied or undone.
    Started {
        /// The migration.
        key: &'e MigrationKey,
        /// Whether it is applied or undone.
        direction: Direction,
        /// Whether all of it is committed at once; otherwise each of its operations is.
        atomic: bool,
    },
    /// An operation of the migration that was started last ran.
    OperationRan(&'e OperationMetrics),
    /// A migration was applied or undone.
    Finished {
        /// The migration.
        key: &'e MigrationKey,
        /// Whether it was applied or undone.
        direction: Direction,
        /// Whether it was only recorded, and its operations did not run.
        faked: bool,
    },
}

/// Is called with everything that happens while migrations run.
pub type OnMigrationEvent<'c> = &'c mut dyn FnMut(MigrationEvent<'_>);
