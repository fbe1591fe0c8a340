//! Any text as an address and as a header: refused, or one line of ASCII.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use djr::mail::{Mailbox, Mailer, EmailMessage};
use djr::settings::Settings;
use libfuzzer_sys::fuzz_target;

static MAILER: LazyLock<Settings> = LazyLock::new(|| {
    Settings::parse("[mail]\nbackend = 'memory'").expect("these settings are sound")
});

fuzz_target!(|texts: (&str, &str, &str)| {
    let (address, subject, body) = texts;
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
});
