//! Limits of length, value and digits.

use std::cmp::Ordering;

use crate::models::{FieldKind, Literal, Validator};
use crate::values::validators::{Written, argument};
use crate::values::{Decimal, FieldValue};

/// Checks that a whole number is one that a column of this kind holds in any of Django's databases.
pub(super) fn check_range(kind: &FieldKind, value: &FieldValue) -> Result<(), String> {
    let FieldValue::Integer(number) = value else {
        return Ok(());
    };
    let range = match kind {
        FieldKind::SmallInteger | FieldKind::SmallAuto => -32_768..=32_767,
        FieldKind::Integer | FieldKind::Auto => -2_147_483_648..=2_147_483_647,
        FieldKind::PositiveSmallInteger => 0..=32_767,
        FieldKind::PositiveInteger => 0..=2_147_483_647,
        FieldKind::PositiveBigInteger => 0..=i64::MAX,
        _ => return Ok(()),
    };
    match number {
        number if number < range.start() => Err(at_least(range.start())),
        number if number > range.end() => Err(at_most(range.end())),
        _ => Ok(()),
    }
}

/// Checks what a validator with a number says; others have nothing to say here.
pub(super) fn check_limits(validator: &Validator, written: Written<'_>) -> Result<(), String> {
    let Some(limit) = argument(validator, "limit_value") else {
        return check_digits(validator, written);
    };
    let length =
        || Literal::Integer(i64::try_from(written.text.chars().count()).unwrap_or(i64::MAX));
    match validator.name {
        "MaxLengthValidator" if compare_literals(&length(), limit) == Some(Ordering::Greater) => {
            Err(format!("this is longer than {} characters", shown(limit)))
        }
        "MinLengthValidator" if compare_literals(&length(), limit) == Some(Ordering::Less) => {
            Err(format!("this is shorter than {} characters", shown(limit)))
        }
        "MaxValueValidator" if compare(written, limit) == Some(Ordering::Greater) => {
            Err(at_most(&shown(limit)))
        }
        "MinValueValidator" if compare(written, limit) == Some(Ordering::Less) => {
            Err(at_least(&shown(limit)))
        }
        "StepValueValidator" => check_step(validator, limit, written),
        _ => Ok(()),
    }
}

fn at_least(limit: &impl ToString) -> String {
    format!("this must be at least {}", limit.to_string())
}

fn at_most(limit: &impl ToString) -> String {
    format!("this must be at most {}", limit.to_string())
}

fn check_step(validator: &Validator, limit: &Literal, written: Written<'_>) -> Result<(), String> {
    let offset = argument(validator, "offset")
        .and_then(number)
        .unwrap_or(0.0);
    let (Some(step), Ok(value)) = (number(limit), written.text.parse::<f64>()) else {
        return Ok(());
    };
    let steps = (value - offset) / step;
    // Fractions that binary numbers cannot hold are as good as whole, as in Django.
    if (steps - steps.round()).abs() * step.abs() < 1e-9 {
        return Ok(());
    }
    Err(format!("this must be a multiple of {}", shown(limit)))
}

fn check_digits(validator: &Validator, written: Written<'_>) -> Result<(), String> {
    let limit = |name| match argument(validator, name) {
        Some(Literal::Integer(number)) => u32::try_from(*number).ok(),
        _ => None,
    };
    match (limit("max_digits"), limit("decimal_places")) {
        (Some(digits), Some(places)) => check_decimal(digits, places, written.text),
        _ => Ok(()),
    }
}

/// Checks that a number needs no more digits than `digits`, nor more than `places` after the point.
pub(super) fn check_decimal(digits: u32, places: u32, text: &str) -> Result<(), String> {
    let fits = Decimal::parse(text).is_some_and(|number| {
        number.places() <= places && number.quantize(digits, places).is_some()
    });
    if fits {
        return Ok(());
    }
    Err(format!(
        "this must have at most {digits} digits, {places} of them after the point"
    ))
}

/// How the value stands to `limit`; none where they cannot be compared.
fn compare(written: Written<'_>, limit: &Literal) -> Option<Ordering> {
    match (written.value, limit) {
        (FieldValue::Integer(value), Literal::Integer(limit)) => Some(value.cmp(limit)),
        (FieldValue::Text(value), Literal::String(limit)) => Some(value.cmp(limit)),
        (FieldValue::Date(_) | FieldValue::Moment(_) | FieldValue::Time(_), _) => {
            // Written alike, the earlier one comes first.
            let limit = shown(limit).replace('T', " ");
            let value = crate::values::to_text(written.value).replace('T', " ");
            Some(value.as_str().cmp(limit.trim_end_matches('Z')))
        }
        _ => written
            .text
            .trim()
            .parse::<f64>()
            .ok()?
            .partial_cmp(&number(limit)?),
    }
}

fn compare_literals(left: &Literal, right: &Literal) -> Option<Ordering> {
    number(left)?.partial_cmp(&number(right)?)
}

#[expect(clippy::cast_precision_loss, reason = "limits are small numbers")]
fn number(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Integer(number) => Some(*number as f64),
        Literal::Float(number) => Some(*number),
        Literal::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => number.to_string(),
        Literal::String(text) | Literal::Datetime(text) => text.clone(),
        _ => String::new(),
    }
}
