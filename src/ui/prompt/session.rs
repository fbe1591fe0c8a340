//! The terminal while one question is asked, from the first key to the last.

use std::io::{self, PipeWriter, pipe};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crate::ui::prompt::keyboard::Keyboard;
use crate::ui::prompt::kind::PromptKind;
use crate::ui::prompt::signals::SignalWatch;
use crate::ui::prompt::terminal_modes::TerminalModes;

/// A question is being asked; dropped, the terminal is as it was.
pub(super) struct PromptSession {
    modes: Arc<TerminalModes>,
    keyboard: Arc<Keyboard>,
    signals: Option<SignalWatch>,
    /// Closed to end the thread that forwards keys.
    end: Option<PipeWriter>,
    forwarding: Option<JoinHandle<()>>,
}

impl PromptSession {
    pub(super) fn start(kind: PromptKind) -> io::Result<Self> {
        let modes = Arc::new(TerminalModes::save(kind == PromptKind::Choice)?);
        let keyboard = Arc::new(Keyboard::new(kind)?);
        // Before the modes change: no signal may find them changed and go unwatched.
        let signals = SignalWatch::start(Arc::clone(&modes), Arc::clone(&keyboard))?;
        let (end_reader, end) = pipe()?;
        let mut session = Self {
            modes: Arc::clone(&modes),
            keyboard: Arc::clone(&keyboard),
            signals: Some(signals),
            end: Some(end),
            forwarding: None,
        };
        session.modes.read_keys()?;
        session.keyboard.replace_stdin()?;
        let forward = move || {
            if keyboard.forward(&*modes, &end_reader).is_err() {
                keyboard.cancel();
            }
        };
        session.forwarding = Some(thread::Builder::new().spawn(forward)?);
        Ok(session)
    }

    /// Ends the session; returns whether the question was cancelled.
    pub(super) fn finish(self) -> bool {
        self.keyboard.is_cancelled()
    }
}

impl Drop for PromptSession {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(forwarding) = self.forwarding.take() {
            forwarding.join().ok();
        }
        // Nothing better is left to do if one of these fails.
        self.keyboard.keep_typed_ahead().ok();
        rustix::stdio::dup2_stdin(&*self.modes).ok();
        self.modes.restore();
        drop(self.signals.take());
    }
}
