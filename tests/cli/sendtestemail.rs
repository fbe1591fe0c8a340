//! `djr sendtestemail`, and mail servers of every kind.

use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use djr::mail::{EmailMessage, Mailer};
use djr::settings::Settings;

use crate::smtp::{self, MailServer};
use crate::support::{Project, Transcript};

fn project(mail: &str) -> Project {
    Project::new().setting(&format!("[mail]\n{mail}"))
}

/// A project whose mail server listens on `port` of this machine, with `mail` added to its settings.
fn with_server(port: u16, mail: &str) -> Project {
    let authority = smtp::authority();
    project(&format!(
        "port = {port}\ntimeout = 2\nssl_cafile = '{}'\n{mail}",
        authority.display()
    ))
}

fn sent(project: &Project) -> Transcript {
    project.djr(["sendtestemail", "ada@example.com"])
}

#[test]
fn prints_a_message_that_can_be_read() {
    let project = project("backend = 'console'");
    let run = project
        .djr(["sendtestemail", "a@b.org", "d@e.org"])
        .success();
    let printed = run.stdout();
    let (subject, rest) = printed.split_once('\n').unwrap();
    assert!(subject.starts_with("Subject: Test email from "), "{run}");
    assert!(subject.ends_with(" on 2026-01-02 03:04:05+00:00"), "{run}");
    let text = "From: webmaster@localhost\nTo: a@b.org, d@e.org\n\n\
                If you're reading this, it was successful.\n\n-----";
    assert!(rest.starts_with(text), "{run}");
}

#[test]
fn tells_programs_where_mail_went() {
    let project = project("backend = 'console'");
    let run = project
        .djr(["sendtestemail", "a@b.org", "--json"])
        .success();
    assert_eq!(run.json()["result"]["backend"], "console");
    assert_eq!(run.json()["result"]["recipients"][0], "a@b.org");
    assert!(run.stderr().contains("To: a@b.org"), "{run}");
}

#[test]
fn writes_to_admins_and_managers() {
    let project = project("backend = 'file'\nadmins = ['Ada <ada@x.org>']\nmanagers = ['m@x.org']");
    let run = project
        .djr(["sendtestemail", "--admins", "--managers"])
        .success();
    assert_eq!(
        run.stdout(),
        "kept in `mail`, not sent: the message to `m@x.org`, `Ada <ada@x.org>`\n"
    );
    let texts = project.mail(2);
    let to_admins = texts
        .iter()
        .find(|text| text.contains("\nTo: Ada <ada@x.org>\n"))
        .unwrap();
    assert!(
        to_admins.contains("\nSubject: [djr] Test email from "),
        "{to_admins}"
    );
    assert!(
        to_admins.contains("\nFrom: root@localhost\n"),
        "{to_admins}"
    );
    for name in project.names("mail") {
        let metadata = project.path(format!("mail/{name}")).metadata().unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn says_what_is_missing_and_what_is_wrong() {
    let project = project("backend = 'console'");
    project.djr(["sendtestemail"]).exited(2);
    let run = project.djr(["sendtestemail", "--admins"]).exited(1);
    assert!(
        run.stderr().contains("nobody is listed in `[mail] admins`"),
        "{run}"
    );
    let run = project
        .djr(["sendtestemail", "a@x.org\nBcc: b@x.org"])
        .exited(1);
    assert!(run.stderr().contains("is not a mail address"), "{run}");
    assert_eq!(run.stdout(), "");
}

#[test]
#[cfg_attr(without_aiosmtpd, ignore = "needs aiosmtpd: run `tests/parity/venv`")]
fn hands_the_message_to_the_server() {
    let server = MailServer::start("plain");
    let project = with_server(server.port, "");
    let run = sent(&project).success();
    let expected = format!(
        "sent to `ada@example.com` through `localhost:{}`\n",
        server.port
    );
    assert_eq!(run.stdout(), expected);
    let messages = server.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0]["from"], "webmaster@localhost");
    assert_eq!(messages[0]["to"][0], "ada@example.com");
    assert_eq!(messages[0]["encrypted"], false);
    let text = messages[0]["text"].as_str().unwrap();
    assert!(text.contains("\r\nTo: ada@example.com\r\n"), "{text}");
    assert!(
        text.ends_with("\r\n\r\nIf you're reading this, it was successful.\r\n"),
        "{text}"
    );
}

#[test]
#[cfg_attr(without_aiosmtpd, ignore = "needs aiosmtpd: run `tests/parity/venv`")]
fn any_text_arrives_as_it_is() {
    let server = MailServer::start("plain");
    let settings = format!("[mail]\nport = {}", server.port);
    let settings = Settings::parse(&settings).unwrap();
    let mailer = Mailer::new(&settings.mail, std::path::Path::new("."));
    let message = EmailMessage::new("Grüße", "täglich\n.\n..two\nend").to("Jörg <j@exämple.org>");
    mailer.send(&message.bcc("hidden@example.org")).unwrap();
    let messages = server.messages();
    assert_eq!(messages[0]["to"][0], "j@xn--exmple-cua.org");
    assert_eq!(messages[0]["to"][1], "hidden@example.org");
    let text = messages[0]["text"].as_str().unwrap();
    assert!(text.is_ascii() && !text.contains("hidden"), "{text}");
    assert!(
        text.contains("\r\nSubject: =?utf-8?b?R3LDvMOfZQ==?=\r\n"),
        "{text}"
    );
    assert!(
        text.ends_with("\r\n\r\nt=C3=A4glich\r\n.\r\n..two\r\nend\r\n"),
        "{text}"
    );
}

