//! Any text as an address and as a header: refused, or one line of ASCII.

use std::path::Path;
use std::sync::LazyLock;

use djr::mail::{Mailbox, Mailer, EmailMessage};
use djr::settings::Settings;

static MAILER: LazyLock<Settings> = LazyLock::new(|| {
    Settings::parse("[mail]\nbackend = 'memory'").expect("these settings are sound")
});

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut texts = text.splitn(3, '\0');
    let (Some(address), Some(subject), Some(body)) = (texts.next(), texts.next(), texts.next()) else {
        return;
    };
    let mailer = Mailer::new(&MAILER.mail, Path::new("."));
    let message = EmailMessage::new(subject, body).to(address).header("X-Tag", subject);
    if mailer.send(&message).is_err() {
        return;
    }
    let sent = mailer.outbox();
    let (head, _) = sent[0].text.split_once("\n\n").expect("a head and a body");
    assert!(head.is_ascii() && !head.contains('\r'));
    let mut names = head.lines().filter(|line| !line.starts_with(' '));
    // Content-Type, MIME-Version, Content-Transfer-Encoding, Subject, From, To, Date, Message-ID, X-Tag.
    assert_eq!(names.by_ref().count(), 9, "{head}");
    let again: Mailbox = sent[0].recipients[0].to_string().parse().expect("an address");
    assert_eq!(again.address, sent[0].recipients[0]);
}
