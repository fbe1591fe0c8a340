//! Messages on a terminal, for people: what they say, with links that can be clicked.
//!
//! The message that would be sent holds the same as quoted-printable or base64, and as HTML once more.

use std::io::Write;

use crate::mail::{Attachment, EmailMessage, MailError};
use crate::text;

/// What stands between messages, as in Django.
const MESSAGE_SEPARATOR: &str =
    "-------------------------------------------------------------------------------";

/// Prints `message` from `from`, in one piece, so that lines of the access log come before or behind it.
pub(super) fn print_message(
    writer: &mut (dyn Write + Send),
    message: &EmailMessage,
    from: &str,
) -> Result<(), MailError> {
    let text = readable(message, from);
    let written = writer.write_all(text.as_bytes());
    written
        .and_then(|()| writer.flush())
        .map_err(MailError::Console)
}

fn readable(message: &EmailMessage, from: &str) -> String {
    let lists = [
        ("To", message.to.join(", ")),
        ("Cc", message.cc.join(", ")),
        ("Bcc", message.bcc.join(", ")),
        ("Reply-To", message.reply_to.join(", ")),
    ];
    let mut headers = vec![
        ("Subject", message.subject.clone()),
        ("From", from.to_owned()),
    ];
    headers.extend(lists.into_iter().filter(|(_, value)| !value.is_empty()));
    let own = message.headers.iter();
    headers.extend(own.map(|(name, value)| (name.as_str(), value.clone())));
    let headers = headers.iter();
    let mut lines: Vec<_> = headers
        .map(|(name, value)| text::escape_control(&format!("{name}: {value}")))
        .collect();
    lines.push(String::new());
    lines.extend(message.body.trim_end().lines().map(printable_line));
    lines.push(String::new());
    lines.extend(message.html.iter().map(|_| "[the same as HTML]".to_owned()));
    let others = message.alternatives.iter();
    lines.extend(
        others.map(|other| text::escape_control(&format!("[the same as {}]", other.content_type))),
    );
    lines.extend(message.attachments.iter().map(attachment_line));
    lines.push(MESSAGE_SEPARATOR.to_owned());
    lines.join("\n") + "\n"
}

/// A line that cannot move the cursor; tabs stay.
fn printable_line(line: &str) -> String {
    let parts = line.split('\t').map(text::escape_control);
    parts.collect::<Vec<_>>().join("\t")
}

fn attachment_line(attachment: &Attachment) -> String {
    let Attachment {
        name,
        content_type,
        content,
    } = attachment;
    let size = text::count(content.len(), "byte");
    let name = if name.is_empty() {
        "without a name"
    } else {
        name
    };
    text::escape_control(&format!("[attached: {name}, {content_type}, {size}]"))
}

#[cfg(test)]
mod tests {
    use super::readable;
    use crate::mail::{Attachment, EmailMessage};

    #[test]
    fn a_message_is_printed_as_it_reads() {
        let link = format!("https://example.com/{}/é=3D/", "long/".repeat(40));
        let message = EmailMessage::new(
            "Grüße",
            format!("Hello,\n\n{link}\n\tuntil \u{1b}[2Jsoon\n"),
        )
        .to("Ada <a@x.org>")
        .to("b@x.org")
        .bcc("c@x.org")
        .header("X-Tag", "1")
        .html("<b>Hello</b>")
        .attach(Attachment {
            name: "a.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
            content: vec![0; 3],
        });
        let expected = format!(
            "Subject: Grüße\nFrom: site@x.org\nTo: Ada <a@x.org>, b@x.org\nBcc: c@x.org\nX-Tag: 1\n\n\
             Hello,\n\n{link}\n\tuntil \\u{{1b}}[2Jsoon\n\n[the same as HTML]\n\
             [attached: a.pdf, application/pdf, 3 bytes]\n{}\n",
            super::MESSAGE_SEPARATOR
        );
        assert_eq!(readable(&message, "site@x.org"), expected);
    }
}
