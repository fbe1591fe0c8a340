//! How the site calls Python: the interpreter of a thread is started, watched, and follows the files of the project.

use std::sync::Arc;
use std::thread;

use rustpython_vm::frozen::FrozenLib;
use rustpython_vm::signal::user_signal_channel;
use rustpython_vm::{Interpreter, Settings as InterpreterSettings, VirtualMachine};

use crate::script::PythonSite;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::{
    commands, db, dict_copies, exceptions, finder, library, memory_guard, models, native, nesting,
    services, site_error, standard_stream, storages, watchdog,
};

/// Django's modules, and what imports those of a project, as `build.rs` froze them.
const DJANGO: &FrozenLib =
    FrozenLib::from_ref(include_bytes!(concat!(env!("OUT_DIR"), "/django.frozen")) as &[u8]);

/// Of the library of Python, what `library/modules.txt` names.
const LIBRARY: &FrozenLib =
    FrozenLib::from_ref(include_bytes!(concat!(env!("OUT_DIR"), "/library.frozen")) as &[u8]);

/// Does `work` in the interpreter of this thread, with the modules as `site` has them.
///
/// The outermost call may take as long as the settings allow; then it is ended by an exception.
pub(super) fn enter<T>(
    site: &Arc<PythonSite>,
    work: impl FnOnce(&'static ThreadInterpreter, &VirtualMachine) -> T,
) -> T {
    enter_within(site, true, work)
}

/// The same for a command, which may take as long as it likes; so may what it has the site do.
pub(super) fn enter_for_command<T>(
    site: &Arc<PythonSite>,
    work: impl FnOnce(&'static ThreadInterpreter, &VirtualMachine) -> T,
) -> T {
    enter_within(site, false, work)
}

fn enter_within<T>(
    site: &Arc<PythonSite>,
    is_watched: bool,
    work: impl FnOnce(&'static ThreadInterpreter, &VirtualMachine) -> T,
) -> T {
    let this = ThreadInterpreter::of_thread().unwrap_or_else(|| start(site).install());
    let _call = CallGuard::begin(this);
    let is_outermost = this.depth.get() == 1;
    if is_outermost {
        db::begin_of_call(site);
    }
    let limits = &site.settings.server;
    let _watch = (is_outermost && is_watched).then(|| watchdog::watch(&this.signals, limits));
    this.interpreter.enter(|vm| {
        if is_outermost
            && this.follow(site, vm)
            && let Err(error) = finder::forget_settings(vm)
        {
            vm.print_exception(error);
        }
        if is_outermost && !this.has_models.replace(true) {
            if let Err(error) = site_error::prepare(this, vm) {
                vm.print_exception(error);
            }
            // What is wrong with them is told where the project is read, and to whoever imports them.
            models::load(this, vm).ok();
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
    // Text of files is UTF-8, whatever the environment says.
    settings.utf8_mode = 1;
    let (signals, receiver) = user_signal_channel();
    let builder = Interpreter::builder(settings);
    let mut modules = library::modules(&builder.ctx);
    modules.extend([
        native::module_def(&builder.ctx),
        storages::module_def(&builder.ctx),
        db::module_def(&builder.ctx),
        models::native::module_def(&builder.ctx),
        services::native::module_def(&builder.ctx),
        commands::native::module_def(&builder.ctx),
    ]);
    let interpreter =
        builder
            .add_native_modules(&modules)
            .add_frozen_modules(LIBRARY)
            .add_frozen_modules(DJANGO.into_iter().filter(|(name, _)| {
                finder::source_directory().is_none() || *name == finder::MODULE
            }))
            .init_hook(move |vm| vm.set_user_signal_channel(receiver))
            .build();
    interpreter.enter_and_expect(
        |vm| {
            exceptions::share_constructor(vm);
            nesting::guard(vm)?;
            memory_guard::guard(vm)?;
            dict_copies::install(vm);
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::path::Path;

    use rustpython_vm::{PyObjectRef, PyResult};

    use super::*;
    use crate::apps::Apps;
    use crate::db::Connections;
    use crate::script::STACK_SIZE;
    use crate::settings::Settings;

    fn site() -> Arc<PythonSite> {
        site_at(Path::new(""))
    }

    /// The site of the project in `root`, as its files are now.
    fn site_at(root: &Path) -> Arc<PythonSite> {
        let settings = Settings::parse("").unwrap();
        let connections = Arc::new(Connections::new(BTreeMap::new()));
        PythonSite::new(
            root,
            &Apps::default(),
            &settings,
            &Arc::default(),
            &connections,
        )
    }

    fn on_a_stack_of_its_own(work: impl FnOnce() + Send + 'static) {
        let builder = thread::Builder::new().stack_size(STACK_SIZE);
        builder.spawn(work).unwrap().join().unwrap();
    }

    /// What is kept in `sys` under `name`, as text.
    fn kept(name: &'static str, vm: &VirtualMachine) -> Option<String> {
        let value = vm.sys_module.get_attr(name, vm).ok()?;
        Some(value.str(vm).ok()?.to_string_lossy().into_owned())
    }

    #[test]
    fn a_change_is_seen_by_an_interpreter_that_was_started_before_it() {
        let directory = tempfile::tempdir().unwrap();
        on_a_stack_of_its_own(move || {
            let root = directory.path();
            let zone = |zone: &str| {
                fs::write(root.join("djr.toml"), format!("time_zone = {zone:?}")).unwrap();
                site_at(root)
            };
            let started_with = zone("UTC");
            enter(&started_with, |this, _| this.note_module("this_module"));
            let followed =
                |site: &Arc<PythonSite>| enter(site, |this, _| this.project_modules().is_empty());
            assert!(!followed(&started_with), "nothing was changed");
            assert!(followed(&zone("Europe/Vienna")), "a setting was changed");
        });
    }

    #[test]
    fn a_panic_in_a_host_function_costs_the_interpreter_of_its_thread_alone() {
        on_a_stack_of_its_own(|| {
            let site = site();
            let panics = |vm: &VirtualMachine| {
                vm.sys_module
                    .set_attr("kept", vm.ctx.new_int(1), vm)
                    .unwrap();
                let boom = || -> PyResult<()> { panic!("in the host") };
                let host: PyObjectRef = vm.new_function("host", boom).into();
                host.call((), vm)
            };
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                enter(&site, |_, vm| enter(&site, |_, _| panics(vm)).is_ok())
            }));
            assert!(outcome.is_err(), "the panic goes on");
            enter(&site, |this, vm| {
                assert_eq!(this.depth.get(), 1, "no call is under way but this one");
                assert_eq!(kept("kept", vm), None, "it is another interpreter");
                assert!(kept("version", vm).is_some(), "and it works");
            });
            enter(&site, |_, vm| {
                vm.sys_module.set_attr("kept", vm.ctx.new_int(2), vm)
            })
            .unwrap();
            let found = enter(&site, |_, vm| kept("kept", vm));
            assert_eq!(found.as_deref(), Some("2"), "which stays");
        });
    }
}
