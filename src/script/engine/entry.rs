//! How the site calls Python: the interpreter of a thread is started, watched, and follows the files of the project.

use std::sync::Arc;
use std::thread;

use rustpython_vm::signal::user_signal_channel;
use rustpython_vm::{Interpreter, Settings as InterpreterSettings, VirtualMachine, py_freeze};

use crate::script::PythonSite;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::{
    db, finder, native, services, standard_stream, storages, watchdog, zones,
};

/// Django's modules, and what imports those of a project.
const FROZEN: &rustpython_vm::frozen::FrozenLib = py_freeze!(dir = "../python");

/// Does `work` in the interpreter of this thread, with the modules as `site` has them.
///
/// The outermost call may take as long as the settings allow; then it is ended by an exception.
pub(super) fn enter<T>(
    site: &Arc<PythonSite>,
    work: impl FnOnce(&'static ThreadInterpreter, &VirtualMachine) -> T,
) -> T {
    let this = ThreadInterpreter::of_thread().unwrap_or_else(|| start(site).install());
    let _call = CallGuard::begin(this);
    let is_outermost = this.depth.get() == 1;
    if is_outermost {
        db::begin_of_call(site);
    }
    let limit = site.settings.server.view_timeout;
    let _watch = is_outermost.then(|| watchdog::watch(&this.signals, limit));
    this.interpreter.enter(|vm| {
        if is_outermost
            && this.follow(site, vm)
            && let Err(error) = finder::forget_settings(vm)
        {
            vm.print_exception(error);
        }
        work(this, vm)
    })
}

fn start(site: &Arc<PythonSite>) -> ThreadInterpreter {
    let mut settings = InterpreterSettings::default();
    settings.install_signal_handlers = false;
    settings.import_site = false;
    settings.user_site_directory = false;
    settings.write_bytecode = false;
    settings.isolated = true;
    settings.ignore_environment = true;
    settings.safe_path = true;
    settings.allow_external_library = false;
    let (signals, receiver) = user_signal_channel();
    let builder = Interpreter::builder(settings);
    let library = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    let own = native::module_def(&builder.ctx);
    let zones = zones::module_def(&builder.ctx);
    let storages = storages::module_def(&builder.ctx);
    let database = db::module_def(&builder.ctx);
    let services = services::native::module_def(&builder.ctx);
    let interpreter =
        builder
            .add_native_modules(&library)
            .add_native_module(own)
            .add_native_module(zones)
            .add_native_module(storages)
            .add_native_module(database)
            .add_native_module(services)
            .add_frozen_modules(rustpython_pylib::FROZEN_STDLIB)
            .add_frozen_modules(FROZEN.into_iter().filter(|(name, _)| {
                finder::source_directory().is_none() || *name == finder::MODULE
            }))
            .init_hook(move |vm| vm.set_user_signal_channel(receiver))
            .build();
    interpreter.enter_and_expect(
        |vm| {
            standard_stream::install(vm)?;
            finder::install(vm)
        },
        "the interpreter does not start",
    );
    ThreadInterpreter::new(interpreter, signals, site)
}

/// A call into the interpreter.
struct CallGuard(&'static ThreadInterpreter);

impl CallGuard {
    fn begin(of: &'static ThreadInterpreter) -> Self {
        of.depth.update(|depth| depth + 1);
        Self(of)
    }
}

impl Drop for CallGuard {
    fn drop(&mut self) {
        if self.0.depth.get() == 1 {
            db::end_of_call();
        }
        self.0.depth.update(|depth| depth - 1);
        if thread::panicking() {
            self.0.is_broken.set(true);
        }
    }
}
