//! Why a message was not sent.

use std::io;

use crate::diagnostic::Diagnostic;
use crate::files::FileError;
use crate::mail::SmtpError;

/// Why a message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Somebody tries to add headers, or forgot to trim a line.
    #[error("header `{name}` must not hold a line break (it is {value:?})")]
    LineBreak {
        /// The header.
        name: String,
        /// What it was to hold.
        value: String,
    },
    /// A header of the caller's own has no name that mail knows.
    #[error("`{0}` is not a header name: printable ASCII without spaces and colons")]
    HeaderName(String),
    /// A file that comes with it has no type that mail knows.
    #[error("`{0}` is not a type of a file, such as `application/pdf`")]
    ContentType(String),
    /// The parts do not make a message.
    #[error("cannot put the message together")]
    Incomplete(#[from] lettre::error::Error),
    /// Nothing can be sent there.
    #[error("`{text}` is not a mail address: {reason}")]
    Address {
        /// What was given.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The message could not be kept in a file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The mail server has not taken it.
    #[error(transparent)]
    Smtp(#[from] SmtpError),
    /// A class of the project does not do its part.
    #[error("the class `{class}` has not sent the message: {message}")]
    Class {
        /// Its dotted name.
        class: String,
        /// What it raised, and where.
        message: String,
    },
    /// The message could not be shown.
    #[error("cannot print the message")]
    Console(#[source] io::Error),
}

impl Diagnostic for MailError {
    fn code(&self) -> &'static str {
        match self {
            Self::LineBreak { .. } | Self::HeaderName(_) | Self::ContentType(_) => "bad-header",
            Self::Address { .. } => "bad-address",
            Self::File(error) => error.code(),
            Self::Smtp(error) => error.code(),
            Self::Incomplete(_) | Self::Class { .. } | Self::Console(_) => "mail-not-sent",
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Address { .. } => {
                vec![
                    "an address is written like `ada@example.com` or `Ada <ada@example.com>`"
                        .to_owned(),
                ]
            }
            Self::File(error) => error.hints(),
            Self::Smtp(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}
