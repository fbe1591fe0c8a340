//! `auth.logout`: ends the session; by POST alone, so that no picture on another site can do it.

use crate::clock;
use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::templates::Context;
use crate::views::registry::Entry;
use crate::views::{Failure, Request, View, access, answer_options};

const ALLOWED: &str = "POST, OPTIONS";

#[derive(Debug)]
struct Logout {
    template: String,
}

/// Reads the options of `auth.logout`.
pub(super) fn build(entry: &Entry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(Logout {
        template: entry.template("registration/logged_out.html")?,
    }))
}

impl View for Logout {
    fn respond(&self, request: &Request<'_>) -> Result<Response, Failure> {
        let mut response = match request.method {
            Method::Post => self.log_out(request)?,
            Method::Options => answer_options(ALLOWED),
            _ => Response::method_not_allowed(ALLOWED),
        };
        response.never_cache(clock::now().into());
        Ok(response)
    }
}

impl Logout {
    fn log_out(&self, request: &Request<'_>) -> Result<Response, Failure> {
        access::logout(request)?;
        let next = access::next(request)?;
        let target = match &request.site.settings.auth.logout_redirect_url {
            _ if !next.is_empty() => Some(next),
            Some(target) => Some(access::resolve_url(request, target)?),
            None => None,
        };
        if let Some(target) = target.filter(|target| *target != request.full_path()) {
            return Ok(Response::redirect(&target, false));
        }
        let context = Context::default().with("title", "Logged out");
        let page = request.site.render(request, &self.template, context)?;
        Ok(Response::html(200, page))
    }
}
