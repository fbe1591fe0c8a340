//! A model as the database has it.

use crate::models::{Model, ProjectState};

/// A model as the database has it, in its state.
#[derive(Clone, Copy, Debug)]
pub(super) struct LiveModel<'m> {
    pub(super) state: &'m ProjectState,
    pub(super) model: &'m Model,
}
