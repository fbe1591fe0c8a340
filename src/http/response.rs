//! The response to a request.

use std::time::Duration;

use crate::http::{Body, Headers, SetCookie, percent};

/// The response to a request.
#[derive(Debug, Default)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The header fields, without cookies: those are added when the response is sent.
    pub headers: Headers,
    /// The body; the server leaves it out of a response to HEAD.
    pub body: Body,
    /// Whether any site may show it in a frame, whatever the settings say (Django's `xframe_options_exempt`).
    pub may_be_framed: bool,
    cookies: Vec<SetCookie>,
}

impl Response {
    /// A response with `body` of `content_type`.
    pub fn new(status: u16, content_type: &str, body: impl Into<Body>) -> Self {
        Self {
            status,
            headers: Headers::from_iter([("Content-Type", content_type)]),
            body: body.into(),
            may_be_framed: false,
            cookies: Vec::new(),
        }
    }

    /// A response without a body.
    pub fn empty(status: u16, headers: Headers) -> Self {
        Self {
            status,
            headers,
            ..Self::default()
        }
    }

    /// A page.
    pub fn html(status: u16, page: impl Into<String>) -> Self {
        Self::new(status, "text/html; charset=utf-8", page.into())
    }

    /// The same page as the answer to a request that came too soon.
    #[must_use]
    pub fn too_many_requests(mut self, retry_after: Duration) -> Self {
        self.status = 429;
        let seconds = seconds_rounded_up(retry_after).to_string();
        self.headers.set("Retry-After", seconds);
        self
    }

    /// Plain text.
    pub fn text(status: u16, text: impl Into<String>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.into())
    }

    /// Redirects the client to `location`, which is encoded where necessary: 301 if `permanent`, else 302.
    pub fn redirect(location: &str, permanent: bool) -> Self {
        let mut response = Self::html(if permanent { 301 } else { 302 }, "");
        let location = percent::encode(location, percent::safe::IRI);
        response.headers.append("Location", location);
        response
    }

    /// The response to a method that a resource does not have; `allowed` lists those it has.
    pub fn method_not_allowed(allowed: &str) -> Self {
        let mut response = Self::html(405, "");
        response.headers.append("Allow", allowed);
        response
    }

    /// The response to OPTIONS; `allowed` lists the methods that a resource has.
    pub fn options(allowed: &str) -> Self {
        let mut response = Self::html(200, "");
        response.headers.append("Allow", allowed);
        response.headers.append("Content-Length", "0");
        response
    }

    /// Sets a cookie, in place of one of the same name.
    pub fn set_cookie(&mut self, cookie: SetCookie) {
        self.cookies.retain(|other| other.name != cookie.name);
        self.cookies.push(cookie);
    }

    /// The cookies set so far.
    pub fn cookies(&self) -> &[SetCookie] {
        &self.cookies
    }

    /// Forbids every cache to keep this response (Django's `never_cache`).
    pub fn never_cache(&mut self, now: std::time::SystemTime) {
        self.headers.never_cache(now);
    }

    /// The same response with its cookies among the header fields, as it is sent.
    #[must_use]
    pub fn with_cookie_headers(mut self) -> Self {
        for cookie in std::mem::take(&mut self.cookies) {
            self.headers.append("Set-Cookie", cookie.header());
        }
        self
    }
}

/// The standard phrase of a status code (RFC 9110, 15), empty for an unknown one.
pub fn reason_phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        416 => "Range Not Satisfiable",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "",
    }
}

/// Whole seconds, after which `wait` has surely passed.
pub fn seconds_rounded_up(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::Response;
    use crate::http::SetCookie;

    #[test]
    fn cookies_come_last_and_once_each() {
        let mut response = Response::redirect("/é?a=%20", false);
        response.set_cookie(SetCookie::new("a", "1"));
        response.set_cookie(SetCookie::new("b", "2"));
        response.set_cookie(SetCookie::new("a", "3"));
        response.headers.append("X-Last", "x");
        let fields: Vec<_> = response
            .with_cookie_headers()
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        assert_eq!(
            fields,
            [
                "Content-Type: text/html; charset=utf-8",
                "Location: /%C3%A9?a=%20",
                "X-Last: x",
                "Set-Cookie: b=2; Path=/",
                "Set-Cookie: a=3; Path=/",
            ]
        );
    }
}
