//! Mail: messages, and the backends that send them.
//!
//! 1. [`EmailMessage`] is put together by whoever has something to say.
//! 2. `address` and `mime` validate it and make text of it; a line break in a header or an invalid address
//!    is an error, so that nobody adds headers of their own.
//! 3. [`Mailer`] hands them to the backend of `[mail]`.

mod address;
mod console_backend;
mod error;
mod file_backend;
mod host_name;
mod mail_class;
mod mailer;
mod message;
mod mime;
mod sent_message;
mod smtp;

pub use address::{Address, Mailbox};
pub use error::MailError;
pub use host_name::host_name;
pub use mail_class::MailClass;
pub use mailer::{MailGroup, Mailer};
pub use message::{Alternative, Attachment, EmailMessage};
pub use sent_message::SentMessage;
pub use smtp::{SmtpError, SmtpFailure};

#[cfg(test)]
mod tests;
