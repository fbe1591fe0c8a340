//! `connection.queries`.

use rustpython_vm::{PyResult, VirtualMachine};

use crate::db::with_recorded_statements;

/// The statements that were recorded on the database `alias`, as Django's `connection.queries` has them.
pub(super) fn queries(alias: &str, vm: &VirtualMachine) -> PyResult {
    let statements = with_recorded_statements(|recorded| {
        let of_alias = recorded.iter().filter(|one| one.alias.as_str() == alias);
        let of_alias = of_alias.map(|one| (one.with_values(), one.duration.as_secs_f64()));
        of_alias.collect::<Vec<_>>()
    });
    let statements = statements.into_iter().map(|(sql, seconds)| {
        let dict = vm.ctx.new_dict();
        dict.set_item("sql", vm.ctx.new_str(sql).into(), vm)?;
        dict.set_item("time", vm.ctx.new_str(format!("{seconds:.3}")).into(), vm)?;
        Ok(dict.into())
    });
    Ok(vm.ctx.new_list(statements.collect::<PyResult<_>>()?).into())
}

/// Forgets those on the database `alias`.
pub(super) fn forget(alias: &str) {
    with_recorded_statements(|recorded| recorded.retain(|one| one.alias.as_str() != alias));
}
