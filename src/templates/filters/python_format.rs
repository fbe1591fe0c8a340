//! One conversion of Python's `%` operator: `stringformat`.

use minijinja::value::{Value, ValueKind};

use crate::templates::filters::call;
use crate::templates::objects::DecimalValue;
use crate::templates::python_text;

/// The widest field and the most digits: a number from a page must not fill the memory.
const WIDEST: usize = 100_000;

/// A conversion such as `-8.2f`, and the text behind it.
struct Conversion<'f> {
    is_alternate: bool,
    is_zero_padded: bool,
    is_left: bool,
    sign: &'static str,
    width: usize,
    precision: Option<usize>,
    kind: char,
    rest: &'f str,
}

/// `value` by a conversion without its `%`; `None` where it is none, or does not fit the value.
pub(super) fn python_format(format: &str, value: &Value) -> Option<String> {
    let conversion = Conversion::parse(format)?;
    let rest = conversion.rest.replace("%%", "\u{0}");
    if rest.contains('%') {
        return None;
    }
    if conversion.kind == '%' {
        // Lists and maps count as names of values, of which none has to be used.
        let has_names = matches!(value.kind(), ValueKind::Seq | ValueKind::Map);
        return has_names.then(|| format!("%{}", rest.replace('\u{0}', "%")));
    }
    let body = conversion.body(value)?;
    Some(conversion.padded(&body) + &rest.replace('\u{0}', "%"))
}

impl<'f> Conversion<'f> {
    fn parse(format: &'f str) -> Option<Self> {
        let flags_end = format.find(|c| !"#0- +".contains(c))?;
        let (flags, rest) = format.split_at(flags_end);
        let (width, rest) = number(rest)?;
        let (precision, rest) = match rest.strip_prefix('.') {
            Some(rest) => {
                let (digits, rest) = number(rest)?;
                (Some(digits.unwrap_or(0)), rest)
            }
            None => (None, rest),
        };
        let rest = rest.strip_prefix(['h', 'l', 'L']).unwrap_or(rest);
        let kind = rest.chars().next()?;
        if !"diouxXeEfFgGcrsa%".contains(kind) {
            return None;
        }
        Some(Self {
            is_alternate: flags.contains('#'),
            is_zero_padded: flags.contains('0'),
            is_left: flags.contains('-'),
            sign: if flags.contains('+') {
                "+"
            } else if flags.contains(' ') {
                " "
            } else {
                ""
            },
            width: width.unwrap_or(0),
            precision,
            kind,
            rest: &rest[kind.len_utf8()..],
        })
    }

    fn body(&self, value: &Value) -> Option<String> {
        let is_text = value.kind() == ValueKind::String;
        match self.kind {
            's' => Some(self.cut(&call::text(value))),
            'r' => Some(self.cut(&python_text::repr(value))),
            'a' => Some(self.cut(&ascii(&python_text::repr(value)))),
            'c' => character(value),
            'd' | 'i' | 'u' if !is_text => self.whole(call::integer(value).ok()?),
            'o' | 'x' | 'X' if value.is_integer() || value.kind() == ValueKind::Bool => {
                self.whole(call::integer(value).ok()?)
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' if !is_text => self.float(value),
            _ => None,
        }
    }

    fn cut(&self, text: &str) -> String {
        match self.precision {
            Some(length) => text.chars().take(length).collect(),
            None => text.to_owned(),
        }
    }

    fn whole(&self, number: i128) -> Option<String> {
        let size = number.unsigned_abs();
        let (prefix, digits) = match self.kind {
            'o' => ("0o", format!("{size:o}")),
            'x' => ("0x", format!("{size:x}")),
            'X' => ("0X", format!("{size:X}")),
            _ => ("", size.to_string()),
        };
        let prefix = if self.is_alternate { prefix } else { "" };
        let digits = format!("{digits:0>width$}", width = self.precision.unwrap_or(0));
        Some(format!("{}{prefix}{digits}", self.sign_of(number < 0)))
    }

    fn sign_of(&self, is_negative: bool) -> &'static str {
        if is_negative { "-" } else { self.sign }
    }

    fn float(&self, value: &Value) -> Option<String> {
        let is_number = matches!(value.kind(), ValueKind::Number | ValueKind::Bool)
            || value.downcast_object_ref::<DecimalValue>().is_some();
        let number = is_number.then(|| call::float(value).ok()).flatten()?;
        let is_upper = self.kind.is_ascii_uppercase();
        let digits = self.precision.unwrap_or(6);
        let size = number.abs();
        let text = match self.kind.to_ascii_lowercase() {
            _ if number.is_nan() => "nan".to_owned(),
            _ if number.is_infinite() => "inf".to_owned(),
            'f' => format!("{size:.digits$}"),
            'e' => scientific(size, digits),
            _ => general(size, digits.max(1), self.is_alternate),
        };
        let text = if is_upper { text.to_uppercase() } else { text };
        let is_negative = number.is_sign_negative() && !number.is_nan();
        Some(format!("{}{text}", self.sign_of(is_negative)))
    }

    fn padded(&self, body: &str) -> String {
        let missing = self.width.saturating_sub(body.chars().count());
        let is_number = !"crsa".contains(self.kind);
        let is_finite = !body.to_lowercase().contains(['n', 'i']) || !"eEfFgG".contains(self.kind);
        if self.is_left {
            return body.to_owned() + &" ".repeat(missing);
        }
        if !(self.is_zero_padded && is_number && is_finite) {
            return " ".repeat(missing) + body;
        }
        let mut start = usize::from(body.starts_with(['-', '+', ' ']));
        if self.is_alternate && "oxX".contains(self.kind) {
            start += 2;
        }
        let (before, digits) = body.split_at(start);
        format!("{before}{}{digits}", "0".repeat(missing))
    }
}

/// The digits that `text` begins with; `None` where the number is absurd.
fn number(text: &str) -> Option<(Option<usize>, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    if digits.is_empty() {
        return Some((None, rest));
    }
    let number = digits.parse().ok().filter(|number| *number <= WIDEST)?;
    Some((Some(number), rest))
}

fn character(value: &Value) -> Option<String> {
    if value.kind() == ValueKind::String {
        let text = call::text(value);
        return (text.chars().count() == 1).then_some(text);
    }
    let is_whole = value.is_integer() || value.kind() == ValueKind::Bool;
    let code = is_whole.then(|| call::integer(value).ok()).flatten()?;
    char::from_u32(u32::try_from(code).ok()?).map(String::from)
}

fn ascii(text: &str) -> String {
    let escaped = |c: char| {
        if c.is_ascii() {
            c.to_string()
        } else {
            python_text::escaped(c)
        }
    };
    text.chars().map(escaped).collect()
}

/// `1.500000e+03`.
fn scientific(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

/// The shorter of both forms, with so many digits that say something.
fn general(number: f64, digits: usize, keeps_zeros: bool) -> String {
    let text = scientific(number, digits - 1);
    let exponent = text
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    let exponent = exponent.unwrap_or_default();
    let limit = i32::try_from(digits).unwrap_or(i32::MAX);
    let without_zeros = |text: &str| -> String {
        if keeps_zeros || !text.contains('.') {
            return text.to_owned();
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if (-4..limit).contains(&exponent) {
        let places = usize::try_from(limit - 1 - exponent).unwrap_or(0);
        return without_zeros(&format!("{number:.places$}"));
    }
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "+00"));
    format!("{}e{exponent}", without_zeros(mantissa))
}
