//! The modes of the terminal: those it had, and those in which keys are read one by one.

use std::io::{self, stdin};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use console::Term;
use rustix::io::fcntl_dupfd_cloexec;
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios};
use rustix::termios::{tcgetattr, tcsetattr};

/// The terminal of standard input and the modes it had; they come back when this is dropped.
pub(super) struct TerminalModes {
    terminal: OwnedFd,
    saved: Termios,
    /// Whether the cursor is hidden while the question is asked.
    hides_cursor: bool,
}

impl TerminalModes {
    /// Saves the modes of the terminal.
    pub(super) fn save(hides_cursor: bool) -> io::Result<Self> {
        // Standard input itself is replaced while a question is asked.
        let terminal = fcntl_dupfd_cloexec(stdin(), 3)?;
        let saved = tcgetattr(&terminal)?;
        Ok(Self {
            terminal,
            saved,
            hides_cursor,
        })
    }

    /// Reads keys one by one from here on, without echo and without signals for Ctrl-C and its like.
    pub(super) fn read_keys(&self) -> io::Result<()> {
        let mut modes = self.saved.clone();
        modes
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG | LocalModes::IEXTEN);
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        Ok(tcsetattr(&self.terminal, OptionalActions::Now, &modes)?)
    }

    /// Gives the terminal its saved modes, and its cursor.
    pub(super) fn restore(&self) {
        // Nothing better is left to do if that fails.
        tcsetattr(&self.terminal, OptionalActions::Now, &self.saved).ok();
        if self.hides_cursor {
            Term::stderr().show_cursor().ok();
        }
    }
}

impl AsFd for TerminalModes {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.terminal.as_fd()
    }
}

impl Drop for TerminalModes {
    fn drop(&mut self) {
        self.restore();
    }
}
