//! A filter that a project defines in Python.

use crate::templates::OwnFilterFunction;

/// A filter that a project defines in Python.
pub struct OwnFilter {
    /// Its name.
    pub name: String,
    /// What it does.
    pub run: OwnFilterFunction,
}
