//! `[mail]`: how mail leaves, and whose it is.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Zone;
use crate::settings::hosts::server_mistake;
use crate::settings::reader::SettingsReader;
use crate::settings::sections::secret_key::SecretKey;

/// `[mail]`: how mail leaves, and whose it is.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// The way it leaves.
    pub backend: MailBackend,
    /// The dotted name of the class that sends it, where it is one of the project.
    pub class: Option<String>,
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The account there; empty logs in nowhere.
    pub username: String,
    /// Its password.
    pub password: SecretKey,
    /// STARTTLS.
    pub use_tls: bool,
    /// TLS from the first byte on.
    pub use_ssl: bool,
    /// How long each step may take.
    pub timeout: Duration,
    /// A certificate to show.
    pub ssl_certfile: Option<PathBuf>,
    /// Its private key.
    pub ssl_keyfile: Option<PathBuf>,
    /// Certificates to trust instead of the public ones.
    pub ssl_cafile: Option<PathBuf>,
    /// Where the file backend puts messages.
    pub file_path: PathBuf,
    /// Who mail to users comes from.
    pub default_from: String,
    /// Who mail to admins and managers comes from.
    pub server_email: String,
    /// What the subject of mail to admins and managers begins with.
    pub subject_prefix: String,
    /// Who keeps the site running.
    pub admins: Vec<String>,
    /// Who keeps its content in order.
    pub managers: Vec<String>,
    /// The zone mail is dated in; `None` is UTC.
    pub zone: Option<Zone>,
}

/// The ways mail leaves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MailBackend {
    /// To a mail server.
    Smtp,
    /// To standard output.
    Console,
    /// Into a directory.
    File,
    /// Nowhere, but kept for who asks.
    Memory,
    /// Nowhere.
    Dummy,
    /// By a class of the project.
    Class,
}

impl MailBackend {
    /// The one of this name in `djr.toml`.
    pub fn named(name: &str) -> Option<Self> {
        MAIL_BACKENDS.into_iter().find(|known| known.name() == name)
    }

    /// Its name in `djr.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Console => "console",
            Self::File => "file",
            Self::Memory => "memory",
            Self::Dummy => "dummy",
            Self::Class => "class",
        }
    }
}

const MAIL_BACKENDS: [MailBackend; 5] = [
    MailBackend::Smtp,
    MailBackend::Console,
    MailBackend::File,
    MailBackend::Memory,
    MailBackend::Dummy,
];

pub(in crate::settings) fn mail(reader: &SettingsReader<'_>, zone: &Zone) -> MailSettings {
    let path = |key: &str| reader.nonempty(&format!("mail.{key}")).map(PathBuf::from);
    let backends = MAIL_BACKENDS.map(|backend| (backend.name(), backend));
    let class = reader.own_name("mail.backend");
    let mail = MailSettings {
        backend: match class {
            Some(_) => MailBackend::Class,
            None => reader.choice("mail.backend", &backends, MailBackend::Smtp),
        },
        class,
        host: reader.get("mail.host"),
        port: reader.get("mail.port"),
        username: reader.get("mail.username"),
        password: SecretKey::new(reader.get::<String>("mail.password")),
        use_tls: reader.get("mail.use_tls"),
        use_ssl: reader.get("mail.use_ssl"),
        timeout: reader.seconds("mail.timeout"),
        ssl_certfile: path("ssl_certfile"),
        ssl_keyfile: path("ssl_keyfile"),
        ssl_cafile: path("ssl_cafile"),
        file_path: reader.file_path("mail.file_path"),
        default_from: reader.get("mail.default_from"),
        server_email: reader.get("mail.server_email"),
        subject_prefix: reader.get("mail.subject_prefix"),
        admins: reader.get("mail.admins"),
        managers: reader.get("mail.managers"),
        zone: reader
            .get::<bool>("mail.use_localtime")
            .then(|| zone.clone()),
    };
    let message = "`mail.use_tls` and `mail.use_ssl` exclude each other: the first is STARTTLS";
    reader.check("mail.use_ssl", !(mail.use_tls && mail.use_ssl), message);
    reader.check_with("mail.host", &mail.host, server_mistake);
    mail
}
