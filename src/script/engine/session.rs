//! `request.session`.
//!
//! What it hands out is kept, so that a view may change a list in it and say `request.session.modified = True`; what was
//! changed that way is written back when Python is done with the request.

use std::cell::Cell;
use std::sync::Arc;

use rustpython_vm::builtins::{PyDictRef, PyStr, PyStrRef};
use rustpython_vm::convert::ToPyObject as _;
use rustpython_vm::function::{FuncArgs, OptionalArg};
use rustpython_vm::protocol::{PyMappingMethods, PySequenceMethods};
use rustpython_vm::types::{AsMapping, AsSequence};
use rustpython_vm::{
    Context, FromArgs, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, Traverse, VirtualMachine,
    atomic_func, pyclass,
};

use crate::clock;
use crate::json::Json;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::{convert, moments, python_error};
use crate::sessions::{Session, SessionError, SessionExpiry, SessionKey};
use crate::settings::SessionSettings;
use crate::views::LazySession;

/// The names under which Django keeps the end of a session, and what tells whether a browser keeps cookies.
const EXPIRY: &str = "_session_expiry";
const TEST_COOKIE: &str = "testcookie";

/// `request.session`.
#[pyclass(module = "_djr", name = "Session", traverse)]
#[derive(Debug, PyPayload)]
pub(super) struct PythonSession {
    #[pytraverse(skip)]
    session: Arc<LazySession>,
    #[pytraverse(skip)]
    settings: SessionSettings,
    /// The values that were handed out or taken in, as Python has them.
    values: PyDictRef,
    /// Whether Python said that something in them changed.
    #[pytraverse(skip)]
    is_modified: Cell<bool>,
}

impl PythonSession {
    pub(super) fn new(
        session: &Arc<LazySession>,
        settings: &SessionSettings,
        vm: &VirtualMachine,
    ) -> Self {
        Self {
            session: Arc::clone(session),
            settings: settings.clone(),
            values: vm.ctx.new_dict(),
            is_modified: Cell::new(false),
        }
    }

    /// Keeps what changed in values that were handed out, where Python said that something did.
    pub(super) fn write_back(&self, vm: &VirtualMachine) -> PyResult<()> {
        let is_told = self.is_modified.replace(false);
        if !is_told && !self.session.is_modified() {
            return Ok(());
        }
        let mut changed = Vec::new();
        for (key, value) in self.values.items_vec() {
            let value = convert::to_json(&value, vm)?;
            changed.push((name_of(&key, vm)?, value));
        }
        self.with(vm, |session| {
            for (name, value) in changed {
                if session.get(&name) != Some(&value) {
                    session.insert(name, value);
                }
            }
            // A change that Python tells of is saved even where it cannot be seen.
            if is_told {
                session.extend(Vec::<(String, Json)>::new());
            }
        })
    }

    fn with<T>(&self, vm: &VirtualMachine, work: impl FnOnce(&mut Session) -> T) -> PyResult<T> {
        let done = self.session.with(work);
        done.map_err(|error| python_error::raise(error.into(), vm))
    }

    fn find(&self, key: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        if let Some(kept) = self.values.get_item_opt(key, vm)? {
            return Ok(Some(kept));
        }
        let Some(name) = key.downcast_ref::<PyStr>().and_then(|key| key.to_str()) else {
            return Ok(None);
        };
        let Some(value) = self.with(vm, |session| session.get(name).cloned())? else {
            return Ok(None);
        };
        let value = convert::from_json(&value, vm)?;
        self.values.set_item(key, value.clone(), vm)?;
        Ok(Some(value))
    }

    fn keep(&self, key: &PyObject, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let (name, json) = (name_of(key, vm)?, convert::to_json(&value, vm)?);
        self.with(vm, |session| session.insert(name, json))?;
        self.values.set_item(key, value, vm)
    }

    fn take(&self, key: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let found = self.find(key, vm)?;
        if found.is_some() {
            let name = name_of(key, vm)?;
            self.with(vm, |session| session.remove(&name))?;
            self.values.del_item(key, vm)?;
        }
        Ok(found)
    }

    fn names(&self, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let names = self.with(vm, |session| session.data().names())?;
        let names = names.into_iter();
        Ok(names.map(|name| vm.ctx.new_str(name).into()).collect())
    }

    /// Forgets what was handed out under a name that the site is about to change.
    fn forget_value(&self, name: &'static str, vm: &VirtualMachine) {
        // It need not have been handed out.
        self.values.del_item(name, vm).ok();
    }

    fn forget_values(&self) {
        self.values.clear();
        self.is_modified.set(false);
    }
}

/// The name of a value: sessions are JSON, whose names are texts.
fn name_of(key: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    let Some(name) = key.downcast_ref::<PyStr>().and_then(|key| key.to_str()) else {
        return Err(vm.new_type_error("a key of a session must be a str"));
    };
    Ok(name.to_owned())
}

