//! A cache of the site, as the methods of Django's that need no Python around them.

use std::time::Duration;

use rustpython_vm::builtins::{PyDictRef, PyStr};
use rustpython_vm::function::OptionalArg;
use rustpython_vm::types::Constructor;
use rustpython_vm::{
    AsObject as _, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    pyclass,
};

use crate::cache::{Cache, CacheError, CacheKey};
use crate::clock::{self, Moment};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::services::site_state::state;
use crate::script::engine::services::{cache_errors, cache_value};
use crate::settings::CacheBackendName;

/// How the keys of a store come about.
#[derive(Debug)]
enum KeyMaker {
    /// As Django makes them: prefix and version before what is asked for.
    Prefixed { prefix: String, version: String },
    /// By a function of the project, before the store is asked.
    Whole,
}

/// A cache of the site.
#[pyclass(module = "_djr_services", name = "Cache")]
#[derive(Debug, PyPayload)]
pub(super) struct CacheStore {
    alias: String,
    /// The kind of cache that its class is of.
    kind: Option<CacheBackendName>,
    keys: KeyMaker,
    /// The seconds an entry is kept where nobody says so.
    timeout: PyObjectRef,
    /// What stands for them.
    default_timeout: PyObjectRef,
    /// Told of keys that memcached would refuse.
    validate_key: PyObjectRef,
}

/// What a store is made of.
#[derive(FromArgs)]
pub(super) struct CacheStoreArgs {
    alias: String,
    /// None where the settings say.
    kind: Option<String>,
    /// None where keys are made before.
    prefix: Option<String>,
    version: PyObjectRef,
    timeout: PyObjectRef,
    default_timeout: PyObjectRef,
    validate_key: PyObjectRef,
}

/// A value, and for how long it is kept under which version.
#[derive(FromArgs)]
struct EntryArgs {
    #[pyarg(any)]
    key: PyObjectRef,
    #[pyarg(any)]
    value: PyObjectRef,
    #[pyarg(any, optional)]
    timeout: OptionalArg<PyObjectRef>,
    #[pyarg(any, optional)]
    version: OptionalArg<PyObjectRef>,
}

#[derive(FromArgs)]
struct GetArgs {
    #[pyarg(any)]
    key: PyObjectRef,
    #[pyarg(any, optional)]
    default: OptionalArg<PyObjectRef>,
    #[pyarg(any, optional)]
    version: OptionalArg<PyObjectRef>,
}

#[derive(FromArgs)]
struct KeyArgs {
    #[pyarg(any)]
    key: PyObjectRef,
    #[pyarg(any, optional)]
    version: OptionalArg<PyObjectRef>,
}

#[derive(FromArgs)]
struct TouchArgs {
    #[pyarg(any)]
    key: PyObjectRef,
    #[pyarg(any, optional)]
    timeout: OptionalArg<PyObjectRef>,
    #[pyarg(any, optional)]
    version: OptionalArg<PyObjectRef>,
}

#[derive(FromArgs)]
struct CountArgs {
    #[pyarg(any)]
    key: PyObjectRef,
    #[pyarg(any, optional)]
    delta: OptionalArg<i64>,
    #[pyarg(any, optional)]
    version: OptionalArg<PyObjectRef>,
}

#[derive(FromArgs)]
struct ManyArgs {
    #[pyarg(any)]
    keys: PyObjectRef,
    #[pyarg(any, optional)]
    version: OptionalArg<PyObjectRef>,
}

impl CacheStore {
    /// The cache, which the site may have made anew since it was last asked for.
    fn cache(&self, vm: &VirtualMachine) -> PyResult<Cache> {
        let site = ThreadInterpreter::current().map(ThreadInterpreter::site);
        let named = site
            .as_ref()
            .and_then(|site| site.settings.caches.get(&self.alias));
        let found = match (self.kind, named) {
            (Some(kind), Some(named)) if named.class.is_some() => {
                let beneath = site.as_ref().and_then(|site| site.caches());
                let beneath = beneath.map(|caches| caches.beneath_class(&self.alias, kind));
                beneath.unwrap_or_else(|| {
                    Err(CacheError::UnknownAlias {
                        alias: self.alias.clone(),
                        known: Vec::new(),
                    })
                })
            }
            _ => state(vm)?.caches.get(&self.alias),
        };
        found.map_err(|error| cache_errors::exception(&error, vm))
    }

