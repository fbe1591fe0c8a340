//! Comparisons, as Python makes them; where it refuses two types, so do they.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments over so"
)]

use std::cmp::Ordering;

use minijinja::value::{ObjectRepr, Rest, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, tests};

use crate::templates::operators::item_key;
use crate::templates::operators::kinds::{FieldOperand, described, identity, whole_as_decimal};
use crate::templates::zoned_time::ZonedTime;
use crate::values::Decimal;

/// The digits of a double at the most.
const ALL_DIGITS: usize = 2_000;

/// `value < b < c`: the operators and the values that are compared, in turn.
pub(super) fn compare(
    state: &State<'_, '_>,
    value: Value,
    parts: Rest<Value>,
) -> Result<bool, Error> {
    let mut left = &value;
    for pair in parts.chunks_exact(2) {
        let [operator, right] = pair else {
            break;
        };
        let operator = operator.as_str().unwrap_or_default();
        if !holds(state, left, operator, right)? {
            return Ok(false);
        }
        left = right;
    }
    Ok(true)
}

/// The tests that compare, under all names of theirs.
pub(super) fn add_tests(environment: &mut Environment<'static>) {
    for (operator, names) in [
        ("==", &["eq", "equalto", "=="][..]),
        ("!=", &["ne", "!="]),
        ("<", &["lt", "lessthan", "<"]),
        ("<=", &["le", "<="]),
        (">", &["gt", "greaterthan", ">"]),
        (">=", &["ge", ">="]),
        ("in", &["in"]),
    ] {
        for name in names {
            let test = move |state: &State<'_, '_>, value: Value, other: Value| {
                holds(state, &value, operator, &other)
            };
            environment.add_test(*name, test);
        }
    }
}

fn holds(
    state: &State<'_, '_>,
    left: &Value,
    operator: &str,
    right: &Value,
) -> Result<bool, Error> {
    match operator {
        "==" => Ok(equals(left, right)),
        "!=" => Ok(!equals(left, right)),
        "in" => contains(state, right, left),
        "not in" => Ok(!contains(state, right, left)?),
        _ => {
            let order = order(left, right, operator)?;
            Ok(order.is_some_and(|order| match operator {
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                ">" => order.is_gt(),
                _ => order.is_ge(),
            }))
        }
    }
}

/// Whether two values are equal; those of kinds that do not go together never are.
pub(super) fn equals(left: &Value, right: &Value) -> bool {
    let (Some(a), Some(b)) = (left.as_object(), right.as_object()) else {
        return match known_order(left, right) {
            KnownOrder::OfEngine => left == right,
            order => order == KnownOrder::Ordered(Ordering::Equal),
        };
    };
    match known_order(left, right) {
        KnownOrder::OfEngine => {}
        order => return order == KnownOrder::Ordered(Ordering::Equal),
    }
    match (identity(left), identity(right)) {
        (Some(left), Some(right)) => return left == right,
        (None, None) => {}
        _ => return false,
    }
    let are_plain = matches!((a.repr(), b.repr()), (ObjectRepr::Plain, ObjectRepr::Plain));
    if are_plain && a.type_name() != b.type_name() {
        // The engine would compare how they print.
        return false;
    }
    left == right
}

/// How two values stand, as far as it is not the engine that says so.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum KnownOrder {
    /// The engine knows both.
    OfEngine,
    /// They do not go together.
    Unordered,
    Ordered(Ordering),
}

impl From<Option<Ordering>> for KnownOrder {
    fn from(order: Option<Ordering>) -> Self {
        order.map_or(Self::Unordered, Self::Ordered)
    }
}

/// How `left` and `right` stand, if one of them is a value that the engine does not know.
fn known_order(left: &Value, right: &Value) -> KnownOrder {
    let order = match (FieldOperand::of(left), FieldOperand::of(right)) {
        (None, None) => return KnownOrder::OfEngine,
        (Some(FieldOperand::Decimal(a)), Some(FieldOperand::Decimal(b))) => a.compare(b),
        (Some(FieldOperand::Decimal(a)), None) => number_order(a, right),
        (None, Some(FieldOperand::Decimal(b))) => number_order(b, left).map(Ordering::reverse),
        (Some(FieldOperand::Duration(a)), Some(FieldOperand::Duration(b))) => Some(a.cmp(&b)),
        (Some(FieldOperand::Temporal(a)), Some(FieldOperand::Temporal(b))) => {
            let sort = |time: &ZonedTime| (time.moment.is_some(), time.local.has_day());
            (sort(a) == sort(b)).then(|| a.order(b))
        }
        _ => None,
    };
    order.into()
}

