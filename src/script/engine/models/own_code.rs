//! What is wrong with `models.py`, `signals.py` and `apps.py` of the apps.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::loading;

/// Loads the modules; what is wrong with them.
pub(in crate::script) fn own_code(site: &Arc<PythonSite>) -> Vec<Finding> {
    if site.model_modules.is_empty() {
        return Vec::new();
    }
    enter(site, |this, vm| {
        let modules = site.model_modules.iter();
        let failed = modules.filter_map(|module| loading::module(this, module, vm).err());
        failed.collect()
    })
}
