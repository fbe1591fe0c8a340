//! Filters of lists; where Jinja has one of the same name, its form keeps its meaning.

use std::cmp::Ordering;

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Error, State};

use crate::crypto;
use crate::templates::escaping::conditional_escape;
use crate::templates::filters::call::{self, FilterCall};
use crate::templates::filters::{FilterSpec, filter};

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("dictsortreversed", 1..=1, dictsortreversed),
    filter("first", 0..=0, first),
    filter("last", 0..=0, last),
    filter("length", 0..=0, length),
    filter("random", 0..=0, random),
];

/// Characters of text are items, as in Python.
fn items(value: &Value) -> Option<Vec<Value>> {
    match value.kind() {
        ValueKind::String => {
            let text = call::text(value);
            Some(text.chars().map(Value::from).collect())
        }
        ValueKind::Undefined => Some(Vec::new()),
        ValueKind::Seq | ValueKind::Iterable | ValueKind::Map => {
            value.try_iter().ok().map(Iterator::collect)
        }
        _ => None,
    }
}

/// A row is not read from the database before it is asked for, so that the first is taken without the others.
fn first(call: &FilterCall<'_>) -> Result<Value, Error> {
    let found = match call.value.kind() {
        ValueKind::String | ValueKind::Undefined => {
            items(call.value).and_then(|items| items.into_iter().next())
        }
        _ => call.value.try_iter()?.next(),
    };
    Ok(found.unwrap_or_else(|| Value::from("")))
}

fn last(call: &FilterCall<'_>) -> Result<Value, Error> {
    let found = match call.value.kind() {
        ValueKind::String | ValueKind::Undefined => {
            items(call.value).and_then(|mut items| items.pop())
        }
        _ => call.value.try_iter()?.last(),
    };
    let found = found.unwrap_or_else(|| Value::from(""));
    Ok(if call.is_safe() {
        Value::from_safe_string(call::text(&found))
    } else {
        found
    })
}

/// Zero for what has no length, where Jinja fails.
fn length(call: &FilterCall<'_>) -> Result<Value, Error> {
    let counted = || call.value.try_iter().ok().map(Iterator::count);
    let length = call.value.len().or_else(|| match call.value.kind() {
        ValueKind::Iterable => counted(),
        _ => None,
    });
    Ok(Value::from(length.unwrap_or(0)))
}

fn random(call: &FilterCall<'_>) -> Result<Value, Error> {
    let mut items = items(call.value).unwrap_or_default();
    if items.is_empty() {
        return Ok(Value::from(""));
    }
    let number = u64::from_le_bytes(crypto::random_bytes::<8>());
    let count = u64::try_from(items.len()).unwrap_or(1);
    let index = usize::try_from(number % count).unwrap_or(0);
    let found = items.swap_remove(index);
    Ok(if call.is_safe() {
        Value::from_safe_string(call::text(&found))
    } else {
        found
    })
}

fn dictsortreversed(call: &FilterCall<'_>) -> Result<Value, Error> {
    let key = call.argument(0).cloned().unwrap_or_default();
    Ok(sorted(call.value, &key, true))
}

/// `dictsort("age")` sorts a list as Django does; without an argument a map becomes a list of pairs, as in Jinja.
pub(super) fn dictsort(value: &Value, key: Option<Value>, kwargs: Kwargs) -> Result<Value, Error> {
    match key {
        Some(key) => {
            kwargs.assert_all_used()?;
            Ok(sorted(value, &key, false))
        }
        None => minijinja::filters::dictsort(value, kwargs),
    }
}

/// The items of `list` by their attribute `key`; the empty text where they cannot be compared.
fn sorted(list: &Value, key: &Value, is_reversed: bool) -> Value {
    let nothing = || Value::from("");
    let name = call::text(key);
    if name.starts_with('_') || name.contains("._") {
        return nothing();
    }
    let Some(items) = items(list) else {
        return nothing();
    };
    let Some(mut keyed) = items
        .into_iter()
        .map(|item| Some((resolve(&item, key)?, item)))
        .collect::<Option<Vec<_>>>()
    else {
        return nothing();
    };
    let is_sound = keyed
        .windows(2)
        .all(|pair| are_comparable(&pair[0].0, &pair[1].0));
    if !is_sound {
        return nothing();
    }
    keyed.sort_by(|(left, _), (right, _)| {
        if is_reversed {
            compare(right, left)
        } else {
            compare(left, right)
        }
    });
    keyed.into_iter().map(|(_, item)| item).collect()
}

/// The part of `item` that a number or names with dots between lead to.
fn resolve(item: &Value, key: &Value) -> Option<Value> {
    let found = |value: Value| (!value.is_undefined()).then_some(value);
    if key.kind() != ValueKind::String {
        return item.get_item(key).ok().and_then(found);
    }
    let key = call::text(key);
    let is_number = key.trim().parse::<f64>().is_ok();
    if is_number || key.is_empty() {
        return None;
    }
    let mut value = item.clone();
    for part in key.split('.') {
        value = value.get_attr(part).ok().and_then(found)?;
    }
    Some(value)
}