#[test]
#[cfg_attr(without_aiosmtpd, ignore = "needs aiosmtpd: run `tests/parity/venv`")]
fn encrypts_before_anything_is_said() {
    for (mode, setting) in [("starttls", "use_tls = true"), ("tls", "use_ssl = true")] {
        let server = MailServer::start(mode);
        sent(&with_server(server.port, setting)).success();
        let messages = server.messages();
        assert_eq!(messages[0]["encrypted"], true, "{mode}");
    }
}

#[test]
#[cfg_attr(without_aiosmtpd, ignore = "needs aiosmtpd: run `tests/parity/venv`")]
fn a_server_that_cannot_encrypt_gets_nothing() {
    let server = MailServer::start("plain");
    let run = sent(&with_server(server.port, "use_tls = true")).exited(1);
    assert!(
        run.stderr().contains("offers no encryption (STARTTLS)"),
        "{run}"
    );
    assert!(server.messages().is_empty());
}

#[test]
#[cfg_attr(without_aiosmtpd, ignore = "needs aiosmtpd: run `tests/parity/venv`")]
fn logs_in_with_the_password_of_the_environment() {
    let server = MailServer::start("auth");
    let settings = "use_tls = true\nusername = 'ada'";
    let project = with_server(server.port, settings).env("DJR_MAIL__PASSWORD", "a password");
    sent(&project).success();
    let wrong = project.env("DJR_MAIL__PASSWORD", "another one");
    let run = sent(&wrong).exited(1);
    assert!(
        run.stderr().contains("refuses the account `ada`: 535"),
        "{run}"
    );
    assert!(run.stderr().contains("DJR_MAIL__PASSWORD"), "{run}");
    assert!(!run.stderr().contains("another one"), "{run}");
    assert_eq!(server.messages().len(), 1);
}

#[test]
#[cfg_attr(without_aiosmtpd, ignore = "needs aiosmtpd: run `tests/parity/venv`")]
fn a_refused_recipient_is_named_and_nobody_gets_the_message() {
    let server = MailServer::start("plain");
    let project = with_server(server.port, "");
    let run = project.djr([
        "sendtestemail",
        "ada@example.com",
        "nobody@example.com",
        "--json",
    ]);
    let run = run.exited(1);
    assert!(run.stderr().contains("\"recipient-refused\""), "{run}");
    assert!(
        run.stderr()
            .contains("refuses mail to `nobody@example.com`: 550 5.1.1"),
        "{run}"
    );
    assert!(server.messages().is_empty());
}

#[test]
#[cfg_attr(without_aiosmtpd, ignore = "needs aiosmtpd: run `tests/parity/venv`")]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let server = MailServer::start("tls");
    let port = server.port;
    let strange = project(&format!("port = {port}\nuse_ssl = true\ntimeout = 2"));
    let run = sent(&strange).exited(1);
    assert!(run.stderr().contains("cannot be trusted"), "{run}");
    assert!(run.stderr().contains("ssl_cafile"), "{run}");
    // The certificate is for `localhost`.
    let other_name = with_server(port, "use_ssl = true\nhost = '127.0.0.1'");
    let run = sent(&other_name).exited(1);
    assert!(run.stderr().contains("cannot be trusted"), "{run}");
    assert!(server.messages().is_empty());
}

#[test]
fn a_server_that_hangs_is_not_waited_for() {
    for greeting in ["", "220 here\r\n"] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let project = project(&format!("port = {port}\nhost = '127.0.0.1'\ntimeout = 1"));
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(greeting.as_bytes()).unwrap();
            // Open, and silent, until the other side gives up.
            std::io::copy(&mut stream, &mut std::io::sink()).ok();
        });
        let started = Instant::now();
        let run = sent(&project).exited(1);
        assert!(
            started.elapsed() < Duration::from_secs(8),
            "{:?}",
            started.elapsed()
        );
        assert!(run.stderr().contains("did not answer within 1 s"), "{run}");
        server.join().unwrap();
    }
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let run = sent(&project(&format!("port = {port}"))).exited(1);
    let expected = format!("cannot reach mail server `localhost:{port}`");
    assert!(run.stderr().contains(&expected), "{run}");
    assert!(run.stderr().contains("hint:"), "{run}");
}

#[test]
fn check_finds_settings_that_contradict_each_other() {
    let project = project(
        "host = 'mail.example.com'\nport = 465\nusername = 'ada'\npassword = 'hush'\nadmins = ['ada']\nssl_cafile = 'no.pem'",
    );
    let run = project.djr(["check", "--tag", "mail"]).exited(1);
    for expected in [
        "`mail.password` stands in `djr.toml`",
        "travels to `mail.example.com` unencrypted",
        "port 465 speaks TLS from the first byte on",
        "`mail.admins`: `ada` is not a mail address",
        "there is no file `no.pem`",
    ] {
        assert!(
            run.stderr().contains(expected) || run.stdout().contains(expected),
            "{expected}\n{run}"
        );
    }
    assert!(!run.to_string().contains("hush"), "{run}");
    let both = Project::new().setting("[mail]\nuse_tls = true\nuse_ssl = true");
    let run = both.djr(["check"]).exited(1);
    assert!(run.to_string().contains("exclude each other"), "{run}");
}
