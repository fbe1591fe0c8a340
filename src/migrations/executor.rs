//! Carries a plan out: one transaction, made again under the lock, all or nothing.
//!
//! 1. Take the lock; tell after a second that it is waited for.
//! 2. Read the record again and plan again: another run may have been here.
//! 3. Apply or undo every migration of the plan and record it.
//! 4. Run what follows a migration, with the models as they now are.
//! 5. Check all references and commit.

use std::collections::BTreeMap;

use crate::db::offender;
use crate::db::schema_editor::{Direction, SchemaEditor, SchemaError};
use crate::db::{Database, DatabaseError, SchemaTransaction};
use crate::migrations::loss::Losses;
use crate::migrations::measure::{Measure, Measured, Ran};
use crate::migrations::operations::{Operation, Sides, states};
use crate::migrations::{
    History, Loss, Migration, MigrationError, MigrationKey, Migrations, Plan, Target, fake,
    recorder,
};
use crate::models::{ProjectState, StateError};

/// Whether migrations are only recorded.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Fake {
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
pub struct Request {
    /// Where to go.
    pub target: Target,
    /// Whether migrations are only recorded.
    pub fake: Fake,
}

/// What happens while a plan is carried out.
#[derive(Clone, Copy, Debug)]
pub enum Event<'e> {
    /// Another connection holds the lock, for more than a second now.
    Waiting,
    /// A migration is about to be applied or undone.
    Started(&'e MigrationKey, Direction),
    /// An operation of it ran.
    Ran(&'e Measured),
    /// It was; with `true`, it was only recorded.
    Finished(&'e MigrationKey, Direction, bool),
}

/// Runs after the migrations, in their transaction, with the models they lead to.
pub type Hook<'h> = &'h dyn Fn(&ProjectState, &SchemaTransaction) -> Result<(), DatabaseError>;

/// What watches over the rows during a run.
pub trait Guard {
    /// Before anything is changed, with what the plan takes from rows that are there.
    fn before(
        &self,
        plan: &Plan,
        losses: &[Loss],
        schema: &SchemaTransaction,
    ) -> Result<(), MigrationError>;

    /// When all is done, before the last commit.
    fn committing(&self, schema: &SchemaTransaction) -> Result<(), MigrationError>;
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
    request: &Request,
    company: Company<'_>,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<Plan, MigrationError> {
    let schema = database.open_for_migrations_waiting(&mut || events(Event::Waiting))?;
    let history = History::new(migrations, recorder::keys(&schema)?)?;
    history.check()?;
    let plan = history.plan(&request.target);
    if let Some(guard) = company.guard.filter(|_| request.fake != Fake::All) {
        let losses = losses(&history, &schema, &plan)?;
        if !losses.is_empty() {
            guard.before(&plan, &losses, &schema)?;
        }
    }
    recorder::ensure_table(&schema)?;
    let mut run = Run {
        history: &history,
        schema: &schema,
        fake: request.fake,
        events,
    };
    let state = if plan
        .steps
        .iter()
        .any(|step| step.direction == Direction::Backwards)
    {
        run.undo(&plan)?
    } else {
        run.apply(&plan)?
    };
    record_replacements(migrations, &schema)?;
    (company.hook)(&state, &schema)?;
    if let Some(guard) = company.guard {
        guard.committing(&schema)?;
    }
    schema.commit()?;
    Ok(plan)
}

/// Records migrations that replace others, all of which are recorded.
fn record_replacements(
    migrations: &Migrations,
    schema: &SchemaTransaction,
) -> Result<(), DatabaseError> {
    let applied = recorder::keys(schema)?;
    for migration in migrations.iter() {
        let replaces = &migration.replaces;
        let complete = !replaces.is_empty() && replaces.iter().all(|key| applied.contains(key));
        if complete && !applied.contains(&migration.key) {
            recorder::record(schema, &migration.key)?;
        }
    }
    Ok(())
}

struct Run<'r> {
    history: &'r History<'r>,
    schema: &'r SchemaTransaction,
    fake: Fake,
    events: &'r mut dyn FnMut(Event<'_>),
}

