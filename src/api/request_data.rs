//! What the body of a request says (`rest_framework.parsers`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::http::{FormData, UploadedFile, UploadedFiles};
use crate::json::Json;

/// What was sent, whatever it was written in.
#[derive(Clone, Debug)]
pub(super) enum RequestData {
    /// A JSON document.
    Json(Json),
    /// A form; a field may come several times.
    Form(FormData),
    /// What the page for people sends: a document, and the files beside it.
    Page {
        document: Json,
        files: Arc<UploadedFiles>,
    },
}

impl RequestData {
    /// The field `name`, once; a form holds texts alone.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, Json>> {
        match self {
            Self::Json(document) | Self::Page { document, .. } => {
                document.get(name).map(Cow::Borrowed)
            }
            Self::Form(form) => form
                .fields
                .get(name)
                .map(|text| Cow::Owned(Json::from(text))),
        }
    }

    /// All values of the field `name` of a form; none where the body is not a form.
    pub(super) fn list(&self, name: &str) -> Option<Json> {
        match self {
            Self::Json(_) | Self::Page { .. } => None,
            Self::Form(form) => {
                let values = form.fields.get_all(name).map(Json::from);
                Some(Json::Array(values.collect()))
            }
        }
    }

    /// The file that was sent for the field `name`.
    pub(super) fn file(&self, name: &str) -> Option<&Arc<UploadedFile>> {
        match self {
            Self::Json(_) => None,
            Self::Form(FormData { files, .. }) | Self::Page { files, .. } => files.get(name),
        }
    }

    /// The document, where it is one.
    pub(super) fn document(&self) -> Option<&Json> {
        match self {
            Self::Json(document) | Self::Page { document, .. } => Some(document),
            Self::Form(_) => None,
        }
    }

    /// Whether a field that was left out may be a box that was not ticked.
    pub(super) fn is_form(&self) -> bool {
        matches!(self, Self::Form(_))
    }
}
