//! Mail that a class of the project sends.

use std::fmt;

use crate::mail::{EmailMessage, MailError};

/// Sends mail in the way of a project: a class that `[mail] backend` names.
pub trait MailClass: fmt::Debug + Send + Sync {
    /// Sends `message`, which has a sender and recipients that can be written to.
    fn send(&self, message: &EmailMessage) -> Result<(), MailError>;
}
