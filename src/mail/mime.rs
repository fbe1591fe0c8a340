//! A message as text: judged here, put together by `lettre` (RFC 5322, RFC 2045 to 2047, RFC 2231).

use std::time::{Duration, SystemTime};

use lettre::message::header::{
    ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0,
};
use lettre::message::{self, Body, MultiPart, SinglePart};

use crate::clock::{Moment, Zone};
use crate::crypto;
use crate::mail::{Address, Attachment, EmailMessage, MailError, Mailbox, host_name};

/// The headers that a message has fields for: nobody adds a second one.
const RESERVED_HEADERS: [&str; 9] = [
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
pub(super) struct MessageMetadata<'s> {
    /// Who sends it.
    pub(super) from: &'s Mailbox,
    /// Everyone it goes to.
    pub(super) recipients: &'s [Address],
    /// When.
    pub(super) now: Moment,
    /// The zone its date is written in; `None` is UTC, as Django's default.
    pub(super) zone: Option<&'s Zone>,
    /// Whether every byte must be ASCII, as for servers without 8BITMIME.
    pub(super) seven_bit: bool,
}

/// The message with `\n` at the ends of its lines.
pub(super) fn write(
    message: &EmailMessage,
    metadata: &MessageMetadata<'_>,
) -> Result<String, MailError> {
    check_header("Subject", &message.subject)?;
    let recipients = metadata.recipients.iter().map(lettre::Address::from);
    let envelope = lettre::address::Envelope::new(
        Some((&metadata.from.address).into()),
        recipients.collect(),
    )?;
    let mut builder = lettre::Message::builder()
        .envelope(envelope)
        .header(MIME_VERSION_1_0)
        .subject(&*message.subject)
        .from(metadata.from.into())
        .date(system_time(metadata.now))
        .message_id(Some(message_id(metadata.now)));
    for mailbox in mailboxes(&message.to)? {
        builder = builder.to(mailbox);
    }
    for mailbox in mailboxes(&message.cc)? {
        builder = builder.cc(mailbox);
    }
    for mailbox in mailboxes(&message.reply_to)? {
        builder = builder.reply_to(mailbox);
    }
    let mut built = match content(message, metadata.seven_bit)? {
        BodyPart::Single(part) => builder.singlepart(part),
        BodyPart::Multi(part) => builder.multipart(part),
    }?;
    if let Some(zone) = metadata.zone {
        let date = metadata.now.format(zone, "%a, %d %b %Y %H:%M:%S %z");
        built.headers_mut().insert_raw(header("Date", &date)?);
    }
    for (name, value) in &message.headers {
        if RESERVED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(MailError::HeaderName(name.clone()));
        }
        built.headers_mut().insert_raw(header(name, value)?);
    }
    let text = String::from_utf8_lossy(&built.formatted()).replace("\r\n", "\n");
    // A single part is given a line end that it may have had already.
    let added = text.strip_suffix('\n').filter(|_| message.is_one_part());
    Ok(added.map_or_else(|| text.clone(), ToOwned::to_owned))
}

fn mailboxes(addresses: &[String]) -> Result<Vec<message::Mailbox>, MailError> {
    let read = |address: &String| address.parse().map(|mailbox: Mailbox| (&mailbox).into());
    addresses.iter().map(read).collect()
}

/// A header of the caller's own.
fn header(name: &str, value: &str) -> Result<HeaderValue, MailError> {
    check_header(name, value)?;
    let wrong = |_| MailError::HeaderName(name.escape_debug().to_string());
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(wrong)?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

/// Refuses what would be more than this one header.
fn check_header(name: &str, value: &str) -> Result<(), MailError> {
    if name.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(MailError::HeaderName(name.escape_debug().to_string()));
    }
    // NUL is none to Django, but ends the line for some mail servers.
    if value.contains(['\r', '\n', '\0']) {
        return Err(MailError::LineBreak {
            name: name.to_owned(),
            value: value.chars().take(200).collect(),
        });
    }
    Ok(())
}