/// How a decimal number stands to a number of the engine.
fn number_order(decimal: &Decimal, number: &Value) -> Option<Ordering> {
    if let Some(whole) = whole_as_decimal(number) {
        return decimal.compare(&whole);
    }
    if number.kind() != ValueKind::Number {
        return None;
    }
    let number = f64::try_from(number.clone()).ok()?;
    if number.is_infinite() {
        return Some(if number > 0.0 {
            Ordering::Less
        } else {
            Ordering::Greater
        });
    }
    decimal.compare(&Decimal::from_float(number, ALL_DIGITS)?)
}

/// How two values stand; none where one of them is nothing, or not a number. Fails where they have no order.
pub(super) fn order(
    left: &Value,
    right: &Value,
    operator: &str,
) -> Result<Option<Ordering>, Error> {
    let is_nothing = |value: &Value| value.is_none() || value.is_undefined();
    if is_nothing(left) || is_nothing(right) {
        return Ok(None);
    }
    match known_order(left, right) {
        KnownOrder::OfEngine => {}
        KnownOrder::Ordered(order) => return Ok(Some(order)),
        KnownOrder::Unordered => return Err(without_order(left, right, operator)),
    }
    let kind = |value: &Value| match value.kind() {
        ValueKind::Bool => ValueKind::Number,
        ValueKind::Iterable => ValueKind::Seq,
        kind => kind,
    };
    let (a, b) = (kind(left), kind(right));
    let has_order = [
        ValueKind::Number,
        ValueKind::String,
        ValueKind::Bytes,
        ValueKind::Seq,
    ];
    if a != b || !has_order.contains(&a) {
        return Err(without_order(left, right, operator));
    }
    if a == ValueKind::Seq {
        return list_order(left, right, operator);
    }
    if a == ValueKind::Number && (is_nan(left) || is_nan(right)) {
        return Ok(None);
    }
    Ok(Some(as_number(left).cmp(&as_number(right))))
}

/// `value`; a boolean as the number that it is in Python.
fn as_number(value: &Value) -> Value {
    if value.kind() == ValueKind::Bool {
        return Value::from(i64::from(value.is_true()));
    }
    value.clone()
}

fn is_nan(value: &Value) -> bool {
    value.kind() == ValueKind::Number && f64::try_from(value.clone()).is_ok_and(f64::is_nan)
}

fn without_order(left: &Value, right: &Value, operator: &str) -> Error {
    let (a, b) = (described(left), described(right));
    let mut message = format!("{a} and {b} cannot be compared by `{operator}`");
    let kinds = [a, b];
    if kinds.contains(&"text") && kinds.iter().any(|kind| kind.ends_with("number")) {
        message.push_str(": write `|int` or `|float` behind the text");
    }
    if kinds.contains(&"a moment") && kinds.contains(&"a day") {
        message.push_str(": write `.date()` behind the moment");
    }
    Error::new(ErrorKind::InvalidOperation, message)
}

/// How two lists stand: as the first of their values that differ.
fn list_order(left: &Value, right: &Value, operator: &str) -> Result<Option<Ordering>, Error> {
    let (mut left, mut right) = (left.try_iter()?, right.try_iter()?);
    loop {
        match (left.next(), right.next()) {
            (Some(a), Some(b)) if equals(&a, &b) => {}
            (Some(a), Some(b)) => return order(&a, &b, operator),
            (a, b) => return Ok(Some(a.is_some().cmp(&b.is_some()))),
        }
    }
}

/// Whether `container` holds `item`.
fn contains(state: &State<'_, '_>, container: &Value, item: &Value) -> Result<bool, Error> {
    match container.kind() {
        ValueKind::Seq | ValueKind::Iterable if holds_objects(container, item) => {
            for found in container.try_iter()? {
                if equals(&found, item) {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        ValueKind::Map if let Some(answer) = own_answer(container, item) => Ok(answer),
        ValueKind::String if item.as_str().is_none() && !item.is_undefined() => {
            let message = format!(
                "`in` looks for text in text, and not for {}",
                described(item)
            );
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
        ValueKind::Undefined
        | ValueKind::String
        | ValueKind::Bytes
        | ValueKind::Seq
        | ValueKind::Iterable
        | ValueKind::Map => tests::is_in(state, item, container),
        // The test holds for nothing then, where Python says what is wrong.
        _ => {
            let message = format!("`in` cannot look into {}", described(container));
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
    }
}

/// What a mapping itself says of whether it holds `item`.
fn own_answer(container: &Value, item: &Value) -> Option<bool> {
    let answer = container.as_object()?.get_value(&item_key(item))?;
    bool::try_from(answer).ok()
}

/// Whether what the engine cannot compare is looked for, or looked through: the first value of the list is an object.
fn holds_objects(container: &Value, item: &Value) -> bool {
    item.as_object().is_some()
        || container.kind() == ValueKind::Seq
            && container
                .get_item_by_index(0)
                .is_ok_and(|first| first.as_object().is_some())
}
