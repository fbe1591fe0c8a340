//! Pages in Jinja, through `minijinja`.
//!
//! 1. [`Sources`] finds a template: `[templates] dirs` first, then the apps in their order, the built-in ones last.
//! 2. [`Templates`] compiles it once and renders it over a [`ReadContext`]; output is escaped as Django escapes.
//! 3. What goes wrong becomes a [`TemplateError`] with file, line, column and the lines around;
//!    a form of the Django template language is answered with its Jinja form.

mod check;
mod context;
mod datetime;
mod dialect;
mod environment;
mod error;
mod output;
mod scan;
mod sources;

pub use context::{Context, Undefined};
pub use datetime::format_date;
pub use environment::{Functions, Templates, render_page};
pub use error::{Excerpt, TemplateError};
pub use output::escape;
pub use sources::Sources;

/// The values that templates work with.
///
/// This module is the home of `minijinja`: others name its types through here.
pub mod value {
    use std::collections::BTreeMap;

    pub use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, Value, from_args};
    pub use minijinja::{Error, ErrorKind, State};

    /// The error for a method that an object does not have.
    pub fn unknown_method(object: &str, method: &str) -> Error {
        let message = format!("`{object}` has no method `{method}`");
        Error::new(ErrorKind::UnknownMethod, message)
    }

    /// A map of these names and values.
    pub fn map<K: Into<String>, V: Into<Value>>(pairs: impl IntoIterator<Item = (K, V)>) -> Value {
        let pairs = pairs
            .into_iter()
            .map(|(key, value)| (key.into(), value.into()));
        Value::from(pairs.collect::<BTreeMap<String, Value>>())
    }
}

#[cfg(test)]
mod tests;
