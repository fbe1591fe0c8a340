//! The application: what answers the requests of a site that was read once.

use std::cell::Cell;
use std::sync::Arc;

use crate::http::{Headers, HttpRequest, InvalidTarget, Response};
use crate::staticfiles::StaticFiles;
use crate::views::{self, AppState, HttpError, Request, RequestObserver, UrlPatterns, dispatch};

use super::chain::MiddlewareChain;
use super::security::TrustedProxies;

/// Answers the requests of a site that was read once.
///
/// 1. A request for a static file, or one that a form brought, is answered by [`Self::serve_static`], which needs no worker.
/// 2. Any other request goes through the middleware, outermost first, to the view of its path.
#[derive(Debug)]
pub struct Application {
    state: Arc<AppState>,
    urls: Arc<UrlPatterns>,
    chain: MiddlewareChain,
    proxies: TrustedProxies,
    files: Vec<StaticFiles>,
    observer: Option<RequestObserver>,
}

impl Application {
    /// An application of these parts; of `files` those win that come first.
    pub fn new(
        state: AppState,
        urls: Arc<UrlPatterns>,
        chain: MiddlewareChain,
        proxies: TrustedProxies,
        files: Vec<StaticFiles>,
    ) -> Self {
        Self {
            observer: RequestObserver::new(&state),
            state: Arc::new(state),
            urls,
            chain,
            proxies,
            files,
        }
    }

    /// What all its requests share.
    pub fn state(&self) -> &Arc<AppState> {
        &self.state
    }

    /// The patterns of its urls.
    pub fn urls(&self) -> &UrlPatterns {
        &self.urls
    }

    /// Whether the path of a request, still encoded, lies where files are served.
    pub fn may_serve_static(&self, encoded_path: &str) -> bool {
        self.files.iter().any(|files| files.covers(encoded_path))
    }

    /// The response where files are served; `None` where the request is not for one that exists.
    ///
    /// The middleware that sees static files stands around them and may answer itself. May wait for the disk.
    pub fn serve_static(&self, request: HttpRequest) -> Option<Response> {
        let mut request = self.receive(request);
        let is_missing = Cell::new(false);
        let response = self.chain.run_static(&mut request, &|request| {
            let found = self.files.iter().find_map(|files| files.respond(request));
            Ok(found.unwrap_or_else(|| {
                is_missing.set(true);
                Response::empty(404, Headers::default())
            }))
        });
        (!is_missing.get()).then_some(response)
    }

    /// Has the middleware and `view` answer a request, whatever its path.
    #[cfg(test)]
    pub(crate) fn respond_with(
        &self,
        request: HttpRequest,
        view: &crate::middleware::Endpoint<'_>,
    ) -> Response {
        let mut request = self.receive(request);
        self.chain.run(&mut request, view).with_cookie_headers()
    }

    /// Answers a request.
    pub fn respond(&self, request: HttpRequest) -> Response {
        let mut request = self.receive(request);
        let answer = |request: &mut Request<'_>| self.chain.run(request, &dispatch);
        let response = match &self.observer {
            Some(observer) => observer.observe(&mut request, answer),
            None => answer(&mut request),
        };
        response.with_cookie_headers()
    }

    /// The request as its client sent it to the proxies that are trusted.
    fn receive(&self, mut request: HttpRequest) -> Request<'_> {
        let use_host = self.state.settings.security.use_forwarded_host;
        self.proxies.apply(&mut request, use_host);
        Request::new(request, &self.state, &self.urls, &self.state.connections)
    }

    /// Answers a request whose body is too large to be read; the middleware that needs no body stands around that.
    pub fn body_too_large(&self, request: HttpRequest) -> Response {
        let mut request = self.receive(request);
        let server = &self.state.settings.server;
        let limit = server.body_limit(request.headers.get("Content-Type").unwrap_or_default());
        let too_large = |_: &Request<'_>| Err(HttpError::ContentTooLarge { limit });
        self.chain.run_static(&mut request, &too_large)
    }

    /// Answers a request whose head is too large to be read.
    pub fn head_too_large(&self) -> Response {
        views::head_too_large(&self.state, &self.urls)
    }

    /// Answers a request whose target is not valid.
    pub fn bad_request(&self, error: InvalidTarget) -> Response {
        views::bad_request(&self.state, &self.urls, error)
    }
}
