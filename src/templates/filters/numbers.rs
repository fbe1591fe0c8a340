//! Filters of numbers: rounded, grouped, in words.

use minijinja::Error;
use minijinja::value::{Value, ValueKind};

use crate::json::python;
use crate::templates::filters::call::{self, FilterCall, IntegerError, invalid};
use crate::templates::filters::{FilterSpec, filter};
use crate::templates::objects::DecimalValue;
use crate::templates::python_text;
use crate::text::{self, PlainNumber, grouped};

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("add", 1..=1, add),
    filter("apnumber", 0..=0, apnumber),
    filter("divisibleby", 1..=1, divisibleby),
    filter("filesizeformat", 0..=0, filesizeformat),
    filter("floatformat", 0..=1, floatformat),
    filter("get_digit", 1..=1, get_digit),
    filter("intcomma", 0..=1, intcomma),
    filter("intword", 0..=0, intword),
    filter("ordinal", 0..=0, ordinal),
];

/// Numbers are added, else texts and lists are put together; what does not fit gives the empty text.
fn add(call: &FilterCall<'_>) -> Result<Value, Error> {
    let other = call.argument(0).unwrap_or(&Value::UNDEFINED);
    let numbers = call::integer(call.value)
        .ok()
        .zip(call::integer(other).ok());
    if let Some(sum) = numbers.and_then(|(left, right)| left.checked_add(right)) {
        return Ok(Value::from(sum));
    }
    match (call.value.kind(), other.kind()) {
        (ValueKind::String, ValueKind::String) => {
            let text = call.text() + &call::text(other);
            Ok(if call.is_safe() && other.is_safe() {
                Value::from_safe_string(text)
            } else {
                Value::from(text)
            })
        }
        (ValueKind::Seq, ValueKind::Seq) => {
            Ok(call.value.try_iter()?.chain(other.try_iter()?).collect())
        }
        _ => Ok(Value::from(
            added_numbers(call.value, other).unwrap_or_default(),
        )),
    }
}

/// The sum of two values of which one is an infinity or not a number.
fn added_numbers(left: &Value, right: &Value) -> Option<String> {
    let number = |value: &Value| {
        let is_number = value.kind() == ValueKind::Number;
        is_number.then(|| call::float(value).ok()).flatten()
    };
    let sum = number(left)? + number(right)?;
    Some(python_text::text(&Value::from(sum)))
}

fn divisibleby(call: &FilterCall<'_>) -> Result<Value, Error> {
    let whole = |number: Result<i128, IntegerError>| {
        number.map_err(|_| invalid("only whole numbers can be divided"))
    };
    let (value, divisor) = (
        whole(call::integer(call.value))?,
        whole(call.integer_argument())?,
    );
    if divisor == 0 {
        return Err(invalid("nothing is divisible by zero"));
    }
    Ok(Value::from(value.checked_rem(divisor).unwrap_or(0) == 0))
}

/// The digit of the value that is so many from the right.
fn get_digit(call: &FilterCall<'_>) -> Result<Value, Error> {
    let numbers = call
        .integer_argument()
        .and_then(|position| Ok((position, call::integer(call.value)?)));
    let (position, value) = match numbers {
        Ok(numbers) => numbers,
        Err(IntegerError::Value) => return Ok(call.value.clone()),
        Err(IntegerError::Type) => return Err(invalid("only a number has digits")),
    };
    if position < 1 {
        return Ok(Value::from(value));
    }
    let digits = value.to_string();
    let from_right = usize::try_from(position - 1).unwrap_or(usize::MAX);
    match digits.bytes().rev().nth(from_right) {
        Some(b'-') => Err(invalid("the digit asked for is the sign of the number")),
        digit => Ok(Value::from(digit.map_or(0, |digit| digit - b'0'))),
    }
}

/// The most digits behind a point: a number from a page must not fill the memory.
const MOST_PLACES: usize = 1000;

/// `floatformat`: the argument says how many digits, `g` groups thousands.
fn floatformat(call: &FilterCall<'_>) -> Result<Value, Error> {
    let argument = call.argument(0).cloned().unwrap_or_else(|| Value::from(-1));
    let (places, is_grouped) = if argument.kind() == ValueKind::String {
        places_of_text(&call::text(&argument))?
    } else {
        let places = call::integer(&argument);
        (
            places
                .map_err(|_| invalid("the number of digits is a whole number"))?
                .into(),
            false,
        )
    };
    let text = number_text(call.value);
    let Some(text) = text else {
        return Ok(Value::from(""));
    };
    let number = PlainNumber::parse(&text);
    let (Some(places), Some(number)) = (places, number) else {
        return Ok(Value::from(call.text()));
    };
    let count = usize::try_from(places.unsigned_abs()).unwrap_or(usize::MAX);
    let rounded = if number.is_whole() && places <= 0 {
        number.truncated()
    } else if count > MOST_PLACES {
        return Ok(Value::from(text));
    } else {
        number.rounded(count)
    };
    Ok(Value::from_safe_string(rounded.format(is_grouped)))
}

