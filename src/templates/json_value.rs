//! Values of templates as Python's `json` writes them, dates and decimals as Django's encoder.

use minijinja::value::{Value, ValueKind};

use crate::clock::Zone;
use crate::json::python;
use crate::templates::objects::{DecimalValue, TemporalValue};
use crate::templates::zoned_time::ZonedTime;

/// How deep lists may be nested.
const DEPTH: usize = 128;

/// `value` as JSON in one line; fails with a message.
pub(super) fn to_json(value: &Value) -> Result<String, String> {
    let mut out = String::new();
    write(&mut out, value, DEPTH)?;
    Ok(out)
}

/// JSON in which no text can end an element or an attribute.
pub(super) fn for_html(json: &str) -> String {
    let json = json.replace('&', "\\u0026").replace('\'', "\\u0027");
    json.replace('<', "\\u003c").replace('>', "\\u003e")
}

fn write(out: &mut String, value: &Value, depth: usize) -> Result<(), String> {
    if depth == 0 {
        return Err(format!("a value is nested in more than {DEPTH} others"));
    }
    if let Some(found) = value.downcast_object_ref::<TemporalValue>() {
        out.push_str(&python::quoted(&encoded_time(&found.0)));
        return Ok(());
    }
    if let Some(found) = value.downcast_object_ref::<DecimalValue>() {
        out.push_str(&python::quoted(&found.0.to_string()));
        return Ok(());
    }
    match value.kind() {
        ValueKind::Undefined => out.push_str("\"\""),
        ValueKind::None => out.push_str("null"),
        ValueKind::Bool => out.push_str(if value.is_true() { "true" } else { "false" }),
        ValueKind::Number if value.is_integer() => out.push_str(&value.to_string()),
        ValueKind::Number => {
            let number = f64::try_from(value.clone()).unwrap_or(f64::NAN);
            out.push_str(&python::float(number));
        }
        ValueKind::Seq | ValueKind::Iterable => sequence(out, value, depth)?,
        ValueKind::Map => map(out, value, depth)?,
        _ => out.push_str(&python::quoted(&value.to_string())),
    }
    Ok(())
}

fn sequence(out: &mut String, value: &Value, depth: usize) -> Result<(), String> {
    out.push('[');
    let items = value.try_iter().map_err(|error| error.to_string())?;
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(out, &item, depth - 1)?;
    }
    out.push(']');
    Ok(())
}

fn map(out: &mut String, value: &Value, depth: usize) -> Result<(), String> {
    out.push('{');
    let keys = value.try_iter().map_err(|error| error.to_string())?;
    for (index, key) in keys.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        let name = match key.kind() {
            ValueKind::None => "null".to_owned(),
            ValueKind::Bool => key.to_string().to_lowercase(),
            _ => key.to_string(),
        };
        out.push_str(&python::quoted(&name));
        out.push_str(": ");
        write(out, &value.get_item(&key).unwrap_or_default(), depth - 1)?;
    }
    out.push('}');
    Ok(())
}

/// Milliseconds are all that a browser's dates know, and `Z` is UTC.
fn encoded_time(time: &ZonedTime) -> String {
    let text = time.in_zone(&Zone::utc()).isoformat();
    let (text, zone) = match text.strip_suffix("+00:00") {
        Some(text) => (text, "Z"),
        None => (text.as_str(), ""),
    };
    let shown = match text.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{}", &fraction[..3]),
        None => text.to_owned(),
    };
    shown + zone
}
