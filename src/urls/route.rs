//! Routes: `posts/<int:year>/<slug>/`, as Django's `path()` takes them.

use std::collections::HashSet;
use std::fmt;

use crate::text;
use crate::urls::{Converter, UrlArgument};

/// A literal or captured part of a route.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum RoutePart {
    /// Compared as it stands.
    Literal(String),
    /// Captured under a name.
    Capture(Converter, String),
}

/// A route, taken apart.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Route {
    text: String,
    parts: Vec<RoutePart>,
}

/// A route that says nothing clear.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum RouteError {
    /// White space within the brackets.
    #[error("`<{0}>` holds white space")]
    WhiteSpace(String),
    /// A bracket without its other half.
    #[error("`{0}` has a bracket without its other half")]
    Bracket(String),
    /// A captured value whose name is not an identifier.
    #[error("`{0}` in `<...>` is not an identifier")]
    Name(String),
    /// A name captured twice.
    #[error("`{0}` is captured twice")]
    Repeated(String),
    /// No converter of this name.
    #[error("unknown converter `{0}`")]
    Converter(String),
}

impl RouteError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Converter(name) => match text::did_you_mean(name, Converter::NAMES) {
                Some(hint) => hint,
                None => format!("the converters are {}", text::quoted(Converter::NAMES)),
            },
            Self::Repeated(_) => "give each captured value its own name".to_owned(),
            _ => "captured values are written as `<int:year>` or `<name>`".to_owned(),
        }
    }
}

impl Route {
    /// Takes `text` apart.
    pub fn parse(text: &str) -> Result<Self, RouteError> {
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some((literal, tail)) = rest.split_once('<') {
            let bracket = || RouteError::Bracket(text.to_owned());
            let (inner, tail) = tail.split_once('>').ok_or_else(bracket)?;
            push_literal(&mut parts, literal, text)?;
            parts.push(capture(inner)?);
            rest = tail;
        }
        push_literal(&mut parts, rest, text)?;
        let route = Self {
            text: text.to_owned(),
            parts,
        };
        route.check_names()?;
        Ok(route)
    }

    /// This route, continued by one that it includes.
    pub(super) fn join(&self, included: &Self) -> Result<Self, RouteError> {
        Self::parse(&format!("{}{}", self.text, included.text))
    }

    /// The values captured where the route matches all of `path`, which has no leading slash.
    pub(super) fn capture(&self, path: &str) -> Option<Vec<(String, UrlArgument)>> {
        let mut search = Search {
            parts: &self.parts,
            path,
            failed: HashSet::new(),
            ends: Vec::new(),
        };
        search.matches(0, 0).then(|| search.into_arguments())
    }

