//! A message as bytes: headers in Django's order, and the parts of its body (RFC 2045, RFC 2046).

use crate::clock::{Moment, Zone};
use crate::crypto;
use crate::mail::{Attachment, MailError, Mailbox, Message, encode, header, host};

/// Octets of a line at most (RFC 5322, 2.1.1).
const MAX_LINE: usize = 998;

/// The headers that a message has fields for: nobody adds a second one.
const OWN: [&str; 9] = [
    "subject",
    "from",
    "to",
    "cc",
    "bcc",
    "reply-to",
    "content-type",
    "mime-version",
    "content-transfer-encoding",
];

/// What a message needs beside itself.
pub(super) struct Stamp<'s> {
    /// Who sends it.
    pub(super) from: &'s Mailbox,
    /// When.
    pub(super) now: Moment,
    /// The zone its date is written in; `None` is UTC without a zone, as Django's default.
    pub(super) zone: Option<&'s Zone>,
    /// Whether every byte must be ASCII, as for servers without 8BITMIME.
    pub(super) seven_bit: bool,
}

/// The message with `\n` at the ends of its lines.
pub(super) fn write(message: &Message, stamp: &Stamp<'_>) -> Result<String, MailError> {
    let (head, body) = content(message, stamp.seven_bit)?.split();
    let mut text = head;
    text.push_str(&header::line("Subject", &message.subject)?);
    text.push_str(&header::addresses("From", std::slice::from_ref(stamp.from)));
    for (name, addresses) in [
        ("To", &message.to),
        ("Cc", &message.cc),
        ("Reply-To", &message.reply_to),
    ] {
        if !addresses.is_empty() {
            text.push_str(&header::addresses(name, &mailboxes(addresses)?));
        }
    }
    if !has(message, "date") {
        text.push_str(&header::line("Date", &date(stamp))?);
    }
    if !has(message, "message-id") {
        text.push_str(&header::line("Message-ID", &message_id(stamp.now))?);
    }
    for (name, value) in &message.headers {
        if OWN.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(MailError::HeaderName(name.clone()));
        }
        text.push_str(&header::line(name, value)?);
    }
    text.push('\n');
    text.push_str(&body);
    Ok(text)
}

/// Every address of a list, read.
pub(super) fn mailboxes(addresses: &[String]) -> Result<Vec<Mailbox>, MailError> {
    addresses.iter().map(|address| address.parse()).collect()
}

fn has(message: &Message, name: &str) -> bool {
    let mut names = message.headers.iter();
    names.any(|(given, _)| given.eq_ignore_ascii_case(name))
}

fn date(stamp: &Stamp<'_>) -> String {
    match stamp.zone {
        Some(zone) => stamp.now.format(zone, "%a, %d %b %Y %H:%M:%S %z"),
        // `-0000`: the time is UTC and tells nothing of where the sender is (RFC 5322, 3.3).
        None => stamp
            .now
            .format(&Zone::utc(), "%a, %d %b %Y %H:%M:%S -0000"),
    }
}

fn message_id(now: Moment) -> String {
    let random = u64::from_be_bytes(crypto::random_bytes());
    format!(
        "<{}.{random}@{}>",
        now.unix_microseconds() / 10_000,
        host::name()
    )
}

/// A part of a message: its headers, and what follows the empty line.
struct Part {
    head: String,
    body: String,
}

impl Part {
    fn split(self) -> (String, String) {
        (self.head, self.body)
    }
}

fn content(message: &Message, seven_bit: bool) -> Result<Part, MailError> {
    let text = text_part("plain", &message.body, seven_bit);
    let mut part = match &message.html {
        None => text,
        Some(html) => {
            let html = text_part("html", html, seven_bit);
            let parts = if message.body.is_empty() {
                vec![html]
            } else {
                vec![text, html]
            };
            multipart("alternative", &parts)
        }
    };
    if !message.attachments.is_empty() {
        let mut parts = Vec::new();
        if !message.body.is_empty() || message.html.is_some() {
            parts.push(part);
        }
        for file in &message.attachments {
            parts.push(attachment(file)?);
        }
        part = multipart("mixed", &parts);
    }
    Ok(part)
}

