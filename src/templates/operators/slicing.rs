//! `posts[:5]`: a part of a list; of rows that are not read yet only those that are meant are read.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments over so"
)]

use minijinja::value::Value;
use minijinja::{Error, State};

use crate::templates::operators::PART;
use crate::templates::operators::engine::evaluate;

/// The values of `value` from place `start` on, and before place `end`, each of which `step` says.
pub(super) fn slice(
    state: &mut State<'_, '_>,
    value: Value,
    start: Value,
    end: Value,
    step: Option<Value>,
) -> Result<Value, Error> {
    let step = step.unwrap_or_default();
    let is_place = |value: &Value| value.is_none() || value.as_usize().is_some();
    if (step.is_none() || step.is_undefined())
        && is_place(&start)
        && is_place(&end)
        && let Some(object) = value.as_object()
        && object.get_value_by_str(PART).is_some()
    {
        return object.call_method(state, PART, &[start, end]);
    }
    if step.is_none() || step.is_undefined() {
        return evaluate("a[b:c]", &[&value, &start, &end]);
    }
    evaluate("a[b:c:d]", &[&value, &start, &end, &step])
}
