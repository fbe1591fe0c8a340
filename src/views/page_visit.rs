//! A request for a page that a cache keeps, or will.

use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock;
use crate::http::{Headers, Response};
use crate::page_cache::{PageLookup, PageSlot};

/// A request for a page that a cache keeps, or will.
#[derive(Debug)]
pub struct PageVisit {
    /// The place of the page.
    pub slot: PageSlot,
    /// Whether the response is the one that was kept.
    is_kept: Cell<bool>,
    /// The headers of the request that the page was made from.
    pub(super) read_headers: Arc<ReadHeaders>,
}

/// The headers of a request that a template read: others get other pages by them.
#[derive(Debug, Default)]
pub(super) struct ReadHeaders(Mutex<Vec<String>>);

impl PageVisit {
    /// A request for the page of `slot`.
    pub fn new(slot: PageSlot) -> Self {
        Self {
            slot,
            is_kept: Cell::new(false),
            read_headers: Arc::default(),
        }
    }

    /// Whether the response is the one that was kept.
    pub fn is_kept(&self) -> bool {
        self.is_kept.get()
    }

    /// The page that is kept, for a client who may see it.
    pub(super) fn kept(&self) -> Option<Response> {
        match self.slot.find(clock::now()) {
            Ok(PageLookup::Found(page)) => {
                self.is_kept.set(true);
                Some(page)
            }
            // A cache that fails is told of by who keeps the page.
            Ok(PageLookup::Missing(_)) | Err(_) => None,
        }
    }

    /// Has `headers` of the response name those of the request that the page was made from.
    pub fn vary_on_read_headers(&self, headers: &mut Headers) {
        for name in self.read_headers.names() {
            headers.vary_on(&name);
        }
    }
}

impl ReadHeaders {
    /// Remembers that `name` was read.
    pub(super) fn add(&self, name: &str) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    }

    fn names(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
