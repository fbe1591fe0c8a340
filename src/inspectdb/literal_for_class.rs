//! Values of SQL as the classes of fields take them.

use crate::models::{AutoNow, FieldKind, Literal, accepts};

/// What stands for the class of a column of numbers with a fraction where two tables are compared:
/// `0`, `0.0` and `'0'` are one to it.
pub(super) const ANY_NUMBER: &str = "Number";

/// The value as a field of this class is compared with it, if it can be.
pub(super) fn literal_for_class(class: &str, literal: Literal) -> Option<Literal> {
    let is_whole = class.ends_with("IntegerField") || class.ends_with("AutoField");
    let fits = match (class, &literal) {
        ("BooleanField", Literal::Integer(number @ (0 | 1))) => {
            return Some(Literal::Boolean(*number == 1));
        }
        (ANY_NUMBER, Literal::Integer(number)) => {
            return number.to_string().parse().ok().map(Literal::Float);
        }
        (ANY_NUMBER, Literal::String(text)) => {
            return text.trim().parse().ok().map(Literal::Float);
        }
        ("BooleanField", other) => matches!(other, Literal::Boolean(_)),
        ("ForeignKey" | "OneToOneField", _) => true,
        ("JSONField", Literal::String(text)) => return json(&serde_json::from_str(text).ok()?),
        ("DecimalField", Literal::String(text)) => text.parse::<f64>().is_ok(),
        ("UUIDField", value) => accepts(&FieldKind::Uuid, value),
        ("DateField" | "DateTimeField" | "TimeField", Literal::String(text)) => {
            moment(class).is_some_and(|kind| accepts(&kind.0, &literal) && has_form(text, kind.1))
        }
        ("JSONField" | "BinaryField" | "DateField" | "DateTimeField" | "TimeField", _) => false,
        (_, Literal::Float(number)) if !number.is_finite() => false,
        // What SQLite makes of it, by the affinity of the column.
        ("TextField" | "CharField", Literal::Integer(number)) => {
            return Some(Literal::String(number.to_string()));
        }
        (_, Literal::String(text)) if is_whole => {
            return text.parse().ok().map(Literal::Integer);
        }
        (_, Literal::Float(_)) => matches!(class, ANY_NUMBER | "FloatField" | "DecimalField"),
        (_, Literal::Integer(_)) => is_whole || matches!(class, "FloatField" | "DecimalField"),
        (_, Literal::String(_)) => class != "FloatField",
        _ => false,
    };
    fits.then_some(literal)
}

/// The kind of a moment, and the form in which Django keeps it.
fn moment(class: &str) -> Option<(FieldKind, &'static str)> {
    let stamp = AutoNow::default();
    Some(match class {
        "DateField" => (FieldKind::Date(stamp), "0000-00-00"),
        "DateTimeField" => (FieldKind::DateTime(stamp), "0000-00-00 00:00:00"),
        "TimeField" => (FieldKind::Time(stamp), "00:00:00"),
        _ => return None,
    })
}

/// Whether `text` is `form` with any digits.
fn has_form(text: &str, form: &str) -> bool {
    text.replace(|letter: char| letter.is_ascii_digit(), "0") == form
}

/// A JSON document as a value of TOML, which knows no null.
fn json(value: &serde_json::Value) -> Option<Literal> {
    Some(match value {
        serde_json::Value::Null => return None,
        serde_json::Value::Bool(value) => Literal::Boolean(*value),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(number) => Literal::Integer(number),
            None => Literal::Float(number.as_f64()?),
        },
        serde_json::Value::String(text) => Literal::String(text.clone()),
        serde_json::Value::Array(items) => {
            Literal::List(items.iter().map(json).collect::<Option<_>>()?)
        }
        serde_json::Value::Object(pairs) => {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(key, value)| Some((key.clone(), json(value)?)));
            Literal::Map(pairs.collect::<Option<_>>()?)
        }
    })
}
