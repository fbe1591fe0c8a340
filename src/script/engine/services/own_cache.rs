//! Caches that are classes of the project, as djr's own pages and commands use them.

use std::sync::Arc;

use rustpython_vm::builtins::PyTuple;
use rustpython_vm::{AsObject as _, PyObjectRef, PyResult, VirtualMachine};

use crate::cache::{
    CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue, OwnBackends, seconds_left,
};
use crate::clock::Moment;
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::python_error;
use crate::script::engine::services::cache_value;
use crate::settings::CacheSettings;

/// Django's module that asks such classes.
const MODULE: &str = "django.core.cache.own";

/// What makes the caches of `site` that are classes of its project.
#[derive(Debug)]
struct OwnCaches {
    site: Arc<PythonSite>,
}

/// A cache that is a class of the project.
#[derive(Debug)]
struct OwnCache {
    site: Arc<PythonSite>,
    alias: String,
    class: String,
    prefix: String,
}

/// What makes the caches of `site` that are classes of its project.
#[expect(
    clippy::unnecessary_wraps,
    reason = "there is none in a djr without Python"
)]
pub(in crate::script) fn own_backends(site: &Arc<PythonSite>) -> Option<Arc<dyn OwnBackends>> {
    Some(Arc::new(OwnCaches {
        site: Arc::clone(site),
    }))
}

impl OwnBackends for OwnCaches {
    fn backend(&self, alias: &str, settings: &CacheSettings) -> Arc<dyn CacheBackend> {
        Arc::new(OwnCache {
            site: Arc::clone(&self.site),
            alias: alias.to_owned(),
            class: settings.class.clone().unwrap_or_default(),
            prefix: format!("{}:", settings.key_prefix),
        })
    }
}

impl OwnCache {
    /// What `function` of Django's module answers, read by `read`.
    fn ask<T>(
        &self,
        function: &str,
        arguments: impl FnOnce(&VirtualMachine) -> PyResult<Vec<PyObjectRef>>,
        read: impl FnOnce(PyObjectRef, &VirtualMachine) -> PyResult<T>,
    ) -> Result<T, CacheError> {
        enter(&self.site, |this, vm| {
            let asked = arguments(vm).and_then(|arguments| {
                let mut all = vec![vm.ctx.new_str(self.alias.clone()).into()];
                all.extend(arguments);
                let answer = this.own(MODULE, function, vm)?.call(all, vm)?;
                read(answer, vm)
            });
            asked.map_err(|exception| CacheError::Class {
                class: self.class.clone(),
                message: python_error::one_line(&exception, vm),
            })
        })
    }

    /// The same for what is answered by true or false.
    fn ask_whether(
        &self,
        function: &str,
        arguments: impl FnOnce(&VirtualMachine) -> PyResult<Vec<PyObjectRef>>,
    ) -> Result<bool, CacheError> {
        self.ask(function, arguments, PyObjectRef::is_true)
    }

    /// The key and the version, of which the class makes the whole key itself.
    fn key(&self, key: &CacheKey, vm: &VirtualMachine) -> Vec<PyObjectRef> {
        let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text.to_owned()).into() };
        let rest = key.as_str().strip_prefix(&self.prefix);
        let parts = rest.and_then(|rest| rest.split_once(':'));
        let version = parts.and_then(|(version, _)| version.parse::<u64>().ok());
        match (parts, version) {
            (Some((_, key)), Some(version)) => vec![text(key), vm.ctx.new_int(version).into()],
            _ => vec![text(key.as_str()), vm.ctx.none()],
        }
    }

    /// The key, the version, the value and the seconds that it is kept.
    fn entry(
        &self,
        key: &CacheKey,
        value: &CacheValue,
        expires: Option<Moment>,
        vm: &VirtualMachine,
    ) -> PyResult<Vec<PyObjectRef>> {
        let mut all = self.key(key, vm);
        all.push(match value {
            CacheValue::Object(pickled) => {
                let entry = CacheEntry::Unreadable(pickled.clone());
                let object = cache_value::to_python(&entry, vm)?;
                object.unwrap_or_else(|| vm.ctx.none())
            }
            value => cache_value::value_to_python(value, vm)?,
        });
        all.push(seconds_until(expires, vm));
        Ok(all)
    }
}

impl CacheBackend for OwnCache {
    fn get(&self, key: &CacheKey) -> Result<CacheEntry, CacheError> {
        let read = |answer: PyObjectRef, vm: &VirtualMachine| {
            let found = answer.downcast_ref::<PyTuple>();
            let found = found.and_then(|found| found.as_slice().first().cloned());
            Ok(match found {
                Some(value) => CacheEntry::Found(cache_value::from_python(&value, vm)?),
                None => CacheEntry::Missing,
            })
        };
        self.ask("get", |vm| Ok(self.key(key, vm)), read)
    }

    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError> {
        let arguments = |vm: &VirtualMachine| self.entry(key, &value, expires, vm);
        self.ask("set", arguments, |_, _| Ok(()))
    }

    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        self.ask_whether("add", |vm| self.entry(key, &value, expires, vm))
    }

    fn replace(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        self.ask_whether("replace", |vm| self.entry(key, &value, expires, vm))
    }

    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError> {
        self.ask_whether("touch", |vm| {
            let mut all = self.key(key, vm);
            all.push(seconds_until(expires, vm));
            Ok(all)
        })
    }

    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError> {
        self.ask_whether("delete", |vm| Ok(self.key(key, vm)))
    }

    fn has_key(&self, key: &CacheKey) -> Result<bool, CacheError> {
        self.ask_whether("has_key", |vm| Ok(self.key(key, vm)))
    }

    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError> {
        let arguments = |vm: &VirtualMachine| {
            let mut all = self.key(key, vm);
            all.push(vm.ctx.new_int(delta).into());
            Ok(all)
        };
        let sum = self.ask("incr", arguments, |sum, vm| {
            let is_there = !vm.is_none(&sum);
            let number = sum.as_object().try_to_value::<i64>(vm).ok();
            Ok(is_there.then_some(number))
        })?;
        let number = sum.ok_or_else(|| CacheError::KeyNotFound(key.clone()))?;
        number.ok_or_else(|| CacheError::NotAnInteger(key.clone()))
    }

    fn clear(&self) -> Result<(), CacheError> {
        self.ask("clear", |_| Ok(Vec::new()), |_, _| Ok(()))
    }

    /// Where its entries are is known to the class alone.
    fn is_shared(&self) -> bool {
        true
    }
}

/// The whole seconds until then, rounded up; Python's `None` for never.
fn seconds_until(expires: Option<Moment>, vm: &VirtualMachine) -> PyObjectRef {
    expires.map_or_else(
        || vm.ctx.none(),
        |expires| vm.ctx.new_int(seconds_left(expires).max(0)).into(),
    )
}