    /// The names of the captured values, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.captures().map(|(_, name)| name)
    }

    pub(super) fn parts(&self) -> &[RoutePart] {
        &self.parts
    }

    pub(super) fn captures(&self) -> impl Iterator<Item = (Converter, &str)> {
        self.parts.iter().filter_map(|part| match part {
            RoutePart::Capture(converter, name) => Some((*converter, name.as_str())),
            RoutePart::Literal(_) => None,
        })
    }

    fn check_names(&self) -> Result<(), RouteError> {
        let mut seen = HashSet::new();
        match self.names().find(|name| !seen.insert(*name)) {
            Some(name) => Err(RouteError::Repeated(name.to_owned())),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn push_literal(parts: &mut Vec<RoutePart>, literal: &str, route: &str) -> Result<(), RouteError> {
    if literal.contains('>') {
        return Err(RouteError::Bracket(route.to_owned()));
    }
    if !literal.is_empty() {
        parts.push(RoutePart::Literal(literal.to_owned()));
    }
    Ok(())
}

fn capture(inner: &str) -> Result<RoutePart, RouteError> {
    if inner.contains(char::is_whitespace) {
        return Err(RouteError::WhiteSpace(inner.to_owned()));
    }
    let (converter, name) = inner.split_once(':').unwrap_or(("str", inner));
    if !text::is_identifier(name) {
        return Err(RouteError::Name(name.to_owned()));
    }
    let unknown = || RouteError::Converter(converter.to_owned());
    let converter = Converter::named(converter).ok_or_else(unknown)?;
    Ok(RoutePart::Capture(converter, name.to_owned()))
}

/// A match in progress; it tries the longest captures first, as a regular expression does.
///
/// What failed once is remembered: without that, a path made for the purpose
/// could keep several captures busy for minutes.
struct Search<'s> {
    parts: &'s [RoutePart],
    path: &'s str,
    failed: HashSet<(usize, usize)>,
    ends: Vec<(usize, usize)>,
}

impl Search<'_> {
    fn matches(&mut self, part: usize, start: usize) -> bool {
        let rest = &self.path[start..];
        match self.parts.get(part) {
            None => rest.is_empty(),
            Some(_) if self.failed.contains(&(part, start)) => false,
            Some(RoutePart::Literal(literal)) => {
                rest.starts_with(literal.as_str()) && self.matches(part + 1, start + literal.len())
            }
            Some(RoutePart::Capture(converter, _)) => {
                let found = self.try_ends(*converter, part, start);
                if !found {
                    self.failed.insert((part, start));
                }
                found
            }
        }
    }

    fn try_ends(&mut self, converter: Converter, part: usize, start: usize) -> bool {
        let longest = start + converter.longest(&self.path[start..]);
        let shortest = if converter.is_flexible() {
            start + 1
        } else {
            longest
        };
        for end in (shortest..=longest).rev() {
            if end == start || !self.path.is_char_boundary(end) {
                continue;
            }
            self.ends.push((start, end));
            if self.matches(part + 1, end) {
                return true;
            }
            self.ends.pop();
        }
        false
    }

    fn into_arguments(self) -> Vec<(String, UrlArgument)> {
        let captures = self.parts.iter().filter_map(|part| match part {
            RoutePart::Capture(converter, name) => Some((converter, name)),
            RoutePart::Literal(_) => None,
        });
        let found = captures.zip(self.ends);
        found
            .map(|((converter, name), (start, end))| {
                (name.clone(), converter.argument(&self.path[start..end]))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Route, RouteError, UrlArgument};

    /// The argument as Python's `repr` shows it.
    fn repr(argument: &UrlArgument, route: &str) -> String {
        match argument {
            UrlArgument::Integer(number) => number.to_string(),
            UrlArgument::Text(text) if route.contains("uuid") => format!("UUID('{text}')"),
            UrlArgument::Text(text) => format!("'{text}'"),
            UrlArgument::Boolean(_) => unreachable!(),
        }
    }

    #[test]
    fn matches_what_django_matches() {
        let text = include_str!("../../tests/vectors/url_matching.json");
        let cases: Vec<Value> = serde_json::from_str(text).unwrap();
        for case in cases.iter().filter(|case| case["route"].is_string()) {
            let route = case["route"].as_str().unwrap();
            let found = Route::parse(route)
                .unwrap()
                .capture(case["path"].as_str().unwrap());
            let found = found.map(|arguments| {
                let pairs = arguments.iter();
                pairs
                    .map(|(name, argument)| (name.clone(), repr(argument, route).into()))
                    .collect()
            });
            let expected = case["match"]
                .as_object()
                .map(|found| found["kwargs"].clone());
            assert_eq!(found.map(Value::Object), expected, "{case}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_route() {
        let error = |route: &str| Route::parse(route).unwrap_err();
        assert_eq!(
            error("<int :a>"),
            RouteError::WhiteSpace("int :a".to_owned())
        );
        assert_eq!(
            error("a/<int:b"),
            RouteError::Bracket("a/<int:b".to_owned())
        );
        assert_eq!(error("a>/"), RouteError::Bracket("a>/".to_owned()));
        assert_eq!(error("<int:1a>"), RouteError::Name("1a".to_owned()));
        assert_eq!(error("<a>/<a>"), RouteError::Repeated("a".to_owned()));
        assert_eq!(error("<itn:a>").hint(), "did you mean `int`?");
    }

    #[test]
    fn a_hostile_path_is_refused_at_once() {
        let route = Route::parse("<path:a>/<path:b>/<path:c>/<path:d>/end").unwrap();
        let path = "/".repeat(2000);
        let start = std::time::Instant::now();
        assert_eq!(route.capture(&path), None);
        assert!(start.elapsed().as_secs() < 20);
    }
}
