//! Whether a row that is not written yet breaks a rule of its model.

use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::db::DatabaseAlias;
use crate::models::ModelKey;
use crate::query::ConstraintCheck;
use crate::script::engine::db;

/// The values of a row, and the rule that it may break.
pub(super) struct GivenRow {
    /// The label of its model.
    pub(super) label: String,
    /// The name of the constraint.
    pub(super) name: String,
    /// The `__dict__` of the instance.
    pub(super) values: PyDictRef,
    /// The fields that are not looked at.
    pub(super) exclude: Vec<String>,
    /// The database.
    pub(super) using: String,
}

/// Whether the row breaks the rule; it does not where the rule is about a field that is not looked at.
pub(super) fn is_broken(given: &GivenRow, vm: &VirtualMachine) -> PyResult<bool> {
    let site = db::site(vm)?;
    let key = ModelKey::parse(&given.label);
    let model = key.and_then(|key| site.models.shared(&key));
    let constraints = model
        .into_iter()
        .flat_map(|model| &model.options.constraints);
    let mut named = constraints.filter(|constraint| constraint.name == given.name);
    let Some((model, constraint)) = model.zip(named.next()) else {
        return Ok(false);
    };
    let row = db::known_row(&site, model, &given.values, vm)?;
    let row = if is_saved(&given.values, vm)? {
        row.into_saved()
    } else {
        row
    };
    let alias = DatabaseAlias::new(given.using.clone());
    db::with(&alias, vm, |registry, connection| {
        let check = ConstraintCheck::new(registry, model, constraint)?;
        if check
            .fields()
            .any(|field| given.exclude.iter().any(|name| name == field))
        {
            return Ok(false);
        }
        check.is_violated(registry, connection, &row)
    })
}

fn is_saved(values: &PyDictRef, vm: &VirtualMachine) -> PyResult<bool> {
    let Some(state) = values.get_item_opt("_state", vm)? else {
        return Ok(false);
    };
    Ok(!state.get_attr("adding", vm)?.is_true(vm)?)
}
