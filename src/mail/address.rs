//! Mail addresses: read, judged, and written as mail servers want them (RFC 5321, RFC 5322).

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::mail::MailError;
use crate::text;

/// Octets before the `@` (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL: usize = 64;

/// Octets of an address as servers see it (RFC 5321, 4.5.3.1.3, without its brackets).
const MAX_ADDRESS: usize = 254;

/// Characters of an unquoted word beside letters and digits (RFC 5322, `atext`).
const ATOM: &str = "!#$%&'*+-/=?^_`{|}~";

/// Characters that, unquoted, would end a name (RFC 5322, `specials`, but for the dot).
const SPECIALS: [char; 12] = ['"', '<', '>', '(', ')', ',', ';', ':', '@', '[', ']', '\\'];

/// An address such as `ada@example.com`, its domain in ASCII.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Address {
    local: String,
    domain: String,
}

/// An address and whose it is: `Ada Lovelace <ada@example.com>`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Mailbox {
    /// The name shown in its place; empty where there is none.
    pub name: String,
    /// The address.
    pub address: Address,
}

impl Address {
    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// What stands behind it, in ASCII.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Reads an address; the domain may be in any script.
    fn read(text: &str) -> Result<Self, &'static str> {
        let (local, domain) = text.rsplit_once('@').ok_or("it has no `@`")?;
        let domain = ascii_domain(domain)?;
        check_local(local)?;
        if local.len() + 1 + domain.len() > MAX_ADDRESS {
            return Err("it is longer than 254 characters");
        }
        Ok(Self {
            local: local.to_owned(),
            domain,
        })
    }
}

impl FromStr for Address {
    type Err = MailError;

    fn from_str(text: &str) -> Result<Self, MailError> {
        Self::read(text.trim()).map_err(|reason| address_error(text, reason))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

impl From<&Address> for lettre::Address {
    /// The same, judged here already.
    fn from(address: &Address) -> Self {
        Self::new_dangerous(&address.local, &address.domain)
    }
}

impl From<&Mailbox> for lettre::message::Mailbox {
    fn from(mailbox: &Mailbox) -> Self {
        let name = Some(mailbox.name.clone()).filter(|name| !name.is_empty());
        Self::new(name, (&mailbox.address).into())
    }
}

impl FromStr for Mailbox {
    type Err = MailError;

    /// Reads `address`, `<address>`, `Name <address>` or `"Name" <address>`.
    fn from_str(text: &str) -> Result<Self, MailError> {
        let trimmed = text.trim_matches([' ', '\t']);
        let (name, address) = match trimmed.strip_suffix('>') {
            Some(front) => front
                .rsplit_once('<')
                .ok_or_else(|| address_error(text, "`>` without `<`"))?,
            None => ("", trimmed),
        };
        let name = unquoted(name.trim()).map_err(|reason| address_error(text, reason))?;
        let address = Address::read(address).map_err(|reason| address_error(text, reason))?;
        Ok(Self { name, address })
    }
}

fn address_error(text: &str, reason: &'static str) -> MailError {
    MailError::Address {
        // Whatever was typed must not become lines of a log or a terminal's commands.
        text: text::escape_control(&text.chars().take(320).collect::<String>()),
        reason,
    }
}

/// The name in front of an address without its quotes.
fn unquoted(name: &str) -> Result<String, &'static str> {
    if name.chars().any(char::is_control) {
        return Err("its name holds a control character");
    }
    let Some(inner) = name.strip_prefix('"') else {
        // Unquoted, these would begin another address, a comment or a list.
        if name.contains(SPECIALS) {
            return Err("its name needs quotes");
        }
        return Ok(name.to_owned());
    };
    let mut text = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' if characters.as_str().is_empty() => return Ok(text),
            '"' => return Err("its name ends before the address begins"),
            '\\' => text.extend(characters.next()),
            other => text.push(other),
        }
    }
    Err("the quotes of its name do not end")
}

fn check_local(local: &str) -> Result<(), &'static str> {
    if !local.is_ascii() {
        return Err("only ASCII may stand before the `@`");
    }
    if local.len() > MAX_LOCAL {
        return Err("more than 64 characters stand before the `@`");
    }
    let sound = match local.strip_prefix('"') {
        Some(inner) => inner.strip_suffix('"').is_some_and(is_quoted),
        None => local.split('.').all(is_atom),
    };
    if sound {
        return Ok(());
    }
    Err("what stands before the `@` is not a word or several words joined by dots")
}

