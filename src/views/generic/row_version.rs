//! `last_modified` and `etag` of the page of one row (Django's `condition`): a browser that has this version gets no other.

use md5::{Digest as _, Md5};

use crate::crypto;
use crate::document::Item;
use crate::http::{Headers, Precondition, Response, Validators};
use crate::text;
use crate::values::to_text;
use crate::views::generic::model_view::ModelViewEntry;
use crate::views::rows::{MomentField, RowValue};
use crate::views::{HttpError, Request};

/// The fields of a row that tell one version of its page from another.
#[derive(Debug)]
pub(super) struct RowVersion {
    last_modified: Option<MomentField>,
    /// The names of fields.
    etag: Vec<String>,
}

impl RowVersion {
    /// Reads the keys; what is wrong with them is reported.
    pub(super) fn read(read: &ModelViewEntry<'_, '_, '_>) -> Self {
        let fields = read.entry.fields;
        let listed = fields.item("etag").map(Item::listed);
        let names = listed.unwrap_or_default().iter();
        Self {
            last_modified: MomentField::read(&read.reader(), fields, "last_modified"),
            etag: names.filter_map(|item| field_name(read, item)).collect(),
        }
    }

    /// The page of `row`, which `render` makes unless the client has it or asks for another version.
    pub(super) fn answer(
        &self,
        request: &Request<'_>,
        row: &RowValue,
        render: impl FnOnce() -> Result<Response, HttpError>,
    ) -> Result<Response, HttpError> {
        let validators = self.validators(request, row);
        if validators.is_empty() {
            return render();
        }
        let mut response = match validators.check_preconditions(&request.method, &request.headers) {
            Precondition::Met => render()?,
            Precondition::NotModified => Response::empty(304, Headers::default()),
            Precondition::Failed => return Ok(Response::empty(412, Headers::default())),
        };
        validators.write(&mut response.headers);
        Ok(response)
    }

    fn validators(&self, request: &Request<'_>, row: &RowValue) -> Validators {
        let zone = &request.state.settings.project.time_zone;
        let modified = self.last_modified.as_ref();
        let modified = modified.and_then(|field| field.moment(row, zone));
        Validators::new(self.etag(row), modified.map(Into::into))
    }

    /// The tag of these values; `None` where one of them was not read.
    fn etag(&self, row: &RowValue) -> Option<String> {
        let row = row.instance().filter(|_| !self.etag.is_empty())?;
        let mut hasher = Md5::new();
        for name in &self.etag {
            let value = to_text(row.get(name)?);
            hasher.update(value.len().to_be_bytes());
            hasher.update(value);
        }
        Some(format!("\"{}\"", crypto::hex(&hasher.finalize())))
    }
}

fn field_name(read: &ModelViewEntry<'_, '_, '_>, item: &Item) -> Option<String> {
    let name = item.as_str().unwrap_or_default();
    let names = || {
        let fields = read.model.fields.iter();
        let own = fields.filter(|field| field.has_column());
        own.map(|field| field.name.as_str())
    };
    if names().any(|known| known == name) {
        return Some(name.to_owned());
    }
    let finding = match item.as_str() {
        Some(name) => {
            let message = format!("`etag` must name fields of the model, which `{name}` is not");
            let hint = format!("the fields are {}", text::quoted(names()));
            item.error("unknown-field", message)
                .suggest_or(name, names(), hint)
        }
        None => item.error("wrong-type", "`etag` must be a string or a list of strings"),
    };
    read.problems().push(finding);
    None
}
