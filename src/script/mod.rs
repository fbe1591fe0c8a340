//! Python: the only home of the interpreter.
//!
//! 1. A [`PythonSite`] is the Python of a project as its files are at some moment: plain data that all threads share.
//! 2. [`view()`], [`middleware()`], [`filters`], [`tags`] and [`code`] make what a project names by dotted
//!    names. They load the modules at once, so that a mistake in them is found where the project is read.
//! 3. Each thread that runs Python has an interpreter of its own, started when it is first needed. Python objects never
//!    leave it; what crosses threads is the name of an object, which each thread looks up in its own modules.
//!
//! Without the feature `python` the same names say that this djr was built without Python.

#[cfg(not(feature = "python"))]
mod absent;
mod command_host;
#[cfg(feature = "python")]
mod engine;
mod migrate_signal;
mod named;
mod own_class;
mod own_filter;
mod plain_help;
mod python_name;
#[cfg_attr(
    not(feature = "python"),
    allow(dead_code, reason = "the interpreter reads it")
)]
mod python_site;
mod row_receivers;
mod site_of_storages;
#[cfg(feature = "python")]
mod site_version;

#[cfg(not(feature = "python"))]
use absent as engine;

pub use command_host::{CommandHost, NativeOutcome, OwnCommand, TypedLine, own_commands};
pub use engine::{IS_BUILT_IN, completions, interrupt, on_lost_thread};
pub use migrate_signal::{MigrateSignal, PlannedMigration};
pub use named::{
    admin_action, code, filters, form_code, is_running, mail_class, method_caller, middleware,
    models, own_backends, own_class, own_hashers, own_storages, own_validators,
    permission_backends, run_for_command, run_own, session_engine, tags, view,
};
pub use own_class::OwnClass;
pub use own_filter::OwnFilter;
pub use python_name::PythonName;
pub use python_site::{PythonSite, has_receivers};
pub use row_receivers::RowReceivers;
pub use site_of_storages::SiteOfStorages;

/// The stack that a thread needs for Python, in bytes; what a thread does not use of it costs nothing.
pub const STACK_SIZE: usize = 16 * 1024 * 1024;
