//! Classes of the project that settings name, loaded where the project is read.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::script::engine::entry::enter;
use crate::script::engine::loading;
use crate::script::{OwnClass, PythonName, PythonSite};

/// Fails where the class `name` cannot be loaded, or has not the methods of what it is for.
pub(in crate::script) fn own_class(
    site: &Arc<PythonSite>,
    name: &PythonName,
    class: OwnClass,
) -> Result<(), Finding> {
    enter(site, |this, vm| {
        let found = loading::object(this, name, vm)?;
        let noun = class.noun();
        if !found.is_callable() {
            let message = format!("`{name}` is not a class: it cannot be {noun}");
            return Err(Finding::error("bad-class", message));
        }
        let mut methods = class.methods().iter();
        let missing =
            methods.find(|method| found.get_attr(&*vm.ctx.new_str(**method), vm).is_err());
        let Some(method) = missing else {
            return Ok(());
        };
        let message = format!("`{name}` is not {noun}: it has no method `{method}`");
        let finding = Finding::error("bad-class", message);
        Err(match class.base() {
            Some(base) => finding.hint(format!("derive it from `{base}`")),
            None => finding,
        })
    })
}
