//! A line as it is typed: what each key does to it.

const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const NEWLINE: u8 = b'\n';
const RETURN: u8 = b'\r';
const CTRL_U: u8 = 0x15;
const CTRL_W: u8 = 0x17;
const ESCAPE: u8 = 0x1b;
const DELETE: u8 = 0x7f;

/// What a key leads to.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// The line is complete.
    Done,
    /// Nobody wants to answer.
    Cancelled,
    /// The line goes on; this brings what is on the screen up to date.
    Show(String),
}

/// A line that is being typed.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    /// The bytes of a character that is not complete yet.
    pending: Vec<u8>,
    escape: Escape,
}

/// How far into an escape sequence the keys are, such as that of an arrow: they have no meaning here.
#[derive(Debug, Default, PartialEq)]
enum Escape {
    #[default]
    Outside,
    Begun,
    Within,
}

impl Line {
    /// Takes the next byte of the terminal.
    pub(super) fn key(&mut self, byte: u8) -> Step {
        if self.skips(byte) {
            return Step::Show(String::new());
        }
        match byte {
            NEWLINE | RETURN => Step::Done,
            CTRL_C => Step::Cancelled,
            CTRL_D if self.text.is_empty() => Step::Cancelled,
            BACKSPACE | DELETE => Step::Show(self.erase(1)),
            CTRL_U => Step::Show(self.erase(self.text.chars().count())),
            CTRL_W => Step::Show(self.erase(self.last_word())),
            byte if byte.is_ascii_control() => Step::Show(String::new()),
            byte => Step::Show(self.insert(byte)),
        }
    }

    /// What was typed.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn skips(&mut self, byte: u8) -> bool {
        let (skips, next) = match (&self.escape, byte) {
            (_, ESCAPE) => (true, Escape::Begun),
            (Escape::Begun, b'[' | b'O') => (true, Escape::Within),
            (Escape::Within, b'@'..=b'~') => (true, Escape::Outside),
            // A line must be able to end, whatever was sent before.
            (Escape::Within, byte) if !byte.is_ascii_control() => (true, Escape::Within),
            _ => (false, Escape::Outside),
        };
        self.escape = next;
        skips
    }

    fn insert(&mut self, byte: u8) -> String {
        self.pending.push(byte);
        match std::str::from_utf8(&self.pending) {
            Ok(character) => {
                let shown = character.to_owned();
                self.text.push_str(&shown);
                self.pending.clear();
                shown
            }
            Err(error) => {
                if error.error_len().is_some() {
                    self.pending.clear();
                }
                String::new()
            }
        }
    }

    fn erase(&mut self, characters: usize) -> String {
        self.pending.clear();
        let erased = (0..characters).filter_map(|_| self.text.pop());
        // Back, over it, back again; the characters of East Asia are two columns wide.
        erased
            .map(|character| "\u{8} \u{8}".repeat(if character < '\u{1100}' { 1 } else { 2 }))
            .collect()
    }

    /// Characters of the last word and the spaces behind it.
    fn last_word(&self) -> usize {
        let kept = self.text.trim_end().rfind(char::is_whitespace);
        let kept = kept.map_or("", |space| &self.text[..=space]);
        self.text.chars().count() - kept.chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Step};

    fn typed(keys: &str) -> String {
        let mut line = Line::default();
        for byte in keys.bytes() {
            assert!(matches!(line.key(byte), Step::Show(_)), "{keys:?}");
        }
        line.into_text()
    }

    #[test]
    fn edits_a_line() {
        assert_eq!(typed("alicé\u{7f}e"), "alice");
        assert_eq!(typed("\u{7f}a"), "a");
        assert_eq!(typed("wrong\u{15}right"), "right");
        assert_eq!(typed("one two  \u{17}three"), "one three");
        assert_eq!(typed("日本\u{7f}"), "日");
    }

    #[test]
    fn takes_no_notice_of_arrows() {
        assert_eq!(typed("a\u{1b}[A\u{1b}[1;5Cb\u{1b}OHc"), "abc");
    }

    #[test]
    fn ends_at_enter_and_at_control_keys() {
        let key = |keys: &[u8]| {
            let mut line = Line::default();
            let steps: Vec<_> = keys.iter().map(|byte| line.key(*byte)).collect();
            steps.into_iter().next_back().unwrap()
        };
        assert_eq!(key(b"a\n"), Step::Done);
        assert_eq!(key(b"a\r"), Step::Done);
        assert_eq!(key(b"\x1b[\r"), Step::Done);
        assert_eq!(key(b"a\x03"), Step::Cancelled);
        assert_eq!(key(b"\x04"), Step::Cancelled);
        assert_eq!(key(b"a\x04"), Step::Show(String::new()));
    }

    #[test]
    fn shows_what_changes() {
        let mut line = Line::default();
        assert_eq!(line.key(b'a'), Step::Show("a".to_owned()));
        assert_eq!(line.key(0x7f), Step::Show("\u{8} \u{8}".to_owned()));
        assert_eq!(line.key(0xc3), Step::Show(String::new()));
        assert_eq!(line.key(0xa9), Step::Show("é".to_owned()));
    }
}
