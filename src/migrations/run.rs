//! A run of migrations: units of work, each planned, run and committed in its own transaction.

use crate::db::{BetweenTransactions, Database, DatabaseError, SchemaTransaction};
use crate::migrations::data_loss::check_reused_tables;
use crate::migrations::fake_mode::FakeMode;
use crate::migrations::hooks::{MigrationHooks, PendingChanges};
use crate::migrations::key_mismatch::KeyMismatch;
use crate::migrations::migrate_request::MigrateRequest;
use crate::migrations::migration_event::OnMigrationEvent;
use crate::migrations::migration_runner::MigrationRunner;
use crate::migrations::operation_step::OperationStep;
use crate::migrations::{
    History, MigrationError, MigrationPlan, Migrations, PartialMigration, PlanStep, RunProgress,
    partial_progress, plan_refusal, recorder,
};
use crate::models::ProjectState;
use crate::schema::Direction;

/// What is committed at once.
enum Unit<'r> {
    /// All of these migrations.
    Batch(MigrationPlan),
    /// One operation of a migration that is not atomic.
    Operation(Box<OperationStep<'r>>),
}

/// The unit that is run next.
struct NextUnit<'r> {
    unit: Unit<'r>,
    /// Whether nothing of the plan is left after it, if it completes its migrations.
    is_last: bool,
}

/// What a unit that ran led to.
enum UnitOutcome {
    /// Its migrations are applied or undone, and recorded.
    Completed {
        steps: Vec<PlanStep>,
        state: Box<ProjectState>,
    },
    /// Only some operations of its migration are in effect.
    Partial(PartialMigration),
    /// Another run moved the migration on meanwhile, so that the plan has to be made again.
    Outdated,
}

/// The transaction that the run goes on with; none at its end.
type NextTransaction = Result<Option<SchemaTransaction>, MigrationError>;

/// A run of migrations.
pub(super) struct MigrationRun<'r> {
    migrations: &'r Migrations,
    database: &'r Database,
    request: &'r MigrateRequest,
    hooks: &'r dyn MigrationHooks,
    runner: MigrationRunner<'r>,
    /// The direction of the first plan; what other runs do meanwhile does not turn this one round.
    direction: Option<Direction>,
    progress: RunProgress,
}

impl<'r> MigrationRun<'r> {
    pub(super) fn new(
        migrations: &'r Migrations,
        database: &'r Database,
        request: &'r MigrateRequest,
        hooks: &'r dyn MigrationHooks,
        on_event: OnMigrationEvent<'r>,
    ) -> Self {
        Self {
            migrations,
            database,
            request,
            hooks,
            runner: MigrationRunner::new(request.fake, on_event),
            direction: None,
            progress: RunProgress::default(),
        }
    }

    /// Runs and commits unit after unit; returns what was done.
    pub(super) fn execute(
        mut self,
        transaction: SchemaTransaction,
    ) -> Result<MigrationPlan, MigrationError> {
        let mut next = Some(transaction);
        while let Some(transaction) = next {
            next = match self.execute_transaction(transaction) {
                Ok(next) => next,
                Err(error) => return Err(error.after(self.progress)),
            };
        }
        let steps = self.progress.committed;
        Ok(MigrationPlan { steps })
    }

    fn execute_transaction(&mut self, transaction: SchemaTransaction) -> NextTransaction {
        let history = History::read(self.migrations, Some(&transaction))?;
        let NextUnit { unit, is_last } = self.next_unit(&history, &transaction)?;
        let (transaction, outcome) = self.run_unit(unit, &history, transaction)?;
        self.commit(outcome, transaction, is_last)
    }

