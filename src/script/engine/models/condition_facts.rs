//! Conditions of models.toml as plain data, of which Python makes a `Q`.

use rustpython_vm::{PyResult, VirtualMachine};

use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::script::engine::models::literal_facts::{list, literal, text, tuple};

/// `("all", [..])`, `("any", [..])`, `("xor", [..])`, `("not", ..)` or `("is", lookup, operands)`.
///
/// What only a database can compute is `("sql", text)`.
pub(super) fn condition(found: &Condition, vm: &VirtualMachine) -> PyResult {
    let several = |name: &str, parts: &[Condition]| {
        let parts = parts.iter().map(|part| condition(part, vm));
        let parts = parts.collect::<PyResult<Vec<_>>>()?;
        Ok(tuple([text(name, vm), list(parts.into_iter(), vm)], vm))
    };
    match found {
        Condition::All(parts) => several("all", parts),
        Condition::Any(parts) => several("any", parts),
        Condition::Xor(parts) => several("xor", parts),
        Condition::Not(part) => Ok(tuple([text("not", vm), condition(part, vm)?], vm)),
        Condition::Compare(comparison) => compared(comparison, vm),
        Condition::Holds(expression) => operand(expression, vm),
    }
}

fn compared(comparison: &Comparison, vm: &VirtualMachine) -> PyResult {
    let name = match comparison.lookup {
        Lookup::Exact => comparison.field.clone(),
        lookup => format!("{}__{}", comparison.field, lookup.name()),
    };
    let operands = comparison.operands.iter().map(|one| operand(one, vm));
    let operands = operands.collect::<PyResult<Vec<_>>>()?;
    let operands = list(operands.into_iter(), vm);
    let is_list = matches!(comparison.lookup, Lookup::In | Lookup::Range);
    let is_list = vm.ctx.new_bool(is_list).into();
    let parts = [text("is", vm), text(&name, vm), operands, is_list];
    Ok(tuple(parts, vm))
}

fn operand(expression: &Expression, vm: &VirtualMachine) -> PyResult {
    Ok(match expression {
        Expression::Value(value) => tuple([text("value", vm), literal(value, vm)?], vm),
        Expression::F(name) => tuple([text("F", vm), text(name, vm)], vm),
        other => {
            let written = crate::models::expression::write::argument(other);
            tuple([text("sql", vm), text(&written, vm)], vm)
        }
    })
}