fn system_time(moment: Moment) -> SystemTime {
    let seconds = u64::try_from(moment.unix_seconds()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn message_id(now: Moment) -> String {
    let random = u64::from_be_bytes(crypto::random_bytes());
    format!(
        "<{}.{random}@{}>",
        now.unix_microseconds() / 10_000,
        host_name()
    )
}

/// What stands below the headers.
enum BodyPart {
    Single(SinglePart),
    Multi(MultiPart),
}

impl BodyPart {
    /// Puts the part first in what `files` are added to.
    fn first_of(self, builder: message::MultiPartBuilder) -> MultiPart {
        match self {
            Self::Single(part) => builder.singlepart(part),
            Self::Multi(part) => builder.multipart(part),
        }
    }
}

fn content(message: &EmailMessage, seven_bit: bool) -> Result<BodyPart, MailError> {
    let kind = if message.body_is_html {
        ContentType::TEXT_HTML
    } else {
        ContentType::TEXT_PLAIN
    };
    let text = text_part(kind, &message.body, seven_bit);
    let html = message.html.iter();
    let html = html.map(|html| text_part(ContentType::TEXT_HTML, html, seven_bit));
    let mut others: Vec<_> = html.collect();
    for other in &message.alternatives {
        let kind = content_type(&other.content_type)?;
        others.push(text_part(kind, &other.content, seven_bit));
    }
    let part = if others.is_empty() {
        BodyPart::Single(text)
    } else {
        let first = MultiPart::alternative().singlepart(text);
        BodyPart::Multi(others.into_iter().fold(first, MultiPart::singlepart))
    };
    if message.attachments.is_empty() {
        return Ok(part);
    }
    let mut parts = part.first_of(MultiPart::mixed());
    for file in &message.attachments {
        parts = parts.singlepart(attachment(file)?);
    }
    Ok(BodyPart::Multi(parts))
}

/// Text as it is, so that people can read it in a file, unless servers might spoil it.
fn text_part(kind: ContentType, text: &str, seven_bit: bool) -> SinglePart {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let encoded = || Body::new(text.clone());
    let body = if seven_bit || text.is_ascii() {
        encoded()
    } else {
        Body::new_with_encoding(text.clone(), ContentTransferEncoding::EightBit)
            .unwrap_or_else(|_| encoded())
    };
    SinglePart::builder().content_type(kind).body(body)
}

fn attachment(file: &Attachment) -> Result<SinglePart, MailError> {
    check_header("Content-Disposition", &file.name)?;
    let kind = content_type(&file.content_type)?;
    // Anything fits into base64; what looks like text may hold what servers change.
    let content = Body::new_with_encoding(file.content.clone(), ContentTransferEncoding::Base64)
        .unwrap_or_else(Body::new);
    if file.name.is_empty() {
        return Ok(SinglePart::builder().content_type(kind).body(content));
    }
    let part = message::Attachment::new(file.name.clone());
    Ok(part.body(content, kind))
}

fn content_type(text: &str) -> Result<ContentType, MailError> {
    ContentType::parse(text).map_err(|_| MailError::ContentType(text.escape_debug().to_string()))
}

#[cfg(test)]
mod tests {
    use super::{MessageMetadata, header, write};
    use crate::clock::{Moment, Zone};
    use crate::mail::{Attachment, EmailMessage};

    fn written(message: &EmailMessage, zone: Option<&Zone>, seven_bit: bool) -> String {
        let metadata = MessageMetadata {
            from: &"site@x.org".parse().unwrap(),
            recipients: &["a@x.org".parse().unwrap()],
            now: Moment::from_unix_seconds(1_795_194_923),
            zone,
            seven_bit,
        };
        write(message, &metadata).unwrap()
    }

    fn plain(message: &EmailMessage) -> String {
        written(message, None, false)
    }

    #[test]
    fn a_plain_message_has_the_headers_of_djangos() {
        let text = plain(&EmailMessage::new("Hi", "there\n").to("a@x.org"));
        let (head, body) = text.split_once("\n\n").unwrap();
        for line in [
            "Content-Type: text/plain; charset=utf-8",
            "MIME-Version: 1.0",
            "Content-Transfer-Encoding: 7bit",
            "Subject: Hi",
            "From: site@x.org",
            "To: a@x.org",
            "Date: Fri, 20 Nov 2026 17:15:23 +0000",
        ] {
            assert!(head.lines().any(|found| found == line), "{line}\n{head}");
        }
        assert!(head.contains("\nMessage-ID: <179519492300."), "{head}");
        assert!(body.starts_with("there\n"), "{body:?}");
    }

    #[test]
    fn dates_are_local_where_asked_for() {
        let zone = Zone::named("Asia/Kolkata").unwrap();
        let text = written(
            &EmailMessage::new("Hi", "").to("a@x.org"),
            Some(&zone),
            false,
        );
        let date = "Date: Fri, 20 Nov 2026 22:45:23 +0530";
        assert!(text.lines().any(|line| line == date), "{text}");
    }

    #[test]
    fn headers_are_ascii_and_folded() {
        let mut message = EmailMessage::new("Grüße an alle, die heute kommen ".repeat(4), "");
        for number in 10..20 {
            message = message.to(format!("Jörg der {number}. <user{number}@example.com>"));
        }
        let text = plain(&message.header("X-Tag", "ä b"));
        let (head, _) = text.split_once("\n\n").unwrap();
        assert!(
            head.is_ascii() && head.lines().all(|line| line.len() <= 100),
            "{head}"
        );
        assert!(head.contains("\nX-Tag: =?utf-8?b?w6Q=?= b\n"), "{head}");
        assert_eq!(head.matches("@example.com>").count(), 10);
    }

    #[test]
    fn html_and_files_come_in_parts() {
        let message = EmailMessage::new("Hi", "text ä")
            .html("<p>html</p>")
            .attach(Attachment {
                name: "été.bin".to_owned(),
                content_type: "application/octet-stream".to_owned(),
                content: vec![0; 3],
            });
        let text = plain(&message.to("a@x.org"));
        let order = [
            "Content-Type: multipart/mixed;",
            "Content-Type: multipart/alternative;",
            "Content-Transfer-Encoding: 8bit\n\ntext ä\n",
            "<p>html</p>\n",
            "=utf-8''%C3%A9t%C3%A9.bin",
            "base64\n\nAAAA",
        ];
        let places: Vec<_> = order
            .iter()
            .map(|part| text.find(part).unwrap_or_else(|| panic!("{part}\n{text}")))
            .collect();
        assert!(places.is_sorted(), "{text}");
    }

    #[test]
    fn what_servers_might_spoil_is_encoded() {
        let long = plain(&EmailMessage::new("Hi", "x".repeat(1500)).to("a@x.org"));
        assert!(long.lines().all(|line| line.len() <= 78), "{long}");
        let message = EmailMessage::new("Hi", "Grüße").to("a@x.org");
        assert!(written(&message, None, true).is_ascii());
    }

    #[test]
    fn line_breaks_and_names_that_are_none_are_refused() {
        for value in ["a\nBcc: b@x.org", "a\rb", "a\r\n", "\0"] {
            let error = header("X-Tag", value).unwrap_err().to_string();
            assert!(error.contains("`X-Tag` must not hold a line break"));
            assert!(!error.contains(['\n', '\r', '\0']), "{error:?}");
        }
        for name in ["", "A b", "A:", "Ä", "A\nB"] {
            assert!(header(name, "x").is_err(), "{name:?}");
        }
    }
}