impl Run<'_> {
    fn apply(&mut self, plan: &Plan) -> Result<ProjectState, MigrationError> {
        let order = in_order(self.history);
        let mut state = self.history.migrations.initial_state().map_err(unplaced)?;
        for migration in &order {
            if self.history.is_applied(&migration.key) {
                state = after(migration, state)?;
            }
        }
        for migration in order {
            if plan.contains(&migration.key) {
                state = self.apply_one(migration, state)?;
            }
        }
        Ok(state)
    }

    fn apply_one(
        &mut self,
        migration: &Migration,
        state: ProjectState,
    ) -> Result<ProjectState, MigrationError> {
        let key = &migration.key;
        (self.events)(Event::Started(key, Direction::Forwards));
        let states = states(&key.app_label, &state, &migration.operations)
            .map_err(|source| misfit(key, source))?;
        let last = states.last().cloned().unwrap_or(state);
        let faked = match self.fake {
            Fake::No => false,
            Fake::All => true,
            Fake::Initial => fake::is_there(migration, &last, self.schema)?,
        };
        if !faked {
            let editor = SchemaEditor::executing(self.schema, Direction::Forwards);
            let events = &mut self.events;
            apply(migration, &states, editor, &mut |measured| {
                events(Event::Ran(measured));
            })?;
        }
        if migration.replaces.is_empty() {
            recorder::record(self.schema, key)?;
        }
        for replaced in &migration.replaces {
            recorder::record(self.schema, replaced)?;
        }
        (self.events)(Event::Finished(key, Direction::Forwards, faked));
        Ok(last)
    }

    fn undo(&mut self, plan: &Plan) -> Result<ProjectState, MigrationError> {
        let before = befores(self.history, plan)?;
        let mut left = self.history.migrations.initial_state().map_err(unplaced)?;
        for migration in in_order(self.history) {
            let key = &migration.key;
            if self.history.is_applied(key) && !plan.contains(key) {
                left = after(migration, left)?;
            }
        }
        for step in &plan.steps {
            let migration = self.history.migrations.get(&step.key);
            if let (Some(migration), Some(state)) = (migration, before.get(&step.key)) {
                self.undo_one(migration, state)?;
            }
        }
        Ok(left)
    }

    fn undo_one(
        &mut self,
        migration: &Migration,
        state: &ProjectState,
    ) -> Result<(), MigrationError> {
        let key = &migration.key;
        (self.events)(Event::Started(key, Direction::Backwards));
        let faked = self.fake == Fake::All;
        if !faked {
            let states = states(&key.app_label, state, &migration.operations)
                .map_err(|source| misfit(key, source))?;
            let editor = SchemaEditor::executing(self.schema, Direction::Backwards);
            let events = &mut self.events;
            undo(migration, &states, editor, &mut |measured| {
                events(Event::Ran(measured));
            })?;
        }
        for replaced in &migration.replaces {
            recorder::forget(self.schema, replaced)?;
        }
        recorder::forget(self.schema, key)?;
        (self.events)(Event::Finished(key, Direction::Backwards, faked));
        Ok(())
    }
}

/// What the plan takes from rows that are there.
fn losses(
    history: &History<'_>,
    schema: &SchemaTransaction,
    plan: &Plan,
) -> Result<Vec<Loss>, MigrationError> {
    let mut losses = Losses::new(schema)?;
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
        let misfit = |source| misfit(key, source);
        let states = states(&key.app_label, before, &migration.operations).map_err(misfit)?;
        let mut pairs: Vec<_> = migration.operations.iter().zip(states.windows(2)).collect();
        let (from, to) = match step.direction {
            Direction::Forwards => (0, 1),
            Direction::Backwards => (1, 0),
        };
        if step.direction == Direction::Backwards {
            pairs.reverse();
        }
        for (operation, pair) in pairs {
            let sides = Sides {
                app_label: &key.app_label,
                from: &pair[from],
                to: &pair[to],
            };
            losses
                .add(key, operation, sides, step.direction)
                .map_err(misfit)?;
        }
    }
    Ok(losses.finish()?)
}

