//! What is below the address of the admin and leads nowhere (`AdminSite.catch_all_view`).
//!
//! Whoever is not of the staff is led to the login, as everywhere: no answer tells which models there are.

use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::Response;
use crate::views::HttpError;

/// Any other address.
#[derive(Debug)]
pub(in crate::admin) struct NotFoundPage;

impl AdminPage for NotFoundPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let request = request.request;
        let completed = format!("{}/", request.path);
        let found = request.urls.resolve(&completed);
        let own = request.resolved().map(|own| own.pattern);
        let is_page =
            found.is_some_and(|found| !own.is_some_and(|own| std::ptr::eq(own, found.pattern)));
        if request.state.settings.project.append_slash && !request.path.ends_with('/') && is_page {
            return Ok(Response::redirect(&request.full_path_of(&completed), true));
        }
        let message = "The requested admin page does not exist.";
        Err(HttpError::NotFound(message.to_owned()))
    }
}