/// Text as it is, unless a line is too long for mail servers.
fn text_part(subtype: &str, text: &str, seven_bit: bool) -> Part {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let too_long = text.lines().any(|line| line.len() > MAX_LINE);
    let quoted = too_long || (seven_bit && !text.is_ascii());
    let encoding = match (quoted, text.is_ascii()) {
        (true, _) => "quoted-printable",
        (false, true) => "7bit",
        (false, false) => "8bit",
    };
    Part {
        head: format!(
            "Content-Type: text/{subtype}; charset=\"utf-8\"\nMIME-Version: 1.0\nContent-Transfer-Encoding: {encoding}\n"
        ),
        body: if quoted {
            encode::quoted_printable(&text)
        } else {
            text
        },
    }
}

fn multipart(subtype: &str, parts: &[Part]) -> Part {
    let boundary = boundary(parts);
    let mut body = String::new();
    for part in parts {
        body.push_str(&format!("--{boundary}\n{}\n{}\n", part.head, part.body));
    }
    body.push_str(&format!("--{boundary}--\n"));
    Part {
        head: format!(
            "Content-Type: multipart/{subtype};\n boundary=\"{boundary}\"\nMIME-Version: 1.0\n"
        ),
        body,
    }
}

/// A line that no part holds.
fn boundary(parts: &[Part]) -> String {
    loop {
        let number = u64::from_be_bytes(crypto::random_bytes());
        let boundary = format!("==============={number:019}==");
        if !parts.iter().any(|part| part.body.contains(&boundary)) {
            return boundary;
        }
    }
}

fn attachment(file: &Attachment) -> Result<Part, MailError> {
    let kind = header::line("Content-Type", &file.content_type)?;
    let name = header::line("Content-Disposition", &disposition(&file.name))?;
    Ok(Part {
        head: format!("{kind}MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n{name}"),
        body: encode::base64_lines(&file.content),
    })
}

/// The name of a file, in the form of RFC 2231 where it is not ASCII.
fn disposition(name: &str) -> String {
    if name.is_ascii() {
        let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("attachment; filename=\"{escaped}\"");
    }
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename*=utf-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::{Stamp, write};
    use crate::clock::{Moment, Zone};
    use crate::mail::{Attachment, Message};

    fn written(message: &Message, zone: Option<&Zone>) -> String {
        let stamp = Stamp {
            from: &"site@x.org".parse().unwrap(),
            now: Moment::from_unix_seconds(1_795_194_923),
            zone,
            seven_bit: false,
        };
        write(message, &stamp).unwrap()
    }

    #[test]
    fn a_plain_message_has_djangos_headers_in_djangos_order() {
        let text = written(&Message::new("Hi", "there\n").to("a@x.org"), None);
        let names: Vec<_> = text.lines().take_while(|line| !line.is_empty()).collect();
        assert_eq!(
            names[..7],
            [
                "Content-Type: text/plain; charset=\"utf-8\"",
                "MIME-Version: 1.0",
                "Content-Transfer-Encoding: 7bit",
                "Subject: Hi",
                "From: site@x.org",
                "To: a@x.org",
                "Date: Fri, 20 Nov 2026 17:15:23 -0000",
            ]
        );
        assert!(
            names[7].starts_with("Message-ID: <179519492300."),
            "{}",
            names[7]
        );
        assert!(text.ends_with("\n\nthere\n"));
    }

    #[test]
    fn dates_are_local_where_asked_for() {
        let zone = Zone::named("Asia/Kolkata").unwrap();
        let text = written(&Message::new("Hi", "").to("a@x.org"), Some(&zone));
        assert!(
            text.contains("\nDate: Fri, 20 Nov 2026 22:45:23 +0530\n"),
            "{text}"
        );
    }

    #[test]
    fn html_and_files_come_in_parts() {
        let message = Message::new("Hi", "text ä")
            .html("<p>html</p>")
            .attach(Attachment {
                name: "été.bin".to_owned(),
                content_type: "application/octet-stream".to_owned(),
                content: vec![0; 3],
            });
        let text = written(&message.to("a@x.org"), None);
        let order = [
            "Content-Type: multipart/mixed;",
            "Content-Type: multipart/alternative;",
            "Content-Transfer-Encoding: 8bit\n\ntext ä\n",
            "<p>html</p>\n",
            "filename*=utf-8''%C3%A9t%C3%A9.bin\n\nAAAA\n",
        ];
        let places: Vec<_> = order.iter().map(|part| text.find(part).unwrap()).collect();
        assert!(places.is_sorted(), "{text}");
    }

    #[test]
    fn lines_too_long_for_servers_are_broken() {
        let text = written(&Message::new("Hi", "x".repeat(1500)).to("a@x.org"), None);
        assert!(text.contains("quoted-printable\n"));
        assert!(text.lines().all(|line| line.len() <= 78));
    }
}
