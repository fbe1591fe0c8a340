//! Carries a plan out: one transaction, made again under the lock, all or nothing.
//!
//! 1. Take the lock; tell after a second that it is waited for.
//! 2. Read the record again and plan again: another run may have been here.
//! 3. Apply or undo every migration up to one that is not atomic, and record it. Of that one, which
//!    stands alone, run one operation.
//! 4. Run what follows a migration, with the models as they now are.
//! 5. Check all references and commit; go on with 1 if something of the plan is left.

use std::collections::BTreeMap;

use crate::db::violating_row;
use crate::db::{Database, DatabaseError, SchemaTransaction};
use crate::migrations::data_loss::DataLossFinder;
use crate::migrations::operation_metrics::{OnOperation, OperationMetrics, OperationTimer};
use crate::migrations::operations::{Operation, StateTransition, states};
use crate::migrations::run::Run;
use crate::migrations::{
    DataLoss, History, Migration, MigrationError, MigrationKey, MigrationPlan, MigrationTarget,
    Migrations,
};
use crate::models::{ProjectState, StateError};
use crate::schema::{Direction, SchemaEditor, SchemaError};

/// Whether migrations are only recorded.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum FakeMode {
    /// None is: all of them run.
    #[default]
    No,
    /// All of them are.
    All,
    /// First migrations are, whose tables are there.
    Initial,
}

/// What to do.
#[derive(Clone, Debug)]
pub struct MigrateRequest {
    /// Where to go.
    pub target: MigrationTarget,
    /// Whether migrations are only recorded.
    pub fake: FakeMode,
}

/// What happens while a plan is carried out.
#[derive(Clone, Copy, Debug)]
pub enum MigrationEvent<'e> {
    /// Another connection holds the lock, for more than a second now.
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

/// Runs after the migrations, in each transaction that records some, with the models they lead to.
pub type Hook<'h> = &'h dyn Fn(&ProjectState, &SchemaTransaction) -> Result<(), DatabaseError>;

/// What watches over the rows during a run.
pub trait Guard {
    /// Before anything is changed, with what the plan takes from rows that are there.
    ///
    /// Where a plan is committed in parts, it is called before each, with what is left of the plan.
    fn before(
        &self,
        plan: &MigrationPlan,
        losses: &[DataLoss],
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError>;

    /// When all is done, before each commit.
    fn committing(&self, transaction: &SchemaTransaction) -> Result<(), MigrationError>;

    /// After each commit.
    fn committed(&self);
}

/// What is done beside the plan.
#[derive(Clone, Copy)]
pub struct Company<'c> {
    /// What follows the migrations.
    pub hook: Hook<'c>,
    /// What watches over the rows, if anything does.
    pub guard: Option<&'c dyn Guard>,
}

/// Brings `database` to the target; returns what this run did.
pub fn migrate(
    migrations: &Migrations,
    database: &Database,
    request: &MigrateRequest,
    company: Company<'_>,
    events: &mut dyn FnMut(MigrationEvent<'_>),
) -> Result<MigrationPlan, MigrationError> {
    let transaction =
        database.open_for_migrations_notifying(&mut || events(MigrationEvent::Waiting))?;
    let mut run = Run::new(migrations, (database, request), company, events);
    let mut next = Some(transaction);
    while let Some(transaction) = next {
        next = match run.piece(transaction) {
            Ok(next) => next,
            Err(error) => return Err(run.stopped(error)),
        };
    }
    Ok(run.done())
}

/// What the plan takes from rows that are there.
pub(super) fn losses(
    history: &History<'_>,
    transaction: &SchemaTransaction,
    plan: &MigrationPlan,
) -> Result<Vec<DataLoss>, MigrationError> {
    let mut losses = DataLossFinder::new(transaction)?;
    if !losses.is_possible() {
        return Ok(Vec::new());
    }
    let befores = befores(history, plan)?;
    for step in &plan.steps {
        let migration = history.migrations.get(&step.key);
        let (Some(migration), Some(before)) = (migration, befores.get(&step.key)) else {
            continue;
        };
        let key = &migration.key;
        let state_error = |source| state_error(key, source);
        let states = states(&key.app_label, before, &migration.operations).map_err(state_error)?;
        let mut pairs: Vec<_> = migration.operations.iter().zip(states.windows(2)).collect();
        if let Some(standing) = history.standing(key) {
            let done = standing.operations.min(pairs.len());
            match step.direction {
                Direction::Forwards => drop(pairs.drain(..done)),
                Direction::Backwards => pairs.truncate(done),
            }
        }
        let (from, to) = match step.direction {
            Direction::Forwards => (0, 1),
            Direction::Backwards => (1, 0),
        };
        if step.direction == Direction::Backwards {
            pairs.reverse();
        }
        for (operation, pair) in pairs {
            let transition = StateTransition {
                app_label: &key.app_label,
                from_state: &pair[from],
                to_state: &pair[to],
            };
            losses
                .add(key, operation, transition, step.direction)
                .map_err(state_error)?;
        }
    }
    Ok(losses.finish()?)
}

/// The models before each migration of the plan.
pub(super) fn befores(
    history: &History<'_>,
    plan: &MigrationPlan,
) -> Result<BTreeMap<MigrationKey, ProjectState>, MigrationError> {
    let mut befores = BTreeMap::new();
    let mut state = history
        .migrations
        .initial_state()
        .map_err(unmigrated_app_error)?;
    let (applied, planned): (Vec<_>, Vec<_>) = in_order(history)
        .into_iter()
        .filter(|migration| history.is_applied(&migration.key) || plan.contains(&migration.key))
        .partition(|migration| history.is_applied(&migration.key));
    for migration in applied.into_iter().chain(planned) {
        if plan.contains(&migration.key) {
            befores.insert(migration.key.clone(), state.clone());
        }
        state = after(migration, state)?;
    }
    Ok(befores)
}

/// All migrations, in the order they would be applied to an empty database.
pub(super) fn in_order<'m>(history: &History<'m>) -> Vec<&'m Migration> {
    let migrations = history.migrations;
    let order = history.order();
    order.iter().filter_map(|key| migrations.get(key)).collect()
}

