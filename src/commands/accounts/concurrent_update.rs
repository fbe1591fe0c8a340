//! A user who was changed by another process while a command worked.

use crate::diagnostic::{Diagnostic, ExitCode};

/// Another process changed what a command was about to write.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConcurrentUpdate {
    /// The user of this name was changed at every attempt.
    #[error("`{0}` was changed by others again and again; nothing was changed")]
    EveryAttempt(String),
    /// Rows were written between the question and the answer.
    #[error("something was written meanwhile; nothing was deleted")]
    WhileAsking,
}

impl Diagnostic for ConcurrentUpdate {
    fn code(&self) -> &'static str {
        match self {
            Self::EveryAttempt(_) => self.exit_code().name(),
            Self::WhileAsking => "changed-meanwhile",
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::EveryAttempt(_) => Vec::new(),
            Self::WhileAsking => {
                vec!["run the command again, and look at what it deletes now".to_owned()]
            }
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::EveryAttempt(_) => ExitCode::Failed,
            Self::WhileAsking => ExitCode::Refused,
        }
    }
}
