//! Why the form in a body cannot be read.

use std::io;

use crate::http::TooManyFields;

/// Why the form in a body cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum FormError {
    /// The header says neither what the body is nor what separates its parts.
    #[error("the `Content-Type` of the form cannot be read, or has no boundary")]
    ContentType,
    /// The header names another character set.
    #[error("the form is not in UTF-8 but in `{0}`")]
    NotUtf8(String),
    /// What is wrong with a body of several parts, by the number of the part, from 1 on.
    #[error("part {part} of the form {problem}")]
    Malformed {
        /// The part; 0 stands for what comes before the first.
        part: usize,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// More fields than the settings allow.
    #[error(transparent)]
    TooManyFields(#[from] TooManyFields),
    /// More files than the settings allow.
    #[error("the number of files exceeded {0}")]
    TooManyFiles(usize),
    /// More bytes in fields than the settings allow.
    #[error("the fields of the form are larger than {0} bytes")]
    FieldsTooLarge(usize),
    /// The disk does not take the files.
    #[error("the files of the form cannot be stored: {0}")]
    NotStored(io::ErrorKind),
}

impl From<io::Error> for FormError {
    fn from(error: io::Error) -> Self {
        Self::NotStored(error.kind())
    }
}
