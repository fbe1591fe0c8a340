//! `auth.logout`: ends the session; by POST alone, so that no picture on another site can do it.

use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::settings::AuthSettings;
use crate::templates::Context;
use crate::views::ViewEntry;
use crate::views::auth::account_page::{AccountPage, never_cached};
use crate::views::{Client, GetResponse, HttpError, Request, View, access, resolve_url};

const ALLOWED: &str = "POST, OPTIONS";

#[derive(Debug)]
struct Logout {
    page: AccountPage,
    next_page: Option<String>,
}

/// Reads the options of `auth.logout`.
pub(in crate::views) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(Logout {
        page: AccountPage::build(entry, "registration/logged_out.html", "Logged out")?,
        next_page: entry.fields.optional("next_page"),
    }))
}

impl View for Logout {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        Ok(never_cached(match request.method {
            Method::Post => self.log_out(request)?,
            Method::Options => Response::options(self.allowed()),
            _ => Response::method_not_allowed(self.allowed()),
        }))
    }

    fn allowed(&self) -> &str {
        ALLOWED
    }

    fn pattern_names(&self) -> Vec<&str> {
        let next = self.next_page.as_deref();
        next.filter(|next| !resolve_url::is_path_or_url(next))
            .into_iter()
            .collect()
    }

    fn get_response<'v>(&'v self, _: Client, _: &'v AuthSettings) -> GetResponse<'v> {
        GetResponse::NotAllowed
    }
}

impl Logout {
    fn log_out(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        access::logout(request)?;
        let next = access::redirect_target(request)?;
        let settings = &request.state.settings.auth;
        let default = self.next_page.as_ref();
        let target = match default.or(settings.logout_redirect_url.as_ref()) {
            _ if !next.is_empty() => Some(next),
            Some(target) => Some(resolve_url::resolve_url(request, target)?),
            None => None,
        };
        match target.filter(|target| *target != request.full_path()) {
            Some(target) => Ok(Response::redirect(&target, false)),
            None => self.page.render(request, Context::default()),
        }
    }
}
