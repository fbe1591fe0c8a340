//! A request, as middleware and views see it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use crate::http::{
    FormData, FormEncoding, FormError, FormLimits, Headers, Method, QueryDict, RequestBody,
    TooManyFields, multipart, parse_cookies, percent,
};

/// Why a view cannot be looked up for the target of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum InvalidTarget {
    /// Neither a path nor a URL.
    #[error("the request's target is not a path")]
    Malformed,
    /// A path whose bytes are not UTF-8.
    #[error("the request's path is not UTF-8")]
    NotUtf8,
    /// A path that holds a null byte.
    #[error("the request's path holds a null byte")]
    NullByte,
}

/// A request, read to its end.
#[derive(Clone, Debug)]
pub struct HttpRequest {
    /// The verb.
    pub method: Method,
    /// The target as sent: `/a%20b/?x=1`.
    pub target: String,
    /// The path, decoded; it begins with a slash.
    pub path: String,
    /// The query as sent, without its `?`.
    pub query: String,
    /// The header fields.
    pub headers: Headers,
    /// The body.
    pub body: RequestBody,
    /// The client: the one that connected, until a trusted proxy names another.
    pub peer: IpAddr,
    /// Whether the client came by HTTPS: `false` until a trusted proxy says so.
    pub https: bool,
    /// The host asked for, with its port, as the client wrote it and therefore unchecked.
    pub host: String,
}

impl HttpRequest {
    /// A request for `target`, a path with a query or a whole URL.
    pub fn new(
        method: Method,
        target: &str,
        headers: Headers,
        body: impl Into<RequestBody>,
        peer: IpAddr,
    ) -> Result<Self, InvalidTarget> {
        let (authority, rest) = split_target(target)?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = percent::decode(path).ok_or(InvalidTarget::NotUtf8)?;
        if path.contains('\0') {
            return Err(InvalidTarget::NullByte);
        }
        let host = authority.or_else(|| headers.get("Host"));
        Ok(Self {
            method,
            target: target.to_owned(),
            query: query.to_owned(),
            host: host.unwrap_or_default().to_owned(),
            path,
            headers,
            body: body.into(),
            peer,
            https: false,
        })
    }

    /// A request for `/` that nobody sent.
    pub fn of_nobody() -> Self {
        Self {
            method: Method::Get,
            target: "/".to_owned(),
            path: "/".to_owned(),
            query: String::new(),
            headers: Headers::default(),
            body: Vec::new().into(),
            peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
            https: false,
            host: String::new(),
        }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all("Cookie").flat_map(parse_cookies);
        let named = cookies.filter(|(key, _)| key == name);
        named.last().map(|(_, value)| value)
    }

    /// The fields of the query, of which `limit` are allowed.
    pub fn query_dict(&self, limit: usize) -> Result<QueryDict, TooManyFields> {
        QueryDict::parse(&self.query, limit)
    }

    /// The fields and files of the form in the body; none in a body of another type.
    pub fn form(&self, limits: FormLimits) -> Result<FormData, FormError> {
        let body = match &self.body {
            RequestBody::Form(form) => return form.clone(),
            RequestBody::Bytes(body) => body,
        };
        let content_type = self.headers.get("Content-Type").unwrap_or_default();
        match FormEncoding::of(content_type)? {
            Some(FormEncoding::UrlEncoded) => {
                let text = String::from_utf8_lossy(body);
                let fields = QueryDict::parse(&text, limits.fields)?;
                Ok(FormData::from(Arc::new(fields)))
            }
            Some(FormEncoding::Multipart { boundary }) if !body.is_empty() => {
                multipart::read_form(body, &boundary, limits)
            }
            _ => Ok(FormData::default()),
        }
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &'static str {
        if self.https { "https" } else { "http" }
    }

    /// The path, encoded, with its query.
    pub fn full_path(&self) -> String {
        self.full_path_of(&self.path)
    }

    /// `path`, encoded, with this request's query; it leads to this host even where it begins with `//`.
    pub fn full_path_of(&self, path: &str) -> String {
        let mut full = percent::encode(path, percent::safe::PATH);
        if full.starts_with("//") {
            full.replace_range(..2, "/%2F");
        }
        if !self.query.is_empty() {
            full.push('?');
            full.push_str(&percent::encode(&self.query, percent::safe::IRI));
        }
        full
    }

