//! What was sent with a form: its fields and its files.

use std::sync::Arc;

use crate::http::{QueryDict, UploadedFiles};

/// What was sent with a form.
#[derive(Clone, Debug, Default)]
pub struct FormData {
    /// The fields.
    pub fields: Arc<QueryDict>,
    /// The files.
    pub files: Arc<UploadedFiles>,
}

impl From<Arc<QueryDict>> for FormData {
    fn from(fields: Arc<QueryDict>) -> Self {
        Self {
            fields,
            files: Arc::default(),
        }
    }
}

impl FormData {
    /// Whether there is a field of this name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.get(name).is_some()
    }
}
