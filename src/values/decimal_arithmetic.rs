//! Computing with decimal numbers, to 28 digits as Python's `decimal` does by default.

use std::cmp::Ordering;

use crate::values::Decimal;
use crate::values::decimal::{rounded, trimmed};

/// How many digits a result has at the most.
const PRECISION: usize = 28;

/// How many digits numbers may have to be written with one exponent.
const MAX_DIGITS: usize = 5_000;

/// The highest place of a digit that a power may have, before the point or behind it.
const MAX_EXPONENT: i64 = 999_999;

/// Zeros behind a power beyond which it is too large anyway.
const MAX_POWER_DIGITS: usize = 20;

/// A power that is whole.
struct WholePower {
    /// Its size; none where it is beyond all that can be computed.
    size: Option<u64>,
    is_odd: bool,
}

/// Why there is no result.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DecimalError {
    /// The divisor is zero.
    DivisionByZero,
    /// Too many digits would be needed.
    TooLarge,
    /// It is not defined, or has no end of digits: zero to the power of zero, and powers that are not whole.
    Undefined,
}

impl Decimal {
    /// The number with the other sign, rounded; zero has none.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            negative: !self.negative && !self.is_zero(),
            ..self.clone()
        }
        .rounded_to(PRECISION)
    }

    /// The number without its sign, rounded.
    #[must_use]
    pub fn absolute(&self) -> Self {
        Self {
            negative: false,
            ..self.clone()
        }
        .rounded_to(PRECISION)
    }

    /// Both together.
    pub fn plus(&self, other: &Self) -> Result<Self, DecimalError> {
        let exponent = self.exponent.min(other.exponent);
        let (left, right) = (self.written_to(exponent)?, other.written_to(exponent)?);
        let (negative, digits) = if self.negative == other.negative {
            (self.negative, sum(&left, &right))
        } else {
            match size(&left, &right) {
                Ordering::Equal => (false, vec![0]),
                Ordering::Greater => (self.negative, difference(&left, &right)),
                Ordering::Less => (other.negative, difference(&right, &left)),
            }
        };
        Ok(Self {
            negative,
            digits,
            exponent,
        }
        .rounded_to(PRECISION))
    }

    /// Each as often as the other says.
    pub fn times(&self, other: &Self) -> Result<Self, DecimalError> {
        self.times_to(other, PRECISION)
    }

    /// The same with as many digits as `precision`.
    fn times_to(&self, other: &Self, precision: usize) -> Result<Self, DecimalError> {
        let exponent = self.exponent.checked_add(other.exponent);
        Ok(Self {
            negative: self.negative != other.negative,
            digits: product(&self.digits, &other.digits),
            exponent: exponent.ok_or(DecimalError::TooLarge)?,
        }
        .rounded_to(precision))
    }

    /// The quotient.
    pub fn divided_by(&self, other: &Self) -> Result<Self, DecimalError> {
        self.divided_to(other, PRECISION)
    }

    /// The same with as many digits as `precision`.
    fn divided_to(&self, other: &Self, precision: usize) -> Result<Self, DecimalError> {
        if other.is_zero() {
            return Err(DecimalError::DivisionByZero);
        }
        let ideal = self.exponent.checked_sub(other.exponent);
        let ideal = ideal.ok_or(DecimalError::TooLarge)?;
        let negative = self.negative != other.negative;
        if self.is_zero() {
            return Ok(Self {
                negative,
                digits: vec![0],
                exponent: ideal,
            });
        }
        // So many zeros behind the dividend that the quotient has a digit more than are kept.
        let zeros = (other.digits.len() + precision + 1).saturating_sub(self.digits.len());
        let mut dividend = self.digits.clone();
        dividend.resize(dividend.len() + zeros, 0);
        let (mut digits, rest) = divided(&dividend, &other.digits);
        let shift = i32::try_from(zeros).map_err(|_| DecimalError::TooLarge)?;
        let mut exponent = ideal.checked_sub(shift).ok_or(DecimalError::TooLarge)?;
        if rest == [0] {
            while exponent < ideal && digits.len() > 1 && digits.last() == Some(&0) {
                digits.pop();
                exponent += 1;
            }
        } else if digits.last().is_some_and(|digit| digit % 5 == 0) {
            // What is left over must not look like half.
            digits = sum(&digits, &[1]);
        }
        Ok(Self {
            negative,
            digits,
            exponent,
        }
        .rounded_to(precision))
    }

    /// The number to the power of a whole one, as Python's `**` of decimals: some digits more are computed than are kept.
    pub fn power(&self, exponent: &Self) -> Result<Self, DecimalError> {
        let power = exponent.whole_power()?;
        let negative = self.negative && power.is_odd;
        let whole = |digits: Vec<u8>, exponent: i32| Self {
            negative,
            digits,
            exponent,
        };
        if self.is_zero() {
            return match (exponent.is_zero(), exponent.negative) {
                (true, _) => Err(DecimalError::Undefined),
                (_, true) => Err(DecimalError::DivisionByZero),
                _ => Ok(whole(vec![0], 0)),
            };
        }
        if exponent.is_zero() {
            return Ok(whole(vec![1], 0));
        }
        if self.absolute().compare(&Self::one()) == Some(Ordering::Equal) {
            let decimals = u64::from(self.exponent.unsigned_abs());
            let wanted = power.size.unwrap_or(u64::MAX).saturating_mul(decimals);
            let most = PRECISION - 1;
            let zeros = usize::try_from(wanted).map_or(most, |wanted| wanted.min(most));
            let zeros = if exponent.negative { 0 } else { zeros };
            let mut digits = vec![1];
            digits.resize(zeros + 1, 0);
            return Ok(whole(digits, -i32::try_from(zeros).unwrap_or_default()));
        }
        let size = power.size.ok_or(DecimalError::TooLarge)?;
        let found = self.absolute_power(exponent.negative, size)?;
        let found = Self { negative, ..found }.rounded_to(PRECISION);
        let highest =
            i64::from(found.exponent) + i64::try_from(found.digits.len()).unwrap_or(i64::MAX) - 1;
        if highest.abs() > MAX_EXPONENT {
            return Err(DecimalError::TooLarge);
        }
        Ok(found)
    }

    /// The size of the number to the power of `size`, or of minus that.
    fn absolute_power(&self, is_negative: bool, size: u64) -> Result<Self, DecimalError> {
        let guard = size.to_string().len() + 2;
        let base = Self {
            negative: false,
            ..self.clone()
        };
        let (base, precision) = if is_negative {
            let precision = PRECISION + guard + 1;
            (Self::one().divided_to(&base, precision)?, precision)
        } else {
            (base, PRECISION + guard)
        };
        let mut found = base.clone();
        for bit in (0..size.ilog2()).rev() {
            found = found.times_to(&found, precision)?;
            if size >> bit & 1 == 1 {
                found = found.times_to(&base, precision)?;
            }
        }
        Ok(found)
    }

    fn one() -> Self {
        Self {
            negative: false,
            digits: vec![1],
            exponent: 0,
        }
    }

    /// The number as a power, without its sign; fails where it is not whole.
    fn whole_power(&self) -> Result<WholePower, DecimalError> {
        let decimals = usize::try_from(-i64::from(self.exponent)).unwrap_or_default();
        let (whole, fraction) = self
            .digits
            .split_at(self.digits.len().saturating_sub(decimals));
        if fraction.iter().any(|digit| *digit != 0) {
            return Err(DecimalError::Undefined);
        }
        let zeros = usize::try_from(self.exponent).unwrap_or_default();
        let last = whole
            .last()
            .filter(|_| zeros == 0)
            .copied()
            .unwrap_or_default();
        let zeros = std::iter::repeat_n(&0, zeros.min(MAX_POWER_DIGITS));
        let size = whole.iter().chain(zeros).try_fold(0_u64, |size, digit| {
            size.checked_mul(10)?.checked_add(u64::from(*digit))
        });
        Ok(WholePower {
            size,
            is_odd: last % 2 == 1,
        })
    }

    /// The whole part of the quotient, as Python's `//` of decimals.
    pub fn whole_quotient(&self, other: &Self) -> Result<Self, DecimalError> {
        let (digits, _) = self.divided_whole(other)?;
        if digits.len() > PRECISION {
            return Err(DecimalError::TooLarge);
        }
        Ok(Self {
            negative: self.negative != other.negative,
            digits,
            exponent: 0,
        })
    }

    /// What is left over by the whole part of the quotient; it has the sign of this number.
    pub fn remainder(&self, other: &Self) -> Result<Self, DecimalError> {
        let (quotient, digits) = self.divided_whole(other)?;
        if quotient.len() > PRECISION {
            return Err(DecimalError::TooLarge);
        }
        Ok(Self {
            negative: self.negative,
            digits,
            exponent: self.exponent.min(other.exponent),
        }
        .rounded_to(PRECISION))
    }

    fn divided_whole(&self, other: &Self) -> Result<(Vec<u8>, Vec<u8>), DecimalError> {
        if other.is_zero() {
            return Err(DecimalError::DivisionByZero);
        }
        let exponent = self.exponent.min(other.exponent);
        let (left, right) = (self.written_to(exponent)?, other.written_to(exponent)?);
        Ok(divided(&left, &right))
    }

    /// The digits down to the place of `exponent`, which is not above that of the number.
    fn written_to(&self, exponent: i32) -> Result<Vec<u8>, DecimalError> {
        if self.is_zero() {
            return Ok(vec![0]);
        }
        let zeros = i64::from(self.exponent) - i64::from(exponent);
        let zeros = usize::try_from(zeros).map_err(|_| DecimalError::TooLarge)?;
        let length = self.digits.len().saturating_add(zeros);
        if length > MAX_DIGITS {
            return Err(DecimalError::TooLarge);
        }
        let mut digits = self.digits.clone();
        digits.resize(length, 0);
        Ok(digits)
    }

    /// The number rounded to as many digits.
    fn rounded_to(mut self, precision: usize) -> Self {
        let surplus = self.digits.len().saturating_sub(precision);
        if surplus > 0 {
            self.digits = rounded(&self.digits, surplus);
            self.exponent = self
                .exponent
                .saturating_add(i32::try_from(surplus).unwrap_or(i32::MAX));
            // 9.99 became 10.0: a digit too many.
            if self.digits.len() > precision {
                self.digits.pop();
                self.exponent = self.exponent.saturating_add(1);
            }
        }
        self
    }
}