/// A key, and what stands for its value where there is none.
#[derive(FromArgs)]
struct DefaultArgs {
    #[pyarg(any)]
    key: PyObjectRef,
    #[pyarg(any, optional)]
    default: OptionalArg<PyObjectRef>,
}

/// A key and its value.
#[derive(FromArgs)]
struct ValueArgs {
    #[pyarg(any)]
    key: PyObjectRef,
    #[pyarg(any)]
    value: PyObjectRef,
}

#[pyclass(with(AsMapping, AsSequence))]
impl PythonSession {
    #[pyattr(name = "_EXPIRY")]
    fn expiry_name(ctx: &Context) -> PyStrRef {
        ctx.new_str(EXPIRY)
    }

    #[pyattr(name = "TEST_COOKIE_NAME")]
    fn test_cookie_name(ctx: &Context) -> PyStrRef {
        ctx.new_str(TEST_COOKIE)
    }

    #[pyattr(name = "TEST_COOKIE_VALUE")]
    fn test_cookie_value(ctx: &Context) -> PyStrRef {
        ctx.new_str("worked")
    }

    #[pymethod]
    fn get(&self, args: DefaultArgs, vm: &VirtualMachine) -> PyResult {
        let found = self.find(&args.key, vm)?;
        Ok(found.unwrap_or_else(|| args.default.unwrap_or_else(|| vm.ctx.none())))
    }

    #[pymethod]
    fn has_key(&self, key: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(self.find(&key, vm)?.is_some())
    }

    #[pymethod]
    fn keys(&self, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        self.names(vm)
    }

    #[pymethod]
    fn values(&self, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let values = self.names(vm)?.into_iter().map(|name| {
            let value = self.find(&name, vm)?;
            Ok(value.unwrap_or_else(|| vm.ctx.none()))
        });
        values.collect()
    }

    #[pymethod]
    fn items(&self, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let items = self.names(vm)?.into_iter().map(|name| {
            let value = self.find(&name, vm)?;
            let value = value.unwrap_or_else(|| vm.ctx.none());
            Ok(vm.ctx.new_tuple(vec![name, value]).into())
        });
        items.collect()
    }

    #[pymethod]
    fn setdefault(&self, args: ValueArgs, vm: &VirtualMachine) -> PyResult {
        if let Some(found) = self.find(&args.key, vm)? {
            return Ok(found);
        }
        self.keep(&args.key, args.value.clone(), vm)?;
        Ok(args.value)
    }

    #[pymethod]
    fn pop(&self, args: DefaultArgs, vm: &VirtualMachine) -> PyResult {
        match (self.take(&args.key, vm)?, args.default) {
            (Some(found), _) => Ok(found),
            (None, OptionalArg::Present(default)) => Ok(default),
            (None, OptionalArg::Missing) => Err(vm.new_key_error(args.key)),
        }
    }

    /// A new key, under which the session is kept at once.
    #[pymethod]
    fn create(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.write_back(vm)?;
        done(self.session.create(), vm)
    }

    #[pymethod]
    fn save(&self, _must_create: OptionalArg<bool>, vm: &VirtualMachine) -> PyResult<()> {
        self.write_back(vm)?;
        done(self.session.save_now(), vm)
    }

    #[pymethod]
    fn exists(&self, key: Option<String>, vm: &VirtualMachine) -> PyResult<bool> {
        match key.and_then(|key| SessionKey::parse(&key)) {
            Some(key) => done(self.session.store().exists(&key), vm),
            None => Ok(false),
        }
    }

    /// Forgets what is kept under a key, that of this session where none is given.
    #[pymethod]
    fn delete(&self, key: OptionalArg<Option<String>>, vm: &VirtualMachine) -> PyResult<()> {
        let given = key.flatten().and_then(|key| SessionKey::parse(&key));
        match given.or_else(|| self.session.key()) {
            Some(key) => done(self.session.store().delete(&key), vm),
            None => Ok(()),
        }
    }

    #[pymethod]
    fn get_session_cookie_age(&self) -> u64 {
        self.settings.cookie.age.as_secs()
    }

    #[pymethod]
    fn update(&self, values: PyDictRef, vm: &VirtualMachine) -> PyResult<()> {
        for (key, value) in values.items_vec() {
            self.keep(&key, value, vm)?;
        }
        Ok(())
    }

    #[pymethod]
    fn clear(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.forget_values();
        self.with(vm, Session::clear)
    }

    #[pymethod]
    fn flush(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.forget_values();
        self.with(vm, Session::flush)
    }

    #[pymethod]
    fn cycle_key(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.with(vm, Session::cycle_key)
    }

