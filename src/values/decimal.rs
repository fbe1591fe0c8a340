//! Decimal numbers as Python's `decimal` rounds and writes them.

use std::cmp::Ordering;
use std::fmt;

/// The digits that survive SQLite's numeric affinity, and that Django reads back.
const STORED_DIGITS: usize = 15;

/// A number of decimal digits, of which so many stand behind the point.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decimal {
    pub(super) negative: bool,
    /// Without zeros in front, unless it is zero.
    pub(super) digits: Vec<u8>,
    pub(super) exponent: i32,
}

/// How many digits a number needs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DigitCount {
    /// All of them.
    pub digits: u64,
    /// Those behind the point.
    pub decimals: u64,
}

impl Decimal {
    /// Reads `-12.50` or `1.5e3`; no infinities.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (text, 0),
        };
        let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all = || whole.bytes().chain(fraction.bytes());
        if all().next().is_none() || !all().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let places = i32::try_from(fraction.len()).ok()?;
        Some(Self {
            negative: mantissa.starts_with('-'),
            digits: trimmed(&all().map(|byte| byte - b'0').collect::<Vec<_>>()),
            exponent: i32::checked_sub(exponent, places)?,
        })
    }

    /// The exact value of `number`, rounded half to even to `digits` digits where it has more
    /// (`Context.create_decimal_from_float`).
    pub fn from_float(number: f64, digits: usize) -> Option<Self> {
        // The digits of a double end; most of them long before those that are asked for.
        let exact = Self::parse(&format!("{number:.1074}"))?.without_trailing_zeros();
        if exact.digits.len() <= digits {
            return Some(exact);
        }
        Self::nearest(number, digits)
    }

    /// The number of `digits` digits that is nearest to `number`.
    fn nearest(number: f64, digits: usize) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        Self::parse(&format!("{number:.*e}", digits.saturating_sub(1)))
    }

    /// The digits without zeros in front, and the power of ten of the last.
    pub fn significant(&self) -> (usize, i64) {
        (self.digits.len(), i64::from(self.exponent))
    }

    /// How many digits stand behind the point.
    pub fn places(&self) -> u32 {
        u32::try_from(-self.exponent).unwrap_or(0)
    }

    /// The digits that the number needs when it is written in full, as Django's `DecimalValidator` counts them.
    pub fn digit_count(&self) -> DigitCount {
        let written = u64::try_from(self.digits.len()).unwrap_or(u64::MAX);
        if self.exponent >= 0 {
            let zeros = u64::from(self.exponent.unsigned_abs());
            let zeros = if self.digits == [0] { 0 } else { zeros };
            return DigitCount {
                digits: written.saturating_add(zeros),
                decimals: 0,
            };
        }
        let decimals = u64::from(self.exponent.unsigned_abs());
        DigitCount {
            digits: written.max(decimals),
            decimals,
        }
    }

    /// Whether it is zero, whatever its sign and its decimals.
    pub(super) fn is_zero(&self) -> bool {
        self.digits == [0]
    }

    /// How it stands to `other`.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        let sign = |number: &Self| match (number.is_zero(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let (left, right) = (sign(self), sign(other));
        if left != right || left == 0 {
            return Some(left.cmp(&right));
        }
        let size = self.compare_sizes(other)?;
        Some(if left < 0 { size.reverse() } else { size })
    }

    /// How two numbers that are not zero stand, signs left aside.
    fn compare_sizes(&self, other: &Self) -> Option<Ordering> {
        let point = |number: &Self| {
            let length = i64::try_from(number.digits.len()).ok()?;
            length.checked_add(i64::from(number.exponent))
        };
        let places = point(self)?.cmp(&point(other)?);
        if places != Ordering::Equal {
            return Some(places);
        }
        let length = self.digits.len().max(other.digits.len());
        let padded = |number: &Self| {
            let zeros = std::iter::repeat_n(0, length - number.digits.len());
            number
                .digits
                .iter()
                .copied()
                .chain(zeros)
                .collect::<Vec<u8>>()
        };
        Some(padded(self).cmp(&padded(other)))
    }

    /// The same number, written without zeros at the end of its fraction.
    fn without_trailing_zeros(mut self) -> Self {
        while self.exponent < 0 && self.digits.last() == Some(&0) {
            if self.digits == [0] {
                self.exponent = 0;
                break;
            }
            self.digits.pop();
            self.exponent += 1;
        }
        self
    }

    /// What a column of numeric affinity gives back for `number`.
    pub fn from_stored(number: f64) -> Option<Self> {
        Self::nearest(number, STORED_DIGITS)
    }

    /// The number with exactly `places` digits behind the point, half to even;
    /// none if it has more than `max_digits` then.
    #[must_use]
    pub fn quantize(&self, max_digits: u32, places: u32) -> Option<Self> {
        let target = -i32::try_from(places).ok()?;
        let mut digits = self.digits.clone();
        let surplus = i64::from(target) - i64::from(self.exponent);
        if surplus > 0 {
            digits = rounded(&digits, usize::try_from(surplus).ok()?);
        } else if digits != [0] {
            let missing = usize::try_from(-surplus).ok()?;
            if missing > max_digits as usize {
                return None;
            }
            digits.resize(digits.len() + missing, 0);
        }
        let fits = digits == [0] || digits.len() <= max_digits as usize;
        fits.then_some(Self {
            negative: self.negative,
            digits,
            exponent: target,
        })
    }

    /// The number in its shortest form, for comparing.
    pub fn shortest(&self) -> String {
        self.clone().without_trailing_zeros().to_string()
    }

    /// The number in full: `0.0000001`, never `1E-7`.
    pub fn plain(&self) -> String {
        let places = usize::try_from(-self.exponent).unwrap_or(0);
        let zeros = usize::try_from(self.exponent).unwrap_or(0);
        // Zero is one zero, whatever it is multiplied with.
        let zeros = if self.digits == [0] { 0 } else { zeros };
        let mut text: String = self
            .digits
            .iter()
            .map(|digit| char::from(b'0' + digit))
            .collect();
        text.extend(std::iter::repeat_n('0', zeros));
        if places > 0 {
            text = format!("{text:0>width$}", width = places + 1);
            text.insert(text.len() - places, '.');
        }
        if self.negative {
            text.insert(0, '-');
        }
        text
    }
}

