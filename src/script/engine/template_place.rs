//! The place in a template that called Python, for the calls that led to an error.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::views::TracedCall;

thread_local! {
    static PLACE: Cell<Option<TemplatePlace>> = const { Cell::new(None) };
}

/// A place in a template that called Python.
struct TemplatePlace {
    line: String,
    /// How many calls of Python were below it.
    inner_calls: usize,
}

/// Remembers the place of `line`, below which `inner_calls` of Python were.
pub(super) fn set(line: String, inner_calls: usize) {
    PLACE.set(Some(TemplatePlace { line, inner_calls }));
}

/// Adds the template that called Python to the `calls` that led to an error.
pub(super) fn insert(calls: &mut Vec<TracedCall>) {
    if let Some(place) = PLACE.take() {
        let index = calls.len().saturating_sub(place.inner_calls);
        let locals = BTreeMap::new();
        let text = place.line;
        calls.insert(index, TracedCall { text, locals });
    }
}