    /// Whether the client names `text/html`, or anything, as welcome; so does one that names nothing.
    pub fn accepts_html(&self) -> bool {
        !self.headers.contains("Accept")
            || self.accepts(|kind| matches!(kind, "text/html" | "text/*" | "*/*"))
    }

    /// Whether the client names a form of JSON as welcome.
    pub fn accepts_json(&self) -> bool {
        let is_json = |kind: &str| kind == "application/json" || kind.ends_with("+json");
        self.accepts(|kind| is_json(kind) || kind == "application/*")
    }

    fn accepts(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        let kinds = self
            .headers
            .get_all("Accept")
            .flat_map(|accept| accept.split(','));
        let mut kinds = kinds.filter_map(|kind| kind.split(';').next());
        kinds.any(|kind| is_meant(&kind.trim().to_ascii_lowercase()))
    }
}

/// The host of a whole URL, if the target is one, and the path with its query.
fn split_target(target: &str) -> Result<(Option<&str>, &str), InvalidTarget> {
    if target.starts_with('/') {
        return Ok((None, target));
    }
    if target == "*" {
        return Ok((None, "/"));
    }
    let (_, rest) = target.split_once("://").ok_or(InvalidTarget::Malformed)?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match path {
        "" => Ok((Some(authority), "/")),
        path if path.starts_with('/') => Ok((Some(authority), path)),
        _ => Err(InvalidTarget::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::{HttpRequest, InvalidTarget};
    use crate::http::{FormLimits, Method};

    fn request(target: &str, headers: &[(&str, &str)]) -> Result<HttpRequest, InvalidTarget> {
        let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let headers = headers.iter().copied().collect();
        HttpRequest::new(Method::Get, target, headers, b"a=1&b=2".to_vec(), peer)
    }

    fn limits(fields: usize) -> FormLimits {
        FormLimits {
            fields,
            files: 1,
            field_bytes: 1000,
            memory_bytes: 1000,
        }
    }

    #[test]
    fn decodes_the_path_and_keeps_the_target() {
        let request = request("/a%20b/%C3%A9?x=%20", &[("Host", "example.com")]).unwrap();
        assert_eq!(request.target, "/a%20b/%C3%A9?x=%20");
        assert_eq!(request.path, "/a b/é");
        assert_eq!(request.query_dict(10).unwrap().get("x"), Some(" "));
        assert_eq!(request.full_path(), "/a%20b/%C3%A9?x=%20");
        assert_eq!(request.host, "example.com");
    }

    #[test]
    fn the_host_of_a_whole_url_wins() {
        let request = request("http://a.test:1/x?y", &[("Host", "b.test")]).unwrap();
        assert_eq!(
            (request.host.as_str(), request.path.as_str()),
            ("a.test:1", "/x")
        );
    }

    #[test]
    fn refuses_paths_that_no_view_should_see() {
        assert_eq!(request("/%00", &[]).unwrap_err(), InvalidTarget::NullByte);
        assert_eq!(request("/%FF", &[]).unwrap_err(), InvalidTarget::NotUtf8);
        assert_eq!(request("a/b", &[]).unwrap_err(), InvalidTarget::Malformed);
        assert_eq!(
            request("http://a?b", &[]).unwrap_err(),
            InvalidTarget::Malformed
        );
    }

    #[test]
    fn a_path_never_leads_to_another_host() {
        let request = request("//evil.com/a?b", &[]).unwrap();
        assert_eq!(request.full_path(), "/%2Fevil.com/a?b");
    }

    #[test]
    fn reads_forms_and_cookies() {
        let kind = (
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-8",
        );
        let form = request("/", &[kind, ("Cookie", "a=1; b=2"), ("Cookie", "a=3")]).unwrap();
        assert_eq!(form.form(limits(2)).unwrap().fields.get("b"), Some("2"));
        assert!(form.form(limits(1)).is_err());
        assert_eq!(form.cookie("a").as_deref(), Some("3"));
        let latin = "application/x-www-form-urlencoded; charset=ISO-8859-1";
        let latin = request("/", &[("Content-Type", latin)]).unwrap();
        let error = latin.form(limits(2)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the form is not in UTF-8 but in `ISO-8859-1`"
        );
        let json = request("/", &[("Content-Type", "application/json")]).unwrap();
        assert_eq!(json.form(limits(2)).unwrap().fields.get("b"), None);
    }
}