/// How many digits `2g` asks for, if it says so, and whether thousands are grouped.
fn places_of_text(argument: &str) -> Result<(Option<i128>, bool), Error> {
    if argument.is_empty() {
        return Err(invalid("the number of digits is missing"));
    }
    let bare = match argument.strip_suffix("gu").or(argument.strip_suffix("ug")) {
        Some(bare) => bare,
        None => argument.strip_suffix(['g', 'u']).unwrap_or(argument),
    };
    let is_grouped = argument[bare.len()..] == *"g";
    if bare.is_empty() {
        return Ok((Some(-1), is_grouped));
    }
    Ok((call::integer(&Value::from(bare)).ok(), is_grouped))
}

/// The value as a number that Python's `Decimal` reads, if it is one.
fn number_text(value: &Value) -> Option<String> {
    let text = call::text(value);
    if PlainNumber::parse(&text).is_some() {
        return Some(text);
    }
    let number = call::float(value).ok()?;
    if value.kind() == ValueKind::Bool {
        return Some(python::float(number));
    }
    Some(text)
}

/// A number with commas between thousands; of other text the digits it begins with.
fn intcomma(call: &FilterCall<'_>) -> Result<Value, Error> {
    let is_bare = call
        .argument(0)
        .is_some_and(|localized| !localized.is_true());
    let text = if is_bare {
        call.text()
    } else if let Some(decimal) = call.value.downcast_object_ref::<DecimalValue>() {
        decimal.text()
    } else if matches!(call.value.kind(), ValueKind::String | ValueKind::Bool) {
        let whole = call::integer(call.value);
        whole.map_or_else(|_| call.text(), |number| number.to_string())
    } else {
        python_text::text(call.value)
    };
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let sign = &text[..text.len() - unsigned.len()];
    let end = unsigned.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = unsigned.split_at(end.unwrap_or(unsigned.len()));
    Ok(call.like_value(format!("{sign}{}{rest}", grouped(digits))))
}

const LARGE_NUMBERS: [(i32, &str); 11] = [
    (6, "million"),
    (9, "billion"),
    (12, "trillion"),
    (15, "quadrillion"),
    (18, "quintillion"),
    (21, "sextillion"),
    (24, "septillion"),
    (27, "octillion"),
    (30, "nonillion"),
    (33, "decillion"),
    (100, "googol"),
];

/// A number from a million on in words: `1.2 billion`.
fn intword(call: &FilterCall<'_>) -> Result<Value, Error> {
    let Some(number) = whole_number(call.value) else {
        return Ok(call.value.clone());
    };
    if number.abs() < 1e6 {
        let whole = call::integer(call.value);
        return Ok(whole.map_or_else(|_| call.value.clone(), Value::from));
    }
    let found = LARGE_NUMBERS
        .iter()
        .find(|(exponent, _)| number.abs() < power_of_ten(exponent + 3));
    let Some((exponent, name)) = found else {
        return Ok(call.value.clone());
    };
    let shown = PlainNumber::parse(&python::float(number / power_of_ten(*exponent)));
    let shown = shown.map(|shown| shown.rounded(1).format(false));
    Ok(Value::from(format!("{} {name}", shown.unwrap_or_default())))
}

/// The number nearest to the power, which repeated multiplication may miss.
fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::INFINITY)
}

/// The value as a whole number, however long its text is.
fn whole_number(value: &Value) -> Option<f64> {
    if value.kind() != ValueKind::String || call::integer(value).is_ok() {
        return call::integer(value)
            .ok()
            .map(|_| call::float(value).unwrap_or(f64::NAN).trunc());
    }
    let text = call::text(value);
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| text.parse().ok()).flatten()
}

/// Numbers below ten as words, as the Associated Press writes them.
fn apnumber(call: &FilterCall<'_>) -> Result<Value, Error> {
    const WORDS: [&str; 9] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let Ok(number) = call::integer(call.value) else {
        return Ok(call.value.clone());
    };
    let index = usize::try_from(number - 1).unwrap_or(usize::MAX);
    Ok(WORDS
        .get(index)
        .map_or_else(|| Value::from(number), |word| Value::from(*word)))
}

/// `1st`, `2nd`, `3rd`.
fn ordinal(call: &FilterCall<'_>) -> Result<Value, Error> {
    let Ok(number) = call::integer(call.value) else {
        return Ok(call.value.clone());
    };
    if number < 0 {
        return Ok(Value::from(number.to_string()));
    }
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    Ok(Value::from_safe_string(format!("{number}{suffix}")))
}

/// A number of bytes as people read it: `13.0 KB`.
fn filesizeformat(call: &FilterCall<'_>) -> Result<Value, Error> {
    let bytes = call::integer(call.value).unwrap_or(0);
    let sign = if bytes < 0 { "-" } else { "" };
    let text = text::file_size(bytes.unsigned_abs());
    Ok(Value::from(format!("{sign}{text}").replace(' ', "\u{a0}")))
}
