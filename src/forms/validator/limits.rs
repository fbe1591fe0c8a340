//! Limits of length, value and digits.

use std::cmp::Ordering;

use crate::clock::{Moment, Zone};
use crate::forms::error::{ValidationError, plural};
use crate::forms::validator::{ValidatorCheck, argument};
use crate::models::{Literal, Validator};
use crate::values::{Decimal, FieldValue, to_text};

/// The check that a declared validator with a number stands for.
pub(super) fn declared(validator: &Validator) -> Option<ValidatorCheck> {
    let value = |name| argument(validator, name).and_then(literal_value);
    let count = |name| match argument(validator, name) {
        Some(Literal::Integer(number)) => u64::try_from(*number).ok(),
        _ => None,
    };
    let digits = |name| count(name).and_then(|digits| u32::try_from(digits).ok());
    Some(match validator.name {
        "MaxLengthValidator" => ValidatorCheck::MaxLength(count("limit_value")?),
        "MinLengthValidator" => ValidatorCheck::MinLength(count("limit_value")?),
        "MaxValueValidator" => ValidatorCheck::MaxValue(value("limit_value")?),
        "MinValueValidator" => ValidatorCheck::MinValue(value("limit_value")?),
        "StepValueValidator" => ValidatorCheck::StepSize {
            step: value("limit_value")?,
            offset: value("offset"),
        },
        "DecimalValidator" => ValidatorCheck::Digits {
            max_digits: digits("max_digits"),
            decimal_places: digits("decimal_places"),
        },
        _ => return None,
    })
}

/// A limit as a value.
pub(in crate::forms) fn literal_value(literal: &Literal) -> Option<FieldValue> {
    match literal {
        Literal::Integer(number) => Some(FieldValue::Integer(*number)),
        Literal::Float(number) => Some(FieldValue::Float(*number)),
        Literal::Boolean(value) => Some(FieldValue::Boolean(*value)),
        Literal::String(text) => {
            let number = Decimal::parse(text).map(FieldValue::Decimal);
            number.or_else(|| Some(FieldValue::Text(text.clone())))
        }
        Literal::Datetime(text) => Some(FieldValue::Text(text.clone())),
        Literal::Null | Literal::List(_) | Literal::Map(_) => None,
    }
}

/// What a limit says against `value`.
pub(super) fn check(check: &ValidatorCheck, value: &FieldValue) -> Option<ValidationError> {
    match check {
        ValidatorCheck::MaxLength(limit) => check_length(value, *limit, Ordering::Greater),
        ValidatorCheck::MinLength(limit) => check_length(value, *limit, Ordering::Less),
        ValidatorCheck::MaxValue(limit) => {
            let message = "Ensure this value is less than or equal to %(limit_value)s.";
            let beyond = compare(value, limit) == Some(Ordering::Greater);
            beyond.then(|| limited(message, "max_value", limit, value))
        }
        ValidatorCheck::MinValue(limit) => {
            let message = "Ensure this value is greater than or equal to %(limit_value)s.";
            let beyond = compare(value, limit) == Some(Ordering::Less);
            beyond.then(|| limited(message, "min_value", limit, value))
        }
        ValidatorCheck::StepSize { step, offset } => check_step(value, step, offset.as_ref()),
        _ => None,
    }
}

fn limited(
    message: &str,
    code: &'static str,
    limit: &FieldValue,
    value: &FieldValue,
) -> ValidationError {
    ValidationError::new(message, code)
        .with("limit_value", to_text(limit))
        .with("show_value", to_text(value))
        .with("value", to_text(value))
}

fn check_length(value: &FieldValue, limit: u64, wrong: Ordering) -> Option<ValidationError> {
    let text = to_text(value);
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    if length.cmp(&limit) != wrong {
        return None;
    }
    let (code, message) = if wrong == Ordering::Greater {
        let one =
            "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).";
        let many =
            "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).";
        ("max_length", plural(limit, one, many))
    } else {
        let one =
            "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).";
        let many =
            "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).";
        ("min_length", plural(limit, one, many))
    };
    let error = ValidationError::new(message, code).with("limit_value", limit);
    Some(error.with("show_value", length).with("value", text))
}

