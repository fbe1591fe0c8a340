//! From a name and arguments back to a path.

use crate::http::percent::{self, safe};
use crate::text;
use crate::urls::route::RoutePart;
use crate::urls::{UrlPattern, Urls};

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
    #[error("the url `{name}` takes {expected}, {found}")]
    Arguments {
        /// The name.
        name: String,
        /// What its routes are.
        expected: String,
        /// What was given instead.
        found: String,
    },
}

/// An argument that is checked before the page is made.
#[derive(Clone, Debug)]
pub struct UrlValue {
    /// As it is written.
    pub written: String,
    /// Its value, if it is known by now.
    pub known: Option<String>,
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

    /// Whether the url `name` takes these arguments, as far as their values are known; fails as [`Self::reverse`].
    pub fn check_arguments(
        &self,
        name: &str,
        args: &[UrlValue],
        kwargs: &[(String, UrlValue)],
    ) -> Result<(), ReverseError> {
        let named = |pattern: &&UrlPattern<V>| pattern.name.as_deref() == Some(name);
        let candidates: Vec<_> = self.patterns.iter().filter(named).collect();
        if candidates.is_empty() {
            return Err(self.unknown(name));
        }
        let values: Vec<_> = args.iter().map(|value| value.known.as_deref()).collect();
        let pairs = kwargs.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| (name.as_str(), value.known.as_deref()))
            .collect();
        if candidates
            .iter()
            .any(|pattern| bind(pattern, &values, &pairs).is_some())
        {
            return Ok(());
        }
        let args: Vec<_> = args.iter().map(|value| value.written.clone()).collect();
        let kwargs = kwargs.iter();
        let kwargs: Vec<_> = kwargs
            .map(|(name, value)| (name.clone(), value.written.clone()))
            .collect();
        Err(mismatch(name, &candidates, &args, &kwargs))
    }

    /// The names of all patterns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.patterns
            .iter()
            .filter_map(|pattern| pattern.name.as_deref())
    }

    /// Whether an entry has this name, be it one whose view could not be made.
    pub fn is_named(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
            || self.failed_names.iter().any(|known| known == name)
    }

    fn unknown(&self, name: &str) -> ReverseError {
        ReverseError::Unknown {
            name: name.to_owned(),
            nearest: text::nearest(name, self.names()).map(ToOwned::to_owned),
        }
    }
}

/// The path of a pattern with these arguments, if it takes them.
fn write<V>(
    pattern: &UrlPattern<V>,
    args: &[String],
    kwargs: &[(String, String)],
) -> Option<String> {
    let args: Vec<_> = args.iter().map(|value| Some(value.as_str())).collect();
    let kwargs = kwargs.iter();
    let kwargs: Vec<_> = kwargs
        .map(|(name, value)| (name.as_str(), Some(value.as_str())))
        .collect();
    let mut values = bind(pattern, &args, &kwargs)?.into_iter();
    let mut path = String::from("/");
    for part in pattern.route.parts() {
        match part {
            RoutePart::Literal(text) => path.push_str(text),
            RoutePart::Capture(..) => path.push_str(values.next()??),
        }
    }
    Some(path)
}

/// A value of an argument; `None` where it is not known yet.
type KnownValue<'v> = Option<&'v str>;

/// The values of the captures of a pattern, in order; `None` where it does not take these arguments.
fn bind<'v, V>(
    pattern: &UrlPattern<V>,
    args: &[KnownValue<'v>],
    kwargs: &[(&str, KnownValue<'v>)],
) -> Option<Vec<KnownValue<'v>>> {
    let route = &pattern.route;
    if !args.is_empty() && (!kwargs.is_empty() || args.len() != route.names().count()) {
        return None;
    }
    let own = |name: &str| pattern.kwargs.iter().find(|(key, _)| key == name);
    let fits = kwargs.iter().all(|(name, value)| {
        let default = own(name).map(|(_, argument)| argument.to_string());
        default.map_or_else(
            || route.names().any(|key| key == *name),
            |own| value.is_none_or(|value| own == value),
        )
    });
    let given = |index: usize, name: &str| match args.get(index) {
        Some(value) => Some(*value),
        None => kwargs
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value),
    };
    let values = route
        .captures()
        .enumerate()
        .map(|(index, (converter, name))| {
            let value = given(index, name)?;
            value
                .is_none_or(|value| converter.accepts(value))
                .then_some(value)
        });
    fits.then(|| values.collect()).flatten()
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
        "and none are given".to_owned()
    } else {
        format!("not {}", given.join(", "))
    };
    ReverseError::Arguments {
        name: name.to_owned(),
        expected,
        found,
    }
}
