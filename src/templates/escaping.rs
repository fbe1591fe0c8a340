//! How values are written into a page.

use std::path::Path;

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Error, ErrorKind, Output, State};

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
    if value.is_undefined() {
        return Ok(());
    }
    if let Some(name) = function_name(state, value) {
        return Err(Error::new(ErrorKind::InvalidOperation, not_called(name)));
    }
    let markup = value
        .as_object()
        .and_then(|object| object.get_value_by_str("__html__"));
    let value = markup.as_ref().unwrap_or(value);
    let text = text_of(value);
    if value.is_safe() || matches!(state.auto_escape(), AutoEscape::None) {
        out.write_str(&text)?;
    } else {
        out.write_str(&escape(&text))?;
    }
    Ok(())
}

/// The name of the function that `value` is: printed, it would show a path in the engine's source.
fn function_name<'e>(state: &State<'_, 'e>, value: &Value) -> Option<&'e str> {
    if value.kind() != ValueKind::Plain {
        return None;
    }
    let mut globals = state.env().globals();
    globals.find_map(|(name, global)| (global == *value).then_some(name))
}

/// What is wrong with printing the function `name`.
pub(super) fn not_called(name: &str) -> String {
    format!("`{name}` is a function, which is called and not printed")
}

/// The filter `escape`: safe text stays as it is.
pub(super) fn escape_filter(value: &Value) -> Value {
    if value.is_safe() {
        return value.clone();
    }
    if value.is_undefined() {
        return Value::from_safe_string(String::new());
    }
    Value::from_safe_string(escape(&text_of(value)))
}

/// Escapes `& < > " '` as Django does. A slash stays: it ends no attribute and no tag.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#x27;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn text_of(value: &Value) -> String {
    match value.kind() {
        ValueKind::None => "None".to_owned(),
        ValueKind::Bool => if value.is_true() { "True" } else { "False" }.to_owned(),
        _ => value.to_string(),
    }
}
