//! Operators that know what templates work with: decimals, days, moments, durations and rows.
//!
//! The engine compares and computes with its own types alone: of others it compares how they print. So
//! 1. `statement_parser` finds the operators of a template, with `operator_parser` and `value_parser`,
//! 2. `rewritten` puts filters in their places, before the engine compiles it: `a < b` is `((a)|operator.compare("<",b))`;
//!    places in the one text are found in the other,
//! 3. `comparison`, `arithmetic` and `slicing` are those filters. They work as Python's operators do.
//!
//! An operator whose operands are written out in the template stays the engine's.

mod arithmetic;
mod comparison;
mod engine;
mod kinds;
mod operator_parser;
mod rewritten;
mod slicing;
mod statement_parser;
#[cfg(test)]
mod tests;
mod token_reader;
mod value_parser;

use minijinja::Environment;
use minijinja::value::Value;

pub(super) use rewritten::Rewritten;

/// The filter that compares.
const COMPARE: &str = "operator.compare";

/// The filter that computes.
const COMPUTE: &str = "operator.compute";

/// The filter that turns the sign.
const NEGATE: &str = "operator.negate";

/// The filter that takes a part of a list.
const SLICE: &str = "operator.slice";

/// The name that a row has for what makes it equal to others: its model and its key.
pub const IDENTITY: &str = "__identity__";

/// The method of rows that are not read yet, which takes a part of them.
pub const PART: &str = "__part__";

/// Before what is looked for, in the key by which a mapping is asked whether it holds that: [`item_key`].
const CONTAINS: &str = "__contains__";

/// The key by which `in` asks a mapping for `item`, before it looks among its keys.
fn item_key(item: &Value) -> Value {
    Value::from(vec![Value::from(CONTAINS), item.clone()])
}

/// What `in` looks for, if `key` is that of such a question.
pub fn asked_item(key: &Value) -> Option<Value> {
    let name = key.get_item_by_index(0).ok()?;
    let is_question = name.as_str() == Some(CONTAINS) && key.as_str().is_none();
    is_question.then(|| key.get_item_by_index(1).ok()).flatten()
}

/// Adds the filters, and tests and filters that compare and compute, to `environment`.
pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter(COMPARE, comparison::compare);
    environment.add_filter(COMPUTE, arithmetic::compute);
    environment.add_filter(NEGATE, arithmetic::negate);
    environment.add_filter(SLICE, slicing::slice);
    environment.add_filter("sum", arithmetic::sum);
    environment.add_filter("abs", arithmetic::abs);
    comparison::add_tests(environment);
}
