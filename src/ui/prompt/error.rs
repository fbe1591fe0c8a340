//! Why a question has no answer.

use std::io;

use crate::diagnostic::{Diagnostic, ExitCode};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PromptError {
    /// Ctrl-C, or the end of the input.
    #[error("cancelled; nothing was changed")]
    Cancelled,
    /// Nobody sits at a terminal.
    #[error("there is no terminal to ask on")]
    NoTerminal,
    /// The terminal cannot be read or changed.
    #[error("cannot read from the terminal")]
    Terminal(#[from] io::Error),
}

impl Diagnostic for PromptError {
    fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::NoTerminal => "missing-input",
            Self::Terminal(_) => "terminal",
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Cancelled => ExitCode::Interrupted,
            Self::NoTerminal | Self::Terminal(_) => ExitCode::Failed,
        }
    }
}
