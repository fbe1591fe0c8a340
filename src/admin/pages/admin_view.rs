//! What stands in front of every page of the admin: only staff get in, and no cache keeps what they see.

use std::fmt;
use std::sync::Arc;

use crate::admin::AdminSite;
use crate::admin::site::CONTENT_SECURITY_POLICY;
use crate::auth::User;
use crate::clock;
use crate::http::{Method, Response};
use crate::views::{HttpError, Request, View, ViewMarks, redirect_to_login_at};

/// The name of the page where staff log in.
const LOGIN: &str = "admin:login";

/// Which pages may show a page of the admin within them, which only a header can say.
const FRAME_ANCESTORS: &str = "frame-ancestors 'self'";

/// A page of the admin.
pub(in crate::admin) trait AdminPage: fmt::Debug + Send + Sync {
    /// Answers GET, and POST where it has a form.
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError>;

    /// Whether it has a form, which POST sends.
    fn has_form(&self) -> bool {
        true
    }
}

/// A request of somebody of the staff.
#[derive(Clone, Copy, Debug)]
pub(in crate::admin) struct AdminRequest<'r, 's> {
    /// The request.
    pub(in crate::admin) request: &'r Request<'s>,
    /// The site.
    pub(in crate::admin) site: &'r Arc<AdminSite>,
    /// Who sent it.
    pub(in crate::admin) user: &'r Arc<User>,
}

/// A page, and the site it is of.
#[derive(Debug)]
pub(in crate::admin) struct AdminView<P> {
    /// The site.
    pub(in crate::admin) site: Arc<AdminSite>,
    /// The page.
    pub(in crate::admin) page: P,
}

impl<P: AdminPage> View for AdminView<P> {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let mut response = match request.method {
            Method::Get | Method::Head => self.page(request)?,
            Method::Post if self.page.has_form() => self.page(request)?,
            Method::Options => Response::options(self.allowed()),
            _ => Response::method_not_allowed(self.allowed()),
        };
        response.never_cache(clock::now().into());
        let headers = &mut response.headers;
        let policy = format!("{CONTENT_SECURITY_POLICY}; {FRAME_ANCESTORS}");
        headers.set_default("Content-Security-Policy", &policy);
        Ok(response)
    }

    fn has_form(&self) -> bool {
        self.page.has_form()
    }

    fn pattern_names(&self) -> Vec<&str> {
        vec![LOGIN]
    }

    /// It sends visitors to a login of its own.
    fn marks(&self) -> ViewMarks {
        ViewMarks::open()
    }

    /// PUT is not the sending of a form here.
    fn allowed(&self) -> &str {
        if self.page.has_form() {
            "GET, POST, HEAD, OPTIONS"
        } else {
            "GET, HEAD, OPTIONS"
        }
    }
}

impl<P: AdminPage> AdminView<P> {
    /// The page for staff; anybody else is led to the login, as in Django.
    fn page(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let user = request.user()?.get()?;
        let Some(user) = user.filter(|user| user.is_active && user.is_staff) else {
            return redirect_to_login_at(request, LOGIN);
        };
        self.page.respond(&AdminRequest {
            request,
            site: &self.site,
            user: &user,
        })
    }
}
