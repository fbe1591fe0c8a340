//! Messages beside those that Django makes of the same arguments (`tests/parity/record_mail.py`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::mime::{self, MessageMetadata};
use super::{Attachment, EmailMessage};
use crate::clock::Moment;

fn texts(case: &Value, name: &str) -> Vec<String> {
    let items = case[name].as_array().into_iter().flatten();
    items
        .map(|item| item.as_str().unwrap().to_owned())
        .collect()
}

fn attachment(item: &Value) -> Attachment {
    let text = |index: usize| item[index].as_str().unwrap().to_owned();
    Attachment {
        name: text(0),
        content_type: text(1),
        content: text(2).into_bytes(),
    }
}

fn message(case: &Value) -> EmailMessage {
    let extra = case["headers"].as_object().into_iter().flatten();
    let extra = extra.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()));
    let fixed = [
        ("Date", "Fri, 20 Nov 2026 17:15:23 -0000"),
        ("Message-ID", "<1@x.org>"),
    ];
    let fixed = fixed.map(|(name, value)| (name.to_owned(), value.to_owned()));
    EmailMessage {
        html: case["html"].as_str().map(ToOwned::to_owned),
        to: texts(case, "to"),
        cc: texts(case, "cc"),
        bcc: texts(case, "bcc"),
        reply_to: texts(case, "reply_to"),
        headers: extra.chain(fixed).collect(),
        attachments: case["attachments"]
            .as_array()
            .into_iter()
            .flatten()
            .map(attachment)
            .collect(),
        ..EmailMessage::new(
            case["subject"].as_str().unwrap(),
            case["body"].as_str().unwrap(),
        )
    }
}

/// What a reader sees: the headers that say something, sorted, each on one line, and the lines of the body.
#[derive(Debug, Eq, PartialEq)]
struct Seen {
    headers: Vec<String>,
    body: Vec<String>,
}

/// Begins of lines that say how the rest is written, in one of several good ways.
const FORMAL: [&str; 4] = ["Content-", "MIME-Version:", "--", " "];

fn seen(text: &str) -> Seen {
    let (head, body) = text.split_once("\n\n").unwrap();
    let head = head.replace("\n ", " ").replace("?= =?", "?==?");
    let is_formal = |line: &&str| FORMAL.iter().any(|begin| line.starts_with(begin));
    let lines = head.lines().filter(|line| !is_formal(line));
    let mut headers: Vec<_> = lines.map(shown).collect();
    headers.sort();
    let bytes = if head.contains("base64") {
        STANDARD.decode(body.replace('\n', "")).unwrap()
    } else if text.contains("quoted-printable") {
        unquoted(&body.replace("=\n", "").replace('_', "=5F"))
    } else {
        body.as_bytes().to_owned()
    };
    let body = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    let lines = body
        .lines()
        .filter(|line| !line.is_empty() && !is_formal(line));
    Seen {
        headers,
        body: lines.map(|line| line.replace("=20", " ")).collect(),
    }
}

/// A header line without what only stands there for programs: encoded words and quotes.
fn shown(line: &str) -> String {
    decoded(&line.replace(":  ", ": ")).replace('"', "")
}

/// A line with its encoded words as text.
fn decoded(line: &str) -> String {
    let (mut shown, mut rest) = (Vec::new(), line);
    while let Some((before, word)) = rest.split_once("=?utf-8?") {
        let (form, word) = word.split_once('?').unwrap();
        let (word, after) = word.split_once("?=").unwrap();
        shown.extend(before.bytes());
        match form {
            "b" => shown.extend(STANDARD.decode(word).unwrap()),
            _ => shown.extend(unquoted(word)),
        }
        rest = after;
    }
    shown.extend(rest.bytes());
    String::from_utf8(shown).unwrap()
}

fn unquoted(word: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = word.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'_' => b' ',
            b'=' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    bytes
}

#[test]
fn readers_see_what_they_see_of_djangos() {
    let text = include_str!("../../tests/parity/golden/mail.json");
    let rows: Vec<Value> = serde_json::from_str(text).unwrap();
    assert!(rows.len() > 15);
    for row in &rows {
        let case = &row["case"];
        let from = case["from_email"].as_str().unwrap_or("webmaster@localhost");
        let metadata = MessageMetadata {
            from: &from.parse().unwrap(),
            recipients: &["a@x.org".parse().unwrap()],
            now: Moment::from_unix_seconds(0),
            zone: None,
            seven_bit: false,
        };
        let ours = mime::write(&message(case), &metadata).unwrap();
        let (head, _) = ours.split_once("\n\n").unwrap();
        assert!(
            head.is_ascii() && head.lines().all(|line| line.len() < 998),
            "{head}"
        );
        let theirs = row["text"].as_str().unwrap();
        assert_eq!(
            seen(&ours),
            seen(theirs),
            "djr:\n{ours}\n\nDjango:\n{theirs}"
        );
    }
}
