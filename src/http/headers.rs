//! Header fields: in order, repeatable, their names without case.

use std::borrow::Cow;

/// The header fields of a request or a response, in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Headers(Vec<HeaderField>);

/// A name and a value; those that are always the same are not copied.
type HeaderField = (Cow<'static, str>, Cow<'static, str>);

impl Headers {
    /// The first value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// Every value of `name`, in order.
    pub fn get_all<'h>(&'h self, name: &str) -> impl Iterator<Item = &'h str> {
        self.iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Whether there is a value of `name`.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a field, beside those of the same name.
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let value = one_line(Cow::Owned(value.into()));
        self.0.push((Cow::Owned(name.into()), value));
    }

    /// The same with a name that is always the same.
    pub fn append_known(&mut self, name: &'static str, value: impl Into<Cow<'static, str>>) {
        let value = one_line(value.into());
        self.0.push((Cow::Borrowed(name), value));
    }

    /// Sets the one field of this name, in the place of the first that was there.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = one_line(Cow::Owned(value.into()));
        let Some(index) = self.position(name) else {
            self.0.push((Cow::Owned(name.to_owned()), value));
            return;
        };
        self.remove_after(name, index);
        self.0[index].1 = value;
    }

    /// Sets a field unless there is one of this name.
    pub fn set_default(&mut self, name: &str, value: impl Into<String>) {
        if !self.contains(name) {
            self.append(name, value);
        }
    }

    /// The same with a name that is always the same.
    pub fn set_default_known(&mut self, name: &'static str, value: impl Into<Cow<'static, str>>) {
        if !self.contains(name) {
            self.append_known(name, value);
        }
    }

    /// Removes all fields of this name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// All fields, in order, without a copy.
    pub fn into_fields(self) -> impl Iterator<Item = HeaderField> {
        self.0.into_iter()
    }

    /// Adds `header` to `Vary`, which says what a cache must compare; `*` covers all.
    pub fn vary_on(&mut self, header: &str) {
        let current = self.get("Vary").unwrap_or_default();
        let mut names: Vec<_> = current.split(',').map(str::trim).collect();
        names.retain(|name| !name.is_empty());
        if !names.iter().any(|name| name.eq_ignore_ascii_case(header)) {
            names.push(header);
        }
        let covers_all = names.contains(&"*");
        let joined = if covers_all {
            "*".to_owned()
        } else {
            names.join(", ")
        };
        self.set("Vary", joined);
    }

    /// Whether `Vary` names `header`; `*` is a name of its own.
    pub fn varies_on(&self, header: &str) -> bool {
        let names = self.get("Vary").unwrap_or_default().split(',');
        names
            .map(str::trim)
            .any(|name| name.eq_ignore_ascii_case(header))
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.0
            .iter()
            .position(|(key, _)| key.eq_ignore_ascii_case(name))
    }

    fn remove_after(&mut self, name: &str, first: usize) {
        let mut index = 0;
        self.0.retain(|(key, _)| {
            index += 1;
            index - 1 <= first || !key.eq_ignore_ascii_case(name)
        });
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let mut headers = Self::default();
        for (name, value) in fields {
            headers.append(name, value);
        }
        headers
    }
}

/// Takes from a value what would begin another header.
fn one_line(value: Cow<'static, str>) -> Cow<'static, str> {
    let is_control = |byte: u8| byte.is_ascii_control() && byte != b'\t';
    if value.bytes().any(is_control) {
        Cow::Owned(value.replace(|c: char| c.is_ascii_control() && c != '\t', " "))
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::Headers;

    #[test]
    fn looks_names_up_without_case_and_keeps_their_order() {
        let mut headers = Headers::from_iter([("Accept", "a"), ("X-A", "1"), ("accept", "b")]);
        assert_eq!(headers.get("ACCEPT"), Some("a"));
        assert_eq!(headers.get_all("Accept").collect::<Vec<_>>(), ["a", "b"]);
        headers.set("accept", "c");
        let fields: Vec<_> = headers.iter().collect();
        assert_eq!(fields, [("Accept", "c"), ("X-A", "1")]);
        headers.remove("x-a");
        assert!(!headers.contains("X-A"));
    }

    #[test]
    fn a_value_cannot_begin_another_header() {
        let headers = Headers::from_iter([("Location", "/a\r\nSet-Cookie: b=1")]);
        assert_eq!(headers.get("Location"), Some("/a  Set-Cookie: b=1"));
    }

    #[test]
    fn vary_names_each_header_once() {
        let mut headers = Headers::default();
        headers.vary_on("Cookie");
        headers.vary_on("cookie");
        headers.vary_on("Accept-Language");
        assert_eq!(headers.get("Vary"), Some("Cookie, Accept-Language"));
        headers.set("Vary", "Cookie, *");
        headers.vary_on("Origin");
        assert_eq!(headers.get("Vary"), Some("*"));
    }
}
