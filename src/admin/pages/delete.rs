//! Asks whether a row is to go, with all that goes with it, and deletes it (`ModelAdmin.delete_view`).

use std::sync::Arc;

use crate::admin::options::ModelAdmin;
use crate::admin::pages::deletion::DeletedObjects;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::{Method, Response};
use crate::messages::level;
use crate::query::QueryError;
use crate::templates::value::Value;
use crate::views::{HttpError, RowValue};

/// The page that deletes a row.
#[derive(Debug)]
pub(in crate::admin) struct DeletePage(pub(in crate::admin) Arc<ModelAdmin>);

impl AdminPage for DeletePage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let admin = &self.0;
        let row = request.row(admin)?;
        request.require(request.permissions(admin, row.as_ref())?.delete)?;
        let Some(row) = row else {
            return request.row_is_gone(admin);
        };
        let rows = [row];
        let deleted = request.deleted_objects(admin, &rows)?;
        if request.request.method == Method::Post && deleted.protected.is_empty() {
            request.require(deleted.perms_needed.is_empty())?;
            match request.delete_rows(admin, &rows) {
                Ok(()) if request.is_popup()? => {
                    return request.popup_response(admin, &rows[0], "delete");
                }
                Ok(()) => return done(request, admin, &rows[0]),
                // Somebody has just added a row that forbids it: the page names it.
                Err(QueryError::Protected { .. }) => {
                    let deleted = request.deleted_objects(admin, &rows)?;
                    return page(request, admin, rows, deleted);
                }
                Err(error) => return Err(error.into()),
            }
        }
        page(request, admin, rows, deleted)
    }
}

fn page(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    [row]: [RowValue; 1],
    deleted: DeletedObjects,
) -> Result<Response, HttpError> {
    let title = if deleted.is_allowed() {
        "Are you sure?".to_owned()
    } else {
        format!("Cannot delete {}", admin.model.verbose_name())
    };
    let key = request.object_id();
    let context = deleted.add_to(request.page_context(&title)?);
    let context = context
        .with("object_name", admin.model.verbose_name())
        .with("change_url", request.row_url(admin, "change", &key)?)
        .with("list_url", request.list_url(admin)?)
        .with("object", Value::from_object(row));
    request.render_of_model(admin, "delete_confirmation.html", context)
}

fn done(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: &RowValue,
) -> Result<Response, HttpError> {
    let (name, text) = (admin.model.verbose_name(), row.text()?);
    let message = format!("The {name} “{text}” was deleted successfully.");
    request.tell(level::SUCCESS, &message);
    let may = request.permissions(admin, None)?;
    Ok(Response::redirect(
        &request.list_or_index(admin, may.change)?,
        false,
    ))
}