/// How two whole numbers stand.
fn size(left: &[u8], right: &[u8]) -> Ordering {
    let (left, right) = (trimmed(left), trimmed(right));
    left.len()
        .cmp(&right.len())
        .then_with(|| left.as_slice().cmp(right.as_slice()))
}

fn sum(left: &[u8], right: &[u8]) -> Vec<u8> {
    let (mut digits, mut carry) = (Vec::new(), 0);
    let (mut left, mut right) = (left.iter().rev(), right.iter().rev());
    loop {
        let (a, b) = (left.next(), right.next());
        if a.is_none() && b.is_none() {
            break;
        }
        let total = a.unwrap_or(&0) + b.unwrap_or(&0) + carry;
        digits.push(total % 10);
        carry = total / 10;
    }
    digits.push(carry);
    digits.reverse();
    trimmed(&digits)
}

/// `left` without `right`, which is not greater.
fn difference(left: &[u8], right: &[u8]) -> Vec<u8> {
    let (mut digits, mut borrow) = (Vec::new(), 0);
    let mut right = right.iter().rev();
    for a in left.iter().rev() {
        let taken = right.next().unwrap_or(&0) + borrow;
        borrow = u8::from(*a < taken);
        digits.push(a + 10 * borrow - taken);
    }
    digits.reverse();
    trimmed(&digits)
}

fn product(left: &[u8], right: &[u8]) -> Vec<u8> {
    let mut digits = vec![0_u8; left.len() + right.len()];
    for (place, a) in left.iter().rev().enumerate() {
        let mut carry = 0;
        for (offset, b) in right.iter().rev().chain([&0]).enumerate() {
            if let Some(digit) = digits.iter_mut().rev().nth(place + offset) {
                let total = a * b + *digit + carry;
                *digit = total % 10;
                carry = total / 10;
            }
        }
    }
    trimmed(&digits)
}

/// The whole quotient and what is left over.
fn divided(left: &[u8], right: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let right = trimmed(right);
    let (mut quotient, mut rest) = (Vec::with_capacity(left.len()), vec![0]);
    for digit in left {
        rest.push(*digit);
        rest = trimmed(&rest);
        let mut times = 0;
        while size(&rest, &right).is_ge() {
            rest = difference(&rest, &right);
            times += 1;
        }
        quotient.push(times);
    }
    (trimmed(&quotient), rest)
}
