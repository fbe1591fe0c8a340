//! Pages in a window of their own, which another page of the admin opened to add, change or delete a row that it refers to.

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::http::Response;
use crate::templates::Context;
use crate::values::to_text;
use crate::views::{HttpError, RowValue};

/// The parameter of such a page.
pub(in crate::admin) const POPUP: &str = "_popup";

/// The parameter for the field that the other page refers to the row by.
pub(in crate::admin) const TO_FIELD: &str = "_to_field";

impl AdminRequest<'_, '_> {
    /// Whether the page is in such a window.
    pub(super) fn is_popup(&self) -> Result<bool, HttpError> {
        Ok(self.request.get()?.get(POPUP).is_some())
    }

    /// The page that tells the other one of `row`, with which `action` was done, and closes the window.
    pub(super) fn popup_response(
        &self,
        admin: &ModelAdmin,
        row: &RowValue,
        action: &str,
    ) -> Result<Response, HttpError> {
        let query = self.request.get()?;
        let instance = row.instance();
        // Only what a relation could refer to: other values are nobody's business.
        let field = query.get(TO_FIELD).and_then(|name| admin.model.field(name));
        let field = field.filter(|field| field.is_unique() && field.name != "password");
        let value = match (instance, field) {
            (Some(row), Some(field)) => row.get(&field.name).map(to_text),
            (Some(row), None) => Some(to_text(row.key())),
            (None, _) => None,
        };
        let context = Context::default()
            .with("title", "Popup closing…")
            .with("action", action)
            .with("value", value.unwrap_or_default())
            .with("text", row.text()?)
            .with("is_popup", true);
        self.render("popup_response.html", context)
    }
}
