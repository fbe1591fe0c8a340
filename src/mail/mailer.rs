//! Sends messages with the backend of `[mail]`.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock;
use crate::mail::smtp::SmtpServer;
use crate::mail::{
    EmailMessage, MailClass, MailError, Mailbox, SentMessage, console_backend, file_backend, mime,
};
use crate::settings::{MailBackend, MailSettings};

/// People of `[mail]` that a project writes to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MailGroup {
    /// `admins`: who keeps the site running.
    Admins,
    /// `managers`: who keeps its content in order.
    Managers,
}

impl MailGroup {
    /// Its addresses.
    pub fn people(self, settings: &MailSettings) -> &[String] {
        match self {
            Self::Admins => &settings.admins,
            Self::Managers => &settings.managers,
        }
    }
}

/// Sends messages as `[mail]` says; its clones share what was sent.
#[derive(Clone, Debug)]
pub struct Mailer {
    settings: Arc<MailSettings>,
    backend: Backend,
}

#[derive(Clone)]
enum Backend {
    Console(Arc<Mutex<dyn Write + Send>>),
    File(Arc<Path>),
    Memory(Arc<Mutex<Vec<KeptMessage>>>),
    Smtp(Arc<SmtpServer>),
    /// None where nothing runs Python.
    Class(Option<Arc<dyn MailClass>>),
    Dummy,
}

/// A message that stays in memory.
#[derive(Clone)]
struct KeptMessage {
    sent: SentMessage,
    /// What was to be sent.
    message: EmailMessage,
}

impl fmt::Debug for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Console(_) => "Console",
            Self::File(_) => "File",
            Self::Memory(_) => "Memory",
            Self::Smtp(_) => "Smtp",
            Self::Class(_) => "Class",
            Self::Dummy => "Dummy",
        })
    }
}

impl Mailer {
    /// The way that `settings` of the project at `root` names; the console is standard output.
    pub fn new(settings: &MailSettings, root: &Path) -> Self {
        let backend = match settings.backend {
            MailBackend::Console => Backend::Console(Arc::new(Mutex::new(io::stdout()))),
            MailBackend::File => Backend::File(root.join(&settings.file_path).into()),
            MailBackend::Memory => Backend::Memory(Arc::default()),
            MailBackend::Smtp => Backend::Smtp(Arc::new(SmtpServer::new(settings, root))),
            MailBackend::Class => Backend::Class(None),
            MailBackend::Dummy => Backend::Dummy,
        };
        Self {
            settings: Arc::new(settings.clone()),
            backend,
        }
    }

    /// The same with `class`, where messages are sent by a class of the project.
    #[must_use]
    pub fn with_class(mut self, class: Option<Arc<dyn MailClass>>) -> Self {
        if matches!(self.backend, Backend::Class(_)) {
            self.backend = Backend::Class(class);
        }
        self
    }

    /// The same with `writer` in place of standard output, where messages go to the console.
    #[must_use]
    pub fn with_console(mut self, writer: impl Write + Send + 'static) -> Self {
        if matches!(self.backend, Backend::Console(_)) {
            self.backend = Backend::Console(Arc::new(Mutex::new(writer)));
        }
        self
    }

    /// Sends `message`; one to nobody is not sent, as in Django.
    pub fn send(&self, message: &EmailMessage) -> Result<(), MailError> {
        if message.recipients().next().is_none() {
            return Ok(());
        }
        let sent = self.prepare(message)?;
        match &self.backend {
            Backend::Console(writer) => {
                let from = message.from.as_ref().unwrap_or(&self.settings.default_from);
                console_backend::print_message(&mut *lock(writer), message, from)
            }
            Backend::File(directory) => file_backend::write_message(directory, &sent.text),
            Backend::Memory(outbox) => {
                let mut message = message.clone();
                let default_from = || self.settings.default_from.clone();
                message.from.get_or_insert_with(default_from);
                lock(outbox).push(KeptMessage { sent, message });
                Ok(())
            }
            Backend::Smtp(server) => Ok(server.send(&sent)?),
            Backend::Class(class) => self.send_by(class.as_deref(), message),
            Backend::Dummy => Ok(()),
        }
    }

    fn send_by(
        &self,
        class: Option<&dyn MailClass>,
        message: &EmailMessage,
    ) -> Result<(), MailError> {
        let class = class.ok_or_else(|| MailError::Class {
            class: self.settings.class.clone().unwrap_or_default(),
            message: "nothing here runs Python".to_owned(),
        })?;
        let mut message = message.clone();
        message
            .from
            .get_or_insert_with(|| self.settings.default_from.clone());
        class.send(&message)
    }

    /// Sends `message` to all of `group` from `[mail] server_email`, with `subject_prefix` before its subject.
    pub fn send_to(&self, group: MailGroup, message: &EmailMessage) -> Result<(), MailError> {
        let mut message = message.clone();
        message.subject = format!("{}{}", self.settings.subject_prefix, message.subject);
        message.from = Some(self.settings.server_email.clone());
        message.to = self.people(group).to_vec();
        self.send(&message)
    }

    /// The addresses of `group`.
    pub fn people(&self, group: MailGroup) -> &[String] {
        group.people(&self.settings)
    }