/// The models before each migration of the plan.
fn befores(
    history: &History<'_>,
    plan: &Plan,
) -> Result<BTreeMap<MigrationKey, ProjectState>, MigrationError> {
    let mut befores = BTreeMap::new();
    let mut state = history.migrations.initial_state().map_err(unplaced)?;
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
    ran: Ran<'_>,
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
    ran: Ran<'_>,
) -> Result<Vec<String>, MigrationError> {
    let mut operations = migration.operations.iter();
    if let Some(operation) = operations.find(|found| !found.is_reversible()) {
        return Err(MigrationError::Irreversible {
            key: migration.key.clone(),
            operation: operation.describe(),
        });
    }
    let steps = migration.operations.iter().zip(states.windows(2)).rev();
    let steps = steps.map(|(operation, pair)| (operation, sides(migration, &pair[1], &pair[0])));
    run(migration, steps, Operation::backwards, editor, ran)
}

fn sides<'s>(migration: &'s Migration, from: &'s ProjectState, to: &'s ProjectState) -> Sides<'s> {
    Sides {
        app_label: &migration.key.app_label,
        from,
        to,
    }
}

/// One direction of an operation.
type Work = fn(&Operation, &mut SchemaEditor<'_>, Sides<'_>) -> Result<(), SchemaError>;

fn run<'m>(
    migration: &'m Migration,
    steps: impl Iterator<Item = (&'m Operation, Sides<'m>)>,
    work: Work,
    mut editor: SchemaEditor<'_>,
    ran: Ran<'_>,
) -> Result<Vec<String>, MigrationError> {
    let schema = editor.schema();
    let mut last: Option<&Operation> = None;
    for (operation, sides) in steps {
        if announce(operation, &mut editor) {
            let before = editor.collected();
            let measure = Measure::start(schema);
            work(operation, &mut editor, sides)
                .map_err(|source| failed(migration, operation, schema, source))?;
            note_nothing(&mut editor, before);
            measure.end(schema, operation, sides, ran);
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
    let runs = editor.schema().is_some() || operation.is_sql();
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
    let schema = editor.schema();
    let Some(last) = last else {
        return editor.finish().map_err(|source| MigrationError::Operation {
            key: migration.key.clone(),
            operation: String::new(),
            row: None,
            source: Box::new(source),
        });
    };
    let finished = editor.finish();
    finished.map_err(|source| failed(migration, last, schema, source))
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
            .map_err(|source| misfit(key, source))?;
    }
    Ok(state)
}

fn failed(
    migration: &Migration,
    operation: &Operation,
    schema: Option<&SchemaTransaction>,
    source: SchemaError,
) -> MigrationError {
    let row = match (&source, schema) {
        (SchemaError::Database(error), Some(schema)) => offender(schema, error),
        _ => None,
    };
    match source {
        // Waiting too long or a full disk is not the migration's fault.
        SchemaError::Database(error) if error.is_about_the_file() => error.into(),
        source => MigrationError::Operation {
            key: migration.key.clone(),
            operation: operation.describe(),
            row,
            source: Box::new(source),
        },
    }
}

pub(super) fn misfit(key: &MigrationKey, source: StateError) -> MigrationError {
    MigrationError::State {
        key: key.clone(),
        source: Box::new(source),
    }
}

/// Models of apps without migrations clash with each other.
pub(super) fn unplaced(source: StateError) -> MigrationError {
    misfit(&MigrationKey::new("models", "toml"), source)
}
