//! `djr sendtestemail`: sends a message, so that one sees whether mail arrives.

use std::fmt;
use std::io;

use clap::Args;
use serde::Serialize;

use crate::clock;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::Diagnostic;
use crate::mail::{self, EmailMessage, MailGroup};
use crate::settings::{MailBackend, MailSettings};
use crate::text;
use crate::ui::Ui;

/// Send a test message, to see whether mail arrives
///
/// It goes the way of every other message: as `[mail]` in the settings says.
#[derive(Args, Debug)]
pub(crate) struct SendTestEmailArgs {
    /// Addresses to write to
    #[arg(value_name = "EMAIL", required_unless_present_any = ["managers", "admins"])]
    emails: Vec<String>,
    /// Write to everyone in `[mail] managers`
    #[arg(long)]
    managers: bool,
    /// Write to everyone in `[mail] admins`
    #[arg(long)]
    admins: bool,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &SendTestEmailArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let mailer = project.mailer()?;
    let mailer = if ui.is_json() {
        // Standard output belongs to the one document.
        mailer.with_console(io::stderr())
    } else {
        mailer
    };
    let groups = [
        (args.managers, MailGroup::Managers, "managers"),
        (args.admins, MailGroup::Admins, "admins"),
    ];
    let groups: Vec<_> = groups.into_iter().filter(|(asked, ..)| *asked).collect();
    for (_, group, name) in &groups {
        if mailer.people(*group).is_empty() {
            return Err(NoRecipients(name).into());
        }
    }
    let mut sent = SendTestEmailOutcome::new(&project.settings.mail);
    let subject = subject();
    if !args.emails.is_empty() {
        let message = EmailMessage::new(&subject, "If you're reading this, it was successful.\n");
        let message = args.emails.iter().fold(message, EmailMessage::to);
        mailer.send(&message)?;
        sent.recipients.extend(args.emails.iter().cloned());
    }
    for (_, group, name) in groups {
        let message = EmailMessage::new(
            &subject,
            format!("This email was sent to the site {name}.\n"),
        );
        mailer.send_to(group, &message)?;
        sent.recipients.extend(mailer.people(group).iter().cloned());
    }
    Ok(ui.result(&sent)?)
}

fn subject() -> String {
    let (host, now) = (mail::host_name(), clock::now().to_sql());
    format!("Test email from {host} on {now}+00:00")
}

/// Who was written to, and how.
#[derive(Debug, Serialize)]
struct SendTestEmailOutcome {
    backend: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    recipients: Vec<String>,
}

impl SendTestEmailOutcome {
    fn new(settings: &MailSettings) -> Self {
        Self {
            backend: match &settings.class {
                Some(class) => class.clone(),
                None => settings.backend.name().to_owned(),
            },
            place: match settings.backend {
                MailBackend::Smtp => Some(format!("{}:{}", settings.host, settings.port)),
                MailBackend::File => Some(settings.file_path.display().to_string()),
                _ => None,
            },
            recipients: Vec::new(),
        }
    }
}

impl fmt::Display for SendTestEmailOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recipients = text::quoted(self.recipients.iter().map(String::as_str));
        let place = self.place.as_deref().unwrap_or_default();
        match self.backend.as_str() {
            "smtp" => write!(f, "sent to {recipients} through `{place}`"),
            "file" => write!(
                f,
                "kept in `{place}`, not sent: the message to {recipients}"
            ),
            // What was printed is what was asked for.
            "console" => Ok(()),
            class if class.contains('.') => {
                write!(f, "handed to `{class}`: the message to {recipients}")
            }
            backend => write!(f, "not sent: the backend is `{backend}`"),
        }
    }
}

/// A group that was asked for has no members.
#[derive(Debug, thiserror::Error)]
#[error("nobody is listed in `[mail] {0}`")]
struct NoRecipients(&'static str);

impl Diagnostic for NoRecipients {
    fn code(&self) -> &'static str {
        "no-recipients"
    }

    fn hints(&self) -> Vec<String> {
        vec![format!(
            "set `{} = [\"Ada <ada@example.com>\"]` in `djr.toml`",
            self.0
        )]
    }
}
