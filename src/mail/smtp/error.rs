//! What a mail server, or the way to it, had against a message.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;

use lettre::transport::smtp::Error;

use crate::diagnostic::Diagnostic;
use crate::files::FileError;
use crate::settings::MailSettings;
use crate::text;

/// How far it came.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum SmtpStep {
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
    SmtpServer(SmtpFailure),
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
pub struct SmtpFailure {
    server: String,
    seconds: u64,
    step: SmtpStep,
    cause: SmtpFailureCause,
}

/// What broke it off.
#[derive(Debug)]
enum SmtpFailureCause {
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
    pub(super) fn new(settings: &MailSettings, step: SmtpStep, error: &Error) -> Self {
        Self::failure(settings, step, cause(error))
    }

    pub(super) fn lacks(settings: &MailSettings, step: SmtpStep) -> Self {
        Self::failure(settings, step, SmtpFailureCause::Lacks)
    }

    fn failure(settings: &MailSettings, step: SmtpStep, cause: SmtpFailureCause) -> Self {
        Self::SmtpServer(SmtpFailure {
            server: format!("{}:{}", settings.host, settings.port),
            seconds: settings.timeout.as_secs(),
            step,
            cause,
        })
    }
}

fn cause(error: &Error) -> SmtpFailureCause {
    let mut inner = error.source();
    while let Some(source) = inner {
        if let Some(error) = source.downcast_ref::<io::Error>() {
            return match error.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => SmtpFailureCause::Silence,
                // How rustls hands over what it refuses.
                io::ErrorKind::InvalidData => SmtpFailureCause::Tls(error.to_string()),
                _ => SmtpFailureCause::Network(error.to_string()),
            };
        }
        inner = source.source();
    }
    let text = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    match error.status() {
        Some(code) => SmtpFailureCause::Answer(format!("{code} {}", one_line(&text))),
        None if error.is_tls() => SmtpFailureCause::Tls(text),
        None => SmtpFailureCause::Network(one_line(&text)),
    }
}

/// A server's words without what a terminal would obey.
fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(300).collect();
    text::escape_control(&line)
}

impl SmtpFailure {
    fn message(&self) -> String {
        let server = format!("mail server `{}`", self.server);
        match (&self.cause, &self.step) {
            (SmtpFailureCause::Lacks, SmtpStep::NoStartTls) => {
                format!("{server} offers no encryption (STARTTLS)")
            }
            (SmtpFailureCause::Lacks, _) => format!("{server} offers no login that is known here"),
            (SmtpFailureCause::Silence, step) => {
                format!(
                    "{server} did not answer within {} s {}",
                    self.seconds,
                    step.place()
                )
            }
            (SmtpFailureCause::Tls(text), _) => format!("{server} cannot be trusted: {text}"),
            (SmtpFailureCause::Network(text), SmtpStep::Connect) => {
                format!("cannot reach {server}: {text}")
            }
            (SmtpFailureCause::Network(text), step) => {
                format!("lost {server} {}: {text}", step.place())
            }
            (SmtpFailureCause::Answer(text), SmtpStep::LogIn(user)) => {
                format!("{server} refuses the account `{user}`: {text}")
            }
            (SmtpFailureCause::Answer(text), SmtpStep::Sender(address)) => {
                format!("{server} refuses mail from `{address}`: {text}")
            }
            (SmtpFailureCause::Answer(text), SmtpStep::Recipient(address)) => {
                format!("{server} refuses mail to `{address}`: {text}")
            }
            (SmtpFailureCause::Answer(text), step) => {
                format!("{server} refuses {}: {text}", step.place())
            }
        }
    }

    fn hint(&self) -> Option<&'static str> {
        Some(match (&self.cause, &self.step) {
            (SmtpFailureCause::Lacks, SmtpStep::NoStartTls) => {
                "with `use_ssl = true` instead of `use_tls`, TLS comes first (port 465)"
            }
            (SmtpFailureCause::Lacks, _) => {
                "most servers offer it once encrypted: set `use_tls` or `use_ssl` in `[mail]`"
            }
            (SmtpFailureCause::Silence, SmtpStep::Connect) => {
                "where TLS comes first (port 465), set `use_ssl = true`; `timeout` in `[mail]` is the time to wait"
            }
            (SmtpFailureCause::Silence, _) => {
                "`timeout` in `[mail]` is the time to wait at each step"
            }
            (SmtpFailureCause::Tls(_), _) => {
                "`ssl_cafile` in `[mail]` names the certificates of a server of your own; `host` must be the name in its certificate"
            }
            (SmtpFailureCause::Network(_), SmtpStep::Connect) => {
                "`host` and `port` in `[mail]` say where it is; `backend = \"console\"` prints mail instead"
            }
            (SmtpFailureCause::Answer(_), SmtpStep::LogIn(_)) => {
                "the account is `username` in `[mail]`, its password `DJR_MAIL__PASSWORD` in `.env`"
            }
            (SmtpFailureCause::Answer(_), SmtpStep::Sender(_)) => {
                "mail to users comes from `default_from` in `[mail]`, mail to admins from `server_email`"
            }
            _ => return None,
        })
    }
}

impl SmtpStep {
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
            Self::SmtpServer(failure) => match (&failure.cause, &failure.step) {
                (SmtpFailureCause::Silence, _) => "mail-server-silent",
                (SmtpFailureCause::Tls(_), _) => "mail-server-untrusted",
                (SmtpFailureCause::Network(_), _) => "mail-server-unreachable",
                (SmtpFailureCause::Answer(_), SmtpStep::Recipient(_)) => "recipient-refused",
                (SmtpFailureCause::Answer(_), SmtpStep::LogIn(_)) => "mail-login-refused",
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
            Self::SmtpServer(failure) => {
                failure.hint().map(ToOwned::to_owned).into_iter().collect()
            }
        }
    }
}
