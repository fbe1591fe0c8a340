//! A message as it was sent.

use crate::mail::Address;

/// A message as it was sent: what the backend gets, and what tests read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SentMessage {
    /// The address that servers report failures to.
    pub from: Address,
    /// Everyone it went to.
    pub recipients: Vec<Address>,
    /// The message with its headers, `\n` at the ends of lines.
    pub text: String,
}
