//! Messages handed to a mail server (RFC 5321).
//!
//! 1. `connect`: TCP, TLS if it comes first, the greeting.
//! 2. STARTTLS, if asked for; a server without it gets nothing.
//! 3. AUTH, if there is an account.
//! 4. Sender, recipients, content. A refused recipient stops the whole message, so that it can be sent
//!    again without anybody getting it twice.

mod error;
mod tls;

use error::SmtpStep;
pub use error::{SmtpError, SmtpFailure};

use std::net::Ipv4Addr;
use std::sync::OnceLock;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;

use crate::mail::{SentMessage, host_name};
use crate::settings::MailSettings;

/// Kinds of AUTH, the preferred one first.
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// How long a server that has taken the message may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// A mail server, as `[mail]` names it.
pub(super) struct SmtpServer {
    settings: MailSettings,
    root: std::path::PathBuf,
    tls: OnceLock<TlsParameters>,
}

impl SmtpServer {
    /// The server of `settings`; certificates are files below `root`.
    pub(super) fn new(settings: &MailSettings, root: &std::path::Path) -> Self {
        Self {
            settings: settings.clone(),
            root: root.to_owned(),
            tls: OnceLock::new(),
        }
    }

    /// Hands over one message.
    pub(super) fn send(&self, message: &SentMessage) -> Result<(), SmtpError> {
        let mut connection = self.connect()?;
        let outcome = self.deliver(&mut connection, message);
        match outcome {
            // The message is accepted: whatever happens to the goodbye, it must not look unsent.
            Ok(()) => {
                connection.set_timeout(Some(GOODBYE)).ok();
                connection.quit().ok();
            }
            Err(_) => connection.abort(),
        }
        outcome
    }

    fn connect(&self) -> Result<SmtpConnection, SmtpError> {
        let hello = hello();
        let wrapped = self.settings.use_ssl.then(|| self.tls()).transpose()?;
        let mut connection = SmtpConnection::connect(
            (self.settings.host.as_str(), self.settings.port),
            Some(self.settings.timeout),
            &hello,
            wrapped,
            None,
        )
        .map_err(|error| self.failed(SmtpStep::Connect, &error))?;
        if self.settings.use_tls {
            if !connection.can_starttls() {
                return Err(self.refuses(SmtpStep::NoStartTls));
            }
            let encrypted = connection.starttls(self.tls()?, &hello);
            encrypted.map_err(|error| self.failed(SmtpStep::StartTls, &error))?;
        }
        self.log_in(&mut connection)?;
        Ok(connection)
    }

    /// What is needed for TLS: reading the system's certificates takes a while.
    fn tls(&self) -> Result<&TlsParameters, SmtpError> {
        if let Some(ready) = self.tls.get() {
            return Ok(ready);
        }
        let built = tls::parameters(&self.settings, &self.root)?;
        Ok(self.tls.get_or_init(|| built))
    }

    fn log_in(&self, connection: &mut SmtpConnection) -> Result<(), SmtpError> {
        let (username, password) = (&self.settings.username, self.settings.password.expose());
        if username.is_empty() || password.is_empty() {
            return Ok(());
        }
        if connection
            .server_info()
            .get_auth_mechanism(&MECHANISMS)
            .is_none()
        {
            return Err(self.refuses(SmtpStep::NoLogin));
        }
        let credentials = Credentials::new(username.clone(), password.to_owned());
        let answer = connection.auth(&MECHANISMS, &credentials);
        answer.map_err(|error| self.failed(SmtpStep::LogIn(username.clone()), &error))?;
        Ok(())
    }

    fn deliver(
        &self,
        connection: &mut SmtpConnection,
        message: &SentMessage,
    ) -> Result<(), SmtpError> {
        let from = MailFrom::new(Some((&message.from).into()), Vec::new());
        let step = |error: Error| self.failed(SmtpStep::Sender(message.from.to_string()), &error);
        connection.command(from).map_err(step)?;
        for recipient in &message.recipients {
            let step =
                |error: Error| self.failed(SmtpStep::Recipient(recipient.to_string()), &error);
            let recipient = Rcpt::new(recipient.into(), Vec::new());
            connection.command(recipient).map_err(step)?;
        }
        let step = |error: Error| self.failed(SmtpStep::Content, &error);
        connection.command(Data).map_err(step)?;
        // The end of the message brings the last line break itself.
        let text = message.text.strip_suffix('\n').unwrap_or(&message.text);
        let text = text.replace('\n', "\r\n");
        connection.message(text.as_bytes()).map_err(step)?;
        Ok(())
    }

    fn failed(&self, step: SmtpStep, error: &Error) -> SmtpError {
        SmtpError::new(&self.settings, step, error)
    }

    fn refuses(&self, step: SmtpStep) -> SmtpError {
        SmtpError::lacks(&self.settings, step)
    }
}

/// A full host name or, where this machine has none, an address (RFC 5321, 4.1.4).
fn hello() -> ClientId {
    let name = host_name();
    if name.contains('.') {
        return ClientId::Domain(name);
    }
    ClientId::Ipv4(Ipv4Addr::LOCALHOST)
}
