//! The page that follows a form, by the button that was pressed (`response_add`, `response_change`).

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_form::sent_form::SAVE_AS_NEW;
use crate::http::Response;
use crate::messages::level;
use crate::values::to_text;
use crate::views::{HttpError, RowValue};

/// The page that follows once `row` is saved.
pub(super) fn saved_response(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: &RowValue,
    is_add: bool,
) -> Result<Response, HttpError> {
    if request.is_popup()? {
        let action = if is_add { "add" } else { "change" };
        return request.popup_response(admin, row, action);
    }
    let post = request.request.post()?;
    let pressed = |name: &str| post.get(name).is_some();
    let name = admin.model.verbose_name();
    let done = if is_add { "added" } else { "changed" };
    let text = row.text()?;
    let key = row
        .instance()
        .map(|row| to_text(row.key()))
        .unwrap_or_default();
    let is_copied = pressed(SAVE_AS_NEW) && admin.form.save_as_continue;
    let (rest, target) = if pressed("_continue") || is_copied {
        let target = request.row_url(admin, "change", &key)?;
        let target = format!("{target}{}", request.handed_on(admin)?);
        (" You may edit it again below.".to_owned(), target)
    } else if pressed("_addanother") {
        let target = request.url(&admin.url_name("add"), &[])?;
        let target = format!("{target}{}", request.handed_on(admin)?);
        (format!(" You may add another {name} below."), target)
    } else {
        let may = request.permissions(admin, None)?;
        (String::new(), request.list_or_index(admin, may.view)?)
    };
    let message = format!("The {name} “{text}” was {done} successfully.{rest}");
    request.tell(level::SUCCESS, &message);
    Ok(Response::redirect(&target, false))
}
