//! Questions to the person at the terminal, whose answers are typed.
//!
//! The line is read here rather than by dialoguer: when Ctrl-C ends its
//! password prompt, the process dies with the terminal's echo still off.

use std::io::{self, Read as _, Write as _, stdin};

use anstream::stderr;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::diagnostic::{Diagnostic, ExitCode};
use crate::ui::Ui;
use crate::ui::line::{Line, Step};
use crate::ui::report::error_line;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PromptError {
    /// Ctrl-C, or the end of the input.
    #[error("cancelled; nothing was changed")]
    Cancelled,
    /// Nobody sits at a terminal.
    #[error("there is no terminal to ask on")]
    Nobody,
    /// The terminal does not do its part.
    #[error("cannot read from the terminal")]
    Terminal(#[from] io::Error),
}

impl Diagnostic for PromptError {
    fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Nobody => "missing-input",
            Self::Terminal(_) => "terminal",
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Cancelled => ExitCode::Interrupted,
            Self::Nobody | Self::Terminal(_) => ExitCode::Failed,
        }
    }
}

/// Questions; without a person to ask, each fails.
impl Ui {
    /// Asks `question`; returns what was typed, which may be nothing.
    pub(crate) fn ask(&self, question: &str) -> Result<String, PromptError> {
        self.check_interactive()?;
        read_line(question, true)
    }

    /// Asks for a secret, which is not shown while it is typed.
    pub(crate) fn ask_secret(&self, question: &str) -> Result<String, PromptError> {
        self.check_interactive()?;
        read_line(question, false)
    }

    fn check_interactive(&self) -> Result<(), PromptError> {
        if self.is_interactive() {
            Ok(())
        } else {
            Err(PromptError::Nobody)
        }
    }

    /// Shows `secret` to the person at the terminal, whatever the verbosity: it is shown only once.
    pub(crate) fn reveal(&self, secret: impl std::fmt::Display) {
        if self.is_interactive() {
            writeln!(stderr(), "{secret}").ok();
        }
    }

    /// Says what is wrong with an answer, before the question is asked again.
    pub(crate) fn complain(&self, message: impl std::fmt::Display) {
        if self.is_interactive() {
            writeln!(stderr(), "{}", error_line(&message)).ok();
        }
    }
}

/// Prints `question` and reads a line, with the terminal in our hands until it ends.
fn read_line(question: &str, visible: bool) -> Result<String, PromptError> {
    let mut screen = stderr();
    write!(screen, "{question} ")?;
    screen.flush()?;
    let terminal = Unechoed::new()?;
    let typed = edit_line(visible);
    drop(terminal);
    // The line ended on the terminal's side too, whichever way.
    writeln!(screen)?;
    typed
}

fn edit_line(visible: bool) -> Result<String, PromptError> {
    let (mut input, mut screen) = (stdin().lock(), stderr());
    let mut line = Line::default();
    loop {
        let mut byte = [0];
        if input.read(&mut byte)? == 0 {
            return Err(PromptError::Cancelled);
        }
        match line.key(byte[0]) {
            Step::Done => return Ok(line.into_text()),
            Step::Cancelled => return Err(PromptError::Cancelled),
            Step::Show(change) if visible => {
                screen.write_all(change.as_bytes())?;
                screen.flush()?;
            }
            Step::Show(_) => {}
        }
    }
}

/// The terminal without echo, key by key; dropped, it is as it was.
struct Unechoed(Termios);

impl Unechoed {
    fn new() -> io::Result<Self> {
        let before = tcgetattr(stdin())?;
        let mut unechoed = before.clone();
        // Signals are off too: Ctrl-C arrives as a key, and nothing is left undone.
        unechoed
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG | LocalModes::IEXTEN);
        tcsetattr(stdin(), OptionalActions::Drain, &unechoed)?;
        Ok(Self(before))
    }
}

impl Drop for Unechoed {
    fn drop(&mut self) {
        // Nothing better is left to do if that fails.
        tcsetattr(stdin(), OptionalActions::Drain, &self.0).ok();
    }
}
