//! Values of SQL as the classes of fields take them.

use crate::models::Literal;

/// The value as a field of this class is compared with it, if it can be.
pub(super) fn literal_for_class(class: &str, literal: Literal) -> Option<Literal> {
    let is_whole = class.ends_with("IntegerField") || class.ends_with("AutoField");
    let fits = match (class, &literal) {
        ("BooleanField", Literal::Integer(number @ (0 | 1))) => {
            return Some(Literal::Boolean(*number == 1));
        }
        ("BooleanField", other) => matches!(other, Literal::Boolean(_)),
        ("ForeignKey" | "OneToOneField", _) => true,
        ("JSONField", Literal::String(text)) => return json(&serde_json::from_str(text).ok()?),
        ("JSONField" | "BinaryField", _) => false,
        ("DecimalField", Literal::String(text)) => text.parse::<f64>().is_ok(),
        (_, Literal::Float(_)) => matches!(class, "FloatField" | "DecimalField"),
        (_, Literal::Integer(_)) => is_whole || matches!(class, "FloatField" | "DecimalField"),
        (_, Literal::String(_)) => !is_whole && class != "FloatField",
        _ => false,
    };
    fits.then_some(literal)
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
