//! Sessions that a class of the project keeps, as djr's own pages and commands use them.

use std::sync::Arc;

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::clock::Moment;
use crate::diagnostic::Finding;
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::python_error;
use crate::script::engine::services::session_store::{session_data, session_dict};
use crate::sessions::{
    ClearEvent, KeptSession, SessionData, SessionEdit, SessionEngine, SessionError, SessionKey,
    SessionStore,
};
use crate::signing::SecretKeys;

/// Django's module that asks the class.
const MODULE: &str = "django.contrib.sessions.backends.own";

/// The `SessionStore` of the module that `[sessions] engine` names.
#[derive(Clone, Debug)]
struct OwnSessions {
    site: Arc<PythonSite>,
}

/// The engine of `site` whose sessions a class of its project keeps.
#[expect(
    clippy::unnecessary_wraps,
    reason = "there is none in a djr without Python"
)]
pub(in crate::script) fn session_engine(
    site: &Arc<PythonSite>,
) -> Result<Box<dyn SessionEngine>, Finding> {
    Ok(Box::new(OwnSessions {
        site: Arc::clone(site),
    }))
}

impl OwnSessions {
    /// What `function` of Django's module answers, read by `read`.
    fn ask<T>(
        &self,
        function: &str,
        arguments: impl FnOnce(&VirtualMachine) -> PyResult<Vec<PyObjectRef>>,
        read: impl FnOnce(PyObjectRef, &VirtualMachine) -> PyResult<T>,
    ) -> Result<T, SessionError> {
        enter(&self.site, |this, vm| {
            let asked = arguments(vm).and_then(|arguments| {
                let answer = this.own(MODULE, function, vm)?.call(arguments, vm)?;
                read(answer, vm)
            });
            asked.map_err(|exception| self.failed(python_error::one_line(&exception, vm)))
        })
    }

    fn failed(&self, message: String) -> SessionError {
        SessionError::Class {
            class: self.site.settings.sessions.class().unwrap_or_default(),
            message,
        }
    }

    fn parsed(&self, key: &str) -> Result<SessionKey, SessionError> {
        let message = "a key has 8 to 40 letters, digits, `-` and `_`";
        SessionKey::parse(key).ok_or_else(|| self.failed(message.to_owned()))
    }
}

impl SessionEngine for OwnSessions {
    fn store(&self, _: &SecretKeys) -> Arc<dyn SessionStore> {
        Arc::new(self.clone())
    }

    fn clear_expired(
        &self,
        _: Moment,
        _: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        let nothing = |_: &VirtualMachine| Ok(Vec::new());
        self.ask("clear_expired", nothing, |count, vm| {
            count.try_into_value::<Option<u64>>(vm)
        })
    }
}

impl SessionStore for OwnSessions {
    fn load_kept(&self, key: &SessionKey) -> Result<Option<KeptSession>, SessionError> {
        let data = self.ask(
            "load",
            |vm| Ok(vec![text(key, vm)]),
            |data, vm| {
                if vm.is_none(&data) {
                    return Ok(None);
                }
                session_data(&data, vm).map(Some)
            },
        )?;
        Ok(data.map(KeptSession::from))
    }

    fn exists(&self, key: &SessionKey) -> Result<bool, SessionError> {
        self.ask("exists", |vm| Ok(vec![text(key, vm)]), PyObjectRef::is_true)
    }

    fn create(&self, data: &SessionData) -> Result<SessionKey, SessionError> {
        let arguments = |vm: &VirtualMachine| Ok(vec![dict(data, vm)?]);
        let key = self.ask("create", arguments, |key, vm| {
            key.try_to_value::<String>(vm)
        })?;
        self.parsed(&key)
    }

    fn save(&self, key: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError> {
        let arguments = |vm: &VirtualMachine| Ok(vec![text(key, vm), dict(edit.data(), vm)?]);
        let key = self.ask("save", arguments, |key, vm| {
            key.try_into_value::<Option<String>>(vm)
        })?;
        self.parsed(&key.ok_or(SessionError::Interrupted)?)
    }

    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        self.ask("delete", |vm| Ok(vec![text(key, vm)]), |_, _| Ok(()))
    }
}

fn text(key: &SessionKey, vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_str(key.as_str().to_owned()).into()
}

fn dict(data: &SessionData, vm: &VirtualMachine) -> PyResult {
    Ok(session_dict(data, vm)?.into())
}
