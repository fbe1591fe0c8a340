//! Computing with decimals, moments, days and durations, as Python does; all else is left to the engine.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments over so"
)]

use minijinja::value::{Rest, Value, ValueKind};
use minijinja::{Error, ErrorKind};

use crate::clock::{LocalDateTime, Zone};
use crate::templates::objects::{DecimalValue, DurationValue, TemporalValue};
use crate::templates::operators::engine::evaluate;
use crate::templates::operators::kinds::{FieldOperand, described, whole_as_decimal};
use crate::templates::zoned_time::ZonedTime;
use crate::values::{Decimal, DecimalError};

/// `value + b - c`: the operators and the values that are computed with, in turn.
pub(super) fn compute(value: Value, parts: Rest<Value>) -> Result<Value, Error> {
    let mut result = value;
    for pair in parts.chunks_exact(2) {
        let [operator, right] = pair else {
            break;
        };
        result = computed(&result, operator.as_str().unwrap_or_default(), right)?;
    }
    Ok(result)
}

/// `-value`.
pub(super) fn negate(value: Value) -> Result<Value, Error> {
    match FieldOperand::of(&value) {
        Some(FieldOperand::Decimal(number)) => Ok(decimal(number.negated())),
        Some(FieldOperand::Duration(micros)) => duration(micros.checked_neg()),
        Some(FieldOperand::Temporal(_)) => {
            let message = format!("{} has no sign", described(&value));
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
        None => evaluate("-a", &[&value]),
    }
}

/// The value without its sign.
pub(super) fn abs(value: Value) -> Result<Value, Error> {
    match FieldOperand::of(&value) {
        Some(FieldOperand::Decimal(number)) => Ok(decimal(number.absolute())),
        Some(FieldOperand::Duration(micros)) => duration(micros.checked_abs()),
        _ => evaluate("a|abs", &[&value]),
    }
}

/// All values of a list together.
pub(super) fn sum(values: Value) -> Result<Value, Error> {
    let mut total = Value::from(0);
    for value in values.try_iter()? {
        // Durations have nothing to begin with but the first of them.
        let is_first = total.as_i64() == Some(0) && value.as_object().is_some();
        total = if is_first {
            value
        } else {
            computed(&total, "+", &value)?
        };
    }
    Ok(total)
}

fn computed(left: &Value, operator: &str, right: &Value) -> Result<Value, Error> {
    if left.as_object().is_none() && right.as_object().is_none() {
        return of_engine(left, operator, right);
    }
    let found = match (FieldOperand::of(left), FieldOperand::of(right)) {
        (None, None) => return of_engine(left, operator, right),
        (Some(FieldOperand::Decimal(a)), Some(FieldOperand::Decimal(b))) => {
            of_decimals(a, operator, b)?
        }
        (Some(FieldOperand::Decimal(a)), None) => match whole_as_decimal(right) {
            Some(b) => of_decimals(a, operator, &b)?,
            None => None,
        },
        (None, Some(FieldOperand::Decimal(b))) => match whole_as_decimal(left) {
            Some(a) => of_decimals(&a, operator, b)?,
            None => None,
        },
        (Some(FieldOperand::Duration(a)), Some(FieldOperand::Duration(b))) => {
            of_durations(a, operator, b)?
        }
        (Some(FieldOperand::Duration(a)), None) => scaled(a, operator, right)?,
        (None, Some(FieldOperand::Duration(b))) if operator == "*" => scaled(b, operator, left)?,
        (Some(FieldOperand::Temporal(a)), Some(FieldOperand::Temporal(b))) if operator == "-" => {
            between(b, a)
        }
        (Some(FieldOperand::Temporal(a)), Some(FieldOperand::Duration(b))) => match operator {
            "+" => Some(moved(a, b, false)?),
            "-" => Some(moved(a, b, true)?),
            _ => None,
        },
        (Some(FieldOperand::Duration(a)), Some(FieldOperand::Temporal(b))) if operator == "+" => {
            Some(moved(b, a, false)?)
        }
        _ => None,
    };
    found.ok_or_else(|| impossible(left, operator, right))
}

fn impossible(left: &Value, operator: &str, right: &Value) -> Error {
    let (a, b) = (described(left), described(right));
    let mut message = format!("{a} and {b} do not go together with `{operator}`");
    let kinds = [a, b];
    if kinds.contains(&"a decimal number") && kinds.contains(&"a number") {
        message.push_str(": write `|float` behind the decimal number");
    }
    if kinds.contains(&"a moment") && kinds.contains(&"a day") {
        message.push_str(": write `.date()` behind the moment");
    }
    Error::new(ErrorKind::InvalidOperation, message)
}

/// What the engine makes of its own values; small whole numbers are quicker here.
fn of_engine(left: &Value, operator: &str, right: &Value) -> Result<Value, Error> {
    let are_whole = left.is_integer() && right.is_integer();
    if are_whole && let (Some(a), Some(b)) = (left.as_i64(), right.as_i64()) {
        let found = match operator {
            "+" => a.checked_add(b),
            "-" => a.checked_sub(b),
            "*" => a.checked_mul(b),
            "//" if b > 0 => Some(a.div_euclid(b)),
            "%" if b > 0 => Some(a.rem_euclid(b)),
            _ => None,
        };
        if let Some(found) = found {
            return Ok(Value::from(found));
        }
    }
    let expression = match operator {
        "+" => "a + b",
        "-" => "a - b",
        "*" => "a * b",
        "/" => "a / b",
        "//" => "a // b",
        "%" => "a % b",
        _ => "a ** b",
    };
    evaluate(expression, &[left, right])
}

fn decimal(number: Decimal) -> Value {
    Value::from_object(DecimalValue(number))
}

/// A duration; fails where it is longer than all that Python knows.
fn duration(micros: Option<i64>) -> Result<Value, Error> {
    let micros = micros.ok_or_else(out_of_range)?;
    Ok(Value::from_object(DurationValue(micros)))
}

fn out_of_range() -> Error {
    let message = "the result is beyond all days that there are";
    Error::new(ErrorKind::InvalidOperation, message)
}

fn division_by_zero() -> Error {
    Error::new(ErrorKind::InvalidOperation, "division by zero")
}

fn of_decimals(left: &Decimal, operator: &str, right: &Decimal) -> Result<Option<Value>, Error> {
    let found = match operator {
        "+" => left.plus(right),
        "-" => left.plus(&right.negated()),
        "*" => left.times(right),
        "/" => left.divided_by(right),
        "//" => left.whole_quotient(right),
        "%" => left.remainder(right),
        "**" => left.power(right),
        _ => return Ok(None),
    };
    found.map(decimal).map(Some).map_err(|error| match error {
        DecimalError::DivisionByZero => division_by_zero(),
        DecimalError::TooLarge => {
            let message = "the numbers are too far apart to compute with";
            Error::new(ErrorKind::InvalidOperation, message)
        }
        DecimalError::Undefined => {
            let message = "a decimal number has whole powers alone, and zero has no power of zero: write `|float` behind it";
            Error::new(ErrorKind::InvalidOperation, message)
        }
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Python divides durations as numbers with a fraction, too"
)]
fn of_durations(left: i64, operator: &str, right: i64) -> Result<Option<Value>, Error> {
    if right == 0 && ["/", "//", "%"].contains(&operator) {
        return Err(division_by_zero());
    }
    Ok(Some(match operator {
        "+" => duration(left.checked_add(right))?,
        "-" => duration(left.checked_sub(right))?,
        "/" => Value::from(left as f64 / right as f64),
        "//" => Value::from(floor_divided(left, right)),
        "%" => duration(
            floor_divided(left, right)
                .checked_mul(right)
                .and_then(|whole| left.checked_sub(whole)),
        )?,
        _ => return Ok(None),
    }))
}

/// The whole quotient, rounded down.
fn floor_divided(left: i64, right: i64) -> i64 {
    let quotient = left.wrapping_div(right);
    let is_exact = left.wrapping_rem(right) == 0;
    if !is_exact && (left < 0) != (right < 0) {
        quotient - 1
    } else {
        quotient
    }
}

/// A duration so many times, or a part of it; rounded half to even, as Python does.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "what is out of the range of a duration is refused before"
)]
fn scaled(micros: i64, operator: &str, by: &Value) -> Result<Option<Value>, Error> {
    if by.kind() != ValueKind::Number && by.kind() != ValueKind::Bool {
        return Ok(None);
    }
    if let Ok(number) = i64::try_from(by.clone())
        && (by.is_integer() || by.kind() == ValueKind::Bool)
    {
        return match operator {
            "*" => duration(micros.checked_mul(number)).map(Some),
            "/" | "//" if number == 0 => Err(division_by_zero()),
            "//" => duration(Some(floor_divided(micros, number))).map(Some),
            "/" => duration(Some(divided_to_even(micros, number))).map(Some),
            _ => Ok(None),
        };
    }
    let Ok(number) = f64::try_from(by.clone()) else {
        return Ok(None);
    };
    if !number.is_finite() {
        return Err(out_of_range());
    }
    let found = match operator {
        "*" => micros as f64 * number,
        "/" if number == 0.0 => return Err(division_by_zero()),
        "/" => micros as f64 / number,
        _ => return Ok(None),
    };
    if let Some(exact) = exactly(micros, operator, number) {
        return duration(Some(exact)).map(Some);
    }
    let is_in_range = found.abs() < i64::MAX as f64;
    duration(is_in_range.then(|| found.round_ties_even() as i64)).map(Some)
}

