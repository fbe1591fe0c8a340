//! A run of migrations, piece by piece: a piece is what is committed at once.

use std::collections::BTreeSet;

use crate::db::{BetweenTransactions, Database, DatabaseError, SchemaTransaction};
use crate::migrations::executor::{
    after, apply, befores, in_order, losses, state_error, undo, unmigrated_app_error,
};
use crate::migrations::operation_step::OperationStep;
use crate::migrations::operations::states;
use crate::migrations::{
    Company, FakeMode, History, MigrateRequest, Migration, MigrationError, MigrationEvent,
    MigrationKey, MigrationPlan, Migrations, PlanStep, RunProgress, checksums, partial_progress,
    recorder, soft_applied,
};
use crate::models::ProjectState;
use crate::schema::{Direction, SchemaEditor};

/// The transaction the run goes on with; none when it is at its end.
type Next = Result<Option<SchemaTransaction>, MigrationError>;

/// A run, and what of it is committed.
pub(super) struct Run<'r> {
    migrations: &'r Migrations,
    database: &'r Database,
    request: &'r MigrateRequest,
    company: Company<'r>,
    events: &'r mut dyn FnMut(MigrationEvent<'_>),
    /// Where the run goes; what others do meanwhile does not turn it round.
    direction: Option<Direction>,
    announced: BTreeSet<MigrationKey>,
    boundary: RunProgress,
    /// The migrations that ran since the last commit, and were not only recorded.
    ran: Vec<MigrationKey>,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        migrations: &'r Migrations,
        (database, request): (&'r Database, &'r MigrateRequest),
        company: Company<'r>,
        events: &'r mut dyn FnMut(MigrationEvent<'_>),
    ) -> Self {
        Self {
            migrations,
            database,
            request,
            company,
            events,
            direction: None,
            announced: BTreeSet::new(),
            boundary: RunProgress::default(),
            ran: Vec::new(),
        }
    }

    /// What the run did.
    pub(super) fn done(self) -> MigrationPlan {
        MigrationPlan {
            steps: self.boundary.committed,
        }
    }

    /// The error of a run that ends with `error`, which tells what stays of it.
    pub(super) fn stopped(self, mut error: MigrationError) -> MigrationError {
        if self.boundary.is_empty() {
            return error;
        }
        if let MigrationError::Operation { kept, .. } = &mut error {
            *kept = true;
        }
        let mut boundary = self.boundary;
        let committed = &boundary.committed;
        let half = boundary.half.as_ref().map(|half| &half.step.key);
        boundary
            .left
            .retain(|key| half != Some(key) && committed.iter().all(|step| step.key != *key));
        MigrationError::Partly {
            boundary: Box::new(boundary),
            source: Box::new(error),
        }
    }

    /// Does and commits the next piece of the plan, which is made again under the lock.
    pub(super) fn piece(&mut self, transaction: SchemaTransaction) -> Next {
        let history = History::read(self.migrations, Some(&transaction))?;
        history.check()?;
        let plan = self.plan(&history);
        if self.request.fake != FakeMode::All {
            check_standing(&history, &plan)?;
        }
        if let Some(guard) = self
            .company
            .guard
            .filter(|_| self.request.fake != FakeMode::All)
        {
            let losses = losses(&history, &transaction, &plan)?;
            if !losses.is_empty() {
                guard.before(&plan, &losses, &transaction)?;
            }
        }
        recorder::ensure_table(&transaction)?;
        let mut segments = plan.segments(self.migrations).into_iter();
        let first = segments
            .next()
            .filter(|_| self.request.fake != FakeMode::All);
        let is_last = first.is_none() || segments.next().is_none();
        match first {
            Some(segment) if !segment.atomic => match segment.plan.steps.first() {
                Some(step) => self.operation(&history, step, transaction, is_last),
                None => Ok(None),
            },
            segment => {
                let plan = segment.map_or(plan, |segment| segment.plan);
                let state = self.all_of(&history, &plan, &transaction)?;
                self.close(transaction, &state, plan.steps, is_last)
            }
        }
    }

    /// What is left to do, in the direction the run began with.
    fn plan(&mut self, history: &History<'_>) -> MigrationPlan {
        let mut plan = history.plan(&self.request.target);
        let direction = *self
            .direction
            .get_or_insert_with(|| plan.steps.first().map_or(Direction::Forwards, direction));
        plan.steps.retain(|step| step.direction == direction);
        let left = plan.steps.iter().map(|step| step.key.clone());
        self.boundary.left = left.collect();
        plan
    }

    /// Carries out the steps of `plan`; returns the models they lead to.
    fn all_of(
        &mut self,
        history: &History<'_>,
        plan: &MigrationPlan,
        transaction: &SchemaTransaction,
    ) -> Result<ProjectState, MigrationError> {
        match plan.steps.first().map(direction) {
            Some(Direction::Backwards) => self.undo(history, plan, transaction),
            _ => self.apply(history, plan, transaction),
        }
    }

    fn apply(
        &mut self,
        history: &History<'_>,
        plan: &MigrationPlan,
        transaction: &SchemaTransaction,
    ) -> Result<ProjectState, MigrationError> {
        let order = in_order(history);
        let mut state = self
            .migrations
            .initial_state()
            .map_err(unmigrated_app_error)?;
        for migration in &order {
            if history.is_applied(&migration.key) {
                state = after(migration, state)?;
            }
        }
        for migration in order {
            if plan.contains(&migration.key) {
                state = self.apply_one(migration, state, transaction)?;
            }
        }
        Ok(state)
    }

    fn apply_one(
        &mut self,
        migration: &Migration,
        state: ProjectState,
        transaction: &SchemaTransaction,
    ) -> Result<ProjectState, MigrationError> {
        let key = &migration.key;
        self.announce(migration, Direction::Forwards);
        let states = states(&key.app_label, &state, &migration.operations)
            .map_err(|source| state_error(key, source))?;
        let last = states.last().cloned().unwrap_or(state);
        let faked = self.is_faked(migration, &last, transaction)?;
        if !faked {
            let editor = SchemaEditor::executing(transaction, Direction::Forwards);
            let events = &mut self.events;
            apply(migration, &states, editor, &mut |measured| {
                events(MigrationEvent::OperationRan(measured));
            })?;
        }
        self.record(migration, faked, transaction)?;
        Ok(last)
    }

    fn undo(
        &mut self,
        history: &History<'_>,
        plan: &MigrationPlan,
        transaction: &SchemaTransaction,
    ) -> Result<ProjectState, MigrationError> {
        let before = befores(history, plan)?;
        for step in &plan.steps {
            let migration = self.migrations.get(&step.key);
            if let (Some(migration), Some(state)) = (migration, before.get(&step.key)) {
                self.undo_one(migration, state, transaction)?;
            }
        }
        self.without(history, plan)
    }

    /// The models of what is applied and not in `plan`.
    fn without(
        &self,
        history: &History<'_>,
        plan: &MigrationPlan,
    ) -> Result<ProjectState, MigrationError> {
        let mut left = self
            .migrations
            .initial_state()
            .map_err(unmigrated_app_error)?;
        for migration in in_order(history) {
            let key = &migration.key;
            if history.is_applied(key) && !plan.contains(key) {
                left = after(migration, left)?;
            }
        }
        Ok(left)
    }

    fn undo_one(
        &mut self,
        migration: &Migration,
        state: &ProjectState,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        let key = &migration.key;
        self.announce(migration, Direction::Backwards);
        let faked = self.request.fake == FakeMode::All;
        if !faked {
            let states = states(&key.app_label, state, &migration.operations)
                .map_err(|source| state_error(key, source))?;
            let editor = SchemaEditor::executing(transaction, Direction::Backwards);
            let events = &mut self.events;
            undo(migration, &states, editor, &mut |measured| {
                events(MigrationEvent::OperationRan(measured));
            })?;
        }
        self.forget(migration, faked, transaction)
    }

    /// Runs one operation of a migration that is not atomic; the last one ends it.
    fn operation(
        &mut self,
        history: &History<'_>,
        step: &PlanStep,
        transaction: SchemaTransaction,
        is_last: bool,
    ) -> Next {
        let alone = MigrationPlan {
            steps: vec![step.clone()],
        };
        let before = befores(history, &alone)?.remove(&step.key);
        let (Some(migration), Some(before)) = (self.migrations.get(&step.key), before) else {
            return Ok(None);
        };
        let single = OperationStep::new(history, migration, &before, step.direction)?;
        self.announce(migration, step.direction);
        self.boundary.half = single.half(single.standing);
        if single.is_untouched() && self.is_faked(migration, single.last(), &transaction)? {
            self.record(migration, true, &transaction)?;
            return self.close(transaction, single.last(), alone.steps, is_last);
        }
        let transaction = if single.is_outside() {
            let transaction = self.outside(&single, transaction)?;
            if single.is_overtaken(&History::read(self.migrations, Some(&transaction))?) {
                return Ok(Some(transaction));
            }
            transaction
        } else {
            let events = &mut self.events;
            single.run(&transaction, &mut |measured| {
                events(MigrationEvent::OperationRan(measured))
            })?;
            transaction
        };
        match single.half(single.next()) {
            Some(half) => {
                recorder::record_migration_unapplied(&transaction, migration)?;
                partial_progress::record(&transaction, migration, half.standing)?;
                self.commit(transaction, false, |boundary| boundary.half = Some(half))
            }
            None if step.direction == Direction::Forwards => {
                self.record(migration, false, &transaction)?;
                self.close(transaction, single.last(), alone.steps, is_last)
            }
            None => {
                self.forget(migration, false, &transaction)?;
                let state = self.without(history, &alone)?;
                self.close(transaction, &state, alone.steps, is_last)
            }
        }
    }

    /// Runs an operation that cannot stand in a transaction between two of them.
    fn outside(
        &mut self,
        single: &OperationStep<'_>,
        transaction: SchemaTransaction,
    ) -> Result<SchemaTransaction, MigrationError> {
        let connection = self.unlock(transaction)?;
        self.boundary.half = Some(single.as_half(single.standing));
        let events = &mut self.events;
        single.run_outside(&connection, &mut |measured| {
            events(MigrationEvent::OperationRan(measured))
        })?;
        self.lock(connection)
    }

    fn announce(&mut self, migration: &Migration, direction: Direction) {
        let atomic = migration.atomic || self.request.fake == FakeMode::All;
        if self.announced.insert(migration.key.clone()) {
            (self.events)(MigrationEvent::Started {
                key: &migration.key,
                direction,
                atomic,
            });
        }
    }

    fn is_faked(
        &self,
        migration: &Migration,
        after: &ProjectState,
        transaction: &SchemaTransaction,
    ) -> Result<bool, DatabaseError> {
        match self.request.fake {
            FakeMode::No => Ok(false),
            FakeMode::All => Ok(true),
            FakeMode::Initial => soft_applied::detect_soft_applied(migration, after, transaction),
        }
    }

    fn record(
        &mut self,
        migration: &Migration,
        faked: bool,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        partial_progress::delete(transaction, &migration.key)?;
        if migration.replaces.is_empty() {
            recorder::record_applied(transaction, &migration.key)?;
        }
        for replaced in &migration.replaces {
            recorder::record_applied(transaction, replaced)?;
        }
        if !faked {
            self.ran.push(migration.key.clone());
        }
        (self.events)(MigrationEvent::Finished {
            key: &migration.key,
            direction: Direction::Forwards,
            faked,
        });
        Ok(())
    }

    fn forget(
        &mut self,
        migration: &Migration,
        faked: bool,
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        partial_progress::delete(transaction, &migration.key)?;
        recorder::record_migration_unapplied(transaction, migration)?;
        (self.events)(MigrationEvent::Finished {
            key: &migration.key,
            direction: Direction::Backwards,
            faked,
        });
        Ok(())
    }

    /// Ends a piece that leaves no migration half done; `state` are the models it leads to.
    fn close(
        &mut self,
        transaction: SchemaTransaction,
        state: &ProjectState,
        steps: Vec<PlanStep>,
        is_last: bool,
    ) -> Next {
        recorder::record_replacements(self.migrations, &transaction)?;
        (self.company.hook)(state, &transaction)?;
        for key in std::mem::take(&mut self.ran) {
            if let Some(migration) = self.migrations.get(&key) {
                checksums::record_checksum(&transaction, migration)?;
            }
        }
        self.commit(transaction, is_last, |boundary| {
            boundary.half = None;
            boundary.committed.extend(steps);
        })
    }

    /// Commits, and notes with `done` what that means.
    fn commit(
        &mut self,
        transaction: SchemaTransaction,
        is_last: bool,
        done: impl FnOnce(&mut RunProgress),
    ) -> Next {
        if is_last {
            self.committing(&transaction)?;
            transaction.commit()?;
            self.committed();
            done(&mut self.boundary);
            return Ok(None);
        }
        let connection = self.unlock(transaction)?;
        done(&mut self.boundary);
        self.lock(connection).map(Some)
    }

    fn unlock(
        &self,
        transaction: SchemaTransaction,
    ) -> Result<BetweenTransactions, MigrationError> {
        self.committing(&transaction)?;
        let connection = transaction.commit_and_keep_connection()?;
        self.committed();
        Ok(connection)
    }

    fn lock(
        &mut self,
        connection: BetweenTransactions,
    ) -> Result<SchemaTransaction, MigrationError> {
        let events = &mut self.events;
        let transaction = self
            .database
            .begin_next_transaction(connection, &mut || events(MigrationEvent::Waiting));
        Ok(transaction?)
    }

    fn committing(&self, transaction: &SchemaTransaction) -> Result<(), MigrationError> {
        self.company
            .guard
            .map_or(Ok(()), |guard| guard.committing(transaction))
    }

    fn committed(&self) {
        if let Some(guard) = self.company.guard {
            guard.committed();
        }
    }
}

/// Fails if a migration that is half done is no longer the same.
fn check_standing(history: &History<'_>, plan: &MigrationPlan) -> Result<(), MigrationError> {
    for key in plan.steps.iter().map(|step| &step.key) {
        if let (Some(standing), Some(migration)) =
            (history.standing(key), history.migrations.get(key))
        {
            standing.check(migration)?;
        }
    }
    Ok(())
}

fn direction(step: &PlanStep) -> Direction {
    step.direction
}
