//! One header, judged, encoded and folded.

use crate::mail::{MailError, Mailbox, encode};

/// Columns of a line of a header (RFC 5322, 2.1.1).
const MAX_LINE: usize = 78;

/// Octets of a word that stays as it is: servers refuse lines of 998 (RFC 5322, 2.1.1).
const MAX_WORD: usize = 900;

/// A header line or, folded, several; each ends in a line break.
pub(super) fn line(name: &str, value: &str) -> Result<String, MailError> {
    check(name, value)?;
    let breakable = value.split(' ').all(|word| word.len() <= MAX_WORD);
    let value = if value.is_ascii() && breakable {
        value.to_owned()
    } else {
        encode::words(value, name.len() + 2)
    };
    Ok(folded(name, &value))
}

/// A header of addresses.
pub(super) fn addresses(name: &str, mailboxes: &[Mailbox]) -> String {
    let written: Vec<_> = mailboxes.iter().map(Mailbox::to_header).collect();
    folded(name, &written.join(", "))
}

/// Refuses what would be more than this one header.
fn check(name: &str, value: &str) -> Result<(), MailError> {
    if name.is_empty()
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b':')
    {
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

/// `name: value`, broken at blanks where it is too long for a line.
fn folded(name: &str, value: &str) -> String {
    let mut text = format!("{name}:");
    let mut column = text.len();
    for (index, word) in value.split(' ').enumerate() {
        let length = word.lines().next().map_or(0, |line| line.chars().count());
        let fits = column + 1 + length <= MAX_LINE;
        if index > 0 && !fits && !word.is_empty() {
            text.push('\n');
            column = 0;
        }
        text.push(' ');
        text.push_str(word);
        column = match word.rfind('\n') {
            Some(at) => word.len() - at - 1,
            None => column + 1 + length,
        };
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::{addresses, line};
    use crate::mail::Mailbox;

    #[test]
    fn refuses_line_breaks_and_names_that_are_none() {
        for value in ["a\nBcc: b@x.org", "a\rb", "a\r\n", "\0"] {
            let error = line("Subject", value).unwrap_err().to_string();
            assert!(error.contains("`Subject` must not hold a line break"));
            assert!(!error.contains(['\n', '\r', '\0']), "{error:?}");
        }
        for name in ["", "A b", "A:", "Ä", "A\nB"] {
            assert!(line(name, "x").is_err(), "{name:?}");
        }
    }

    #[test]
    fn no_line_is_too_long_for_servers() {
        let header = line("Subject", &"x".repeat(5_000)).unwrap();
        assert!(header.lines().all(|line| line.len() <= 78), "{header}");
    }

    #[test]
    fn folds_long_lists_between_addresses() {
        let mailbox = |number: u32| format!("user{number}@example.com").parse().unwrap();
        let mailboxes: Vec<Mailbox> = (10..20).map(mailbox).collect();
        let header = addresses("To", &mailboxes);
        assert!(header.lines().count() > 1 && header.lines().all(|line| line.len() <= 78));
        assert_eq!(header.replace("\n ", " ").matches(", ").count(), 9);
        assert!(header.lines().skip(1).all(|line| line.starts_with(" user")));
    }
}
