//! What became of the rows of a set.

use crate::query::ModelInstance;

/// What became of the rows of a set.
#[derive(Clone, Debug, Default)]
pub struct SavedRows {
    /// Those that were added.
    pub new: Vec<ModelInstance>,
    /// Those that were changed.
    pub changed: Vec<ModelInstance>,
    /// Those that were deleted, as they were.
    pub deleted: Vec<ModelInstance>,
}
