//! Why a stream is not JSON.

use std::io;

/// Why a stream is not JSON.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// The stream could not be read.
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    /// What is read is in UTF-16, as PowerShell writes it.
    #[error("this is UTF-16, not UTF-8")]
    Utf16,
    /// What is read is not JSON.
    #[error("line {line}: {message}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The character of the line, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
}
