//! What a mail server, or the way to it, had against a message.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;

use lettre::transport::smtp::Error;

use crate::diagnostic::Diagnostic;
use crate::files::FileError;
use crate::settings::MailSettings;

/// How far it came.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    /// Nowhere yet.
    Connect,
    /// The server offers no encryption.
    NoStartTls,
    /// To the encryption.
    StartTls,
    /// The server offers no login that is known here.
    NoLogin,
    /// To the login with this account.
    LogIn(String),
    /// To the sender's address.
    Sender(String),
    /// To this recipient's address.
    Recipient(String),
    /// To the message.
    Content,
}

/// Why a mail server has not taken a message.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The server, or the network before it.
    #[error("{}", .0.message())]
    Server(Failure),
    /// A file of certificates could not be read.
    #[error(transparent)]
    File(FileError),
    /// A file of certificates holds none.
    #[error("`{}` holds no certificate or key that can be used", path.display())]
    Certificate {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: Error,
    },
}

/// A conversation that came to nothing.
#[derive(Debug)]
pub struct Failure {
    server: String,
    seconds: u64,
    step: Step,
    cause: Cause,
}

/// What broke it off.
#[derive(Debug)]
enum Cause {
    /// The server cannot do what is asked of it.
    Lacks,
    /// No answer in time.
    Silence,
    /// A certificate or a protocol that TLS does not accept.
    Tls(String),
    /// The network.
    Network(String),
    /// The server's answer.
    Answer(String),
}

impl SmtpError {
    pub(super) fn new(settings: &MailSettings, step: Step, error: &Error) -> Self {
        Self::failure(settings, step, cause(error))
    }

    pub(super) fn lacks(settings: &MailSettings, step: Step) -> Self {
        Self::failure(settings, step, Cause::Lacks)
    }

    fn failure(settings: &MailSettings, step: Step, cause: Cause) -> Self {
        Self::Server(Failure {
            server: format!("{}:{}", settings.host, settings.port),
            seconds: settings.timeout.as_secs(),
            step,
            cause,
        })
    }
}

fn cause(error: &Error) -> Cause {
    let mut inner = error.source();
    while let Some(source) = inner {
        if let Some(error) = source.downcast_ref::<io::Error>() {
            return match error.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Cause::Silence,
                // How rustls hands over what it refuses.
                io::ErrorKind::InvalidData => Cause::Tls(error.to_string()),
                _ => Cause::Network(error.to_string()),
            };
        }
        inner = source.source();
    }
    let text = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    match error.status() {
        Some(code) => Cause::Answer(format!("{code} {}", one_line(&text))),
        None if error.is_tls() => Cause::Tls(text),
        None => Cause::Network(one_line(&text)),
    }
}

/// A server's words without what a terminal would obey.
fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .take(300)
        .flat_map(char::escape_debug)
        .collect()
}

impl Failure {
    fn message(&self) -> String {
        let server = format!("mail server `{}`", self.server);
        match (&self.cause, &self.step) {
            (Cause::Lacks, Step::NoStartTls) => format!("{server} offers no encryption (STARTTLS)"),
            (Cause::Lacks, _) => format!("{server} offers no login that is known here"),
            (Cause::Silence, step) => {
                format!(
                    "{server} did not answer within {} s {}",
                    self.seconds,
                    step.place()
                )
            }
            (Cause::Tls(text), _) => format!("{server} cannot be trusted: {text}"),
            (Cause::Network(text), Step::Connect) => format!("cannot reach {server}: {text}"),
            (Cause::Network(text), step) => format!("lost {server} {}: {text}", step.place()),
            (Cause::Answer(text), Step::LogIn(user)) => {
                format!("{server} refuses the account `{user}`: {text}")
            }
            (Cause::Answer(text), Step::Sender(address)) => {
                format!("{server} refuses mail from `{address}`: {text}")
            }
            (Cause::Answer(text), Step::Recipient(address)) => {
                format!("{server} refuses mail to `{address}`: {text}")
            }
            (Cause::Answer(text), step) => format!("{server} refuses {}: {text}", step.place()),
        }
    }

    fn hint(&self) -> Option<&'static str> {
        Some(match (&self.cause, &self.step) {
            (Cause::Lacks, Step::NoStartTls) => {
                "with `use_ssl = true` instead of `use_tls`, TLS comes first (port 465)"
            }
            (Cause::Lacks, _) => {
                "most servers offer it once encrypted: set `use_tls` or `use_ssl` in `[mail]`"
            }
            (Cause::Silence, Step::Connect) => {
                "where TLS comes first (port 465), set `use_ssl = true`; `timeout` in `[mail]` is the time to wait"
            }
            (Cause::Silence, _) => "`timeout` in `[mail]` is the time to wait at each step",
            (Cause::Tls(_), _) => {
                "`ssl_cafile` in `[mail]` names the certificates of a server of your own; `host` must be the name in its certificate"
            }
            (Cause::Network(_), Step::Connect) => {
                "`host` and `port` in `[mail]` say where it is; `backend = \"console\"` prints mail instead"
            }
            (Cause::Answer(_), Step::LogIn(_)) => {
                "the account is `username` in `[mail]`, its password `DJR_MAIL__PASSWORD` in `.env`"
            }
            (Cause::Answer(_), Step::Sender(_)) => {
                "mail to users comes from `default_from` in `[mail]`, mail to admins from `server_email`"
            }
            _ => return None,
        })
    }
}

impl Step {
    fn place(&self) -> &'static str {
        match self {
            Self::Connect => "when greeted",
            Self::NoStartTls | Self::StartTls => "when asked to encrypt",
            Self::NoLogin | Self::LogIn(_) => "at the login",
            Self::Sender(_) => "at the sender's address",
            Self::Recipient(_) => "at a recipient's address",
            Self::Content => "the message",
        }
    }
}

impl Diagnostic for SmtpError {
    fn code(&self) -> &'static str {
        match self {
            Self::File(error) => error.code(),
            Self::Certificate { .. } => "bad-certificate-file",
            Self::Server(failure) => match (&failure.cause, &failure.step) {
                (Cause::Silence, _) => "mail-server-silent",
                (Cause::Tls(_), _) => "mail-server-untrusted",
                (Cause::Network(_), _) => "mail-server-unreachable",
                (Cause::Answer(_), Step::Recipient(_)) => "recipient-refused",
                (Cause::Answer(_), Step::LogIn(_)) => "mail-login-refused",
                _ => "mail-refused",
            },
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::File(error) => error.hints(),
            Self::Certificate { .. } => {
                vec!["it must be PEM: `-----BEGIN CERTIFICATE-----` and so on".to_owned()]
            }
            Self::Server(failure) => failure.hint().map(ToOwned::to_owned).into_iter().collect(),
        }
    }
}
