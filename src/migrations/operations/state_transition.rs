//! The models before and after operations.

use crate::migrations::operations::Operation;
use crate::models::{Model, ModelKey, ProjectState, StateError};
use crate::schema::{AlteredModel, Direction};

/// The models before and after an operation, in the direction it is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateTransition<'s> {
    /// The label of the migration's app.
    pub(crate) app_label: &'s str,
    /// The models before.
    pub(crate) from_state: &'s ProjectState,
    /// The models after.
    pub(crate) to_state: &'s ProjectState,
}

impl<'s> StateTransition<'s> {
    /// The model called `name` before the operation.
    pub(crate) fn old_model(&self, name: &str) -> Result<&'s Model, StateError> {
        self.from_state.get(&ModelKey::new(self.app_label, name))
    }

    /// The model called `name` after the operation.
    pub(crate) fn new_model(&self, name: &str) -> Result<&'s Model, StateError> {
        self.to_state.get(&ModelKey::new(self.app_label, name))
    }

    pub(super) fn altered(&self, old: &'s Model, model: &'s Model) -> AlteredModel<'s> {
        AlteredModel {
            from: self.from_state,
            to: self.to_state,
            old,
            model,
        }
    }

    /// The models before the operation was applied, whether it is applied or undone now.
    fn state_before(&self, direction: Direction) -> &'s ProjectState {
        match direction {
            Direction::Forwards => self.from_state,
            Direction::Backwards => self.to_state,
        }
    }

    /// The models around each of the `operations` that this one consists of.
    pub(crate) fn nested<'o>(
        &self,
        operations: &'o [Operation],
        direction: Direction,
    ) -> Result<OperationStates<'o>, StateError>
    where
        's: 'o,
    {
        OperationStates::new(self.app_label, operations, self.state_before(direction))
    }
}

/// An operation that is about to run, and the models around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationTransition<'s> {
    pub(crate) operation: &'s Operation,
    pub(crate) states: StateTransition<'s>,
}

/// The models before the first of several operations and after each of them.
#[derive(Debug)]
pub(crate) struct OperationStates<'o> {
    app_label: &'o str,
    operations: &'o [Operation],
    /// One more than there are operations.
    states: Vec<ProjectState>,
}

impl<'o> OperationStates<'o> {
    /// Replays `operations` of the app `app_label` on the models `before` them.
    pub(crate) fn new(
        app_label: &'o str,
        operations: &'o [Operation],
        before: &ProjectState,
    ) -> Result<Self, StateError> {
        let mut state = before.clone();
        let mut states = Vec::with_capacity(operations.len() + 1);
        for operation in operations {
            states.push(state.clone());
            operation.state_forwards(app_label, &mut state)?;
        }
        states.push(state);
        Ok(Self {
            app_label,
            operations,
            states,
        })
    }

    /// The models after all operations.
    pub(crate) fn final_state(&self) -> &ProjectState {
        &self.states[self.states.len() - 1]
    }

    /// The operation at `index` with the models around it, as it runs in `direction`.
    pub(crate) fn transition(
        &self,
        index: usize,
        direction: Direction,
    ) -> Option<OperationTransition<'_>> {
        let operation = self.operations.get(index)?;
        let (before, after) = (&self.states[index], &self.states[index + 1]);
        let (from_state, to_state) = match direction {
            Direction::Forwards => (before, after),
            Direction::Backwards => (after, before),
        };
        let states = StateTransition {
            app_label: self.app_label,
            from_state,
            to_state,
        };
        Some(OperationTransition { operation, states })
    }

    /// All operations with the models around each, in the order they run in `direction`.
    pub(crate) fn transitions(&self, direction: Direction) -> Vec<OperationTransition<'_>> {
        let indexes = 0..self.operations.len();
        let transition = |index| self.transition(index, direction);
        match direction {
            Direction::Forwards => indexes.filter_map(transition).collect(),
            Direction::Backwards => indexes.rev().filter_map(transition).collect(),
        }
    }
}