/// The same without a digit lost, as Python computes it; none where the numbers on the way are too large.
fn exactly(micros: i64, operator: &str, number: f64) -> Option<i64> {
    const MANTISSA_BITS: u32 = 52;
    let bits = number.to_bits();
    let exponent = i32::try_from((bits >> MANTISSA_BITS) & 0x7ff).ok()?;
    let fraction = i128::from(bits & ((1 << MANTISSA_BITS) - 1));
    let whole = if exponent == 0 {
        fraction
    } else {
        fraction | (1 << MANTISSA_BITS)
    };
    let mantissa = if number < 0.0 { -whole } else { whole };
    // The number is the mantissa, divided by two so many times.
    let halvings = u32::try_from(1075 - exponent.max(1)).ok()?;
    let power = (halvings < 63).then(|| 1_i128 << halvings)?;
    let micros = i128::from(micros);
    let found = match operator {
        "*" => nearest_quotient(micros.checked_mul(mantissa)?, power),
        _ => nearest_quotient(micros.checked_mul(power)?, mantissa),
    };
    i64::try_from(found).ok()
}

/// The nearest whole quotient, the even one of two.
fn divided_to_even(left: i64, right: i64) -> i64 {
    let nearest = nearest_quotient(i128::from(left), i128::from(right));
    i64::try_from(nearest).unwrap_or(i64::MAX)
}

