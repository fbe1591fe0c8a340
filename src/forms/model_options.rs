//! The model behind a form.

use std::sync::Arc;

use crate::models::Model;

/// The model whose rows a form writes.
#[derive(Clone, Debug)]
pub struct ModelFormOptions {
    /// The model.
    pub model: Arc<Model>,
    /// The names of its fields that the form writes, in order: no others, whatever is sent.
    pub fields: Vec<String>,
}
