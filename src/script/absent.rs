//! What stands in the place of the interpreter in a djr that was built without it.

use std::fmt::Display;
use std::sync::Arc;
use std::thread::ThreadId;

use crate::admin::ActionCode;
use crate::auth::{OwnHashers, OwnValidators};
use crate::cache::OwnBackends;
use crate::db::DatabaseAlias;
use crate::diagnostic::Finding;
use crate::forms::FormCode;
use crate::json::Json;
use crate::mail::MailClass;
use crate::middleware::ProjectMiddleware;
use crate::models::Model;
use crate::query::{DeletedRows, ModelInstance, QueryError, SaveOptions};
use crate::script::{OwnClass, OwnFilter, PythonName, PythonSite, SiteOfStorages};
use crate::sessions::SessionEngine;
use crate::storage::OwnStorages;
use crate::templates::{MethodCaller, OwnTag};
use crate::values::FieldValue;
use crate::views::{PermissionBackends, ProjectCode, View};

/// Whether this djr can run Python.
pub const IS_BUILT_IN: bool = false;

/// No thread is lost where no Python runs.
pub fn on_lost_thread(_: impl Fn(ThreadId) + Send + Sync + 'static) {}

#[expect(clippy::needless_pass_by_value, reason = "the interpreter keeps it")]
pub(super) fn view(_: &Arc<PythonSite>, name: PythonName) -> Result<Box<dyn View>, Finding> {
    Err(missing(&name))
}

#[expect(clippy::needless_pass_by_value, reason = "the interpreter keeps it")]
pub(super) fn middleware(
    _: &Arc<PythonSite>,
    name: PythonName,
) -> Result<Arc<dyn ProjectMiddleware>, Finding> {
    Err(missing(&name))
}

/// None: templates that use one are told so where they are checked.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the interpreter may find mistakes"
)]
pub(super) fn filters(_: &Arc<PythonSite>, _: &str) -> Result<Vec<OwnFilter>, Finding> {
    Ok(Vec::new())
}

/// None: values have the methods of the engine.
pub(super) fn method_caller(_: &Arc<PythonSite>) -> Option<MethodCaller> {
    None
}

/// None, as there are no filters.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the interpreter may find mistakes"
)]
pub(super) fn tags(_: &Arc<PythonSite>, _: &str) -> Result<Vec<OwnTag>, Finding> {
    Ok(Vec::new())
}

#[expect(clippy::needless_pass_by_value, reason = "the interpreter keeps it")]
pub(super) fn form_code(
    _: &Arc<PythonSite>,
    name: PythonName,
    _: &[&str],
) -> Result<Arc<dyn FormCode>, Finding> {
    Err(missing(&name))
}

#[expect(clippy::needless_pass_by_value, reason = "the interpreter keeps it")]
pub(super) fn admin_action(
    _: &Arc<PythonSite>,
    name: PythonName,
) -> Result<Arc<dyn ActionCode>, Finding> {
    Err(missing(&name))
}

pub(super) fn context_processor(_: &Arc<PythonSite>, name: &PythonName) -> Result<(), Finding> {
    Err(missing(name))
}

pub(super) fn own_class(
    _: &Arc<PythonSite>,
    name: &PythonName,
    _: OwnClass,
) -> Result<(), Finding> {
    Err(missing(name))
}

pub(super) fn own_backends(_: &Arc<PythonSite>) -> Option<Arc<dyn OwnBackends>> {
    None
}

pub(super) fn mail_class(_: &Arc<PythonSite>) -> Option<Arc<dyn MailClass>> {
    None
}

pub(super) fn own_validators(_: &Arc<PythonSite>) -> Option<Arc<dyn OwnValidators>> {
    None
}

pub(super) fn own_hashers(_: &Arc<PythonSite>) -> Option<Arc<dyn OwnHashers>> {
    None
}

pub(super) fn permission_backends(_: &Arc<PythonSite>) -> Option<Arc<dyn PermissionBackends>> {
    None
}

pub(super) fn own_storages(_: &SiteOfStorages) -> Option<Box<dyn OwnStorages>> {
    None
}

pub(super) fn session_engine(site: &Arc<PythonSite>) -> Result<Box<dyn SessionEngine>, Finding> {
    Err(missing(&site.settings.sessions.engine_name()))
}

/// Nothing is added to pages.
pub(super) fn code(_: &Arc<PythonSite>, _: Vec<PythonName>) -> Option<Arc<dyn ProjectCode>> {
    None
}

#[expect(clippy::unnecessary_wraps, reason = "code that runs may fail")]
pub(super) fn save_row(
    _: &Arc<PythonSite>,
    _: &mut ModelInstance,
    _: &SaveOptions,
    _: &DatabaseAlias,
) -> Result<bool, QueryError> {
    Ok(false)
}

#[expect(clippy::unnecessary_wraps, reason = "code that runs may fail")]
pub(super) fn set_many(
    _: &Arc<PythonSite>,
    _: &ModelInstance,
    _: &str,
    _: &[FieldValue],
    _: &DatabaseAlias,
) -> Result<bool, QueryError> {
    Ok(false)
}

#[expect(clippy::unnecessary_wraps, reason = "code that runs may fail")]
pub(super) fn delete_rows(
    _: &Arc<PythonSite>,
    _: &Model,
    _: &[FieldValue],
    _: &DatabaseAlias,
) -> Result<Option<DeletedRows>, QueryError> {
    Ok(None)
}

/// None is looked for.
pub(super) fn own_code(_: &Arc<PythonSite>) -> Vec<Finding> {
    Vec::new()
}

pub(super) fn run_for_command<T>(_: &Arc<PythonSite>, work: impl FnOnce() -> T) -> T {
    work()
}

/// Nobody hears.
#[expect(clippy::unnecessary_wraps, reason = "receivers may fail")]
pub(super) fn emit_migrate_signal(_: &Arc<PythonSite>, _: &Json) -> Result<(), Finding> {
    Ok(())
}

pub(super) fn is_running() -> bool {
    false
}

pub(super) fn run_own(_: &Arc<PythonSite>, name: &PythonName, _: &Json) -> Result<u8, Finding> {
    Err(missing(name))
}

/// Nothing runs that could be ended.
pub fn interrupt() -> bool {
    false
}

/// None: no shell asks for them.
pub fn completions(_: &str) -> Vec<String> {
    Vec::new()
}

fn missing(name: &dyn Display) -> Finding {
    let message = format!("`{name}` is Python, and this djr was built without it");
    Finding::error("no-python", message).hint("build djr with the feature `python`")
}
