//! What is left of a text of digits that is being read.

/// The bytes that are left; each step takes some from the front.
pub(super) struct DigitScanner<'t>(pub(super) &'t [u8]);

impl DigitScanner<'_> {
    /// Takes `byte`, if it is the next one.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let rest = self.0.strip_prefix(&[byte]);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// A number of at least `least` and at most `most` digits.
    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<i32> {
        let digits = self.0.iter().take(most);
        let length = digits.take_while(|byte| byte.is_ascii_digit()).count();
        if length < least {
            return None;
        }
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        let value = |value, digit: &u8| value * 10 + i32::from(digit - b'0');
        Some(digits.iter().fold(0, value))
    }

    /// A number of just so many digits.
    pub(super) fn digits(&mut self, count: usize) -> Option<i32> {
        self.number(count, count)
    }

    /// The microseconds of a fraction of at least `least` digits: six count, more are passed over.
    pub(super) fn microseconds(&mut self, least: usize) -> Option<i32> {
        let before = self.0.len();
        let value = self.number(least, 6)?;
        let missing = 6_usize.saturating_sub(before - self.0.len());
        let more = self.0.iter().take_while(|byte| byte.is_ascii_digit());
        self.0 = &self.0[more.count()..];
        Some((0..missing).fold(value, |value, _| value * 10))
    }
}
