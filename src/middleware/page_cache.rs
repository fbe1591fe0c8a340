//! `cache`: pages that were made before, and those that others will ask for again.
//!
//! An entry of `urls.toml` with `cache` has its page kept wherever this stands, which is before all that asks for the
//! database if the settings do not say; named in `[project] middleware` it keeps all pages. A page that is there is
//! sent before sessions, users and templates are asked, but for one that only some users may see: who asks for it is
//! found out first.

use std::rc::Rc;

use crate::cache::CacheError;
use crate::clock;
use crate::http::{CONDITIONS, Headers, Response};
use crate::page_cache::{PageCaching, PageLookup, PageTurn};
use crate::views::{AppState, HttpError, PageVisit, Request, ViewPattern, is_guarded};

use super::chain::Next;

/// Its name in `[project] middleware`.
pub const NAME: &str = "cache";

/// 1. Sends the page that is kept. 2. Has others wait while it is made. 3. Keeps what is meant for others too.
///
/// What the client has of the page already is looked at last, so that a whole page is kept.
#[expect(clippy::unnecessary_wraps, reason = "all middleware has one type")]
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let Some((visit, is_open)) = visit(request) else {
        return Ok(next.run(request));
    };
    let conditions = take_conditions(&mut request.headers);
    let response = if is_open {
        open_page(request, next, visit)
    } else {
        // One who may see it finds it behind the check of that.
        made_page(request, next, visit).0
    };
    Ok(response.under_conditions(&request.method, &conditions))
}

/// The page that is kept in memory, if anybody may see it.
///
/// Never waits: the server asks for it on the thread that reads all requests.
pub(super) fn from_memory(request: &Request<'_>) -> Option<Response> {
    if !may_be_in_memory(request.state, request.resolved()?.pattern) {
        return None;
    }
    let (visit, is_open) = visit(request)?;
    if !is_open {
        return None;
    }
    match find(request, &visit)? {
        PageLookup::Found(page) => Some(page.under_conditions(&request.method, &request.headers)),
        PageLookup::Missing(_) => None,
    }
}

/// Whether the page of `pattern` is kept in memory, if it is there.
pub(super) fn may_be_in_memory(site: &AppState, pattern: &ViewPattern) -> bool {
    caching(site, pattern).is_some_and(|caching| site.pages.is_in_memory(caching))
}

/// How the page of `pattern` is kept, if it is.
fn caching<'c>(site: &AppState, pattern: &'c ViewPattern) -> Option<&'c PageCaching> {
    const WHOLE_SITE: &PageCaching = &PageCaching {
        timeout: None,
        alias: None,
        key_prefix: None,
    };
    match &pattern.caching.cache {
        Some(caching) => Some(caching),
        None if site.keeps_all_pages && !pattern.caching.never_cache => Some(WHOLE_SITE),
        None => None,
    }
}

/// What is kept of the page that `request` asks for, and whether anybody may see it; `None` where nothing is kept.
fn visit(request: &Request<'_>) -> Option<(PageVisit, bool)> {
    let site = request.state;
    let pattern = request.resolved()?.pattern;
    let caching = caching(site, pattern)?;
    // One for another host has no address; it is refused further on.
    let uri = request.absolute_url().ok()?;
    let slot = site.pages.slot(request, uri, caching);
    let slot = slot.map_err(|error| warn(request, &error)).ok()??;
    let is_open = !is_guarded(pattern, &request.method);
    Some((PageVisit::new(slot), is_open))
}

fn open_page(request: &mut Request<'_>, next: Next<'_>, visit: PageVisit) -> Response {
    let key = match find(request, &visit) {
        Some(PageLookup::Found(page)) => return page,
        Some(PageLookup::Missing(key)) => key,
        // Nothing is kept where nothing can be read: it would only take as long to fail again.
        None => return next.run(request),
    };
    let turn = request.state.pages.turn(&visit.slot, &key);
    // The one before may have made it between the question and the turn.
    if !matches!(turn, PageTurn::Everybody)
        && let Some(PageLookup::Found(page)) = find(request, &visit)
    {
        return page;
    }
    let (response, is_kept) = made_page(request, next, visit);
    if !is_kept {
        request.state.pages.not_kept(key);
    }
    drop(turn);
    response
}

fn find(request: &Request<'_>, visit: &PageVisit) -> Option<PageLookup> {
    let found = visit.slot.find(clock::now());
    found.map_err(|error| failed(request, visit, &error)).ok()
}

/// Has the rest of the chain make the page; also returns whether it is kept.
fn made_page(request: &mut Request<'_>, next: Next<'_>, visit: PageVisit) -> (Response, bool) {
    let visit = Rc::new(visit);
    request.page = Some(Rc::clone(&visit));
    let mut response = next.run(request);
    request.page = None;
    if visit.is_kept() {
        return (response, true);
    }
    visit.vary_on_read_headers(&mut response.headers);
    let messages = request.messages.as_ref();
    if messages.is_some_and(|messages| messages.is_read()) {
        response.headers.vary_on("Cookie");
    }
    let kept = visit.slot.keep(&mut response, clock::now());
    let is_kept = kept.unwrap_or_else(|error| {
        failed(request, &visit, &error);
        false
    });
    (response, is_kept)
}

/// The site goes on without a cache that fails, and does not wait for it with each request.
fn failed(request: &Request<'_>, visit: &PageVisit, error: &CacheError) {
    request.state.pages.failed(&visit.slot, error);
    warn(request, error);
}

fn warn(request: &Request<'_>, error: &CacheError) {
    let log = request.state.logging.logger("djr.cache");
    let line = error.log_line();
    log.warn(format!("pages are not kept for now: {line}"));
}

/// Takes what the client says that it has.
fn take_conditions(headers: &mut Headers) -> Headers {
    let mut taken = Headers::default();
    for name in CONDITIONS {
        for value in headers.get_all(name) {
            taken.append(name, value);
        }
        headers.remove(name);
    }
    taken
}
