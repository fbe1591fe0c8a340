//! Applies and unapplies migrations in a transaction, and records them.

use std::collections::BTreeSet;

use crate::db::{BetweenTransactions, DatabaseError, SchemaTransaction};
use crate::migrations::fake_mode::FakeMode;
use crate::migrations::migration_event::{MigrationEvent, OnMigrationEvent};
use crate::migrations::operation_step::OperationStep;
use crate::migrations::operations::{OperationStates, OperationTransition, rename_content_type};
use crate::migrations::run_operations::{operation_error, run_operations};
use crate::migrations::soft_applied::detect_soft_applied;
use crate::migrations::state::{operation_states, state_error};
use crate::migrations::table_owners::{TableHandover, TableOwners};
use crate::migrations::{
    History, Migration, MigrationError, MigrationKey, MigrationPlan, checksums, partial_progress,
    recorder,
};
use crate::models::ProjectState;
use crate::schema::{Direction, SchemaEditor};

/// Applies and unapplies migrations in a transaction, and records them.
pub(super) struct MigrationRunner<'r> {
    fake: FakeMode,
    on_event: OnMigrationEvent<'r>,
    announced: BTreeSet<MigrationKey>,
    table_owners: TableOwners,
    /// The migrations applied since the last commit that were not only recorded.
    without_checksum: Vec<&'r Migration>,
}

impl<'r> MigrationRunner<'r> {
    pub(super) fn new(fake: FakeMode, on_event: OnMigrationEvent<'r>) -> Self {
        Self {
            fake,
            on_event,
            announced: BTreeSet::new(),
            table_owners: TableOwners::default(),
            without_checksum: Vec::new(),
        }
    }

    /// Tells that another connection holds the lock.
    pub(super) fn announce_waiting(&mut self) {
        (self.on_event)(MigrationEvent::Waiting);
    }

    /// Tells that `migration` is begun, unless that was told already.
    pub(super) fn announce(&mut self, migration: &Migration, direction: Direction) {
        if self.announced.insert(migration.key.clone()) {
            (self.on_event)(MigrationEvent::Started {
                key: &migration.key,
                direction,
                atomic: migration.atomic || self.fake == FakeMode::All,
            });
        }
    }

    /// Carries out `plan`; returns the models it leads to.
    pub(super) fn run_batch(
        &mut self,
        history: &History<'r>,
        plan: &MigrationPlan,
        transaction: &SchemaTransaction,
    ) -> Result<ProjectState, MigrationError> {
        let states = history.states_of(plan)?;
        for step in &plan.steps {
            let migration = history.migrations.get(&step.key);
            let (Some(migration), Some(before)) = (migration, states.before.get(&step.key)) else {
                continue;
            };
            let states = operation_states(migration, before)?;
            self.announce(migration, step.direction);
            match step.direction {
                Direction::Forwards => {
                    self.apply_migration(history, migration, &states, transaction)?;
                }
                Direction::Backwards => self.unapply_migration(migration, &states, transaction)?,
            }
        }
        Ok(states.after)
    }

    fn apply_migration(
        &mut self,
        history: &History<'r>,
        migration: &'r Migration,
        states: &OperationStates<'_>,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        let faked = self.is_faked(migration, states, transaction)?;
        if !faked {
            history.check_order(&migration.key)?;
            self.run_migration(migration, states, Direction::Forwards, transaction)?;
        }
        self.record_applied(migration, faked, transaction)
    }

    fn unapply_migration(
        &mut self,
        migration: &Migration,
        states: &OperationStates<'_>,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        let faked = self.fake == FakeMode::All;
        if !faked {
            self.run_migration(migration, states, Direction::Backwards, transaction)?;
        }
        self.record_unapplied(migration, faked, transaction)
    }

    fn run_migration(
        &mut self,
        migration: &Migration,
        states: &OperationStates<'_>,
        direction: Direction,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        let events = &mut self.on_event;
        let transitions = states.transitions(direction);
        run_operations(
            &migration.key,
            &transitions,
            direction,
            SchemaEditor::executing(transaction, direction),
            &mut |metrics| events(MigrationEvent::OperationRan(metrics)),
        )?;
        for found in transitions {
            self.hand_over_content_types(&migration.key, found, direction, transaction)?;
        }
        Ok(())
    }

    /// Lets content types follow the tables that go to other models.
    fn hand_over_content_types(
        &mut self,
        key: &MigrationKey,
        transition: OperationTransition<'_>,
        direction: Direction,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        let state = transition.states.to_state;
        let handovers = self
            .table_owners
            .handovers(transition, direction)
            .map_err(|source| state_error(key, source))?;
        for TableHandover { from, to } in handovers {
            rename_content_type(transaction, state, &from, &to)
                .map_err(|source| operation_error(key, Some(transition.operation), None, source))?;
        }
        Ok(())
    }

    /// Runs one operation in a transaction.
    pub(super) fn run_step(
        &mut self,
        step: &OperationStep<'_>,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        let events = &mut self.on_event;
        step.run(transaction, &mut |metrics| {
            events(MigrationEvent::OperationRan(metrics));
        })?;
        let key = &step.migration.key;
        match step.transition() {
            Some(found) => self.hand_over_content_types(key, found, step.direction, transaction),
            None => Ok(()),
        }
    }

    /// Runs one operation that must not run in a transaction.
    pub(super) fn run_step_outside_transaction(
        &mut self,
        step: &OperationStep<'_>,
        connection: &BetweenTransactions,
    ) -> Result<(), MigrationError> {
        let events = &mut self.on_event;
        step.run_outside_transaction(connection, &mut |metrics| {
            events(MigrationEvent::OperationRan(metrics));
        })
    }

    /// Whether `migration`, around whose operations the models are `states`, is only to be recorded.
    pub(super) fn is_faked(
        &self,
        migration: &Migration,
        states: &OperationStates<'_>,
        transaction: &SchemaTransaction,
    ) -> Result<bool, MigrationError> {
        match self.fake {
            FakeMode::Never => Ok(false),
            FakeMode::All => Ok(true),
            FakeMode::Initial => detect_soft_applied(migration, states, transaction),
        }
    }

    /// Records `migration` as applied.
    pub(super) fn record_applied(
        &mut self,
        migration: &'r Migration,
        faked: bool,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        partial_progress::delete(transaction, &migration.key)?;
        recorder::record_migration_applied(transaction, migration)?;
        if !faked {
            self.without_checksum.push(migration);
        }
        self.announce_finished(migration, Direction::Forwards, faked);
        Ok(())
    }

    /// Records `migration` as not applied.
    pub(super) fn record_unapplied(
        &mut self,
        migration: &Migration,
        faked: bool,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        partial_progress::delete(transaction, &migration.key)?;
        recorder::record_migration_unapplied(transaction, migration)?;
        self.announce_finished(migration, Direction::Backwards, faked);
        Ok(())
    }

    fn announce_finished(&mut self, migration: &Migration, direction: Direction, faked: bool) {
        (self.on_event)(MigrationEvent::Finished {
            key: &migration.key,
            direction,
            faked,
        });
    }

    /// Records the checksums of what was applied since the last commit.
    pub(super) fn record_checksums(
        &mut self,
        transaction: &SchemaTransaction,
    ) -> Result<(), DatabaseError> {
        let migrations = std::mem::take(&mut self.without_checksum);
        let mut migrations = migrations.into_iter();
        migrations.try_for_each(|migration| checksums::record_checksum(transaction, migration))
    }
}
