//! What was done with a row (`ModelAdmin.history_view`).

use std::sync::Arc;

use crate::admin::log;
use crate::admin::options::ModelAdmin;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::Response;
use crate::templates::value::Value;
use crate::views::HttpError;

/// The history of a row.
#[derive(Debug)]
pub(in crate::admin) struct HistoryPage(pub(in crate::admin) Arc<ModelAdmin>);

impl AdminPage for HistoryPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let admin = &self.0;
        let Some(row) = request.row(admin)? else {
            return request.row_is_gone(admin);
        };
        request.require(request.permissions(admin, Some(&row))?.view)?;
        let object_id = request.object_id();
        let title = format!("Change history: {}", row.text()?);
        let context = request
            .page_context(&title)?
            .with("action_list", log::history(request, admin, &object_id)?)
            .with("object", Value::from_object(row))
            .with("change_url", request.row_url(admin, "change", &object_id)?)
            .with("list_url", request.url(&admin.url_name("changelist"), &[])?);
        request.render_of_model(admin, "object_history.html", context)
    }

    fn has_form(&self) -> bool {
        false
    }
}
