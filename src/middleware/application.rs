//! The application: what answers the requests of a site that was read once.

use std::sync::Arc;

use crate::http::{HttpRequest, InvalidTarget, Response, percent};
use crate::staticfiles::StaticFiles;
use crate::views::{
    self, AppState, HttpError, ProjectCode, Request, RequestObserver, UrlPatterns, dispatch,
    error_response,
};

use super::chain::MiddlewareChain;
use super::security::TrustedProxies;
use super::{common, page_cache};

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
    /// What the code of the project does around its views.
    code: Option<Arc<dyn ProjectCode>>,
    /// Whether any page is kept.
    keeps_pages: bool,
    /// Whether requests for other hosts are refused.
    checks_hosts: bool,
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
        let keeps_pages = state.keeps_all_pages
            || urls
                .patterns()
                .iter()
                .any(|pattern| pattern.caching.cache.is_some());
        let middleware = &state.settings.project.middleware;
        Self {
            observer: RequestObserver::new(&state),
            code: None,
            keeps_pages,
            checks_hosts: middleware.iter().any(|name| name == common::NAME),
            state: Arc::new(state),
            urls,
            chain,
            proxies,
            files,
        }
    }

    /// The same with `code` of the project.
    #[must_use]
    pub fn with_code(self, code: Option<Arc<dyn ProjectCode>>) -> Self {
        Self { code, ..self }
    }

    /// What all its requests share.
    pub fn state(&self) -> &Arc<AppState> {
        &self.state
    }

    /// The patterns of its urls.
    pub fn urls(&self) -> &Arc<UrlPatterns> {
        &self.urls
    }

    /// Whether the path of a request, still encoded, lies where files are served.
    pub fn may_serve_static(&self, encoded_path: &str) -> bool {
        self.files.iter().any(|files| files.covers(encoded_path))
    }

    /// Whether the page at the path of a request, still encoded, may be kept in memory.
    pub fn may_have_page(&self, encoded_path: &str) -> bool {
        let site = &self.state;
        self.keeps_pages
            && self.observer.is_none()
            && percent::decoded(encoded_path)
                .and_then(|path| self.urls.resolve(&path))
                .is_some_and(|found| page_cache::may_be_in_memory(site, found.pattern))
    }

    /// The response with what is in memory: a file, or a page that is kept. `None` where it is not there.
    ///
    /// Never waits.
    pub fn respond_from_memory(&self, request: HttpRequest) -> Option<Response> {
        let mut request = self.receive(request);
        if self.files.iter().any(|files| files.serves(&request.path)) {
            return self.chain.run_static(&mut request, |request| {
                let mut files = self.files.iter();
                files.find_map(|files| files.respond_from_memory(request))
            });
        }
        if !self.allows_host(&request) {
            return None;
        }
        self.chain.run_from_memory(&mut request)
    }

    /// The response where files are served; `None` where the request is not for one that exists.
    ///
    /// The middleware that sees static files stands around them and may answer itself. May wait for the disk.
    pub fn serve_static(&self, request: HttpRequest) -> Option<Response> {
        let mut request = self.receive(request);
        let allows_host = self.allows_host(&request);
        self.chain.run_static(&mut request, |request| {
            let mut files = self.files.iter();
            files.find_map(|files| {
                // The page that refuses another host has a style sheet, too.
                let may_be_seen = allows_host || !files.are_of_visitors();
                may_be_seen.then(|| files.respond(request)).flatten()
            })
        })
    }

    /// Whether files of visitors and kept pages are handed out to this host; where not, the middleware says so to who asks.
    fn allows_host(&self, request: &Request<'_>) -> bool {
        !self.checks_hosts || request.is_for_this_host()
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
        let answer = |request: &mut Request<'_>| self.told_answer(request);
        let response = match &self.observer {
            Some(observer) => observer.observe(&mut request, answer),
            None => answer(&mut request),
        };
        response.with_cookie_headers()
    }

    /// The answer of the chain, of which the code of the project hears where it wants to.
    fn told_answer(&self, request: &mut Request<'_>) -> Response {
        let Some(code) = &self.code else {
            return self.chain.run(request, &dispatch);
        };
        if let Err(error) = code.request_started(request) {
            return error_response(request, &error);
        }
        let response = self.chain.run(request, &dispatch);
        if let Err(error) = code.request_finished(request) {
            let told = error.messages().join(": ");
            let log = &request.state.log;
            log.error(format!("after the response: {}: {told}", request.path));
        }
        response
    }

    /// The request as its client sent it to the proxies that are trusted.
    fn receive(&self, mut request: HttpRequest) -> Request<'_> {
        let use_host = self.state.settings.security.use_forwarded_host;
        self.proxies.apply(&mut request, use_host);
        let connections = &self.state.connections;
        let mut request = Request::new(request, &self.state, &self.urls, connections);
        request.code.clone_from(&self.code);
        request
    }

    /// Answers a request whose body is too large to be read; the middleware that needs no body stands around that.
    pub fn body_too_large(&self, request: HttpRequest) -> Response {
        let mut request = self.receive(request);
        let server = &self.state.settings.server;
        let limit = server.body_limit(request.headers.get("Content-Type").unwrap_or_default());
        let too_large = |_: &Request<'_>| Err(HttpError::ContentTooLarge { limit });
        self.chain.run_without_body(&mut request, &too_large)
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