    /// What the backend `memory` was given, oldest first; nothing with other backends.
    pub fn outbox(&self) -> Vec<SentMessage> {
        match &self.backend {
            Backend::Memory(outbox) => lock(outbox).iter().map(|kept| kept.sent.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Takes the messages that the backend `memory` was given, oldest first; nothing with other backends.
    pub fn take_messages(&self) -> Vec<EmailMessage> {
        let Backend::Memory(outbox) = &self.backend else {
            return Vec::new();
        };
        let kept = std::mem::take(&mut *lock(outbox)).into_iter();
        kept.map(|kept| kept.message).collect()
    }

    fn prepare(&self, message: &EmailMessage) -> Result<SentMessage, MailError> {
        let from = message.from.as_ref().unwrap_or(&self.settings.default_from);
        let from: Mailbox = from.parse()?;
        let recipients: Result<Vec<_>, MailError> = message
            .recipients()
            .map(|text| Ok(text.parse::<Mailbox>()?.address))
            .collect();
        let recipients = recipients?;
        let metadata = mime::MessageMetadata {
            from: &from,
            recipients: &recipients,
            now: clock::now(),
            zone: self.settings.zone.as_ref(),
            seven_bit: matches!(self.backend, Backend::Smtp(_)),
        };
        Ok(SentMessage {
            text: mime::write(message, &metadata)?,
            recipients,
            from: from.address,
        })
    }
}

/// Another thread's panic leaves a list and a writer as good as they were.
fn lock<T: ?Sized>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    use super::{MailGroup, Mailer};
    use crate::mail::EmailMessage;
    use crate::settings::Settings;

    fn mailer(toml: &str) -> Mailer {
        let settings = Settings::parse(&format!("[mail]\n{toml}")).unwrap();
        Mailer::new(&settings.mail, Path::new("/nowhere"))
    }

    #[test]
    fn everyone_gets_it_and_nobody_sees_the_hidden_copies() {
        let mailer = mailer("backend = 'memory'\ndefault_from = 'Site <site@x.org>'");
        let message = EmailMessage::new("Hi", "there")
            .to("Ada <a@x.org>")
            .cc("c@x.org");
        mailer.send(&message.bcc("b@x.org")).unwrap();
        let [sent] = &mailer.outbox()[..] else {
            panic!("{:?}", mailer.outbox());
        };
        let recipients: Vec<_> = sent.recipients.iter().map(ToString::to_string).collect();
        assert_eq!(recipients, ["a@x.org", "c@x.org", "b@x.org"]);
        assert_eq!(sent.from.to_string(), "site@x.org");
        for line in [
            "From: Site <site@x.org>",
            "To: Ada <a@x.org>",
            "Cc: c@x.org",
        ] {
            assert!(
                sent.text.lines().any(|found| found == line),
                "{}",
                sent.text
            );
        }
        assert!(!sent.text.contains("b@x.org"), "{}", sent.text);
    }

    #[test]
    fn nobody_can_add_headers_or_recipients() {
        let mailer = mailer("backend = 'memory'");
        let good = || EmailMessage::new("Hi", "there").to("a@x.org");
        let bad = "x\nBcc: spam@x.org";
        for message in [
            EmailMessage::new(bad, "there").to("a@x.org"),
            good().to("a@x.org\nBcc: spam@x.org"),
            good().to("a@x.org, spam@x.org"),
            good().from(format!("{bad} <b@x.org>")),
            good().reply_to(bad),
            good().bcc(bad),
            good().header("X-Tag", bad),
            good().header(bad, "x"),
            good().header("Bcc", "spam@x.org"),
            good().header("To", "spam@x.org"),
        ] {
            mailer.send(&message).unwrap_err();
        }
        assert!(mailer.outbox().is_empty());
    }

    #[test]
    fn files_are_one_message_each_and_private() {
        let root = tempfile::tempdir().unwrap();
        let settings = Settings::parse("[mail]\nbackend = 'file'\nfile_path = 'out/mail'").unwrap();
        let mailer = Mailer::new(&settings.mail, root.path());
        for subject in ["One", "Two"] {
            mailer
                .send(&EmailMessage::new(subject, "text").to("a@x.org"))
                .unwrap();
        }
        let mut subjects = Vec::new();
        for entry in fs::read_dir(root.path().join("out/mail")).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(
                entry.metadata().unwrap().permissions().mode() & 0o777,
                0o600
            );
            let text = fs::read_to_string(entry.path()).unwrap();
            let subject = text.lines().find(|line| line.starts_with("Subject: "));
            subjects.push(subject.unwrap().to_owned());
        }
        subjects.sort();
        assert_eq!(subjects, ["Subject: One", "Subject: Two"]);
    }

    #[test]
    fn admins_get_theirs_from_the_server() {
        let mailer = mailer(
            "backend = 'memory'\nadmins = ['Ada <a@x.org>']\nserver_email = 's@x.org'\nsubject_prefix = '[blog] '",
        );
        let message = EmailMessage::new("Down", "text");
        mailer.send_to(MailGroup::Admins, &message).unwrap();
        mailer.send_to(MailGroup::Managers, &message).unwrap();
        let outbox = mailer.outbox();
        assert_eq!(outbox.len(), 1);
        for line in ["Subject: [blog] Down", "From: s@x.org", "To: Ada <a@x.org>"] {
            assert!(outbox[0].text.lines().any(|found| found == line));
        }
    }
}