fn is_atom(word: &str) -> bool {
    let allowed = |character: char| character.is_ascii_alphanumeric() || ATOM.contains(character);
    !word.is_empty() && word.chars().all(allowed)
}

/// Whether `inner` may stand in quotes (RFC 5321, `QcontentSMTP`).
fn is_quoted(inner: &str) -> bool {
    let mut bytes = inner.bytes();
    while let Some(byte) = bytes.next() {
        let sound = match byte {
            b'\\' => bytes
                .next()
                .is_some_and(|escaped| (32..127).contains(&escaped)),
            b'"' => false,
            other => (32..127).contains(&other),
        };
        if !sound {
            return false;
        }
    }
    true
}

/// A host name in ASCII (UTS 46), or an address literal such as `[127.0.0.1]`.
pub(super) fn ascii_domain(domain: &str) -> Result<String, &'static str> {
    if let Some(literal) = domain.strip_prefix('[') {
        let inner = literal.strip_suffix(']').unwrap_or_default();
        let version_6 = inner.strip_prefix("IPv6:");
        let sound = inner.parse::<Ipv4Addr>().is_ok()
            || version_6.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
        let reason = "there is no address in the brackets";
        return sound.then(|| domain.to_owned()).ok_or(reason);
    }
    let ascii = idna::domain_to_ascii_strict(domain);
    ascii.map_err(|_| "what stands behind the `@` is not a host name")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Address, Mailbox};

    #[test]
    fn reads_names_with_and_without_quotes() {
        for (text, name, address) in [
            ("ada@example.com", "", "ada@example.com"),
            ("<ada@example.com>", "", "ada@example.com"),
            ("Ada Lovelace <ada@x.org>", "Ada Lovelace", "ada@x.org"),
            (
                r#""Ada, \"the\" L." <a.l@x.org>"#,
                r#"Ada, "the" L."#,
                "a.l@x.org",
            ),
            ("Jörg <j@x.org>", "Jörg", "j@x.org"),
            ("root@localhost", "", "root@localhost"),
            ("a@[127.0.0.1]", "", "a@[127.0.0.1]"),
            (r#""a b"@x.org"#, "", r#""a b"@x.org"#),
            ("ada@Exämple.com", "", "ada@xn--exmple-cua.com"),
            ("ada@例え.jp", "", "ada@xn--r8jz45g.jp"),
        ] {
            let mailbox: Mailbox = text.parse().unwrap();
            let found = (mailbox.name.as_str(), mailbox.address.to_string());
            assert_eq!(found, (name, address.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_address_and_says_why() {
        for (text, reason) in [
            ("ada", "it has no `@`"),
            ("ada@", "not a host name"),
            ("@example.com", "not a word"),
            ("ada@exa mple.com", "not a host name"),
            ("ada@-example.com", "not a host name"),
            ("ada@example..com", "not a host name"),
            ("a..b@example.com", "not a word"),
            ("a@b@example.com", "not a word"),
            ("jörg@example.com", "only ASCII"),
            ("a@x.org, b@x.org", "not a word"),
            ("a@x.org\nBcc: b@x.org", "not a word"),
            ("a\r\nRCPT@x.org", "not a word"),
            ("Ada\nBcc: b@x.org <a@x.org>", "control character"),
            ("Ada, b@x.org <a@x.org>", "needs quotes"),
            ("\"Ada <a@x.org>", "do not end"),
            ("\"A\" b <a@x.org>", "ends before"),
            ("a@[1.2.3]", "brackets"),
        ] {
            let error = text.parse::<Mailbox>().unwrap_err().to_string();
            assert!(error.contains(reason), "{text:?}: {error}");
            assert!(!error.contains(['\n', '\r']), "{error:?}");
        }
        let long = format!("{}@example.com", "a".repeat(65));
        assert!(long.parse::<Address>().is_err());
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_one_line_of_ascii(text in "[ -~\n\räß@<>\",]{0,40}(@[a-zä.]{1,9}>?)?") {
            if let Ok(mailbox) = text.parse::<Mailbox>() {
                let address = mailbox.address.to_string();
                prop_assert!(address.bytes().all(|byte| (32..127).contains(&byte)), "{address:?}");
                prop_assert!(!mailbox.name.contains(['\n', '\r']));
                prop_assert_eq!(address.parse::<Address>().unwrap(), mailbox.address);
            }
        }
    }
}
