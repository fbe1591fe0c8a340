//! What a request is made of, kept by code that cannot borrow it: Python holds on to a request for as long as it likes.

use std::rc::Rc;
use std::sync::Arc;

use crate::db::Connections;
use crate::http::HttpRequest;
use crate::templates::Context;
use crate::views::debug_panel::RequestTrace;
use crate::views::{
    AppState, Csrf, LazySession, LazyUser, Messages, PageVisit, ProjectCode, Request, UrlPatterns,
};

/// What a request is made of; all of it is shared with the request it was taken from.
#[derive(Clone, Debug)]
pub struct RequestParts {
    /// What the client sent.
    pub http: Arc<HttpRequest>,
    /// What all requests share.
    pub state: Arc<AppState>,
    /// The url patterns of the project.
    pub urls: Arc<UrlPatterns>,
    /// The worker's connections.
    pub connections: Arc<Connections>,
    /// Its session; `None` without the middleware `sessions`.
    pub session: Option<Arc<LazySession>>,
    /// Its secret; `None` without the middleware `csrf`.
    pub csrf: Option<Arc<Csrf>>,
    /// The user who sent it; `None` without the middleware `auth`.
    pub user: Option<Arc<LazyUser>>,
    /// The messages for the client; `None` without the middleware `messages`.
    pub messages: Option<Arc<Messages>>,
    page: Option<Rc<PageVisit>>,
    trace: Option<Arc<RequestTrace>>,
    code: Option<Arc<dyn ProjectCode>>,
    host_is_allowed: Option<bool>,
    error_context: Option<Context>,
}

impl RequestParts {
    /// The parts of a request to the root of the site that nobody sent: what a command or a test stands on.
    pub fn of_nobody(state: &Arc<AppState>, urls: &Arc<UrlPatterns>) -> Self {
        let http = Arc::new(HttpRequest::of_nobody());
        Self {
            http,
            state: Arc::clone(state),
            urls: Arc::clone(urls),
            connections: Arc::clone(&state.connections),
            session: None,
            csrf: None,
            user: None,
            messages: None,
            page: None,
            trace: None,
            code: None,
            host_is_allowed: None,
            error_context: None,
        }
    }

    /// The parts of `request`.
    pub fn of(request: &Request<'_>) -> Self {
        Self {
            http: request.shared_http(),
            state: Arc::clone(request.state),
            urls: Arc::clone(request.urls),
            connections: Arc::clone(request.connections),
            session: request.session.clone(),
            csrf: request.csrf.clone(),
            user: request.user.clone(),
            messages: request.messages.clone(),
            page: request.page.clone(),
            trace: request.trace.clone(),
            code: request.code.clone(),
            host_is_allowed: request.host_is_allowed.get(),
            error_context: request.error_context.clone(),
        }
    }

    /// What `work` makes of a request of these parts.
    pub fn with<T>(&self, work: impl FnOnce(&mut Request<'_>) -> T) -> T {
        let http = Arc::clone(&self.http);
        let mut request = Request::new(http, &self.state, &self.urls, &self.connections);
        self.give_to(&mut request);
        work(&mut request)
    }

    /// Hands what was found out about the request to `request`, which is the same one.
    pub fn give_to(&self, request: &mut Request<'_>) {
        request.session.clone_from(&self.session);
        request.csrf.clone_from(&self.csrf);
        request.user.clone_from(&self.user);
        request.messages.clone_from(&self.messages);
        request.page.clone_from(&self.page);
        request.trace.clone_from(&self.trace);
        request.code.clone_from(&self.code);
        request.host_is_allowed.set(self.host_is_allowed);
        request.error_context.clone_from(&self.error_context);
    }
}
