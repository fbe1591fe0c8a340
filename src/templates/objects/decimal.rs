//! Decimal numbers: `12.50` keeps its zero.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{DynObject, Object, ObjectRepr};

use crate::values::Decimal;

/// A number of a `DecimalField`.
#[derive(Clone, Debug)]
pub struct DecimalValue(pub Decimal);

impl DecimalValue {
    /// The number in full, or with an exponent where that would be very long.
    pub(in crate::templates) fn text(&self) -> String {
        let written = self.0.to_string();
        let exponent = written.split_once('E').map(|(_, exponent)| exponent);
        let is_long = exponent.and_then(|exponent| exponent.parse::<i32>().ok());
        if is_long.is_some_and(|exponent| exponent.unsigned_abs() > 200) {
            return written.to_lowercase();
        }
        self.0.plain()
    }
}

impl Object for DecimalValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        let text = self.text();
        text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        Some(compare(&self.text(), &other.text()))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Compares two numbers that are written in full.
fn compare(left: &str, right: &str) -> Ordering {
    let (left, right) = (Digits::of(left), Digits::of(right));
    match (left.is_negative, right.is_negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => left.compare(&right),
        (true, true) => right.compare(&left),
    }
}

/// A number without its sign and without zeros that say nothing.
struct Digits<'t> {
    is_negative: bool,
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Digits<'t> {
    fn of(text: &'t str) -> Self {
        let unsigned = text.trim_start_matches('-');
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let (whole, fraction) = (
            whole.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        Self {
            is_negative: text.starts_with('-') && !(whole.is_empty() && fraction.is_empty()),
            whole,
            fraction,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let length = self.whole.len().cmp(&other.whole.len());
        let whole = length.then_with(|| self.whole.cmp(other.whole));
        whole.then_with(|| self.fraction.cmp(other.fraction))
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::compare;

    #[test]
    fn compares_numbers_and_not_their_digits() {
        for (left, right, order) in [
            ("1.5", "1.50", Ordering::Equal),
            ("-0", "0.0", Ordering::Equal),
            ("9.99", "10", Ordering::Less),
            ("-9.99", "-10", Ordering::Greater),
            ("0.1", "0.09", Ordering::Greater),
            ("-1", "1", Ordering::Less),
        ] {
            assert_eq!(compare(left, right), order, "{left} {right}");
        }
    }
}
