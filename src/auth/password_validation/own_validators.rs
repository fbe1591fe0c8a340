//! Validators of passwords that a project wrote itself.

use std::fmt;

use crate::auth::UserAttributes;

/// What the validators of a project say of passwords, each named by the dotted name of its class.
pub trait OwnValidators: fmt::Debug + Send + Sync {
    /// What `class` has against `password` as that of `person`; a class that fails has something against each.
    fn validate(&self, class: &str, password: &str, person: &UserAttributes<'_>) -> Vec<String>;

    /// What `class` wants of a new password, in a sentence; empty where it does not say.
    fn help(&self, class: &str) -> String;
}
