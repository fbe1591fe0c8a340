//! Computing with decimal numbers, to 28 digits as Python's `decimal` does by default.

use std::cmp::Ordering;

use crate::values::Decimal;
use crate::values::decimal::{rounded, trimmed};

/// How many digits a result has at the most.
const PRECISION: usize = 28;

/// How many digits numbers may have to be written with one exponent.
const MAX_DIGITS: usize = 5_000;

/// Why there is no result.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DecimalError {
    /// The divisor is zero.
    DivisionByZero,
    /// Too many digits would be needed.
    TooLarge,
}

impl Decimal {
    fn is_zero(&self) -> bool {
        self.digits == [0]
    }

    /// The number with the other sign, rounded; zero has none.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            negative: !self.negative && !self.is_zero(),
            ..self.clone()
        }
        .rounded_to_precision()
    }

    /// The number without its sign, rounded.
    #[must_use]
    pub fn absolute(&self) -> Self {
        Self {
            negative: false,
            ..self.clone()
        }
        .rounded_to_precision()
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
        .rounded_to_precision())
    }

    /// Each as often as the other says.
    pub fn times(&self, other: &Self) -> Result<Self, DecimalError> {
        let exponent = self.exponent.checked_add(other.exponent);
        Ok(Self {
            negative: self.negative != other.negative,
            digits: product(&self.digits, &other.digits),
            exponent: exponent.ok_or(DecimalError::TooLarge)?,
        }
        .rounded_to_precision())
    }

    /// The quotient.
    pub fn divided_by(&self, other: &Self) -> Result<Self, DecimalError> {
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
        let zeros = (other.digits.len() + PRECISION + 1).saturating_sub(self.digits.len());
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
        .rounded_to_precision())
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
        .rounded_to_precision())
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

    /// The number rounded to as many digits as are kept.
    fn rounded_to_precision(mut self) -> Self {
        let surplus = self.digits.len().saturating_sub(PRECISION);
        if surplus > 0 {
            self.digits = rounded(&self.digits, surplus);
            self.exponent = self
                .exponent
                .saturating_add(i32::try_from(surplus).unwrap_or(i32::MAX));
            // 9.99 became 10.0: a digit too many.
            if self.digits.len() > PRECISION {
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
