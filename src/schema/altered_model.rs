//! A model that changes.

use crate::models::{Model, ProjectState};

/// A model before and after a change, each in its state.
#[derive(Clone, Copy, Debug)]
pub struct AlteredModel<'a> {
    /// The state before.
    pub from: &'a ProjectState,
    /// The state after.
    pub to: &'a ProjectState,
    /// The model before.
    pub old: &'a Model,
    /// The model whose table is changed, with the table it has now.
    pub model: &'a Model,
}
