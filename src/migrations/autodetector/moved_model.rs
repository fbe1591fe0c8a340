//! A model that moves to another app.

use crate::migrations::autodetector::operation_dependency::OperationDependency;
use crate::models::ModelKey;

/// A model that moved, as the old state has it now.
#[derive(Clone, Debug)]
pub(super) struct MovedModel {
    /// Its key in the app that it left, after all renames there.
    pub(super) former: ModelKey,
    pub(super) former_name: String,
    pub(super) key: ModelKey,
    /// What has to happen to its table first.
    pub(super) dependencies: Vec<OperationDependency>,
}