    /// Plans again, now that the lock is held, and takes what can be committed at once.
    fn next_unit(
        &mut self,
        history: &History<'r>,
        transaction: &SchemaTransaction,
    ) -> Result<NextUnit<'r>, MigrationError> {
        let plan = self.remaining_plan(history);
        history.check_before(&plan, self.request.fake)?;
        if self.request.fake == FakeMode::All {
            recorder::ensure_table(transaction)?;
            let (unit, is_last) = (Unit::Batch(plan), true);
            return Ok(NextUnit { unit, is_last });
        }
        history.check_partial_migrations(&plan)?;
        check_reused_tables(history, &plan, transaction)?;
        let mut segments = history.segments(&plan).into_iter();
        let first = segments.next().unwrap_or_default();
        let is_last = segments.next().is_none();
        if !is_last || !first.atomic {
            self.check_refusals(history, &plan, transaction)?;
        }
        self.hooks.before_changes(&PendingChanges {
            plan: &plan,
            transaction,
            history,
        })?;
        recorder::ensure_table(transaction)?;
        let unit = match first.plan.steps.first() {
            Some(step) if !first.atomic => self.operation_unit(history, step)?,
            _ => Unit::Batch(first.plan),
        };
        Ok(NextUnit { unit, is_last })
    }

    /// Fails before the first part of a run that is committed in parts if a later one will be refused.
    fn check_refusals(
        &self,
        history: &History<'r>,
        plan: &MigrationPlan,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        if !self.progress.is_empty() {
            return Ok(());
        }
        let refusal = plan_refusal(history, plan, self.request.fake, transaction)?;
        refusal.map_or(Ok(()), Err)
    }

    /// What is left to do, in the direction the run began with.
    fn remaining_plan(&mut self, history: &History<'_>) -> MigrationPlan {
        let mut plan = history.plan(&self.request.target);
        let first = plan.steps.first().map(|step| step.direction);
        let direction = *self
            .direction
            .get_or_insert(first.unwrap_or(Direction::Forwards));
        plan.steps.retain(|step| step.direction == direction);
        let left = plan.steps.iter().map(|step| step.key.clone());
        self.progress.not_started = left.collect();
        plan
    }

    /// The next operation of the migration of `step`.
    fn operation_unit(
        &self,
        history: &History<'r>,
        step: &PlanStep,
    ) -> Result<Unit<'r>, MigrationError> {
        let plan = MigrationPlan::of_step(step.clone());
        let states = history.states_of(&plan)?;
        let (migration, before) = (self.migrations.get(&step.key), states.before.get(&step.key));
        let (Some(migration), Some(before)) = (migration, before) else {
            return Ok(Unit::Batch(plan));
        };
        let step = OperationStep::new(history, migration, before, step.direction)?;
        Ok(Unit::Operation(Box::new(step)))
    }

    fn run_unit(
        &mut self,
        unit: Unit<'r>,
        history: &History<'r>,
        transaction: SchemaTransaction,
    ) -> Result<(SchemaTransaction, UnitOutcome), MigrationError> {
        match unit {
            Unit::Operation(step) => self.run_operation(&step, history, transaction),
            Unit::Batch(plan) => {
                let state = self.runner.run_batch(history, &plan, &transaction)?;
                let outcome = UnitOutcome::Completed {
                    steps: plan.steps,
                    state: Box::new(state),
                };
                Ok((transaction, outcome))
            }
        }
    }

    /// Runs one operation; the last one of its migration completes that.
    fn run_operation(
        &mut self,
        step: &OperationStep<'r>,
        history: &History<'r>,
        mut transaction: SchemaTransaction,
    ) -> Result<(SchemaTransaction, UnitOutcome), MigrationError> {
        let migration = step.migration;
        self.runner.announce(migration, step.direction);
        self.progress.partial = step.partial_before();
        let faked = step.is_first()
            && self
                .runner
                .is_faked(migration, step.states(), &transaction)?;
        if !faked && step.must_run_outside_transaction() {
            transaction = self.run_outside_transaction(step, transaction)?;
            if step.is_outdated(&History::read(self.migrations, Some(&transaction))?) {
                return Ok((transaction, UnitOutcome::Outdated));
            }
        } else if !faked {
            history.check_order(&migration.key)?;
            self.runner.run_step(step, &transaction)?;
        }
        if let Some(partial) = step.partial_after().filter(|_| !faked) {
            recorder::record_migration_unapplied(&transaction, migration)?;
            partial_progress::record(&transaction, migration, partial.operations_in_effect)?;
            return Ok((transaction, UnitOutcome::Partial(partial)));
        }
        match step.direction {
            Direction::Forwards => self.runner.record_applied(migration, faked, &transaction)?,
            Direction::Backwards => self
                .runner
                .record_unapplied(migration, faked, &transaction)?,
        }
        let plan = MigrationPlan::of_step(step.plan_step());
        let outcome = UnitOutcome::Completed {
            state: Box::new(history.states_of(&plan)?.after),
            steps: plan.steps,
        };
        Ok((transaction, outcome))
    }

    /// Runs an operation between two transactions.
    fn run_outside_transaction(
        &mut self,
        step: &OperationStep<'_>,
        transaction: SchemaTransaction,
    ) -> Result<SchemaTransaction, MigrationError> {
        let connection = self.commit_and_keep_connection(transaction)?;
        self.progress.partial = Some(step.progress_before());
        self.runner
            .run_step_outside_transaction(step, &connection)?;
        self.begin_next_transaction(connection)
    }

    /// Commits what a unit led to, and begins the next transaction unless the run is at its end.
    fn commit(
        &mut self,
        outcome: UnitOutcome,
        transaction: SchemaTransaction,
        is_last: bool,
    ) -> NextTransaction {
        match outcome {
            UnitOutcome::Outdated => Ok(Some(transaction)),
            UnitOutcome::Partial(partial) => {
                let connection = self.commit_and_keep_connection(transaction)?;
                self.progress.partial = Some(partial);
                self.begin_next_transaction(connection).map(Some)
            }
            UnitOutcome::Completed { steps, state } => {
                recorder::record_replacements(self.migrations, &transaction)?;
                self.hooks.post_migrate(&state, &transaction)?;
                self.runner.record_checksums(&transaction)?;
                let committed = if is_last {
                    self.commit_for_good(transaction).map(|()| None)
                } else {
                    self.commit_and_keep_connection(transaction).map(Some)
                };
                let connection = committed.map_err(|error| self.blamed(error, &steps, &state))?;
                self.progress.partial = None;
                self.progress.committed.extend(steps);
                let next = connection.map(|connection| self.begin_next_transaction(connection));
                next.transpose()
            }
        }
    }

    /// The error of a commit, with the migration that is to blame if that can be told.
    fn blamed(
        &self,
        error: MigrationError,
        steps: &[PlanStep],
        state: &ProjectState,
    ) -> MigrationError {
        let source = match error {
            MigrationError::Database(DatabaseError::BrokenReferences(broken)) => {
                let migrations = steps.iter().map(|step| step.key.clone()).collect();
                return MigrationError::BrokenReferences { migrations, broken };
            }
            MigrationError::Database(source) => source,
            error => return error,
        };
        match KeyMismatch::of(&source.reason(), steps, self.migrations, state) {
            Some(found) => MigrationError::KeyMismatch(Box::new(found)),
            None => source.into(),
        }
    }

    fn commit_for_good(&self, transaction: SchemaTransaction) -> Result<(), MigrationError> {
        self.hooks.before_commit(&transaction)?;
        transaction.commit()?;
        self.hooks.after_commit();
        Ok(())
    }

    fn commit_and_keep_connection(
        &self,
        transaction: SchemaTransaction,
    ) -> Result<BetweenTransactions, MigrationError> {
        self.hooks.before_commit(&transaction)?;
        let connection = transaction.commit_and_keep_connection()?;
        self.hooks.after_commit();
        Ok(connection)
    }

    fn begin_next_transaction(
        &mut self,
        connection: BetweenTransactions,
    ) -> Result<SchemaTransaction, MigrationError> {
        let runner = &mut self.runner;
        let transaction = self
            .database
            .begin_next_transaction(connection, &mut || runner.announce_waiting())?;
        Ok(transaction)
    }
}
