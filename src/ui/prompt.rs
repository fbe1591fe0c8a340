//! Questions to the person at the terminal.
//!
//! Dialoguer asks what may be seen. Its password prompt is not used: when Ctrl-C ends it, the process
//! dies with the terminal's echo still off.

use std::io::{self, Write as _, stdin};

use anstream::stderr;
use console::{Key, Term};
use dialoguer::Input;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::diagnostic::{Diagnostic, ExitCode};
use crate::ui::Ui;
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
    /// Asks `question`, a `:` is put behind it; returns what was typed, which may be nothing.
    pub(crate) fn ask(&self, question: &str) -> Result<String, PromptError> {
        self.check_interactive()?;
        let input = Input::new().with_prompt(question).allow_empty(true);
        let typed = input.interact_text_on(&Term::stderr());
        Ok(typed.map_err(io::Error::from)?)
    }

    /// Asks for a secret, which is not shown while it is typed.
    pub(crate) fn ask_secret(&self, question: &str) -> Result<String, PromptError> {
        self.check_interactive()?;
        let mut screen = stderr();
        write!(screen, "{question}: ")?;
        screen.flush()?;
        let unechoed = Unechoed::new()?;
        let typed = read_keys(&Term::stderr());
        drop(unechoed);
        // The line ended on the terminal's side too, whichever way.
        writeln!(screen)?;
        typed
    }

    /// Asks `question`, to be answered yes or no; anything else is a no.
    pub(crate) fn confirm(&self, question: &str) -> Result<bool, PromptError> {
        // Dialoguer's own such question leaves the cursor hidden after Ctrl-C.
        let answer = self.ask(&format!("{question} [y/N]"))?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
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

    fn check_interactive(&self) -> Result<(), PromptError> {
        if self.is_interactive() {
            Ok(())
        } else {
            Err(PromptError::Nobody)
        }
    }
}

/// What is typed until the line ends; keys that are no character have no meaning here.
fn read_keys(terminal: &Term) -> Result<String, PromptError> {
    let mut typed = String::new();
    loop {
        match terminal.read_key_raw()? {
            Key::Enter => return Ok(typed),
            Key::CtrlC | Key::Char('\u{4}') => return Err(PromptError::Cancelled),
            Key::Backspace => drop(typed.pop()),
            Key::Char('\u{15}') => typed.clear(),
            Key::Char(character) if !character.is_control() => typed.push(character),
            _ => {}
        }
    }
}

/// The terminal without echo, between the keys too; dropped, it is as it was.
struct Unechoed(Termios);

impl Unechoed {
    fn new() -> io::Result<Self> {
        let before = tcgetattr(stdin())?;
        let mut unechoed = before.clone();
        // Signals are off too: Ctrl-C arrives as a key, and nothing is left undone.
        let modes = LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        unechoed.local_modes.remove(modes);
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
