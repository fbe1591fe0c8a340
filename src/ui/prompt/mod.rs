//! Questions to the person at the terminal.
//!
//! 1. [`session::PromptSession`] saves the terminal's modes and puts a pseudo-terminal in its place.
//! 2. `dialoguer` asks, edits the line and draws, reading from the pseudo-terminal.
//! 3. The session ends: whatever happened, the terminal is as it was.

mod error;
mod keyboard;
mod kind;
mod line_editing;
mod session;
mod signals;
mod terminal_modes;
mod theme;

pub(crate) use error::PromptError;

use std::io::Write as _;

use anstream::stderr;
use console::Term;
use dialoguer::{Input, Password, Select};

use crate::ui::Ui;
use crate::ui::prompt::kind::PromptKind;
use crate::ui::prompt::session::PromptSession;
use crate::ui::prompt::theme::PromptTheme;
use crate::ui::report::error_line;

/// Questions; without a person to ask, each fails.
impl Ui {
    /// Asks `question`, a `:` is put behind it; returns what was typed, which may be nothing.
    pub(crate) fn ask(&self, question: &str) -> Result<String, PromptError> {
        let input = Input::with_theme(&PromptTheme).with_prompt(question);
        let input = input.allow_empty(true);
        self.prompt(PromptKind::Line, |term| input.interact_text_on(term))
    }

    /// Asks for a secret, which is not shown while it is typed.
    pub(crate) fn ask_secret(&self, question: &str) -> Result<String, PromptError> {
        let password = Password::with_theme(&PromptTheme).with_prompt(question);
        let password = password.allow_empty_password(true);
        self.prompt(PromptKind::Secret, |term| password.interact_on(term))
    }

    /// Asks `question` until it is answered yes or no; without an answer it is a no.
    ///
    /// `dialoguer` takes any other word for a no, or for a yes if there is a `y` in it.
    pub(crate) fn confirm(&self, question: &str) -> Result<bool, PromptError> {
        loop {
            let answer = self.ask(&format!("{question} [y/N]"))?;
            match answer.trim().to_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "n" | "no" | "" => return Ok(false),
                _ => self.reject_answer(format_args!("`{answer}` is neither `yes` nor `no`")),
            }
        }
    }

    /// Lets a person choose one of `items`; returns its index.
    pub(crate) fn select(&self, question: &str, items: &[String]) -> Result<usize, PromptError> {
        let select = Select::with_theme(&PromptTheme).with_prompt(question);
        let select = select.items(items).default(0).report(true);
        self.prompt(PromptKind::Choice, |term| select.interact_on(term))
    }

    /// Shows `secret` to the person at the terminal, whatever the verbosity: it is shown only once.
    pub(crate) fn show_secret(&self, secret: impl std::fmt::Display) {
        if self.is_interactive() {
            writeln!(stderr(), "{secret}").ok();
        }
    }

    /// Prints what is wrong with an answer, before the question is asked again.
    pub(crate) fn reject_answer(&self, message: impl std::fmt::Display) {
        if self.is_interactive() {
            writeln!(stderr(), "{}", error_line(&message)).ok();
        }
    }

    fn prompt<T>(
        &self,
        kind: PromptKind,
        ask: impl FnOnce(&Term) -> dialoguer::Result<T>,
    ) -> Result<T, PromptError> {
        if !self.is_interactive() {
            return Err(PromptError::NoTerminal);
        }
        let session = PromptSession::start(kind)?;
        let answer = ask(&Term::stderr());
        let cancelled = session.finish();
        if cancelled || answer.is_err() {
            // The line of the question ends, since the cursor still stands in it.
            writeln!(stderr()).ok();
        }
        match answer {
            _ if cancelled => Err(PromptError::Cancelled),
            Ok(answer) => Ok(answer),
            Err(dialoguer::Error::IO(error)) => Err(error.into()),
        }
    }
}
