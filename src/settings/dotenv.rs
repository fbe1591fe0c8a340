//! `.env` as a POSIX shell reads assignments, but that nothing is substituted: `$` and a backquote stand for themselves.
//!
//! The file belongs to other programs, too: a line that a shell would read otherwise is an error only where it sets a
//! variable of ours, and is passed over where it does not.

use crate::crypto::Secret;

/// What the names of the variables begin with that djr reads from `.env`.
const OURS: [&str; 2] = ["DJR_", "DJANGO_SUPERUSER_"];

/// A variable that a line sets.
pub(super) struct Assignment {
    pub(super) name: String,
    pub(super) value: Secret,
    /// The line it begins in, from 1.
    pub(super) line: usize,
}

/// A line that sets a variable of ours in a way that a shell does not understand.
#[derive(Debug)]
pub(super) struct DotenvError {
    pub(super) line: usize,
    pub(super) mistake: Mistake,
}

/// What is wrong in a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum Mistake {
    #[error("this line is not `NAME=value`")]
    NotAssignment,
    #[error("the value has blanks and is not in quotes")]
    Words,
    #[error("a quote opens here and closes nowhere")]
    OpenQuote,
    #[error("a quote opens here and closes only after the next `DJR_` variable")]
    SwallowsNext,
    #[error("this value is not UTF-8")]
    NotUtf8,
}

impl Mistake {
    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::NotAssignment => "as in a shell, no blank stands before or after `=`",
            Self::Words => "put the value between single quotes",
            Self::OpenQuote | Self::SwallowsNext => {
                "a quote within a value stands between quotes of the other kind, or after a backslash"
            }
            Self::NotUtf8 => "save the file as UTF-8",
        }
    }
}

/// Reads `bytes`, the content of a `.env`.
pub(super) fn parse(bytes: &[u8]) -> Vec<Result<Assignment, DotenvError>> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let text = Secret::new(text);
    let mut lexer = Lexer {
        rest: text.strip_prefix('\u{feff}').unwrap_or(&text),
        line: 1,
    };
    let mut found = Vec::new();
    while lexer.skip_to_statement() {
        let start = lexer.clone();
        let parsed = lexer.assignment().and_then(|assignment| {
            let consumed = &start.rest[..start.rest.len() - lexer.rest.len()];
            if consumed.lines().skip(1).any(is_ours) {
                return Err(Mistake::SwallowsNext);
            }
            // What cannot be decoded was replaced by this character.
            if !is_utf8 && is_ours(start.rest) && assignment.value.contains('\u{fffd}') {
                return Err(Mistake::NotUtf8);
            }
            Ok(assignment)
        });
        match parsed {
            Ok(assignment) => found.push(Ok(assignment)),
            Err(mistake) => {
                let line = start.line;
                if is_ours(start.rest) || mistake == Mistake::SwallowsNext {
                    found.push(Err(DotenvError { line, mistake }));
                }
                lexer = start;
                lexer.skip_line();
            }
        }
    }
    found
}

/// Whether the line at the beginning of `text` speaks of a variable that djr reads.
fn is_ours(text: &str) -> bool {
    let text = text.trim_start();
    let exported = text
        .strip_prefix("export")
        .filter(|rest| rest.starts_with([' ', '\t']));
    let name = exported.map_or(text, str::trim_start);
    OURS.iter().any(|prefix| name.starts_with(prefix))
}