impl fmt::Display for Decimal {
    /// As Python's `str`: with an exponent where the number is small or its exponent positive.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = i32::try_from(self.digits.len()).unwrap_or(i32::MAX);
        let point = length.saturating_add(self.exponent);
        if self.exponent <= 0 && point > -6 {
            return f.write_str(&self.plain());
        }
        let mut text: String = self
            .digits
            .iter()
            .map(|digit| char::from(b'0' + digit))
            .collect();
        if text.len() > 1 {
            text.insert(1, '.');
        }
        let sign = if self.negative { "-" } else { "" };
        write!(f, "{sign}{text}E{:+}", point - 1)
    }
}

/// `digits` without zeros in front; one of zero itself.
pub(super) fn trimmed(digits: &[u8]) -> Vec<u8> {
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    match digits.get(zeros..) {
        Some(rest) if !rest.is_empty() => rest.to_vec(),
        _ => vec![0],
    }
}

/// `digits` without the last `surplus` of them, rounded half to even.
pub(super) fn rounded(digits: &[u8], surplus: usize) -> Vec<u8> {
    let Some(kept) = digits.len().checked_sub(surplus) else {
        return vec![0];
    };
    let (kept, dropped) = digits.split_at(kept);
    let odd = kept.last().is_some_and(|digit| digit % 2 == 1);
    let beyond = dropped[1..].iter().any(|digit| *digit > 0);
    let up = dropped[0] > 5 || dropped[0] == 5 && (odd || beyond);
    let mut kept = [&[0], kept].concat();
    if up {
        for digit in kept.iter_mut().rev() {
            *digit = (*digit + 1) % 10;
            if *digit > 0 {
                break;
            }
        }
    }
    trimmed(&kept)
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn quantized(text: &str, max_digits: u32, places: u32) -> Option<String> {
        let number = Decimal::parse(text)?;
        Some(number.quantize(max_digits, places)?.to_string())
    }

    /// Each line was tried with Python's `decimal`.
    #[test]
    fn rounds_and_writes_as_python() {
        for (given, max_digits, places, written) in [
            ("1.1", 10, 4, Some("1.1000")),
            ("-0.125", 10, 2, Some("-0.12")),
            ("0.135", 10, 2, Some("0.14")),
            ("9.999", 3, 2, None),
            ("9.99", 3, 2, Some("9.99")),
            ("99.5", 3, 0, Some("100")),
            ("0", 12, 10, Some("0E-10")),
            ("1e-7", 12, 7, Some("1E-7")),
            ("12e-8", 12, 8, Some("1.2E-7")),
            ("0.000001", 12, 6, Some("0.000001")),
            ("1e3", 4, 0, Some("1000")),
            ("0.004", 5, 2, Some("0.00")),
            ("1e999", 5, 2, None),
            ("one", 5, 2, None),
            ("", 5, 2, None),
        ] {
            assert_eq!(
                quantized(given, max_digits, places).as_deref(),
                written,
                "{given}"
            );
        }
    }

    #[test]
    fn a_stored_number_keeps_fifteen_digits() {
        let read = |number| {
            let found = Decimal::from_stored(number).unwrap();
            found.quantize(20, 5).unwrap().plain()
        };
        assert_eq!(read(1.1), "1.10000");
        assert_eq!(read(123_456_789_012.345_67), "123456789012.34600");
        assert_eq!(read(0.000_01), "0.00001");
    }
}