fn nearest_quotient(left: i128, right: i128) -> i128 {
    let quotient = left.div_euclid(right);
    let (rest, size) = (left.rem_euclid(right), right.abs());
    let is_up = rest > size - rest || rest == size - rest && quotient % 2 != 0;
    let away = if right > 0 { 1 } else { -1 };
    if is_up { quotient + away } else { quotient }
}

/// How much later `late` is; none where they are not both moments, or both days.
fn between(early: &ZonedTime, late: &ZonedTime) -> Option<Value> {
    let micros = match (early.moment, late.moment) {
        (Some(early), Some(late)) => late.unix_microseconds() - early.unix_microseconds(),
        (None, None) if early.local.has_day() && late.local.has_day() => {
            late.local.microseconds_since(early.local)
        }
        _ => return None,
    };
    Some(Value::from_object(DurationValue(micros)))
}

/// `time`, so many microseconds later or earlier; a day moves by whole days, and a time of day does not move.
fn moved(time: &ZonedTime, micros: i64, is_back: bool) -> Result<Value, Error> {
    if !time.local.has_day() {
        let message = "a time of day does not move: it is of no day";
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    let shift = |local: LocalDateTime| {
        if is_back {
            local.minus_microseconds(micros)
        } else {
            local.plus_microseconds(micros)
        }
    };
    let found = match time.moment {
        Some(moment) => {
            let utc = Zone::utc();
            let moved = shift(LocalDateTime::of_moment(moment, &utc));
            let moment = moved.and_then(|moved| moved.moment_in(&utc));
            moment.map(|moment| ZonedTime::moment(moment, &time.zone))
        }
        None => shift(time.local).map(|moved| ZonedTime::day(moved.date(), &time.zone)),
    };
    let found = found.ok_or_else(out_of_range)?;
    Ok(Value::from_object(TemporalValue(found)))
}
