//! Copies of a database from before a migration took something from its rows.
//!
//! They lie in `.djr/snapshots/`, each with a record beside it:
//!
//! 1. before the plan, under its lock, the disk is asked for room, and the copy is written aside
//!    and found whole;
//! 2. before the commit, it gets its name and a record of what the database holds after the
//!    migrations; after it, the oldest ones go;
//! 3. `djr undo` compares that with what it holds now, and puts the copy in its place.

mod error;
mod pending_snapshot;
mod restore;
mod run_snapshot;
mod snapshot;
mod store;
mod take;

pub use error::SnapshotError;
pub(super) use run_snapshot::RunSnapshot;
pub use snapshot::{Snapshot, SnapshotReason, SnapshotRecord};
pub use store::Snapshots;
