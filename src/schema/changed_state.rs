//! The models of a state while one of them changes.

use crate::clock::Zone;
use crate::models::{Model, ModelKey, ModelSet, ProjectState};

/// A state in which one model is as it is going to be, so that it refers to itself as such.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChangedState<'s> {
    pub(super) state: &'s ProjectState,
    pub(super) model: &'s Model,
}

impl ModelSet for ChangedState<'_> {
    fn user_model_key(&self) -> &ModelKey {
        self.state.user_model_key()
    }

    fn time_zone(&self) -> &Zone {
        self.state.time_zone()
    }

    fn find(&self, key: &ModelKey) -> Option<&Model> {
        if self.model.is(key) {
            return Some(self.model);
        }
        self.state.find(key)
    }
}
