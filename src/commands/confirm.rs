//! The one way to confirm what a command is about to do: "no", and nobody to ask, end it with exit code 3.

use crate::commands::CommandError;
use crate::commands::options::NoInputArgs;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::ui::Ui;

/// Why a command did not go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unconfirmed {
    /// Nobody is there to confirm what this names, such as `deletes 3 users`.
    #[error("this {0}, and nobody is there to ask")]
    NoTerminal(String),
    /// A person said no.
    #[error("not confirmed; nothing was changed")]
    Declined,
}

impl Diagnostic for Unconfirmed {
    fn code(&self) -> &'static str {
        match self {
            Self::NoTerminal(_) => "unconfirmed",
            Self::Declined => "declined",
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoTerminal(_) => vec!["add `--noinput` to do it all the same".to_owned()],
            Self::Declined => Vec::new(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Refused
    }
}

/// Goes on where a person confirms, or `--noinput` does; `consequence` is what cannot be undone.
pub(crate) fn confirm_destructive(
    ui: &Ui,
    input: &NoInputArgs,
    consequence: &str,
    question: &str,
) -> Result<(), CommandError> {
    if input.noinput {
        return Ok(());
    }
    if !ui.is_interactive() {
        return Err(Unconfirmed::NoTerminal(consequence.to_owned()).into());
    }
    ui.status(format!("this {consequence}"));
    confirm_or(ui, question, Unconfirmed::Declined)
}

/// Goes on where a person confirms; otherwise fails with `refusal`, where nobody is there too.
pub(crate) fn confirm_or(
    ui: &Ui,
    question: &str,
    refusal: impl Into<CommandError>,
) -> Result<(), CommandError> {
    if ui.is_interactive() && ui.confirm(question)? {
        Ok(())
    } else {
        Err(refusal.into())
    }
}
