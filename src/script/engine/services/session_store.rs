//! The sessions of an engine of djr's, as Python's `SessionStore` keeps them.

use std::sync::Arc;

use rustpython_vm::builtins::{PyDictRef, PyType};
use rustpython_vm::types::Constructor;
use rustpython_vm::{
    AsObject as _, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    pyclass,
};

use crate::cache::Caches;
use crate::clock;
use crate::db::{Connections, DatabaseAlias};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::services::site_state::state;
use crate::script::engine::{convert, python_error};
use crate::sessions::{
    SessionData, SessionEdit, SessionEngine, SessionError, SessionKey, SessionPlaces, SessionStore,
    session_engine,
};
use crate::settings::{SessionEngineName, SessionSettings};
use crate::signing::SecretKeys;

/// The sessions of an engine.
#[pyclass(module = "_djr_services", name = "SessionStore")]
#[derive(Debug, PyPayload)]
pub(super) struct StoredSessions {
    engine: Box<dyn SessionEngine>,
    store: Arc<dyn SessionStore>,
}

/// The engine, by the name of its module in Django.
#[derive(FromArgs)]
pub(super) struct StoredSessionsArgs {
    engine: String,
}

impl Constructor for StoredSessions {
    type Args = StoredSessionsArgs;

    fn py_new(_class: &Py<PyType>, args: Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
        let parts = EngineParts::of_thread(vm)?;
        let mut settings = parts.settings;
        settings.engine = named(&args.engine).ok_or_else(|| {
            let message = format!("djr has no session engine called `{}`", args.engine);
            vm.new_value_error(message)
        })?;
        let engine = session_engine(&settings, &parts.places);
        let store = engine.store(&parts.keys);
        Ok(Self { engine, store })
    }
}

/// What an engine is made of.
struct EngineParts {
    settings: SessionSettings,
    places: SessionPlaces,
    keys: SecretKeys,
}

impl EngineParts {
    /// That of the site; of a command that composes none, what its settings say.
    fn of_thread(vm: &VirtualMachine) -> PyResult<Self> {
        let site = ThreadInterpreter::current().map(ThreadInterpreter::site);
        let site = site.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
        let places = |connections: &Connections, caches: &Arc<Caches>| SessionPlaces {
            root: site.root.clone(),
            connections: connections.clone(),
            alias: DatabaseAlias::default(),
            caches: Arc::clone(caches),
        };
        if let (None, Some(caches)) = (site.composed_state(), site.caches()) {
            let keys = site.settings.signing_keys();
            return Ok(Self {
                settings: site.settings.sessions.clone(),
                places: places(&site.connections, caches),
                keys: keys.map_err(|findings| vm.new_runtime_error(findings.to_string()))?,
            });
        }
        let state = state(vm)?;
        Ok(Self {
            settings: state.settings.sessions.clone(),
            places: places(&state.connections, &state.caches),
            keys: state.keys.clone(),
        })
    }
}

fn named(engine: &str) -> Option<SessionEngineName> {
    Some(match engine {
        "db" => SessionEngineName::Database,
        "cache" => SessionEngineName::Cache,
        "cached_db" => SessionEngineName::CachedDatabase,
        "file" => SessionEngineName::File,
        "signed_cookies" => SessionEngineName::SignedCookies,
        _ => return None,
    })
}

/// A session as Python sees it.
pub(super) fn session_dict(data: &SessionData, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let dict = vm.ctx.new_dict();
    for (name, value) in data.items() {
        dict.set_item(name.as_str(), convert::from_json(value, vm)?, vm)?;
    }
    Ok(dict)
}

/// What Python keeps in a session.
pub(super) fn session_data(data: &PyObject, vm: &VirtualMachine) -> PyResult<SessionData> {
    let json = convert::to_json(data, vm)?;
    SessionData::from_json(json).ok_or_else(|| vm.new_type_error("a session is a dict"))
}

fn done<T>(done: Result<T, SessionError>, vm: &VirtualMachine) -> PyResult<T> {
    done.map_err(|error| python_error::raise(error.into(), vm))
}

#[pyclass(with(Constructor))]
impl StoredSessions {
    /// What is kept under a key; `None` where there is no such session, or it is over.
    #[pymethod]
    fn load(&self, key: String, vm: &VirtualMachine) -> PyResult<Option<PyDictRef>> {
        let Some(key) = SessionKey::parse(&key) else {
            return Ok(None);
        };
        let Some(found) = done(self.store.load(&key), vm)? else {
            return Ok(None);
        };
        session_dict(&found, vm).map(Some)
    }

    #[pymethod]
    fn exists(&self, key: Option<String>, vm: &VirtualMachine) -> PyResult<bool> {
        match key.and_then(|key| SessionKey::parse(&key)) {
            Some(key) => done(self.store.exists(&key), vm),
            None => Ok(false),
        }
    }

    /// The key under which `data` is kept from now on.
    #[pymethod]
    fn create(&self, data: PyDictRef, vm: &VirtualMachine) -> PyResult<String> {
        let data = session_data(data.as_object(), vm)?;
        let key = done(self.store.create(&data), vm)?;
        Ok(key.as_str().to_owned())
    }

    /// Whether there is such a session, which keeps `data` from now on.
    #[pymethod]
    fn save(&self, key: String, data: PyDictRef, vm: &VirtualMachine) -> PyResult<bool> {
        let data = session_data(data.as_object(), vm)?;
        let Some(key) = SessionKey::parse(&key) else {
            return Ok(false);
        };
        match self.store.save(&key, SessionEdit::replacing(&data)) {
            Err(SessionError::Interrupted) => Ok(false),
            saved => done(saved, vm).map(|_| true),
        }
    }

    #[pymethod]
    fn delete(&self, key: String, vm: &VirtualMachine) -> PyResult<()> {
        match SessionKey::parse(&key) {
            Some(key) => done(self.store.delete(&key), vm),
            None => Ok(()),
        }
    }

    #[pymethod]
    fn clear_expired(&self, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let cleared = self.engine.clear_expired(clock::now(), &mut |_| {});
        done(cleared, vm)?;
        Ok(vm.ctx.none())
    }
}
