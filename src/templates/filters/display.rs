//! Filters that show a value to whoever makes the page.

use minijinja::Error;
use minijinja::value::{Kwargs, Value, ValueKind};

use crate::templates::filters::call::{FilterCall, invalid};
use crate::templates::filters::python_format::python_format;
use crate::templates::filters::{FilterSpec, filter};
use crate::templates::{json_value, python_text};

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("pprint", 0..=0, pprint),
    filter("stringformat", 1..=1, stringformat),
];

/// How wide a line may be.
const WIDTH: usize = 80;

/// How deep lists are followed.
const DEPTH: usize = 32;

/// The value by a conversion of Python's `%` operator, whose `%` is left out; the empty text where that fails.
fn stringformat(call: &FilterCall<'_>) -> Result<Value, Error> {
    let format = call.text_argument("");
    let text = python_format(&format, call.value).unwrap_or_default();
    Ok(call.like_value(text))
}

/// The value as Python's `pprint` writes it, lists that are too long for a line with an item on each.
fn pprint(call: &FilterCall<'_>) -> Result<Value, Error> {
    let mut out = String::new();
    let place = Place {
        indent: 0,
        allowance: 0,
        depth: DEPTH,
    };
    pretty(&mut out, call.value, place);
    Ok(call.like_value(out))
}

#[derive(Clone, Copy)]
struct Place {
    /// Where the value begins.
    indent: usize,
    /// What comes behind it on its last line.
    allowance: usize,
    depth: usize,
}

fn pretty(out: &mut String, value: &Value, place: Place) {
    let line = python_text::sorted_repr(value);
    let is_short = line.chars().count() <= WIDTH.saturating_sub(place.indent + place.allowance);
    let entries = match value.kind() {
        _ if is_short || place.depth == 0 => Vec::new(),
        ValueKind::Map => entries_of_map(value),
        ValueKind::Seq => value
            .try_iter()
            .into_iter()
            .flatten()
            .map(|item| (String::new(), item))
            .collect(),
        _ => Vec::new(),
    };
    if entries.is_empty() {
        out.push_str(&line);
        return;
    }
    let (open, close) = match value.kind() {
        ValueKind::Map => ('{', '}'),
        _ if value.is_tuple() => ('(', ')'),
        _ => ('[', ']'),
    };
    out.push(open);
    let last = entries.len() - 1;
    for (index, (key, item)) in entries.iter().enumerate() {
        if index > 0 {
            out.push_str(",\n");
            out.push_str(&" ".repeat(place.indent + 1));
        }
        out.push_str(key);
        pretty(
            out,
            item,
            Place {
                indent: place.indent + 1 + key.chars().count(),
                allowance: if index == last {
                    place.allowance + 1
                } else {
                    1
                },
                depth: place.depth - 1,
            },
        );
    }
    out.push(close);
}

/// Keys, as they are written with a colon behind, and values, in the order of the keys.
fn entries_of_map(value: &Value) -> Vec<(String, Value)> {
    let mut keys: Vec<_> = value.try_iter().into_iter().flatten().collect();
    keys.sort();
    let entries = keys.into_iter().map(|key| {
        let item = value.get_item(&key).unwrap_or_default();
        (format!("{}: ", python_text::repr(&key)), item)
    });
    entries.collect()
}

/// Jinja's filter: JSON that no text in it can end; with an indent as the engine writes it.
pub(super) fn tojson(value: &Value, indent: Option<Value>, kwargs: Kwargs) -> Result<Value, Error> {
    if indent.is_some() || kwargs.args().next().is_some() {
        return minijinja::filters::tojson(value, indent, kwargs);
    }
    let json = json_value::to_json(value).map_err(invalid)?;
    Ok(Value::from_safe_string(json_value::for_html(&json)))
}
