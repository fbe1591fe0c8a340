//! What cleaning needs, and what comes of it.

use crate::clock::Zone;
use crate::forms::error::ValidationError;
use crate::forms::form_value::FormValue;
use crate::forms::model_choices::ChoiceRows;

/// What cleaning needs beside what was sent.
#[derive(Clone, Copy, Debug)]
pub struct CleanContext<'c> {
    /// The zone of days and times without an offset.
    pub zone: &'c Zone,
    /// The rows that fields are chosen from.
    pub rows: Option<&'c dyn ChoiceRows>,
    /// What the field starts with.
    pub initial: &'c FormValue,
}

/// All that is wrong with what was sent.
pub(super) type Errors = Vec<ValidationError>;
