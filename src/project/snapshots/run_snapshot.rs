//! The snapshot of a run of migrations.

use std::cell::RefCell;

use crate::db::{DatabaseError, DatabaseFingerprint, SchemaTransaction};
use crate::migrations::{DataLoss, MigrationError, MigrationPlan, PendingChanges, PlanStep};
use crate::project::snapshots::error::SnapshotError;
use crate::project::snapshots::pending_snapshot::PendingSnapshot;
use crate::project::snapshots::snapshot::{Snapshot, SnapshotReason, SnapshotRecord};
use crate::project::snapshots::store::Snapshots;
use crate::schema::Direction;

/// Is called with a snapshot that was taken, and with what made it necessary.
type OnSnapshot<'s> = &'s dyn Fn(&Snapshot, &[DataLoss]);

/// Takes a snapshot where a plan needs one.
///
/// A plan may be committed in parts. One snapshot does for all of them as long as nobody else writes
/// in between: what others wrote then would be lost without a word when it is put back.
pub(in crate::project) struct RunSnapshot<'s> {
    snapshots: Snapshots,
    state: RefCell<RunSnapshotState>,
    on_snapshot: OnSnapshot<'s>,
}

/// The snapshot of a run, and the last commit it knows of.
#[derive(Debug, Default)]
struct RunSnapshotState {
    pending: Option<PendingSnapshot>,
    /// The record at the last commit; none before the first.
    committed_record: Option<SnapshotRecord>,
    /// A number that changes when others write; that of the last commit.
    version: Option<i64>,
}

impl RunSnapshotState {
    /// Whether somebody else wrote between two parts of the run.
    fn is_outdated(&self, transaction: &SchemaTransaction) -> Result<bool, DatabaseError> {
        let version = transaction.version_of_others()?;
        Ok(self.version.is_some_and(|known| known != version))
    }
}

impl<'s> RunSnapshot<'s> {
    pub(in crate::project) fn new(snapshots: Snapshots, on_snapshot: OnSnapshot<'s>) -> Self {
        Self {
            snapshots,
            state: RefCell::new(RunSnapshotState::default()),
            on_snapshot,
        }
    }

    /// Takes a snapshot if `changes` take something from rows, unless one does for them already.
    pub(in crate::project) fn before_changes(
        &self,
        changes: &PendingChanges<'_>,
    ) -> Result<(), MigrationError> {
        let losses = changes.data_losses()?;
        if losses.is_empty() {
            return Ok(());
        }
        let mut state = self.state.borrow_mut();
        if state.pending.is_some() && !state.is_outdated(changes.transaction)? {
            return Ok(());
        }
        let Some(first) = changes.plan.steps.first() else {
            return Ok(());
        };
        let before = DatabaseFingerprint::of(changes.transaction)?;
        let label = first.key.to_string();
        let pending = self.snapshots.take(&label, reason(changes.plan), before)?;
        (self.on_snapshot)(&pending.snapshot, &losses);
        *state = RunSnapshotState {
            pending: Some(pending),
            ..RunSnapshotState::default()
        };
        Ok(())
    }

    /// Records what the database holds at this commit.
    pub(in crate::project) fn before_commit(
        &self,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        let mut state = self.state.borrow_mut();
        if state.is_outdated(transaction)? {
            return Ok(());
        }
        if let Some(pending) = state.pending.as_mut() {
            pending.snapshot.record.underway = pending.snapshot.record.after.take();
            pending.complete(Some(DatabaseFingerprint::of(transaction)?))?;
            state.version = Some(transaction.version_of_others()?);
        }
        Ok(())
    }

    /// Keeps the record, now that the commit succeeded.
    pub(in crate::project) fn after_commit(&self) {
        let mut state = self.state.borrow_mut();
        let pending = state.pending.as_ref();
        state.committed_record = pending.map(|pending| pending.snapshot.record.clone());
    }

    /// Ends the run and returns its snapshot; that of a run that changed nothing is removed.
    pub(in crate::project) fn finish(self) -> Result<Option<Snapshot>, SnapshotError> {
        let state = self.state.into_inner();
        let Some(mut pending) = state.pending else {
            return Ok(None);
        };
        let Some(committed) = state.committed_record else {
            pending.discard()?;
            return Ok(None);
        };
        if pending.snapshot.record != committed {
            // What was to be committed last was not.
            pending.snapshot.record = committed;
            pending.snapshot.write_record()?;
        }
        self.snapshots.prune()?;
        Ok(Some(pending.snapshot))
    }
}

/// Why a snapshot is taken before `plan`.
fn reason(plan: &MigrationPlan) -> SnapshotReason {
    let keys = plan.steps.iter().map(|step| step.key.to_string()).collect();
    let backwards = |step: &PlanStep| step.direction == Direction::Backwards;
    if plan.steps.first().is_some_and(backwards) {
        SnapshotReason::Unapply(keys)
    } else {
        SnapshotReason::Apply(keys)
    }
}
