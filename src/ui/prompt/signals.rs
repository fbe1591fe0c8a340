//! Signals while a question is asked: each finds the terminal as it was.
//!
//! They are blocked and waited for by a thread, so that no handler has to be installed: what a
//! signal does at other times stays untouched.

use std::io;
use std::os::unix::thread::JoinHandleExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use nix::sys::pthread::pthread_kill;
use nix::sys::signal::{SigSet, SigmaskHow, Signal, raise};

use crate::ui::prompt::keyboard::Keyboard;
use crate::ui::prompt::terminal_modes::TerminalModes;

const WATCHED: [Signal; 6] = [
    Signal::SIGHUP,
    Signal::SIGINT,
    Signal::SIGQUIT,
    Signal::SIGTERM,
    Signal::SIGTSTP,
    Signal::SIGCONT,
];

/// The signals are watched until this is dropped.
pub(super) struct SignalWatch {
    former: SigSet,
    is_ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl SignalWatch {
    /// Blocks the signals in this thread, and in those it starts from here on.
    pub(super) fn start(modes: Arc<TerminalModes>, keyboard: Arc<Keyboard>) -> io::Result<Self> {
        let watched: SigSet = WATCHED.into_iter().collect();
        let former = watched.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
        let is_ending = Arc::new(AtomicBool::new(false));
        let mut watch = Self {
            former,
            is_ending: Arc::clone(&is_ending),
            thread: None,
        };
        let watching = move || {
            while let Ok(signal) = watched.wait() {
                if is_ending.load(Ordering::SeqCst) {
                    return;
                }
                handle(signal, &modes, &keyboard);
            }
        };
        watch.thread = Some(thread::Builder::new().spawn(watching)?);
        Ok(watch)
    }
}

impl Drop for SignalWatch {
    fn drop(&mut self) {
        self.is_ending.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            // Any watched signal wakes the thread; this one harms nobody.
            pthread_kill(thread.as_pthread_t(), Signal::SIGCONT).ok();
            thread.join().ok();
        }
        self.former.thread_set_mask().ok();
    }
}

fn handle(signal: Signal, modes: &TerminalModes, keyboard: &Keyboard) {
    match signal {
        Signal::SIGINT => keyboard.cancel(),
        // Somebody else had the terminal meanwhile.
        Signal::SIGCONT => drop(modes.read_keys()),
        signal => {
            modes.restore();
            take_effect(signal);
            // The process was only suspended, or ignores the signal.
            modes.read_keys().ok();
        }
    }
}

/// Lets `signal` do what it would have done.
fn take_effect(signal: Signal) {
    let only: SigSet = [signal].into_iter().collect();
    // Raised in this thread, so it is here that it must not be blocked.
    if raise(signal).is_ok() {
        only.thread_unblock().ok();
        only.thread_block().ok();
    }
}
