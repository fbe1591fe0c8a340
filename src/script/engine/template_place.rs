//! The place in a template that called Python, for the calls that led to an error.

use std::cell::Cell;

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
pub(super) fn insert(calls: &mut Vec<String>) {
    if let Some(place) = PLACE.take() {
        let index = calls.len().saturating_sub(place.inner_calls);
        calls.insert(index, place.line);
    }
}