    fn key(
        &self,
        key: &PyObject,
        version: &OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<CacheKey> {
        let text = match key.downcast_ref::<PyStr>() {
            Some(text) => text.to_string_lossy().into_owned(),
            None => key.str(vm)?.to_string_lossy().into_owned(),
        };
        let whole = match &self.keys {
            KeyMaker::Whole => text,
            KeyMaker::Prefixed {
                prefix,
                version: own,
            } => match version {
                OptionalArg::Present(given) if !vm.is_none(given) => {
                    let given = given.str(vm)?;
                    format!("{prefix}:{}:{text}", given.to_string_lossy())
                }
                _ => format!("{prefix}:{own}:{text}"),
            },
        };
        let key = CacheKey::whole(whole);
        if key.validate().is_err() && !vm.is_none(&self.validate_key) {
            self.validate_key.call((key.as_str(),), vm)?;
        }
        Ok(key)
    }

    /// When an entry ends that is kept for `timeout` seconds from now on.
    fn expires(
        &self,
        timeout: &OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<Option<Moment>> {
        let timeout = match timeout {
            OptionalArg::Present(given) if !given.is(&self.default_timeout) => given,
            _ => &self.timeout,
        };
        if vm.is_none(timeout) {
            return Ok(None);
        }
        let seconds = timeout.try_float(vm)?.to_f64();
        if seconds <= 0.0 {
            return Ok(Some(clock::now()));
        }
        // What cannot be counted is for ever.
        let left = Duration::try_from_secs_f64(seconds).ok();
        Ok(left.map(|left| clock::now().after(left)))
    }

    fn done<T>(done: Result<T, CacheError>, vm: &VirtualMachine) -> PyResult<T> {
        done.map_err(|error| cache_errors::exception(&error, vm))
    }
}

impl Constructor for CacheStore {
    type Args = CacheStoreArgs;

    fn py_new(
        _class: &Py<rustpython_vm::builtins::PyType>,
        args: Self::Args,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let version = args.version.str(vm)?.to_string_lossy().into_owned();
        Ok(Self {
            alias: args.alias,
            kind: args.kind.as_deref().and_then(CacheBackendName::named),
            keys: match args.prefix {
                Some(prefix) => KeyMaker::Prefixed { prefix, version },
                None => KeyMaker::Whole,
            },
            timeout: args.timeout,
            default_timeout: args.default_timeout,
            validate_key: args.validate_key,
        })
    }
}

#[pyclass(with(Constructor))]
impl CacheStore {
    #[pymethod]
    fn get(&self, args: GetArgs, vm: &VirtualMachine) -> PyResult {
        let key = self.key(&args.key, &args.version, vm)?;
        let entry = Self::done(self.cache(vm)?.backend().get(&key), vm)?;
        let found = cache_value::to_python(&entry, vm)?;
        Ok(found.unwrap_or_else(|| args.default.unwrap_or_else(|| vm.ctx.none())))
    }

    #[pymethod]
    fn get_many(&self, args: ManyArgs, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let asked: Vec<PyObjectRef> = args.keys.try_to_value(vm)?;
        let keys = asked.iter().map(|key| self.key(key, &args.version, vm));
        let keys = keys.collect::<PyResult<Vec<_>>>()?;
        let entries = Self::done(self.cache(vm)?.backend().get_many(&keys), vm)?;
        let found = vm.ctx.new_dict();
        for (key, entry) in asked.iter().zip(&entries) {
            if let Some(value) = cache_value::to_python(entry, vm)? {
                found.set_item(&**key, value, vm)?;
            }
        }
        Ok(found)
    }

    #[pymethod]
    fn set(&self, args: EntryArgs, vm: &VirtualMachine) -> PyResult<()> {
        let key = self.key(&args.key, &args.version, vm)?;
        let value = cache_value::from_python(&args.value, vm)?;
        let expires = self.expires(&args.timeout, vm)?;
        Self::done(self.cache(vm)?.backend().set(&key, value, expires), vm)
    }

    #[pymethod]
    fn add(&self, args: EntryArgs, vm: &VirtualMachine) -> PyResult<bool> {
        let key = self.key(&args.key, &args.version, vm)?;
        let value = cache_value::from_python(&args.value, vm)?;
        let expires = self.expires(&args.timeout, vm)?;
        Self::done(self.cache(vm)?.backend().add(&key, value, expires), vm)
    }

    #[pymethod]
    fn touch(&self, args: TouchArgs, vm: &VirtualMachine) -> PyResult<bool> {
        let key = self.key(&args.key, &args.version, vm)?;
        let expires = self.expires(&args.timeout, vm)?;
        Self::done(self.cache(vm)?.backend().touch(&key, expires), vm)
    }

    #[pymethod]
    fn delete(&self, args: KeyArgs, vm: &VirtualMachine) -> PyResult<bool> {
        let key = self.key(&args.key, &args.version, vm)?;
        Self::done(self.cache(vm)?.backend().delete(&key), vm)
    }

    #[pymethod]
    fn delete_many(&self, args: ManyArgs, vm: &VirtualMachine) -> PyResult<()> {
        let keys: Vec<PyObjectRef> = args.keys.try_to_value(vm)?;
        let cache = self.cache(vm)?;
        for key in &keys {
            let key = self.key(key, &args.version, vm)?;
            Self::done(cache.backend().delete(&key), vm)?;
        }
        Ok(())
    }

    #[pymethod]
    fn has_key(&self, args: KeyArgs, vm: &VirtualMachine) -> PyResult<bool> {
        let key = self.key(&args.key, &args.version, vm)?;
        Self::done(self.cache(vm)?.backend().has_key(&key), vm)
    }

    /// The sum; `NotImplemented` where what is there is not a whole number of 64 bits.
    #[pymethod]
    fn count(&self, args: CountArgs, vm: &VirtualMachine) -> PyResult {
        let key = self.key(&args.key, &args.version, vm)?;
        let delta = args.delta.unwrap_or(1);
        match self.cache(vm)?.backend().incr(&key, delta) {
            Ok(sum) => Ok(vm.ctx.new_int(sum).into()),
            Err(CacheError::NotAnInteger(_) | CacheError::Overflow(_)) => {
                Ok(vm.ctx.not_implemented())
            }
            Err(error) => Err(cache_errors::exception(&error, vm)),
        }
    }

    #[pymethod]
    fn clear(&self, vm: &VirtualMachine) -> PyResult<()> {
        Self::done(self.cache(vm)?.backend().clear(), vm)
    }
}