fn are_comparable(left: &Value, right: &Value) -> bool {
    let kind = |value: &Value| match value.kind() {
        ValueKind::Bool => ValueKind::Number,
        kind => kind,
    };
    kind(left) == kind(right) && !matches!(kind(left), ValueKind::None | ValueKind::Map)
}

fn compare(left: &Value, right: &Value) -> Ordering {
    let number = |value: &Value| match value.kind() {
        ValueKind::Bool => Value::from(i32::from(value.is_true())),
        _ => value.clone(),
    };
    number(left).cmp(&number(right))
}

/// Items with `joiner` between them, each escaped unless it is safe; Jinja takes an `attribute` of each instead.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments by name over so"
)]
pub(super) fn join(
    state: &State<'_, '_>,
    value: &Value,
    joiner: Option<Value>,
    kwargs: Kwargs,
) -> Result<Value, Error> {
    let attribute = kwargs.get::<Option<String>>("attribute")?;
    let named = kwargs.get::<Option<Value>>("d")?;
    kwargs.assert_all_used()?;
    let Some(mut items) = items(value) else {
        return Ok(value.clone());
    };
    if let Some(attribute) = attribute {
        let attributes = items.iter().map(|item| item.get_attr(&attribute));
        items = attributes.collect::<Result<_, _>>()?;
    }
    let is_html = !matches!(state.auto_escape(), AutoEscape::None);
    let write = |item: &Value| {
        if is_html {
            conditional_escape(item)
        } else {
            call::text(item)
        }
    };
    let items: Vec<_> = items.iter().map(write).collect();
    let joiner = joiner.or(named).as_ref().map(write).unwrap_or_default();
    Ok(Value::from_safe_string(items.join(&joiner)))
}

/// `slice(":5")` is a part of a list or a text, as in Django and Python; `slice(3)` deals items into columns, as in Jinja.
pub(super) fn slice(
    state: &State<'_, '_>,
    value: Value,
    argument: &Value,
    fill_with: Option<Value>,
) -> Result<Value, Error> {
    if argument.kind() != ValueKind::String {
        let count = usize::try_from(argument.clone())?;
        return minijinja::filters::slice(state, value, count, fill_with);
    }
    let bounds = PythonSlice::parse(&call::text(argument));
    let found = bounds
        .zip(items(&value))
        .and_then(|(bounds, items)| bounds.of(&items));
    let Some(items) = found.filter(|_| value.kind() != ValueKind::Map) else {
        return Ok(value);
    };
    if !matches!(value.kind(), ValueKind::String | ValueKind::Undefined) {
        return Ok(items.into_iter().collect());
    }
    let text: String = items.iter().map(ToString::to_string).collect();
    Ok(if value.is_safe() {
        Value::from_safe_string(text)
    } else {
        Value::from(text)
    })
}

/// The three numbers of a slice of Python.
#[derive(Clone, Copy, Debug)]
struct PythonSlice {
    start: Option<i128>,
    end: Option<i128>,
    step: Option<i128>,
}

impl PythonSlice {
    fn parse(text: &str) -> Option<Self> {
        let mut bounds = Vec::new();
        for part in text.split(':') {
            bounds.push(if part.is_empty() {
                None
            } else {
                Some(call::integer(&Value::from(part)).ok()?)
            });
        }
        match bounds[..] {
            [end] => Some(Self {
                start: None,
                end,
                step: None,
            }),
            [start, end] => Some(Self {
                start,
                end,
                step: None,
            }),
            [start, end, step] => Some(Self { start, end, step }),
            _ => None,
        }
    }

    fn of(self, items: &[Value]) -> Option<Vec<Value>> {
        let length = i128::try_from(items.len()).ok()?;
        let step = self.step.unwrap_or(1);
        let (lowest, highest) = match step {
            0 => return None,
            1.. => (0, length),
            _ => (-1, length - 1),
        };
        let bound = |index: i128| {
            let index = if index < 0 {
                index.saturating_add(length)
            } else {
                index
            };
            index.clamp(lowest, highest)
        };
        let (first, last) = if step > 0 {
            (lowest, highest)
        } else {
            (highest, lowest)
        };
        let mut at = self.start.map_or(first, bound);
        let end = self.end.map_or(last, bound);
        let mut kept = Vec::new();
        while step > 0 && at < end || step < 0 && at > end {
            kept.extend(
                usize::try_from(at)
                    .ok()
                    .and_then(|index| items.get(index))
                    .cloned(),
            );
            at = at.saturating_add(step);
        }
        Some(kept)
    }
}
