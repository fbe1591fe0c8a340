//! How values are written into a page.

use std::fmt;
use std::path::Path;

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Error, ErrorKind, Output, State};

use crate::templates::own_tag::TagFunction;
use crate::templates::python_text;
use crate::text::escape_html;

/// Whether values are escaped in the template `name`: everywhere but in plain text.
pub(super) fn auto_escape(name: &str) -> AutoEscape {
    let ending = Path::new(name).extension();
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("txt")) {
        AutoEscape::None
    } else {
        AutoEscape::Html
    }
}

/// Writes a value: an undefined one as nothing, the others as Django writes them.
pub(super) fn format(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    let is_html = !matches!(state.auto_escape(), AutoEscape::None);
    if value.kind() == ValueKind::String
        && let Some(text) = value.as_str()
    {
        return Ok(write(out, text, is_html && !value.is_safe())?);
    }
    if value.is_undefined() {
        return Ok(());
    }
    let Some(object) = value.as_object() else {
        return Ok(write(out, &python_text::text(value), is_html)?);
    };
    check_called(state, value)?;
    let markup = object.get_value_by_str("__html__");
    let is_safe = markup.as_ref().is_some_and(Value::is_safe);
    let text = python_text::text(markup.as_ref().unwrap_or(value));
    Ok(write(out, &text, is_html && !is_safe)?)
}

/// The type of the engine that holds a function.
const FUNCTION: &str = "minijinja::functions::BoxedFunction";

fn write(out: &mut Output<'_>, text: &str, is_escaped: bool) -> fmt::Result {
    let is_special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if is_escaped && text.bytes().any(is_special) {
        out.write_str(&escape_html(text))
    } else {
        out.write_str(text)
    }
}

/// Fails where `value` is a function.
pub(super) fn check_called(state: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    if let Some(tag) = value.downcast_object_ref::<TagFunction>() {
        let message = not_called(tag.name());
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    if value
        .as_object()
        .is_some_and(|object| object.type_name() == FUNCTION)
        && let Some(name) = function_name(state, value)
    {
        return Err(Error::new(ErrorKind::InvalidOperation, not_called(name)));
    }
    Ok(())
}

/// The name of the function that `value` is: printed, it would show a path in the engine's source.
fn function_name<'e>(state: &State<'_, 'e>, value: &Value) -> Option<&'e str> {
    let mut globals = state.env().globals();
    globals.find_map(|(name, global)| (global == *value).then_some(name))
}

/// What is wrong with printing the function `name`.
pub(super) fn not_called(name: &str) -> String {
    format!("`{name}` is a function, which is called and not printed")
}

/// Text as values are written into a page.
pub fn escape(text: &str) -> String {
    escape_html(text)
}

/// The text of `value`, escaped unless it is safe: Django's `conditional_escape`.
pub(super) fn conditional_escape(value: &Value) -> String {
    let markup = value.as_object();
    let markup = markup.and_then(|object| object.get_value_by_str("__html__"));
    let value = markup.as_ref().unwrap_or(value);
    let text = python_text::plain(value);
    if value.is_safe() {
        text
    } else {
        escape_html(&text)
    }
}
