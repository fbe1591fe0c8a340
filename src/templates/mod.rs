//! Pages in Jinja, through `minijinja`.
//!
//! 1. [`TemplateSources`] finds a template: `[templates] dirs` first, then the apps in their order, the built-in ones last.
//! 2. [`Templates`] compiles it once and renders it over a [`Context`]; output is escaped as Django escapes.
//! 3. What goes wrong becomes a [`TemplateError`] with file, line, column and the lines around;
//!    a form of the Django template language is answered with its Jinja form.

mod attribute_check;
mod built_in_names;
mod check_calls;
mod context;
mod date_format;
mod django_expression;
mod django_syntax;
mod environment;
mod escaping;
mod explain;
mod filters;
mod functions;
mod inline;
mod json_value;
mod objects;
mod operators;
mod own_tag;
mod own_tag_form;
mod python_text;
mod tag_scanner;
mod template_check;
mod template_error;
mod template_names;
mod template_sources;
mod time_since;
mod toml_value;
mod unclosed_tag;
mod used_names;
mod used_templates;
mod value_types;
mod zoned_time;

pub use check_calls::CheckCalls;
pub use context::{Context, PageContext, UndefinedName};
pub use environment::{MethodCaller, OwnFilterFunction, Templates, render_page};
pub use escaping::escape;
pub use functions::{FragmentCache, TemplateFunctions};
pub use inline::url_calls;
pub use own_tag::{OwnTag, OwnTagFunction, TagPage};
pub use template_error::{Excerpt, TemplateError};
pub use template_sources::TemplateSources;
pub use used_names::{UrlCall, UrlCallArgument};
pub use used_templates::watch_templates;
pub use value_types::{RowType, TemplateType};

/// The values that templates work with.
///
/// This module is the home of `minijinja`: others name its types through here.
pub mod value {
    use std::collections::BTreeMap;

    pub use minijinja::value::{
        DynObject, Enumerator, Kwargs, Object, ObjectRepr, Tuple, Value, from_args,
    };
    pub use minijinja::{Error, ErrorKind, State};

    pub use super::objects::{DecimalValue, DurationValue, TemporalValue, from_field};
    pub use super::operators::{IDENTITY, PART, asked_item};
    pub use super::toml_value::from_toml;
    pub use super::zoned_time::ZonedTime;

    /// The error for a method that an object does not have.
    pub fn unknown_method(object: &str, method: &str) -> Error {
        let message = format!("`{object}` has no method `{method}`");
        Error::new(ErrorKind::UnknownMethod, message)
    }

    /// What an object answers to a call of `method` without arguments: what it has under that name, if it may be called.
    pub fn call_own(
        object: &str,
        method: &str,
        args: &[Value],
        own: impl FnOnce(&str) -> Option<Value>,
    ) -> Result<Value, Error> {
        let found = own(method).ok_or_else(|| unknown_method(object, method))?;
        from_args::<()>(args)?;
        Ok(found)
    }

    /// A tuple, as Python prints it.
    pub fn tuple(values: impl IntoIterator<Item = Value>) -> Value {
        Value::from(Tuple::from(values.into_iter().collect::<Vec<_>>()))
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
mod attribute_tests;
#[cfg(test)]
mod fragment_check_tests;
#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod recorded_value;
#[cfg(test)]
mod tests;
