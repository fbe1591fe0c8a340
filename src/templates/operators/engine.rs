//! What the engine itself makes of operators.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use minijinja::value::Value;
use minijinja::{Environment, Error, Expression, context};

type CompiledExpression = Arc<Expression<'static, 'static>>;

/// What the engine makes of `expression`, in which `values` are called `a`, `b`, `c` and `d`.
pub(super) fn evaluate(expression: &'static str, values: &[&Value]) -> Result<Value, Error> {
    let value = |place: usize| values.get(place).copied().cloned().unwrap_or_default();
    let context = context! { a => value(0), b => value(1), c => value(2), d => value(3) };
    let outcome = compiled(expression).and_then(|expression| expression.eval(context));
    // The place of the error is in the template, not in the expression.
    outcome.map_err(|error| match error.detail() {
        Some(detail) => Error::new(error.kind(), detail.to_owned()),
        None => Error::from(error.kind()),
    })
}

/// `expression`, which is compiled once: a page asks for it in each turn of a loop.
fn compiled(expression: &'static str) -> Result<CompiledExpression, Error> {
    static ENGINE: OnceLock<Environment<'static>> = OnceLock::new();
    static COMPILED: RwLock<Option<HashMap<&'static str, CompiledExpression>>> = RwLock::new(None);
    let kept = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = kept.as_ref().and_then(|kept| kept.get(expression)) {
        return Ok(Arc::clone(found));
    }
    drop(kept);
    let engine = ENGINE.get_or_init(Environment::new);
    let new = Arc::new(engine.compile_expression(expression)?);
    let mut kept = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    let kept = kept.get_or_insert_default();
    kept.insert(expression, Arc::clone(&new));
    Ok(new)
}
