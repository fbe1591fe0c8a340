//! Questions to the person at the terminal.
//!
//! Keys are read one by one, the terminal's own echo and signals off: so Ctrl-C is an answer like any
//! other, after which the terminal is as it was, and what was begun is told to be undone.

use std::io::{self, Write as _, stdin};

use anstream::stderr;
use console::{Key, Term};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::diagnostic::{Diagnostic, ExitCode};
use crate::ui::Ui;
use crate::ui::report::error_line;

/// Ctrl-D, Ctrl-U and Ctrl-W, as a terminal understands them.
const END: char = '\u{4}';
const ERASE_LINE: char = '\u{15}';
const ERASE_WORD: char = '\u{17}';

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
        self.read(question, Echo::Shown)
    }

    /// Asks for a secret, which is not shown while it is typed.
    pub(crate) fn ask_secret(&self, question: &str) -> Result<String, PromptError> {
        self.read(question, Echo::Hidden)
    }

    /// Asks `question`, to be answered yes or no; anything else is a no.
    pub(crate) fn confirm(&self, question: &str) -> Result<bool, PromptError> {
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

    fn read(&self, question: &str, echo: Echo) -> Result<String, PromptError> {
        self.check_interactive()?;
        let mut screen = stderr();
        write!(screen, "{question}: ")?;
        screen.flush()?;
        let unechoed = Unechoed::new()?;
        let typed = read_keys(&Term::stderr(), question, echo);
        drop(unechoed);
        // The line ended on the terminal's side too, whichever way.
        writeln!(screen)?;
        typed
    }

    fn check_interactive(&self) -> Result<(), PromptError> {
        if self.is_interactive() {
            Ok(())
        } else {
            Err(PromptError::Nobody)
        }
    }
}

/// Whether what is typed may be seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Echo {
    Shown,
    Hidden,
}

/// What is typed until the line ends; keys that are no character have no meaning here.
fn read_keys(terminal: &Term, question: &str, echo: Echo) -> Result<String, PromptError> {
    let mut typed = String::new();
    loop {
        let kept = match terminal.read_key_raw()? {
            Key::Enter => return Ok(typed),
            Key::CtrlC | Key::Char(END) => return Err(PromptError::Cancelled),
            Key::Backspace => typed.char_indices().last().map_or(0, |(at, _)| at),
            Key::Char(ERASE_LINE) => 0,
            Key::Char(ERASE_WORD) => {
                let words = typed.trim_end();
                words.rfind(' ').map_or(0, |at| at + 1)
            }
            Key::Char(character) if !character.is_control() => {
                typed.push(character);
                if echo == Echo::Shown {
                    terminal.write_str(character.encode_utf8(&mut [0; 4]))?;
                }
                continue;
            }
            _ => continue,
        };
        typed.truncate(kept);
        if echo == Echo::Shown {
            // Drawn anew: how wide a character stands, only the terminal knows.
            terminal.clear_line()?;
            terminal.write_str(&format!("{question}: {typed}"))?;
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
