//! Numbers in English: rounded half up, grouped by thousands.

/// The most digits that are written in full: more would fill the memory.
pub const MOST_DIGITS: u32 = 200;

/// A number of decimal digits, as it was written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PlainNumber {
    is_negative: bool,
    /// Digits before the point.
    whole: String,
    /// Digits behind it.
    fraction: String,
}

impl PlainNumber {
    /// Reads `-12.50`, `1e3` and what else Python's `Decimal` reads, but for numbers of more than [`MOST_DIGITS`] digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace('_', "");
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text.as_str(), 0),
        };
        let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let places = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        let significant = digits.trim_start_matches('0');
        let length = u32::try_from(significant.len().max(1)).ok()?;
        if length.checked_add(places.unsigned_abs())? > MOST_DIGITS {
            return None;
        }
        let mut digits = significant.to_owned();
        if places < 0 {
            digits.extend(std::iter::repeat_n('0', usize::try_from(-places).ok()?));
        }
        let places = usize::try_from(places.max(0)).ok()?;
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let whole = whole.trim_start_matches('0');
        Some(Self {
            is_negative: mantissa.starts_with('-'),
            whole: if whole.is_empty() { "0" } else { whole }.to_owned(),
            fraction: fraction.to_owned(),
        })
    }

    /// Whether nothing but zeros stands behind the point.
    pub fn is_whole(&self) -> bool {
        self.fraction.bytes().all(|digit| digit == b'0')
    }

    /// The number without what stands behind the point.
    #[must_use]
    pub fn truncated(&self) -> Self {
        Self {
            // Minus zero is zero.
            is_negative: self.is_negative && self.whole != "0",
            whole: self.whole.clone(),
            fraction: String::new(),
        }
    }

    /// The number with `places` digits behind the point, half of the last one upwards.
    #[must_use]
    pub fn rounded(&self, places: usize) -> Self {
        let mut fraction = self.fraction.clone();
        while fraction.len() < places {
            fraction.push('0');
        }
        let up = fraction
            .as_bytes()
            .get(places)
            .is_some_and(|digit| *digit >= b'5');
        fraction.truncate(places);
        let digits = format!("{}{fraction}", self.whole);
        let digits = if up { incremented(&digits) } else { digits };
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let is_zero = digits.bytes().all(|digit| digit == b'0');
        Self {
            is_negative: self.is_negative && !is_zero,
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        }
    }

    /// The number in full; `is_grouped` puts commas between thousands.
    pub fn format(&self, is_grouped: bool) -> String {
        let sign = if self.is_negative { "-" } else { "" };
        let whole = if is_grouped {
            grouped(&self.whole)
        } else {
            self.whole.clone()
        };
        match self.fraction.as_str() {
            "" => format!("{sign}{whole}"),
            fraction => format!("{sign}{whole}.{fraction}"),
        }
    }
}

fn incremented(digits: &str) -> String {
    let mut digits = digits.as_bytes().to_vec();
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return String::from_utf8_lossy(&digits).into_owned();
        }
        *digit = b'0';
    }
    format!("1{}", String::from_utf8_lossy(&digits))
}

/// `1234567` as `1,234,567`.
pub fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::PlainNumber;

    #[test]
    fn rounds_and_groups() {
        for (text, places, grouped, written) in [
            ("0.125", 2, false, "0.13"),
            ("-0.004", 2, false, "0.00"),
            ("999.995", 2, true, "1,000.00"),
            ("1e6", 0, true, "1,000,000"),
            ("1.5e-3", 4, false, "0.0015"),
            ("-12", 1, false, "-12.0"),
        ] {
            let number = PlainNumber::parse(text).unwrap();
            assert_eq!(number.rounded(places).format(grouped), written, "{text}");
        }
        for text in ["", ".", "1e999", "1e-999999999", "NaN", "1 2", "--1"] {
            assert_eq!(PlainNumber::parse(text), None, "{text}");
        }
    }
}
