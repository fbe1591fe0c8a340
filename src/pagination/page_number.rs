//! The number of a page as somebody asked for it.

use std::num::IntErrorKind;

/// The number of a page as somebody asked for it: read as Python's `int` reads it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PageNumber<'t> {
    /// A whole number.
    Integer(i64),
    /// A number that may have a fraction.
    Float(f64),
    /// Text, such as the parameter `page` of an address.
    Text(&'t str),
    /// Something that is not a number at all.
    Other,
}

/// The digits that Python reads at the most (`sys.set_int_max_str_digits`).
const MAX_DIGITS: usize = 4300;

impl PageNumber<'_> {
    /// The whole number; one beyond 64 bits is the greatest or least there is. `None` where it is not one.
    pub(super) fn to_integer(self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(number),
            Self::Float(number) => whole(number),
            Self::Text(text) => parse(text),
            Self::Other => None,
        }
    }
}

fn whole(number: f64) -> Option<i64> {
    if !number.is_finite() || number.fract() != 0.0 {
        return None;
    }
    // Digits without an exponent, which leads through the same limits as text.
    saturating(&format!("{number:.0}"))
}

/// What Python's `int` makes of `text`: white space around it and single underscores between digits do no harm.
fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (&text[..1], digits),
        None => ("", text),
    };
    let mut number = sign.to_owned();
    let mut is_after_digit = false;
    for c in digits.chars() {
        match decimal_digit(c) {
            Some(digit) => {
                number.push(digit);
                is_after_digit = true;
            }
            None if c == '_' && is_after_digit => is_after_digit = false,
            None => return None,
        }
    }
    let length = number.len() - sign.len();
    (is_after_digit && length <= MAX_DIGITS).then(|| saturating(&number))?
}

fn saturating(digits: &str) -> Option<i64> {
    digits.parse::<i64>().map_or_else(
        |error| match error.kind() {
            IntErrorKind::PosOverflow => Some(i64::MAX),
            IntErrorKind::NegOverflow => Some(i64::MIN),
            _ => None,
        },
        Some,
    )
}

/// The first digits of the scripts that Python reads numbers in, ten in a row each (Unicode's category Nd).
const ZEROS: [char; 66] = [
    '0',
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e950}',
    '\u{1fbf0}',
];

fn decimal_digit(c: char) -> Option<char> {
    let offset = ZEROS.iter().find_map(|zero| {
        u32::from(c)
            .checked_sub(u32::from(*zero))
            .filter(|offset| *offset < 10)
    })?;
    char::from_digit(offset, 10)
}
