//! The place of one page in a cache.

use std::time::Duration;

use crate::cache::{Cache, CacheError, CacheTimeout, CacheValue};
use crate::clock::Moment;
use crate::http::{ContentCoding, Headers, HttpRequest, Method, Response};
use crate::page_cache::page_key::{PageKeys, names_in_vary};
use crate::page_cache::stored_page::{self, Fingerprint};

/// What the keys begin with, before what Django's would be: a Django on the same cache would take a value that it did not
/// write for a response, and fail.
const OWN_KEYS: &str = "djr.";

/// The header whose value is not what counts, but the coding that follows from it.
const ACCEPT_ENCODING: &str = "ACCEPT-ENCODING";

/// The place of the page that a request asks for.
#[derive(Debug)]
pub struct PageSlot {
    /// The name of its cache.
    pub(super) alias: String,
    pub(super) cache: Cache,
    pub(super) keys: PageKeys,
    pub(super) method: Method,
    pub(super) uri: String,
    /// How long the page is kept, whatever it says itself.
    pub(super) timeout: Option<Duration>,
    /// How long it is kept where neither it nor the entry says so.
    pub(super) default_timeout: Duration,
    /// The headers of the request.
    pub(super) headers: Headers,
}

/// What was found for a request.
#[derive(Debug)]
pub enum PageLookup {
    /// The page.
    Found(Response),
    /// Nothing; of the requests that miss under the same key one makes the page.
    Missing(String),
}

impl PageSlot {
    /// The headers of `request` by which pages differ.
    ///
    /// Browsers write the codings that they take in many ways, and all that follows is one of three bodies.
    pub(super) fn headers_of(request: &HttpRequest, offered: &[ContentCoding]) -> Headers {
        let mut headers = request.headers.clone();
        if headers.contains(ACCEPT_ENCODING) {
            let coding = ContentCoding::negotiate(&headers, offered);
            headers.set(ACCEPT_ENCODING, coding.map_or("", ContentCoding::name));
        }
        headers
    }

    /// The page, if it is kept, and how old it is `now`; an answer to HEAD may be that to GET.
    pub fn find(&self, now: Moment) -> Result<PageLookup, CacheError> {
        let names_key = own_key(&self.keys.of_names());
        let Some(names) = self.names(&names_key)? else {
            return Ok(PageLookup::Missing(names_key));
        };
        let mut found = self.page(&Method::Get, &names)?;
        if found.is_none() && self.method == Method::Head {
            found = self.page(&Method::Head, &names)?;
        }
        if let Some(mut page) = found {
            page.headers.set_age(now.into());
            return Ok(PageLookup::Found(page));
        }
        let key = self.keys.of_page(&self.method, &self.headers, &names);
        Ok(PageLookup::Missing(own_key(&key)))
    }

    /// The names of the headers that make other pages of it; `None` where none is kept.
    fn names(&self, key: &str) -> Result<Option<Vec<String>>, CacheError> {
        Ok(match self.cache.get(key)? {
            Some(CacheValue::Text(names)) => {
                let names = names.split(',').filter(|name| !name.is_empty());
                Some(names.map(ToOwned::to_owned).collect())
            }
            _ => None,
        })
    }

    fn page(&self, method: &Method, names: &[String]) -> Result<Option<Response>, CacheError> {
        let key = own_key(&self.keys.of_page(method, &self.headers, names));
        let Some(CacheValue::Bytes(bytes)) = self.cache.get(&key)? else {
            return Ok(None);
        };
        let fingerprint = Fingerprint::new(method, &self.uri, &self.headers, names);
        Ok(stored_page::from_bytes(fingerprint, &bytes))
    }

    /// Keeps `response` from `now` on if it is meant for others too, and tells browsers how long they may; returns
    /// whether it is kept.
    ///
    /// The rules are those of Django's `UpdateCacheMiddleware`, but that nothing is kept that sets a cookie: whoever got
    /// it from here would get the cookie of another one.
    pub fn keep(&self, response: &mut Response, now: Moment) -> Result<bool, CacheError> {
        let Some(timeout) = self.timeout_of(response) else {
            return Ok(false);
        };
        let headers = &mut response.headers;
        headers.patch_response_headers(now.into(), timeout);
        let is_public = response.headers.has_cache_directive("public");
        let is_authorized = self
            .headers
            .get("Authorization")
            .is_some_and(|of| !of.is_empty());
        if is_authorized && !is_public {
            response.headers.vary_on("Authorization");
        }
        if timeout == 0 || response.status != 200 {
            return Ok(false);
        }
        self.store(response, CacheTimeout::After(Duration::from_secs(timeout)))
    }

    /// For how many seconds `response` may be kept; `None` where it is for its client alone, or says nothing of itself.
    fn timeout_of(&self, response: &Response) -> Option<u64> {
        let headers = &response.headers;
        let is_page = matches!(response.status, 200 | 304) && response.body.as_bytes().is_some();
        let sets_cookie = !response.cookies().is_empty() || headers.contains("Set-Cookie");
        let is_private = ["private", "no-cache", "no-store"]
            .iter()
            .any(|name| headers.has_cache_directive(name));
        if !is_page || sets_cookie || is_private || headers.varies_on("*") {
            return None;
        }
        if let Some(timeout) = self.timeout {
            return Some(timeout.as_secs());
        }
        match headers.max_age() {
            None => Some(self.default_timeout.as_secs()),
            Some(age) => u64::try_from(age).ok().filter(|age| *age > 0),
        }
    }

    fn store(&self, response: &Response, timeout: CacheTimeout) -> Result<bool, CacheError> {
        let names = names_in_vary(&response.headers);
        let fingerprint = Fingerprint::new(&self.method, &self.uri, &self.headers, &names);
        let Some(bytes) = stored_page::to_bytes(fingerprint, response) else {
            return Ok(false);
        };
        let key = own_key(&self.keys.of_page(&self.method, &self.headers, &names));
        let names_key = own_key(&self.keys.of_names());
        self.cache.set(&names_key, names.join(","), timeout)?;
        self.cache.set(&key, CacheValue::Bytes(bytes), timeout)?;
        Ok(true)
    }
}

fn own_key(key: &str) -> String {
    OWN_KEYS.to_owned() + key
}
