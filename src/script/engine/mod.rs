//! The interpreter, and the types by which Python and the site see each other.
//!
//! 1. [`entry`] starts an interpreter for each thread; [`finder`] imports the modules of the project.
//! 2. [`request`] and [`session`] are what Python sees of a request; [`native`] is the module `_djr` with them.
//! 3. [`mod@view`], [`mod@middleware`], [`filter`], [`tag`] and [`pages`] are what the site sees of Python.
//! 4. [`python_error`] says where something went wrong; [`watchdog`] ends what takes too long.
#![expect(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::unwrap_used,
    reason = "the interpreter's macros want arguments that are owned, methods, and unwrap what is set once"
)]

mod admin_action;
mod allocation_cost;
mod attribute;
mod body;
mod call_stack;
mod commands;
mod convert;
mod db;
mod dict_copies;
mod entry;
mod exceptions;
mod filter;
mod finder;
mod form_code;
mod get_response;
mod held_objects;
mod import_mistake;
mod interpreter;
mod kept_exception;
mod library;
mod loading;
mod log;
mod made_middleware;
mod memory_guard;
mod memory_watch;
mod middleware;
mod models;
mod moments;
mod native;
#[cfg(test)]
mod native_names_tests;
mod nesting;
mod noted_value;
mod page_names;
mod pages;
mod python_error;
mod request;
mod request_signals;
mod response;
mod services;
mod session;
mod site_error;
mod standard_stream;
mod storages;
mod tag;
mod template_argument;
mod template_method;
mod template_place;
mod template_value;
mod traced_locals;
mod view;
mod watchdog;
mod zones;

pub(super) use admin_action::admin_action;
pub use commands::{completions, interrupt};
pub(super) use commands::{emit_migrate_signal, is_running, run_for_command, run_own};
pub(super) use filter::filters;
pub(super) use form_code::form_code;
pub(super) use middleware::middleware;
pub(super) use models::{delete_rows, own_code, save_row, set_many};
pub(super) use pages::{code, context_processor};
pub(super) use services::{
    mail_class, own_backends, own_class, own_hashers, own_storages, own_validators,
    permission_backends, session_engine,
};
pub(super) use tag::tags;
pub(super) use template_method::method_caller;
pub(super) use view::view;
pub use watchdog::on_lost_thread;

/// Whether this djr can run Python.
pub const IS_BUILT_IN: bool = true;
