//! The interpreter of a thread.
//!
//! It lives as long as its thread. One that a panic went through is not trusted any more and replaced; it is never taken
//! down, as its objects may be half done: a few megabytes stay behind.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rustpython_vm::signal::UserSignalSender;
use rustpython_vm::{Interpreter, PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::made_middleware::MadeMiddleware;
use crate::script::{PythonName, PythonSite};

thread_local! {
    static OF_THREAD: Cell<Option<&'static ThreadInterpreter>> = const { Cell::new(None) };
}

/// Django's module that knows of the objects of the site.
pub(super) const HANDLER: &str = "django.core.handlers.djr";

/// The interpreter of a thread, with the modules of a project as they were loaded.
pub(super) struct ThreadInterpreter {
    pub(super) interpreter: Interpreter,
    pub(super) signals: UserSignalSender,
    site: RefCell<Arc<PythonSite>>,
    /// What was looked up by name.
    objects: RefCell<HashMap<PythonName, PyObjectRef>>,
    /// What the site made of objects, by a name of its own.
    made: RefCell<HashMap<String, PyObjectRef>>,
    /// What was looked up in modules of djr's own, by their names.
    own: RefCell<HashMap<String, HashMap<String, PyObjectRef>>>,
    /// The middleware that factories made; `None` where one is not used.
    middleware: RefCell<HashMap<PythonName, Option<Rc<MadeMiddleware>>>>,
    /// The modules of the project that were imported.
    project_modules: RefCell<Vec<String>>,
    /// Whether the models and receivers of the project were loaded.
    pub(super) has_models: Cell<bool>,
    /// How many calls into it are under way.
    pub(super) depth: Cell<usize>,
    /// Whether a panic went through it.
    pub(super) is_broken: Cell<bool>,
}

impl ThreadInterpreter {
    /// An interpreter without modules of a project, which will be those of `site`.
    pub(super) fn new(
        interpreter: Interpreter,
        signals: UserSignalSender,
        site: &Arc<PythonSite>,
    ) -> Self {
        // Before a module is loaded: what changes from now on makes another version.
        site.version();
        Self {
            interpreter,
            signals,
            site: RefCell::new(Arc::clone(site)),
            objects: RefCell::default(),
            made: RefCell::default(),
            own: RefCell::default(),
            middleware: RefCell::default(),
            project_modules: RefCell::default(),
            has_models: Cell::new(false),
            depth: Cell::new(0),
            is_broken: Cell::new(false),
        }
    }

    /// The interpreter of this thread, unless it has none that can be used.
    pub(super) fn of_thread() -> Option<&'static Self> {
        OF_THREAD.get().filter(|this| !this.is_broken.get())
    }

    /// Makes it the one of this thread, for as long as that lives.
    pub(super) fn install(self) -> &'static Self {
        let installed: &'static Self = Box::leak(Box::new(self));
        OF_THREAD.set(Some(installed));
        installed
    }

    /// The interpreter that runs right now on this thread, if one does.
    pub(super) fn current() -> Option<&'static Self> {
        OF_THREAD.get().filter(|this| this.depth.get() > 0)
    }

    /// Has the modules of the project forgotten where `site` is not the one they were imported from; whether they were.
    pub(super) fn follow(&self, site: &Arc<PythonSite>, vm: &VirtualMachine) -> bool {
        if Arc::ptr_eq(&self.site.borrow(), site) {
            return false;
        }
        let is_same = self.site.borrow().version() == site.version();
        *self.site.borrow_mut() = Arc::clone(site);
        if is_same {
            return false;
        }
        self.has_models.set(false);
        self.made.borrow_mut().clear();
        self.own.borrow_mut().clear();
        self.middleware.borrow_mut().clear();
        self.objects.borrow_mut().clear();
        let modules = std::mem::take(&mut *self.project_modules.borrow_mut());
        if let Ok(known) = vm.sys_module.get_attr("modules", vm) {
            for module in modules {
                // One that failed to import is not there.
                known.del_item(module.as_str(), vm).ok();
            }
        }
        true
    }

    /// The site that the modules are of.
    pub(super) fn site(&self) -> Arc<PythonSite> {
        Arc::clone(&self.site.borrow())
    }

    /// Remembers that `module` is one of the project.
    pub(super) fn note_module(&self, module: &str) {
        self.project_modules.borrow_mut().push(module.to_owned());
    }

    /// The modules of the project that were imported.
    #[cfg(test)]
    pub(super) fn project_modules(&self) -> Vec<String> {
        self.project_modules.borrow().clone()
    }

    /// The object called `name`, whose module is imported for it.
    pub(super) fn object(&self, name: &PythonName, vm: &VirtualMachine) -> PyResult {
        if let Some(found) = self.objects.borrow().get(name) {
            return Ok(found.clone());
        }
        let module = import(&name.module, vm)?;
        let attribute = vm.ctx.new_str(name.attribute.clone());
        let found = module.get_attr(&attribute, vm)?;
        let mut objects = self.objects.borrow_mut();
        objects.insert(name.clone(), found.clone());
        Ok(found)
    }

    /// What `make` made the first time it was asked for under `key`.
    pub(super) fn made(&self, key: &str, make: impl FnOnce() -> PyResult) -> PyResult {
        if let Some(found) = self.made.borrow().get(key) {
            return Ok(found.clone());
        }
        let value = make()?;
        self.made.borrow_mut().insert(key.to_owned(), value.clone());
        Ok(value)
    }

    /// Has all middleware be made anew.
    pub(super) fn forget_middleware(&self) {
        self.middleware.borrow_mut().clear();
    }

    /// The middleware `name`, which `make` makes the first time.
    pub(super) fn middleware(
        &self,
        name: &PythonName,
        make: impl FnOnce() -> PyResult<Option<Rc<MadeMiddleware>>>,
    ) -> PyResult<Option<Rc<MadeMiddleware>>> {
        if let Some(found) = self.middleware.borrow().get(name) {
            return Ok(found.clone());
        }
        let value = make()?;
        let mut middleware = self.middleware.borrow_mut();
        middleware.insert(name.clone(), value.clone());
        Ok(value)
    }

    /// The function or class `attribute` of a module of djr's own.
    pub(super) fn own(&self, module: &str, attribute: &str, vm: &VirtualMachine) -> PyResult {
        let kept = |own: &HashMap<String, HashMap<String, PyObjectRef>>| {
            own.get(module)?.get(attribute).cloned()
        };
        if let Some(found) = kept(&self.own.borrow()) {
            return Ok(found);
        }
        let name = vm.ctx.new_str(attribute.to_owned());
        let found = import(module, vm)?.get_attr(&name, vm)?;
        let mut own = self.own.borrow_mut();
        let of_module = own.entry(module.to_owned()).or_default();
        of_module.insert(attribute.to_owned(), found.clone());
        Ok(found)
    }
}

/// The module called `name`, the innermost of its parts.
pub(super) fn import(name: &str, vm: &VirtualMachine) -> PyResult {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    if let Ok(known) = modules.get_item(name, vm)
        && !vm.is_none(&known)
    {
        return Ok(known);
    }
    vm.import(&*vm.ctx.new_utf8_str(name), 0)?;
    modules.get_item(name, vm)
}