/// How `value` stands to `limit`; none where they cannot be compared.
pub(in crate::forms) fn compare(value: &FieldValue, limit: &FieldValue) -> Option<Ordering> {
    match (value, limit) {
        (FieldValue::Integer(value), FieldValue::Integer(limit)) => Some(value.cmp(limit)),
        (FieldValue::Text(value), FieldValue::Text(limit)) => Some(value.cmp(limit)),
        (FieldValue::Date(value), FieldValue::Date(limit)) => Some(value.cmp(limit)),
        (FieldValue::Time(value), FieldValue::Time(limit)) => Some(value.cmp(limit)),
        (FieldValue::Moment(value), FieldValue::Moment(limit)) => Some(value.cmp(limit)),
        (FieldValue::Moment(value), FieldValue::Text(limit)) => {
            Some(value.cmp(&Moment::parse(limit, &Zone::utc())?))
        }
        // Written alike, the earlier one comes first.
        (FieldValue::Date(_) | FieldValue::Time(_), FieldValue::Text(limit)) => {
            Some(to_text(value).as_str().cmp(limit))
        }
        _ => decimal(value)?.compare(&decimal(limit)?),
    }
}

fn decimal(value: &FieldValue) -> Option<Decimal> {
    match value {
        FieldValue::Decimal(number) => Some(number.clone()),
        FieldValue::Float(number) => Decimal::from_float(*number, 40),
        FieldValue::Integer(number) => Decimal::parse(&number.to_string()),
        FieldValue::Duration(micros) => Decimal::parse(&micros.to_string()),
        _ => None,
    }
}

fn number(value: &FieldValue) -> Option<f64> {
    to_text(value).parse().ok()
}

fn check_step(
    value: &FieldValue,
    step: &FieldValue,
    offset: Option<&FieldValue>,
) -> Option<ValidationError> {
    let (found, size) = (number(value)?, number(step)?);
    let start = offset.and_then(number).unwrap_or(0.0);
    let distance = found - start;
    // What is left over, up or down to the nearest multiple; `%` is exact.
    let rest = (distance % size).abs();
    let rest = rest.min(size.abs() - rest);
    // As Python's `math.isclose(..., abs_tol=1e-9)` to zero.
    if rest.abs() <= 1e-9 {
        return None;
    }
    let Some(offset) = offset else {
        let message = "Ensure this value is a multiple of step size %(limit_value)s.";
        return Some(limited(message, "step_size", step, value));
    };
    let message = "Ensure this value is a multiple of step size %(limit_value)s, starting from \
                   %(offset)s, e.g. %(offset)s, %(valid_value1)s, %(valid_value2)s, and so on.";
    let is_whole = matches!(
        (step, offset),
        (FieldValue::Integer(_), FieldValue::Integer(_))
    );
    let step_from = |steps: f64| {
        let valid = start + steps * size;
        if is_whole {
            valid.to_string()
        } else {
            to_text(&FieldValue::Float(valid))
        }
    };
    let error = limited(message, "step_size", step, value).with("offset", to_text(offset));
    let error = error.with("valid_value1", step_from(1.0));
    Some(error.with("valid_value2", step_from(2.0)))
}

/// What Django's `DecimalValidator` says: of several things the first.
pub(super) fn check_digits(check: &ValidatorCheck, value: &FieldValue) -> Option<ValidationError> {
    let ValidatorCheck::Digits {
        max_digits,
        decimal_places,
    } = check
    else {
        return None;
    };
    let number = decimal(value)?;
    let count = number.digit_count();
    let over = |found: u64, limit: Option<u32>| limit.filter(|limit| found > u64::from(*limit));
    let error = |code, max: u32, one, many| {
        let message = plural(u64::from(max), one, many);
        ValidationError::new(message, code)
            .with("max", max)
            .with("value", &number)
    };
    if let Some(max) = over(count.digits, *max_digits) {
        return Some(error(
            "max_digits",
            max,
            "Ensure that there are no more than %(max)s digit in total.",
            "Ensure that there are no more than %(max)s digits in total.",
        ));
    }
    if let Some(max) = over(count.decimals, *decimal_places) {
        return Some(error(
            "max_decimal_places",
            max,
            "Ensure that there are no more than %(max)s decimal place.",
            "Ensure that there are no more than %(max)s decimal places.",
        ));
    }
    let whole = max_digits.zip(*decimal_places);
    let whole = whole.map(|(digits, places)| digits.saturating_sub(places));
    let max = over(count.digits.saturating_sub(count.decimals), whole)?;
    Some(error(
        "max_whole_digits",
        max,
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
    ))
}
