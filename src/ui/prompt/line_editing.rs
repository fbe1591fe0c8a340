//! Ctrl-U and Ctrl-W in a line of text, as keys that `dialoguer` understands: backspaces.
//!
//! `dialoguer` does not tell where its cursor is, so the keys that it gets are counted here.

const BACKSPACE: u8 = 0x7f;
const CTRL_H: u8 = 0x08;
const CTRL_U: u8 = 0x15;
const CTRL_W: u8 = 0x17;
const ESCAPE: u8 = 0x1b;

/// The text that `dialoguer` holds, and its cursor.
#[derive(Debug, Default)]
pub(super) struct LineEditing {
    text: Vec<char>,
    cursor: usize,
    /// The bytes of a letter or an escape sequence that is not complete yet.
    unfinished: Vec<u8>,
}

impl LineEditing {
    /// What to pass on for `key`.
    pub(super) fn translate(&mut self, key: u8) -> Vec<u8> {
        let count = match key {
            CTRL_U => self.cursor,
            CTRL_W => self.last_word(),
            _ => {
                self.follow(key);
                return vec![key];
            }
        };
        self.unfinished.clear();
        self.cursor -= count;
        self.text.drain(self.cursor..self.cursor + count);
        vec![BACKSPACE; count]
    }

    /// How many letters stand between the begin of the last word and the cursor.
    fn last_word(&self) -> usize {
        let before = &self.text[..self.cursor];
        let blanks = before.iter().rev().take_while(|letter| **letter == ' ');
        let blanks = blanks.count();
        let word = before.iter().rev().skip(blanks);
        blanks + word.take_while(|letter| **letter != ' ').count()
    }

    /// Does what `dialoguer` does with `key`.
    fn follow(&mut self, key: u8) {
        if key < b' ' && key != ESCAPE {
            self.unfinished.clear();
        }
        match key {
            BACKSPACE | CTRL_H => {
                if let Some(before) = self.cursor.checked_sub(1) {
                    self.cursor = before;
                    self.text.remove(before);
                }
            }
            b'\r' | b'\n' => *self = Self::default(),
            _ if key < b' ' && key != ESCAPE => {}
            _ => {
                self.unfinished.push(key);
                self.finish_letter();
            }
        }
    }

    /// Takes in what is complete of the letters and sequences that have begun.
    fn finish_letter(&mut self) {
        match self.unfinished.as_slice() {
            [ESCAPE] | [ESCAPE, b'['] | [ESCAPE, b'[', b'0'..=b'9'] => return,
            [ESCAPE, b'[', b'C'] => self.cursor = self.text.len().min(self.cursor + 1),
            [ESCAPE, b'[', b'D'] => self.cursor = self.cursor.saturating_sub(1),
            // `dialoguer` moves by words.
            [ESCAPE, b'b'] => self.cursor -= self.last_word(),
            [ESCAPE, b'f'] => self.cursor += self.next_word(),
            [ESCAPE, ..] => {}
            bytes => match std::str::from_utf8(bytes) {
                Ok(letters) => {
                    for letter in letters.chars() {
                        self.text.insert(self.cursor, letter);
                        self.cursor += 1;
                    }
                }
                Err(error) if error.error_len().is_none() => return,
                Err(_) => {}
            },
        }
        self.unfinished.clear();
    }

    /// How many letters stand between the cursor and the begin of the next word.
    fn next_word(&self) -> usize {
        let after = &self.text[self.cursor..];
        let word = after.iter().take_while(|letter| **letter != ' ').count();
        let blanks = after.iter().skip(word);
        word + blanks.take_while(|letter| **letter == ' ').count()
    }
}

#[cfg(test)]
mod tests {
    use super::LineEditing;

    /// What `dialoguer` gets for `keys`.
    fn passed_on(keys: &str) -> String {
        let mut line = LineEditing::default();
        let passed = keys.bytes().flat_map(|key| line.translate(key));
        String::from_utf8(passed.collect()).unwrap()
    }

    #[test]
    fn ctrl_u_deletes_what_stands_before_the_cursor() {
        assert_eq!(passed_on("züe\u{15}x"), "züe\u{7f}\u{7f}\u{7f}x");
        assert_eq!(passed_on("ab\u{1b}[D\u{15}"), "ab\u{1b}[D\u{7f}");
        assert_eq!(passed_on("\u{15}"), "");
        assert_eq!(passed_on("a\u{7f}\u{7f}bc\r\u{15}"), "a\u{7f}\u{7f}bc\r");
    }

    #[test]
    fn ctrl_w_deletes_a_word_and_the_blanks_behind_it() {
        assert_eq!(
            passed_on("one two  \u{17}"),
            "one two  \u{7f}\u{7f}\u{7f}\u{7f}\u{7f}"
        );
        assert_eq!(passed_on("one\u{17}\u{17}"), "one\u{7f}\u{7f}\u{7f}");
    }
}