#[derive(Clone)]
struct Lexer<'t> {
    rest: &'t str,
    line: usize,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.rest = &self.rest[next.len_utf8()..];
        self.line += usize::from(next == '\n');
        Some(next)
    }

    fn skip_while(&mut self, is_skipped: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&is_skipped) {
            self.next();
        }
    }

    fn skip_line(&mut self) {
        self.skip_while(|c| c != '\n');
        self.next();
    }

    /// Goes to the next line that is neither empty nor a comment; false at the end.
    fn skip_to_statement(&mut self) -> bool {
        loop {
            self.skip_while(char::is_whitespace);
            match self.peek() {
                None => return false,
                Some('#') => self.skip_line(),
                Some(_) => return true,
            }
        }
    }

    fn assignment(&mut self) -> Result<Assignment, Mistake> {
        let line = self.line;
        let mut name = self.name();
        if name == "export" && matches!(self.peek(), Some(' ' | '\t')) {
            self.skip_while(is_blank);
            name = self.name();
        }
        if name.is_empty() || self.next() != Some('=') {
            return Err(Mistake::NotAssignment);
        }
        let value = self.value()?;
        Ok(Assignment { name, value, line })
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.peek() {
            let belongs = c == '_' || c.is_ascii_alphabetic();
            if !belongs && (name.is_empty() || !c.is_ascii_digit()) {
                break;
            }
            name.push(c);
            self.next();
        }
        name
    }

    /// Text with and without quotes, side by side, up to the first blank outside of them.
    fn value(&mut self) -> Result<Secret, Mistake> {
        // With room for most of them: a longer one would leave a copy behind as it grows.
        let mut value = String::with_capacity(4096);
        loop {
            match self.peek() {
                None | Some('\n') => break,
                Some(c) if is_blank(c) => {
                    self.end_of_line()?;
                    break;
                }
                Some('\'') => self.single_quoted(&mut value)?,
                Some('"') => self.double_quoted(&mut value)?,
                Some('\\') => {
                    self.next();
                    value.extend(self.next().filter(|c| *c != '\n'));
                }
                Some(c) => {
                    value.push(c);
                    self.next();
                }
            }
        }
        Ok(Secret::new(value))
    }

    fn single_quoted(&mut self, value: &mut String) -> Result<(), Mistake> {
        self.next();
        loop {
            match self.next().ok_or(Mistake::OpenQuote)? {
                '\'' => return Ok(()),
                c => value.push(c),
            }
        }
    }

    /// Between double quotes a backslash escapes these five alone (POSIX, Shell Command Language, 2.2.3).
    fn double_quoted(&mut self, value: &mut String) -> Result<(), Mistake> {
        self.next();
        loop {
            match self.next().ok_or(Mistake::OpenQuote)? {
                '"' => return Ok(()),
                '\\' => match self.next().ok_or(Mistake::OpenQuote)? {
                    '\n' => {}
                    c @ ('\\' | '"' | '$' | '`') => value.push(c),
                    c => value.extend(['\\', c]),
                },
                c => value.push(c),
            }
        }
    }

    /// Nothing but a comment may follow a value on its line.
    fn end_of_line(&mut self) -> Result<(), Mistake> {
        self.skip_while(is_blank);
        match self.peek() {
            None | Some('\n') => Ok(()),
            Some('#') => {
                self.skip_line();
                Ok(())
            }
            Some(_) => Err(Mistake::Words),
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Mistake, parse};

    fn values(text: impl AsRef<[u8]>) -> Vec<String> {
        let read = |found: Result<super::Assignment, super::DotenvError>| match found {
            Ok(found) => format!("{}={}", found.name, found.value.expose()),
            Err(error) => format!("{}: {:?}", error.line, error.mistake),
        };
        parse(text.as_ref()).into_iter().map(read).collect()
    }

    #[test]
    fn values_are_what_a_shell_makes_of_them() {
        for (text, expected) in [
            ("A=1", "A=1"),
            ("  A=1  ", "A=1"),
            ("export A=1", "A=1"),
            ("export\tA=1", "A=1"),
            ("A=", "A="),
            ("A=x # y", "A=x"),
            ("A=x\t# y", "A=x"),
            ("A=x#y", "A=x#y"),
            ("A='x # y' # z", "A=x # y"),
            ("A='a\\b'", "A=a\\b"),
            (r#"A="a\\b""#, r"A=a\b"),
            (r#"A="a\$b""#, "A=a$b"),
            (r#"A="a\`b""#, "A=a`b"),
            (r#"A="a\"b""#, "A=a\"b"),
            (r#"A="a\nb""#, r"A=a\nb"),
            (r"A=a\ b", "A=a b"),
            ("A=a'b c'\"d e\"f", "A=ab cd ef"),
            ("A=\"a\nb\"", "A=a\nb"),
            ("A=a\\\nb", "A=ab"),
            ("A=1\r\n", "A=1"),
            ("\u{feff}A=1", "A=1"),
            // Where a shell would substitute: secret keys are full of these.
            ("A=a$b(c)&d", "A=a$b(c)&d"),
        ] {
            assert_eq!(values(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_not_ours_is_passed_over() {
        for line in [
            "FOO.BAR=1",
            "FOO-BAR=1",
            "FOO = 1",
            "FOO=a b",
            "nonsense",
            "source other.env",
            "FOO='open",
            "=x",
        ] {
            let text = format!("{line}\nDJR_A=1\n");
            assert_eq!(values(&text).last().unwrap(), "DJR_A=1", "{line}");
            assert!(!values(&text).concat().contains(':'), "{line}");
        }
        assert_eq!(values(b"FOO=caf\xe9\nDJR_A=1\n")[1], "DJR_A=1");
    }

    #[test]
    fn a_variable_of_ours_that_a_shell_would_not_read_is_an_error() {
        for (line, mistake) in [
            ("DJR_A = 1", Mistake::NotAssignment),
            ("DJR_A 1", Mistake::NotAssignment),
            ("DJR_A-B=1", Mistake::NotAssignment),
            ("DJR_A= 1", Mistake::Words),
            ("DJR_A=a b", Mistake::Words),
            ("DJR_A='a' b", Mistake::Words),
            ("export DJR_A='open", Mistake::OpenQuote),
        ] {
            let expected = format!("2: {mistake:?}");
            assert_eq!(values(format!("\n{line}\n")), [expected], "{line}");
        }
        let mistaken = b"A=1\nDJR_A=caf\xe9\nDJR_B=2\n";
        assert_eq!(values(mistaken), ["A=1", "2: NotUtf8", "DJR_B=2"]);
    }

    #[test]
    fn a_quote_that_swallows_the_next_variable_is_an_error() {
        let found = values("FOO='it\nDJR_A='1'\nBAR=2'\n");
        assert_eq!(found[..2], ["1: SwallowsNext", "DJR_A=1"]);
    }

    proptest! {
        #[test]
        fn what_stands_in_quotes_is_the_value(value in "[^'\0]{0,40}") {
            let swallows = value.lines().skip(1).any(|line| line.contains('='));
            prop_assume!(!swallows && !value.contains('\r'));
            prop_assert_eq!(values(format!("DJR_A='{value}'\n")), [format!("DJR_A={value}")]);
        }

        #[test]
        fn any_bytes_are_read_and_each_line_at_most_once(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let lines = bytes.split(|byte| *byte == b'\n').count();
            prop_assert!(parse(&bytes).len() <= lines);
        }
    }
}
