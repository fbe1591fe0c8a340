//! Comparisons of an expression with another (`django.db.models.lookups`).

use crate::db::SqlValue;

/// A lookup of Django that compares two expressions, and two comparisons without a name there.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum SqlLookup {
    /// The same value.
    Exact,
    /// The same text but for upper and lower case.
    IExact,
    /// Contains the other.
    Contains,
    /// Contains the other but for upper and lower case.
    IContains,
    /// Begins with the other.
    StartsWith,
    /// Begins with the other but for upper and lower case.
    IStartsWith,
    /// Ends in the other.
    EndsWith,
    /// Ends in the other but for upper and lower case.
    IEndsWith,
    /// Greater.
    Gt,
    /// Greater or the same.
    Gte,
    /// Less.
    Lt,
    /// Less or the same.
    Lte,
    /// Has a part that the pattern matches.
    Regex,
    /// Has a part that the pattern matches but for upper and lower case.
    IRegex,
    /// Not the same, where `NULL` is a value like any other (`IS DISTINCT FROM`).
    IsDistinctFrom,
    /// The same text but for the case of ASCII letters; an index with such a collation serves it.
    EqualIgnoringAsciiCase,
}

impl SqlLookup {
    /// `text` as what it is compared with: for a lookup of patterns, the pattern that matches nothing else.
    pub fn operand(self, text: String) -> SqlValue {
        SqlValue::Text(match self.wildcards() {
            Some((before, after)) => format!("{before}{}{after}", escape_like(&text)),
            None => text,
        })
    }

    /// What stands before and behind the text that is looked for; `None` for other comparisons.
    pub(in crate::db) fn wildcards(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::IExact => Some(("", "")),
            Self::Contains | Self::IContains => Some(("%", "%")),
            Self::StartsWith | Self::IStartsWith => Some(("", "%")),
            Self::EndsWith | Self::IEndsWith => Some(("%", "")),
            _ => None,
        }
    }
}

/// `text` as a pattern that matches nothing but itself.
pub(in crate::db) fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '%' | '_') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
