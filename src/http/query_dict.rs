//! The fields of a query string or of a form.

use zeroize::Zeroize as _;

use crate::http::percent;

/// A form or query with more fields than the settings allow.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the number of fields exceeded {limit}")]
pub struct TooManyFields {
    /// How many are allowed.
    pub limit: usize,
}

/// Names with values, in order; a name may come several times (Django's `QueryDict`).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct QueryDict(Vec<(String, String)>);

/// A field may be a password.
impl Drop for QueryDict {
    fn drop(&mut self) {
        for (_, value) in &mut self.0 {
            value.zeroize();
        }
    }
}

impl QueryDict {
    /// Parses `a=1&b=2` (`application/x-www-form-urlencoded`), of at most `limit` fields.
    pub fn parse(text: &str, limit: usize) -> Result<Self, TooManyFields> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        if text.split('&').nth(limit).is_some() {
            return Err(TooManyFields { limit });
        }
        let fields = text.split('&').filter(|field| !field.is_empty());
        let pairs = fields.map(|field| {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            (percent::decode_form(name), percent::decode_form(value))
        });
        Ok(Self(pairs.collect()))
    }

    /// The same fields with `value` as the only one of `name`.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut fields = self.without(&|known| known == name);
        fields.append(name.to_owned(), value.to_owned());
        fields
    }

    /// The same fields but those whose names are `unwanted`.
    #[must_use]
    pub fn without(&self, unwanted: &dyn Fn(&str) -> bool) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !unwanted(name));
        Self(kept.cloned().collect())
    }

    /// Adds a field, beside those of the same name.
    pub(super) fn append(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// How many fields there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The last value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).last()
    }

    /// All values of `name`, in order.
    pub fn get_all<'q>(&'q self, name: &str) -> impl Iterator<Item = &'q str> {
        self.iter()
            .filter(move |(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::{QueryDict, TooManyFields};

    #[test]
    fn keeps_repeated_blank_and_bare_fields() {
        let fields = QueryDict::parse("a=1&b=&a=2&c&&d=x%3Dy", 10).unwrap();
        assert_eq!(fields.get("a"), Some("2"));
        assert_eq!(fields.get_all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.get("b"), Some(""));
        assert_eq!(fields.get("c"), Some(""));
        assert_eq!(fields.get("d"), Some("x=y"));
        assert_eq!(fields.get("e"), None);
    }

    #[test]
    fn refuses_more_fields_than_allowed() {
        assert!(QueryDict::parse("a=1&b=2", 2).is_ok());
        let refused = QueryDict::parse("a=1&b=2&c=3", 2);
        assert_eq!(refused, Err(TooManyFields { limit: 2 }));
        assert!(QueryDict::parse("", 0).is_ok());
    }
}