    #[pymethod]
    fn is_empty(&self) -> bool {
        self.session.is_empty()
    }

    /// The end of the session: `None`, seconds, a `timedelta` or a moment.
    #[pymethod]
    fn set_expiry(&self, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let expiry = expiry(value, vm)?;
        self.forget_value(EXPIRY, vm);
        self.with(vm, |session| session.set_expiry(expiry))
    }

    #[pymethod]
    fn get_expiry_age(zelf: PyRef<Self>, asked: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if !asked.kwargs.is_empty() {
            return of_base("get_expiry_age", zelf, asked, vm);
        }
        let age = zelf.settings.cookie.age;
        let age = zelf.with(vm, |session| session.data().expiry_age(clock::now(), age))?;
        Ok(vm.ctx.new_int(age).into())
    }

    #[pymethod]
    fn get_expiry_date(zelf: PyRef<Self>, asked: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if !asked.kwargs.is_empty() {
            return of_base("get_expiry_date", zelf, asked, vm);
        }
        let age = zelf.settings.cookie.age;
        let date = zelf.with(vm, |session| session.data().expiry_date(clock::now(), age))?;
        moments::to_python(date, vm)
    }

    #[pymethod]
    fn get_expire_at_browser_close(&self, vm: &VirtualMachine) -> PyResult<bool> {
        let default = self.settings.expire_at_browser_close;
        self.with(vm, |session| {
            session.data().expires_at_browser_close(default)
        })
    }

    #[pymethod]
    fn set_test_cookie(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.forget_value(TEST_COOKIE, vm);
        self.with(vm, Session::set_test_cookie)
    }

    #[pymethod]
    fn test_cookie_worked(&self, vm: &VirtualMachine) -> PyResult<bool> {
        self.with(vm, |session| session.test_cookie_worked())
    }

    #[pymethod]
    fn delete_test_cookie(&self, vm: &VirtualMachine) -> PyResult<()> {
        let name: PyObjectRef = vm.ctx.new_str(TEST_COOKIE).into();
        match self.take(&name, vm)? {
            Some(_) => Ok(()),
            None => Err(vm.new_key_error(name)),
        }
    }

    #[pygetset]
    fn session_key(&self, vm: &VirtualMachine) -> PyObjectRef {
        let key = self.session.key().map(|key| key.as_str().to_owned());
        key.to_pyobject(vm)
    }

    #[pygetset]
    fn accessed(&self) -> bool {
        self.session.is_accessed()
    }

    #[pygetset]
    fn modified(&self) -> bool {
        self.is_modified.get() || self.session.is_modified()
    }

    #[pygetset(setter)]
    fn set_modified(&self, value: bool) {
        self.is_modified.set(value);
    }
}

fn done<T>(done: Result<T, SessionError>, vm: &VirtualMachine) -> PyResult<T> {
    done.map_err(|error| python_error::raise(error.into(), vm))
}

/// What the method `name` of Django's sessions answers of `session`.
fn of_base(
    name: &'static str,
    session: PyRef<PythonSession>,
    mut asked: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult {
    let this =
        ThreadInterpreter::current().ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    let base = this.own("django.contrib.sessions.backends.base", "SessionBase", vm)?;
    asked.prepend_arg(session.into());
    base.get_attr(name, vm)?.call(asked, vm)
}

/// When a session ends, as Python says it.
fn expiry(value: PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<SessionExpiry>> {
    if vm.is_none(&value) {
        return Ok(None);
    }
    if let Ok(seconds) = value.try_to_value::<i64>(vm) {
        let expiry = match seconds {
            0 => SessionExpiry::AtBrowserClose,
            seconds => SessionExpiry::Seconds(seconds),
        };
        return Ok(Some(expiry));
    }
    let moment = moments::from_python(&value, vm)?;
    Ok(Some(SessionExpiry::At(moment)))
}

impl AsMapping for PythonSession {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: None,
            subscript: atomic_func!(|mapping, key, vm| {
                let found = PythonSession::mapping_downcast(mapping).find(key, vm)?;
                found.ok_or_else(|| vm.new_key_error(key.to_owned()))
            }),
            ass_subscript: atomic_func!(|mapping, key, value, vm| {
                let session = PythonSession::mapping_downcast(mapping);
                match value {
                    Some(value) => session.keep(key, value, vm),
                    None => match session.take(key, vm)? {
                        Some(_) => Ok(()),
                        None => Err(vm.new_key_error(key.to_owned())),
                    },
                }
            }),
        };
        &METHODS
    }
}

impl AsSequence for PythonSession {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: PySequenceMethods = PySequenceMethods {
            contains: atomic_func!(|sequence, key, vm| {
                let found = PythonSession::sequence_downcast(sequence).find(key, vm)?;
                Ok(found.is_some())
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}
