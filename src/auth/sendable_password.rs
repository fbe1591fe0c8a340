//! What no login form could send: a password that nobody could ever log in with.

/// Characters of a new password; a longer one would only keep the server busy.
pub const MAX_PASSWORD_LENGTH: usize = 4096;

/// Why a password could not be typed into a form and sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum UnsendablePassword {
    /// A form's field for a password has one line.
    #[error("the password has several lines, and a login form sends only one")]
    SeveralLines,
    /// Forms refuse it.
    #[error("the password holds a null character, which no login form accepts")]
    NullCharacter,
    /// Nobody types it: an editor put it there.
    #[error("the password begins with a byte order mark, which nobody can type")]
    ByteOrderMark,
    /// Forms refuse it.
    #[error("the password has more than {MAX_PASSWORD_LENGTH} characters, which no form accepts")]
    TooLong,
}

impl UnsendablePassword {
    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::SeveralLines => "`pass show NAME | head -n 1` gives the first line alone",
            Self::NullCharacter | Self::TooLong => "a password is one line of text",
            Self::ByteOrderMark => "save the file as UTF-8 without a byte order mark",
        }
    }
}

/// Refuses `password` if no login form could send it.
pub fn check_sendable(password: &str) -> Result<(), UnsendablePassword> {
    if password.contains('\0') {
        return Err(UnsendablePassword::NullCharacter);
    }
    if password.chars().nth(MAX_PASSWORD_LENGTH).is_some() {
        return Err(UnsendablePassword::TooLong);
    }
    if password.contains(['\n', '\r']) {
        return Err(UnsendablePassword::SeveralLines);
    }
    if password.starts_with('\u{feff}') {
        return Err(UnsendablePassword::ByteOrderMark);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{MAX_PASSWORD_LENGTH, UnsendablePassword, check_sendable};

    #[test]
    fn what_no_login_form_could_send_is_refused() {
        let long = "é".repeat(MAX_PASSWORD_LENGTH);
        for password in ["hush", " ", "a\tb", "p\u{feff}", &long] {
            assert_eq!(check_sendable(password), Ok(()), "{password}");
        }
        for (password, reason) in [
            ("a\nb", UnsendablePassword::SeveralLines),
            ("a\r", UnsendablePassword::SeveralLines),
            ("\0", UnsendablePassword::NullCharacter),
            ("\u{feff}a", UnsendablePassword::ByteOrderMark),
            (&format!("{long}a"), UnsendablePassword::TooLong),
        ] {
            assert_eq!(check_sendable(password), Err(reason), "{password}");
        }
    }
}
