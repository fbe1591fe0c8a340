//! Filters that make text safe to show: `escape`, `safe`, `escapejs`, `json_script` and the like.

use minijinja::Error;
use minijinja::value::Value;

use crate::templates::escaping::conditional_escape;
use crate::templates::filters::call::{FilterCall, invalid, text};
use crate::templates::filters::{FilterSpec, filter};
use crate::templates::json_value;
use crate::text::{escape_html, escape_js};

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("e", 0..=0, escape),
    filter("escape", 0..=0, escape),
    filter("escapejs", 0..=0, escapejs),
    filter("escapeseq", 0..=0, escapeseq),
    filter("force_escape", 0..=0, force_escape),
    filter("json_script", 0..=1, json_script),
    filter("safe", 0..=0, safe),
    filter("safeseq", 0..=0, safeseq),
];

/// Safe text stays as it is.
fn escape(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(Value::from_safe_string(conditional_escape(call.value)))
}

fn force_escape(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(Value::from_safe_string(escape_html(&call.text())))
}

fn escapeseq(call: &FilterCall<'_>) -> Result<Value, Error> {
    let items = call.value.try_iter()?;
    let escaped = items.map(|item| Value::from_safe_string(conditional_escape(&item)));
    Ok(escaped.collect())
}

fn safe(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(Value::from_safe_string(call.text()))
}

fn safeseq(call: &FilterCall<'_>) -> Result<Value, Error> {
    let items = call.value.try_iter()?;
    Ok(items
        .map(|item| Value::from_safe_string(text(&item)))
        .collect())
}

fn escapejs(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(Value::from_safe_string(escape_js(&call.text())))
}

/// JSON in a `script` element, which no text in it can end.
fn json_script(call: &FilterCall<'_>) -> Result<Value, Error> {
    let json = json_value::to_json(call.value).map_err(invalid)?;
    let json = json
        .replace('&', "\\u0026")
        .replace('<', "\\u003C")
        .replace('>', "\\u003E");
    let named = call.argument(0).filter(|name| name.is_true());
    let id = named.map(|name| format!(" id=\"{}\"", conditional_escape(name)));
    let id = id.unwrap_or_default();
    let script = format!("<script{id} type=\"application/json\">{json}</script>");
    Ok(Value::from_safe_string(script))
}
