//! The answer of a person to what cannot be taken back, and what stands for it where nobody is there.

use crate::commands::CommandError;
use crate::commands::options::NoInputArgs;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::ui::Ui;

/// Nobody was there to say yes to what this names, such as `deletes 3 users`.
#[derive(Debug, thiserror::Error)]
#[error("this {0}, and nobody is there to ask")]
pub(crate) struct Unconfirmed(pub(crate) String);

impl Diagnostic for Unconfirmed {
    fn code(&self) -> &'static str {
        "unconfirmed"
    }

    fn hints(&self) -> Vec<String> {
        vec!["add `--noinput` to do it all the same".to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Refused
    }
}

/// Whether a person agrees to what `does` names; `--noinput` agrees, and where nobody is, that is the error.
pub(crate) fn confirm_destructive(
    ui: &Ui,
    input: &NoInputArgs,
    consequence: &str,
    question: &str,
) -> Result<bool, CommandError> {
    if input.noinput {
        return Ok(true);
    }
    if !ui.is_interactive() {
        return Err(Unconfirmed(consequence.to_owned()).into());
    }
    ui.status(format!("this {consequence}"));
    let yes = ui.confirm(question)?;
    if !yes {
        ui.status("nothing was changed");
    }
    Ok(yes)
}
