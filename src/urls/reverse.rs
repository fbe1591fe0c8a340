//! From a name and arguments back to a path.

use crate::http::percent::{self, safe};
use crate::text;
use crate::urls::route::RoutePart;
use crate::urls::{Route, UrlPattern, Urls};

/// Why no path can be written.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ReverseError {
    /// No pattern has this name.
    #[error("no url is named `{name}`{}", suggestion(.nearest.as_deref()))]
    Unknown {
        /// The name.
        name: String,
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// Patterns have the name, but none takes these arguments.
    #[error("the url `{name}` takes {expected}, not {found}")]
    Arguments {
        /// The name.
        name: String,
        /// What its routes are.
        expected: String,
        /// What was given.
        found: String,
    },
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| {
        format!("; did you mean `{nearest}`?")
    })
}

impl<V> Urls<V> {
    /// The path of the url `name`, by arguments in order or by name, as Django's `reverse`.
    ///
    /// Where several patterns share the name, the last one that takes the arguments wins.
    pub fn reverse(
        &self,
        name: &str,
        args: &[String],
        kwargs: &[(String, String)],
    ) -> Result<String, ReverseError> {
        let named = |pattern: &&UrlPattern<V>| pattern.name.as_deref() == Some(name);
        let candidates: Vec<_> = self.patterns.iter().filter(named).collect();
        if candidates.is_empty() {
            return Err(self.unknown(name));
        }
        let mut written = candidates.iter().rev().filter_map(|pattern| {
            let path = write(pattern, args, kwargs)?;
            Some(encode(&path))
        });
        written
            .next()
            .ok_or_else(|| mismatch(name, &candidates, args, kwargs))
    }

    /// The names of all patterns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.patterns
            .iter()
            .filter_map(|pattern| pattern.name.as_deref())
    }

    fn unknown(&self, name: &str) -> ReverseError {
        ReverseError::Unknown {
            name: name.to_owned(),
            nearest: text::nearest(name, self.names()).map(ToOwned::to_owned),
        }
    }
}

fn write<V>(
    pattern: &UrlPattern<V>,
    args: &[String],
    kwargs: &[(String, String)],
) -> Option<String> {
    let route = &pattern.route;
    if !args.is_empty() {
        let fits = kwargs.is_empty() && args.len() == route.names().count();
        let given = |index: usize, _: &str| args.get(index).map(String::as_str);
        return fits.then(|| fill(route, given)).flatten();
    }
    let own = |name: &str| pattern.kwargs.iter().find(|(key, _)| key == name);
    let fits = kwargs.iter().all(|(name, value)| {
        let default = own(name).map(|(_, argument)| argument.to_string());
        default.map_or_else(|| route.names().any(|key| key == name), |own| own == *value)
    });
    let given = |_: usize, name: &str| {
        let pair = kwargs.iter().find(|(key, _)| key == name);
        pair.map(|(_, value)| value.as_str())
    };
    fits.then(|| fill(route, given)).flatten()
}

fn fill<'a>(route: &Route, given: impl Fn(usize, &str) -> Option<&'a str>) -> Option<String> {
    let (mut path, mut index) = (String::from("/"), 0);
    for part in route.parts() {
        match part {
            RoutePart::Literal(text) => path.push_str(text),
            RoutePart::Capture(converter, name) => {
                let value = given(index, name).filter(|value| converter.accepts(value))?;
                path.push_str(value);
                index += 1;
            }
        }
    }
    Some(path)
}

/// Encodes a path; one that begins with `//` would lead to another host.
fn encode(path: &str) -> String {
    let mut encoded = percent::encode(path, safe::REVERSE);
    if encoded.starts_with("//") {
        encoded.replace_range(..2, "/%2F");
    }
    encoded
}

fn mismatch<V>(
    name: &str,
    candidates: &[&UrlPattern<V>],
    args: &[String],
    kwargs: &[(String, String)],
) -> ReverseError {
    let routes: Vec<_> = candidates
        .iter()
        .filter(|pattern| pattern.route.names().next().is_some())
        .map(|pattern| pattern.route.to_string())
        .collect();
    let expected = match routes.as_slice() {
        [] => "no arguments".to_owned(),
        routes => {
            let routes = text::quoted(routes.iter().map(String::as_str));
            format!("the values in {routes}")
        }
    };
    let mut given: Vec<_> = args.iter().map(|value| format!("`{value}`")).collect();
    given.extend(
        kwargs
            .iter()
            .map(|(name, value)| format!("`{name}={value}`")),
    );
    let found = if given.is_empty() {
        "no arguments".to_owned()
    } else {
        given.join(", ")
    };
    ReverseError::Arguments {
        name: name.to_owned(),
        expected,
        found,
    }
}
