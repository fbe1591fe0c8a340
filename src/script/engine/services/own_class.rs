//! Classes of the project that settings name, loaded where the project is read.

use std::sync::Arc;
use std::sync::atomic::Ordering;

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
    if class == OwnClass::PasswordHasher {
        // What goes wrong in it is told with the page of its form.
        site.is_in_all_pages.store(true, Ordering::Relaxed);
    }
    enter(site, |this, vm| {
        let found = loading::object(this, name, vm)?;
        let noun = class.noun();
        if !found.is_callable() {
            let message = format!("`{name}` is not a class: it cannot be {noun}");
            return Err(Finding::error("bad-class", message));
        }
        let mut methods = class.methods().iter();
        let is_missing = |name: &str| {
            let attribute = found.get_attr(&*vm.ctx.new_str(name), vm);
            attribute.map_or(true, |attribute| vm.is_none(&attribute))
        };
        let missing = methods.find(|method| is_missing(method));
        let Some(method) = missing else {
            return Ok(());
        };
        let message = format!("`{name}` is not {noun}: it has no `{method}`");
        let finding = Finding::error("bad-class", message);
        Err(match class.base() {
            Some(base) => finding.hint(format!("derive it from `{base}`")),
            None => finding,
        })
    })
}
