//! `generic.detail`: one row (`django.views.generic.ObjectDetailView`).

use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::generic::model_view::{ModelView, ModelViewEntry, NameSuffixes};
use crate::views::generic::row_version::RowVersion;
use crate::views::generic::single_object::SingleObject;
use crate::views::{HttpError, Request, ShownTemplate, View, ViewEntry};

#[derive(Debug)]
struct ObjectDetailView {
    view: ModelView,
    object: SingleObject,
    version: RowVersion,
}

/// Reads the options of `generic.detail`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let read = ModelViewEntry::new(entry)?;
    let object = SingleObject::read(&read);
    let version = RowVersion::read(&read);
    let view = read.view(&NameSuffixes {
        template: "_detail",
        object: "",
    });
    Ok(Box::new(ObjectDetailView {
        object,
        version,
        view: view?,
    }))
}

impl View for ObjectDetailView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match request.method {
            Method::Get | Method::Head => {
                let object = self.object.find(&self.view, request)?;
                let value = Value::from_object(object.clone());
                self.version.answer(request, &object, || {
                    let context = Context::default();
                    self.view.render(request, "object", value, context)
                })
            }
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }

    fn shown(&self) -> Option<ShownTemplate<'_>> {
        Some(self.view.shown("object"))
    }

    fn captured_names(&self) -> Vec<&str> {
        self.view
            .captured_names()
            .chain(self.object.captured_names())
            .collect()
    }

    fn key_names(&self) -> Option<[&str; 2]> {
        Some(self.object.key_names())
    }
}
