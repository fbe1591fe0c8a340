//! Ctrl-C: what runs for a command is ended by a `KeyboardInterrupt`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rustpython_vm::VirtualMachine;
use rustpython_vm::signal::UserSignalSender;

/// The interpreter of the command; none while none runs.
static RUNNING: Mutex<Option<UserSignalSender>> = Mutex::new(None);

/// Whether what runs has been told and has not heard it yet, as a native call does not.
static IS_PENDING: AtomicBool = AtomicBool::new(false);

/// Remembers that the interpreter behind `signals` runs for a command, until what is returned is dropped.
pub(super) fn begin(signals: &UserSignalSender) -> InterruptibleRun {
    *lock() = Some(signals.clone());
    InterruptibleRun
}

/// The time while a person may end what runs.
pub(super) struct InterruptibleRun;

impl Drop for InterruptibleRun {
    fn drop(&mut self) {
        *lock() = None;
    }
}

/// Raises `KeyboardInterrupt` in what runs for a command; whether something does that has heard the one before.
pub fn interrupt() -> bool {
    if IS_PENDING.swap(true, Ordering::Relaxed) {
        return false;
    }
    let raise = |vm: &VirtualMachine| {
        IS_PENDING.store(false, Ordering::Relaxed);
        Err(vm.new_exception_empty(vm.ctx.exceptions.keyboard_interrupt.to_owned()))
    };
    let running = lock().clone();
    running.is_some_and(|signals| signals.send(Box::new(raise)).is_ok())
}

fn lock() -> std::sync::MutexGuard<'static, Option<UserSignalSender>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}
