//! The model behind a form.

use std::sync::Arc;

use crate::forms::error::ValidationError;
use crate::forms::model_rules::ModelRules;
use crate::models::Model;

/// The model whose rows a form writes.
#[derive(Clone, Debug)]
pub struct ModelFormOptions {
    /// The model.
    pub model: Arc<Model>,
    /// The names of its fields that the form writes, in order: no others, whatever is sent.
    pub fields: Vec<String>,
    /// Messages in place of the model's, by their codes, for what is wrong with no field alone.
    pub(super) messages: Vec<(String, String)>,
    /// What the model says of whole rows.
    pub(super) rules: Arc<ModelRules>,
}

impl ModelFormOptions {
    /// `error`, which is about no field, with the message of the form's own for its code.
    pub(super) fn in_own_words(&self, error: ValidationError) -> ValidationError {
        let mut own = self.messages.iter().rev();
        match own.find(|(code, _)| **code == *error.code) {
            Some((_, message)) => error.saying(message),
            None => error,
        }
    }
}
