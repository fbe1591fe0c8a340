//! Rows that a field is chosen from.

use std::fmt;

use crate::forms::form_choices::FormChoice;
use crate::models::ModelKey;
use crate::models::expression::Condition;
use crate::values::FieldValue;

/// The rows that a `ModelChoiceField` offers.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelChoices {
    /// Their model.
    pub model: ModelKey,
    /// What holds for them, one condition for each `filter`.
    pub filters: Vec<Condition>,
    /// Their order; that of the model where it is not given.
    pub order_by: Vec<String>,
    /// The field whose values are sent; the primary key where it is not given.
    pub to_field: Option<String>,
    /// Whether buttons offer no row, too.
    pub blank: bool,
    /// The label of no row; none where a row has to be chosen.
    pub empty_label: Option<String>,
    /// The label of each row, as a Jinja-free pattern of its fields (`{title}`), in place of its text.
    pub label: Option<String>,
}

/// Reads the rows that fields are chosen from; a form without such fields needs none.
pub trait ChoiceRows: fmt::Debug + Send + Sync {
    /// All rows, as options, without the empty one.
    fn options(&self, choices: &ModelChoices) -> Vec<FormChoice>;

    /// The keys of those rows whose key, or `to_field`, is one of `sent`, in that order; `None` for a text that
    /// can be the key of no row, nothing for one that is not among the rows.
    fn find(&self, choices: &ModelChoices, sent: &[&str]) -> Vec<FoundRow>;
}

/// What became of a key that was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum FoundRow {
    /// The row's primary key.
    Key(FieldValue),
    /// No row of the query has it.
    Missing,
    /// It is not of the form that keys have.
    Invalid,
}
