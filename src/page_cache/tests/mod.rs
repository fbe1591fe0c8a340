//! What is kept of pages, for how long and for whom.

mod recorded;
mod rules;
mod sharing;

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use crate::cache::{CachePlaces, Caches};
use crate::clock::Moment;
use crate::db::Connections;
use crate::http::{ContentCoding, Headers, HttpRequest, Method, Response};
use crate::page_cache::{PageCache, PageCaching, PageLookup, PageSlot};
use crate::settings::Settings;

/// The moment of the recording.
const NOW: i64 = 1_795_191_516;

fn now() -> Moment {
    Moment::from_unix_seconds(NOW)
}

/// Caches of a project, empty.
fn pages() -> PageCache {
    let settings = Settings::parse("[project]\nname = \"x\"\n[caches.other]\nbackend = \"dummy\"");
    let settings = settings.unwrap();
    let places = CachePlaces {
        root: PathBuf::new(),
        connections: Connections::new([].into()),
    };
    let caches = Arc::new(Caches::new(&settings.caches, places));
    PageCache::new(
        caches,
        settings.page_cache,
        "UTC",
        vec![ContentCoding::Gzip],
    )
}

fn request(method: &str, target: &str, headers: Headers) -> HttpRequest {
    let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let method = Method::from_name(method);
    HttpRequest::new(method, target, headers, Vec::new(), peer).unwrap()
}

fn uri(request: &HttpRequest) -> String {
    format!(
        "{}://{}{}",
        request.scheme(),
        request.host,
        request.full_path()
    )
}

/// The place of the page at `/x/` for a client with `headers`.
fn slot(pages: &PageCache, headers: &[(&str, &str)]) -> PageSlot {
    let request = request("GET", "/x/", headers.iter().copied().collect());
    let caching = PageCaching::default();
    pages
        .slot(&request, "http://testserver/x/".to_owned(), &caching)
        .unwrap()
        .unwrap()
}

/// The body that is found in `slot`.
fn found(slot: &PageSlot) -> Option<String> {
    match slot.find(now()).unwrap() {
        PageLookup::Found(page) => Some(text(&page)),
        PageLookup::Missing(_) => None,
    }
}

fn text(response: &Response) -> String {
    String::from_utf8(response.body.as_bytes().unwrap().to_vec()).unwrap()
}
