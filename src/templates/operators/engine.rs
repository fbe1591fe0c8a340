//! What the engine itself makes of operators.

use std::sync::OnceLock;

use minijinja::value::Value;
use minijinja::{Environment, Error, context};

/// What the engine makes of `expression`, in which `values` are called `a`, `b`, `c` and `d`.
pub(super) fn evaluate(expression: &'static str, values: &[&Value]) -> Result<Value, Error> {
    static ENGINE: OnceLock<Environment<'static>> = OnceLock::new();
    let engine = ENGINE.get_or_init(Environment::new);
    let value = |place: usize| values.get(place).copied().cloned().unwrap_or_default();
    let context = context! { a => value(0), b => value(1), c => value(2), d => value(3) };
    let outcome = engine
        .compile_expression(expression)
        .and_then(|expression| expression.eval(context));
    // The place of the error is in the template, not in the expression.
    outcome.map_err(|error| match error.detail() {
        Some(detail) => Error::new(error.kind(), detail.to_owned()),
        None => Error::from(error.kind()),
    })
}
