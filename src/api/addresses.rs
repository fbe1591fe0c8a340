//! Rows as addresses: written for those who read, and read again from those who write.

use crate::http::percent;
use crate::values::{self, FieldValue};
use crate::views::Request;

/// The captured value that says which row a pattern is about.
pub(super) const KEY: &str = "pk";

/// Why an address does not lead to a row (`HyperlinkedRelatedField`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum WrongAddress {
    /// No pattern matches.
    NoMatch,
    /// A pattern of another name matches.
    OtherView,
}

/// `target`, a path with a query, with scheme and host of `request`.
pub(super) fn absolute(request: &Request<'_>, target: &str) -> String {
    format!("{}://{}{target}", request.scheme(), request.host)
}

/// The address of the row of `key` by the pattern `url_name`; none where there is no such pattern.
pub(super) fn of_row(request: &Request<'_>, url_name: &str, key: &FieldValue) -> Option<String> {
    let written = values::to_text(key);
    let path = request
        .urls
        .reverse(url_name, &[], &[(KEY.to_owned(), written)]);
    Some(absolute(request, &path.ok()?))
}

/// The address of the file called `name` in the storage `alias`; the name where it has none.
pub(super) fn of_file(request: &Request<'_>, alias: &str, name: &str) -> String {
    let storages = &request.state.form_database.storages;
    let url = storages.get(alias).and_then(|storage| storage.url(name));
    let Ok(url) = url else {
        return name.to_owned();
    };
    if url.starts_with("//") {
        format!("{}:{url}", request.scheme())
    } else if url.starts_with('/') {
        absolute(request, &url)
    } else {
        url
    }
}

/// The key in `address`, which must be one of the pattern `url_name`.
///
/// Of a whole address only the path counts, as in Django REST framework.
pub(super) fn key_of(
    request: &Request<'_>,
    url_name: &str,
    address: &str,
) -> Result<String, WrongAddress> {
    let path = path(address);
    let path = percent::decode(path).ok_or(WrongAddress::NoMatch)?;
    let found = request.urls.resolve(&path).ok_or(WrongAddress::NoMatch)?;
    if found.pattern.name.as_deref() != Some(url_name) {
        return Err(WrongAddress::OtherView);
    }
    let mut kwargs = found.kwargs.iter();
    let key = kwargs.find(|(name, _)| name == KEY);
    key.map(|(_, value)| value.to_string())
        .ok_or(WrongAddress::OtherView)
}

fn path(address: &str) -> &str {
    let is_whole = address.starts_with("http:") || address.starts_with("https:");
    let Some((_, rest)) = address.split_once("://").filter(|_| is_whole) else {
        return address;
    };
    let start = rest.find('/').unwrap_or(rest.len());
    let end = rest.find(['?', '#']).unwrap_or(rest.len()).max(start);
    &rest[start..end]
}
