//! Mail: messages, and the ways they leave.
//!
//! 1. [`Message`] is put together by whoever has something to say.
//! 2. `address` and `mime` judge it and make text of it; a line break in a header or an address that
//!    is none is an error, so that nobody adds headers of their own.
//! 3. [`Mailer`] hands them to the backend of `[mail]`.

mod address;
mod error;
mod file;
mod host;
mod mailer;
mod message;
mod mime;
mod smtp;

pub use address::{Address, Mailbox};
pub use error::MailError;
pub use host::name as host_name;
pub use mailer::{Group, Mailer, Sent};
pub use message::{Attachment, Message};
pub use smtp::{Failure, SmtpError};

#[cfg(test)]
mod tests;
