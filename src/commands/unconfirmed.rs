//! The answer of a command that deletes where nobody can say yes.

use crate::diagnostic::{Diagnostic, ExitCode};

/// Nobody was there to say yes to the deletion of what this names.
#[derive(Debug, thiserror::Error)]
#[error("this deletes {0}, and nobody is there to ask")]
pub(crate) struct Unconfirmed(pub(crate) String);

impl Diagnostic for Unconfirmed {
    fn code(&self) -> &'static str {
        "unconfirmed"
    }

    fn hints(&self) -> Vec<String> {
        vec!["add `--noinput` to delete them all the same".to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Refused
    }
}