/// Runs the operations of `migration`; `states` are the models before and after each.
pub(super) fn apply(
    migration: &Migration,
    states: &[ProjectState],
    editor: SchemaEditor<'_>,
    ran: OnOperation<'_>,
) -> Result<Vec<String>, MigrationError> {
    let steps = migration.operations.iter().zip(states.windows(2));
    let steps = steps.map(|(operation, pair)| (operation, sides(migration, &pair[0], &pair[1])));
    run(migration, steps, Operation::forwards, editor, ran)
}

/// Undoes the operations of `migration`, the last one first.
pub(super) fn undo(
    migration: &Migration,
    states: &[ProjectState],
    editor: SchemaEditor<'_>,
    ran: OnOperation<'_>,
) -> Result<Vec<String>, MigrationError> {
    migration.check_reversible(migration.operations.iter())?;
    let steps = migration.operations.iter().zip(states.windows(2)).rev();
    let steps = steps.map(|(operation, pair)| (operation, sides(migration, &pair[1], &pair[0])));
    run(migration, steps, Operation::backwards, editor, ran)
}

fn sides<'s>(
    migration: &'s Migration,
    from: &'s ProjectState,
    to: &'s ProjectState,
) -> StateTransition<'s> {
    StateTransition {
        app_label: &migration.key.app_label,
        from_state: from,
        to_state: to,
    }
}

/// One direction of an operation.
type Work = fn(&Operation, &mut SchemaEditor<'_>, StateTransition<'_>) -> Result<(), SchemaError>;

fn run<'m>(
    migration: &'m Migration,
    steps: impl Iterator<Item = (&'m Operation, StateTransition<'m>)>,
    work: Work,
    mut editor: SchemaEditor<'_>,
    ran: OnOperation<'_>,
) -> Result<Vec<String>, MigrationError> {
    let transaction = editor.transaction();
    let mut last: Option<&Operation> = None;
    for (operation, transition) in steps {
        if announce(operation, &mut editor) {
            let before = editor.collected();
            let measure = OperationTimer::start(transaction);
            work(operation, &mut editor, transition)
                .map_err(|source| failed(migration, operation, transaction, source))?;
            note_nothing(&mut editor, before);
            measure.end(transaction, operation, transition, ran);
        }
        last = Some(operation);
    }
    finish(migration, last, editor)
}

/// Heads what is collected with the operation; tells whether it can be collected.
fn announce(operation: &Operation, editor: &mut SchemaEditor<'_>) -> bool {
    editor.comment("");
    editor.comment(&format!(" {}", operation.describe()));
    editor.comment("");
    let runs = editor.transaction().is_some() || operation.is_sql();
    if !runs {
        editor.comment(" THIS OPERATION CANNOT BE WRITTEN AS SQL");
    }
    runs
}

fn note_nothing(editor: &mut SchemaEditor<'_>, before: usize) {
    if editor.collected() == before {
        editor.comment(" (no-op)");
    }
}

fn finish(
    migration: &Migration,
    last: Option<&Operation>,
    editor: SchemaEditor<'_>,
) -> Result<Vec<String>, MigrationError> {
    let transaction = editor.transaction();
    let Some(last) = last else {
        return editor.finish().map_err(|source| MigrationError::Operation {
            key: migration.key.clone(),
            operation: String::new(),
            row: None,
            kept: false,
            source: Box::new(source),
        });
    };
    let finished = editor.finish();
    finished.map_err(|source| failed(migration, last, transaction, source))
}

/// The models after `migration`.
pub(super) fn after(
    migration: &Migration,
    mut state: ProjectState,
) -> Result<ProjectState, MigrationError> {
    let key = &migration.key;
    for operation in &migration.operations {
        operation
            .apply_to_state(&key.app_label, &mut state)
            .map_err(|source| state_error(key, source))?;
    }
    Ok(state)
}

pub(super) fn failed(
    migration: &Migration,
    operation: &Operation,
    transaction: Option<&SchemaTransaction>,
    source: SchemaError,
) -> MigrationError {
    let row = match (&source, transaction) {
        (SchemaError::Database(error), Some(transaction)) => violating_row(transaction, error),
        _ => None,
    };
    match source {
        // Waiting too long or a full disk is not the migration's fault.
        SchemaError::Database(error) if error.is_about_the_file() => error.into(),
        source => MigrationError::Operation {
            key: migration.key.clone(),
            operation: operation.describe(),
            row,
            kept: false,
            source: Box::new(source),
        },
    }
}

pub(super) fn state_error(key: &MigrationKey, source: StateError) -> MigrationError {
    MigrationError::State {
        key: key.clone(),
        source: Box::new(source),
    }
}

/// Models of apps without migrations clash with each other.
pub(super) fn unmigrated_app_error(source: StateError) -> MigrationError {
    state_error(&MigrationKey::new("models", "toml"), source)
}
