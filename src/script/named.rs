//! What a project names in Python: it is loaded at once, so that a mistake is found where the project is read.
//!
//! A finding without a place is about the name itself.

use std::sync::Arc;

use crate::admin::ActionCode;
use crate::auth::{OwnHashers, OwnValidators};
use crate::cache::OwnBackends;
use crate::diagnostic::{Finding, Findings};
use crate::forms::FormCode;
use crate::json::Json;
use crate::mail::MailClass;
use crate::middleware::ProjectMiddleware;
use crate::script::{OwnClass, OwnFilter, PythonName, PythonSite, SiteOfStorages, engine};
use crate::sessions::SessionEngine;
use crate::storage::OwnStorages;
use crate::templates::{MethodCaller, OwnTag};
use crate::views::{PermissionBackends, ProjectCode, View};

/// The view called `name`.
pub fn view(site: &Arc<PythonSite>, name: &str) -> Result<Box<dyn View>, Finding> {
    engine::view(site, parsed(name, "posts.views.post_list")?)
}

/// The middleware called `name`.
pub fn middleware(
    site: &Arc<PythonSite>,
    name: &str,
) -> Result<Arc<dyn ProjectMiddleware>, Finding> {
    engine::middleware(site, parsed(name, "posts.middleware.RequestLogger")?)
}

/// Loads the models and the receivers of the apps, `models.py`, `signals.py` and `apps.py`; what is wrong with them.
pub fn models(site: &Arc<PythonSite>) -> Vec<Finding> {
    engine::own_code(site)
}

/// The filters of the `templatetags` of all apps; adds what is wrong to `findings`.
pub fn filters(site: &Arc<PythonSite>, findings: &mut Vec<Finding>) -> Vec<OwnFilter> {
    let modules = site.tag_modules.iter();
    let found = modules.flat_map(|module| {
        engine::filters(site, module).unwrap_or_else(|finding| {
            findings.push(finding);
            Vec::new()
        })
    });
    found.collect()
}

/// The tags of the `templatetags` of all apps; adds what is wrong to `findings`.
pub fn tags(site: &Arc<PythonSite>, findings: &mut Vec<Finding>) -> Vec<OwnTag> {
    let modules = site.tag_modules.iter();
    let found = modules.flat_map(|module| {
        engine::tags(site, module).unwrap_or_else(|finding| {
            findings.push(finding);
            Vec::new()
        })
    });
    found.collect()
}

/// What answers the methods that Python's values have, in templates; none in a djr without Python.
pub fn method_caller(site: &Arc<PythonSite>) -> Option<MethodCaller> {
    engine::method_caller(site)
}

/// What pages have from the context processors of these names, from the middleware and from the tags of the project.
///
/// A mistake is told with the name that it is about.
pub fn code<'n>(
    site: &Arc<PythonSite>,
    processors: impl Iterator<Item = &'n str>,
    mut on_mistake: impl FnMut(&str, Finding),
) -> Option<Arc<dyn ProjectCode>> {
    let parsed = processors.filter_map(|name| {
        let found = parsed(name, "posts.context.cart");
        let found = found.and_then(|found| engine::context_processor(site, &found).map(|()| found));
        found.map_err(|finding| on_mistake(name, finding)).ok()
    });
    engine::code(site, parsed.collect())
}

/// The class called `name`, which cleans a form with fields of these names further.
pub fn form_code(
    site: &Arc<PythonSite>,
    name: &str,
    fields: &[&str],
) -> Result<Arc<dyn FormCode>, Finding> {
    engine::form_code(site, parsed(name, "contact.forms.ContactForm")?, fields)
}

/// The function called `name`, which does something with rows that were chosen in the admin.
pub fn admin_action(site: &Arc<PythonSite>, name: &str) -> Result<Arc<dyn ActionCode>, Finding> {
    engine::admin_action(site, parsed(name, "posts.admin.make_published")?)
}

/// Calls the function `name` of djr's own Python with `options`, for a command; returns the exit code.
pub fn run_own(site: &Arc<PythonSite>, name: &str, options: &Json) -> Result<u8, Finding> {
    engine::run_own(site, &parsed(name, "django.core.management.run")?, options)
}

/// Does `work` of a command, with which the receivers of `site` hear of rows.
///
/// Fails with what is wrong in the models and receivers of the project.
pub fn run_for_command<T>(site: &Arc<PythonSite>, work: impl FnOnce() -> T) -> Result<T, Findings> {
    match Findings::new(engine::own_code(site)) {
        Some(findings) => Err(findings),
        None => Ok(engine::run_for_command(site, work)),
    }
}

/// Whether Python runs on this thread.
pub fn is_running() -> bool {
    engine::is_running()
}

/// Loads the class `name`, which the settings name for this; fails where it cannot be loaded or has not the methods for it.
pub fn own_class(site: &Arc<PythonSite>, name: &str, class: OwnClass) -> Result<(), Finding> {
    engine::own_class(site, &parsed(name, class.example())?, class)
}

/// What makes the caches that are classes of the project; `None` in a djr without Python.
pub fn own_backends(site: &Arc<PythonSite>) -> Option<Arc<dyn OwnBackends>> {
    engine::own_backends(site)
}

/// The class of the project that `[mail] backend` names; `None` in a djr without Python.
pub fn mail_class(site: &Arc<PythonSite>) -> Option<Arc<dyn MailClass>> {
    engine::mail_class(site)
}

/// What asks the validators of passwords that are classes of the project; `None` in a djr without Python.
pub fn own_validators(site: &Arc<PythonSite>) -> Option<Arc<dyn OwnValidators>> {
    engine::own_validators(site)
}

/// What asks the hashers of passwords that are classes of the project; `None` in a djr without Python.
pub fn own_hashers(site: &Arc<PythonSite>) -> Option<Arc<dyn OwnHashers>> {
    engine::own_hashers(site)
}

/// What asks the backends of the project what users may do; `None` where none is a class of the project.
pub fn permission_backends(site: &Arc<PythonSite>) -> Option<Arc<dyn PermissionBackends>> {
    engine::permission_backends(site)
}

/// The engine whose sessions a class of the project keeps; fails in a djr without Python.
pub fn session_engine(site: &Arc<PythonSite>) -> Result<Box<dyn SessionEngine>, Finding> {
    engine::session_engine(site)
}

/// What makes the storages that are classes of the project; `None` in a djr without Python.
pub fn own_storages(site: &SiteOfStorages) -> Option<Box<dyn OwnStorages>> {
    engine::own_storages(site)
}

fn parsed(name: &str, example: &str) -> Result<PythonName, Finding> {
    PythonName::parse(name).ok_or_else(|| {
        let message = format!("`{name}` does not name something in a module");
        Finding::error("bad-python-name", message).hint(format!("write it like `{example}`"))
    })
}
