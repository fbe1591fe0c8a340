//! Checks of a field's values beyond those of its kind.

use crate::models::Literal;

/// A check of a value, by Django's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Validator {
    /// Its name.
    pub name: &'static str,
    /// What it was given, by the names of Django's parameters.
    pub arguments: Vec<(String, Literal)>,
}
