//! What existing rows get in a new column.

use crate::clock;
use crate::crypto;
use crate::db::SqlValue;
use crate::models::{DefaultFunction, Field, FieldDefault, FieldKind, Literal};
use crate::schema::SchemaError;
use crate::text::json;

/// The value existing rows get, as Django's `effective_default`; none where the field has no say.
pub(super) fn effective(field: &Field) -> Result<Option<SqlValue>, SchemaError> {
    match &field.default {
        Some(FieldDefault::Value(literal)) => stored(field, literal).map(Some),
        Some(FieldDefault::Function(function)) => Ok(Some(call(field, *function))),
        None if field.generated().is_none()
            && !field.null
            && field.blank
            && field.kind.allows_empty_strings() =>
        {
            Ok(Some(match field.kind {
                FieldKind::Binary { .. } => SqlValue::Blob(Vec::new()),
                _ => "".into(),
            }))
        }
        None if field.generated().is_some() => Ok(None),
        None => Ok(auto_now_value(field)),
    }
}

/// The value a field declares for rows that say nothing; none where it declares none.
pub fn declared_default(field: &Field) -> Result<Option<SqlValue>, SchemaError> {
    match &field.default {
        Some(FieldDefault::Value(literal)) => stored(field, literal).map(Some),
        Some(FieldDefault::Function(function)) => Ok(Some(call(field, *function))),
        None => Ok(None),
    }
}

/// `value` as it stands in a statement.
pub(super) fn quote_value(value: &SqlValue) -> String {
    match value {
        SqlValue::Null => "NULL".to_owned(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => format!("{number:?}"),
        SqlValue::Text(text) => format!("'{}'", text.replace('\'', "''")),
        SqlValue::Blob(bytes) => {
            format!("X'{}'", crypto::hex(bytes))
        }
    }
}

/// The current moment, where the field takes it by itself for a new row.
pub fn auto_now_value(field: &Field) -> Option<SqlValue> {
    let (FieldKind::Date(stamp) | FieldKind::DateTime(stamp) | FieldKind::Time(stamp)) = field.kind
    else {
        return None;
    };
    (stamp.auto_now || stamp.auto_now_add).then(|| call(field, DefaultFunction::Now))
}

fn call(field: &Field, function: DefaultFunction) -> SqlValue {
    let now = clock::now().to_sql();
    let (day, time) = now.split_once(' ').unwrap_or((&now, ""));
    match function {
        DefaultFunction::Dict => "{}".into(),
        DefaultFunction::List => "[]".into(),
        DefaultFunction::Uuid4 => uuid4().into(),
        DefaultFunction::Now | DefaultFunction::Today => match field.kind {
            FieldKind::Date(_) => day.into(),
            FieldKind::Time(_) => time.into(),
            _ if function == DefaultFunction::Today => format!("{day} 00:00:00").into(),
            _ => now.into(),
        },
    }
}

/// A random UUID (RFC 9562, version 4) as 32 hexadecimal digits.
fn uuid4() -> String {
    let mut bytes = crypto::random_bytes::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    crypto::hex(&bytes)
}

/// A literal as the database stores it in this kind of field.
pub(super) fn stored(field: &Field, literal: &Literal) -> Result<SqlValue, SchemaError> {
    let value = match field.value_kind() {
        FieldKind::Json => Some(document(literal).into()),
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => decimal(literal, *max_digits as usize, *decimal_places as usize),
        FieldKind::Uuid => match literal {
            Literal::String(text) => Some(text.replace('-', "").to_lowercase().into()),
            _ => None,
        },
        FieldKind::DateTime(_) | FieldKind::Date(_) | FieldKind::Time(_) => moment(literal),
        FieldKind::Float => match literal {
            Literal::Float(number) => Some((*number).into()),
            #[expect(clippy::cast_precision_loss, reason = "the column is a double")]
            Literal::Integer(number) => Some((*number as f64).into()),
            _ => None,
        },
        FieldKind::Duration => match literal {
            Literal::Integer(seconds) => seconds.checked_mul(1_000_000).map(Into::into),
            _ => None,
        },
        _ => plain(literal),
    };
    value.ok_or_else(|| SchemaError::WrongDefault {
        field: field.name.clone(),
        kind: field.kind.class_name(),
    })
}

fn plain(literal: &Literal) -> Option<SqlValue> {
    match literal {
        Literal::String(text) => Some(text.into()),
        Literal::Integer(number) => Some((*number).into()),
        Literal::Float(number) => Some((*number).into()),
        Literal::Boolean(value) => Some((*value).into()),
        Literal::Datetime(_) | Literal::List(_) | Literal::Map(_) => None,
    }
}

/// A date or time as text, in the form Django stores.
fn moment(literal: &Literal) -> Option<SqlValue> {
    let (Literal::Datetime(text) | Literal::String(text)) = literal else {
        return None;
    };
    let utc = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    Some(utc.replace(['T', 't'], " ").into())
}

/// A decimal as Python writes it: the digits as they were given.
fn decimal(literal: &Literal, max_digits: usize, places: usize) -> Option<SqlValue> {
    let text = match literal {
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => rounded(*number, max_digits),
        Literal::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let sound = digits(whole.trim_start_matches(['-', '+'])) && digits(fraction);
    let fits = fraction.len() <= places || matches!(literal, Literal::Float(_));
    (sound && fits).then(|| text.trim_start_matches('+').into())
}

/// The exact value of a float, rounded to `max_digits` digits (`Context.create_decimal_from_float`).
fn rounded(number: f64, max_digits: usize) -> String {
    let exact = format!("{number:.1074}");
    let exact = exact.trim_end_matches('0').trim_end_matches('.');
    let significant = exact.trim_start_matches(['-', '0', '.']);
    let digits = significant.chars().filter(char::is_ascii_digit).count();
    if digits <= max_digits {
        return exact.to_owned();
    }
    let whole = exact.split('.').next().unwrap_or_default();
    let whole = whole.trim_start_matches(['-', '0']).len();
    format!("{number:.*}", max_digits.saturating_sub(whole))
}

/// JSON with Python's separators, as Django stores it.
fn document(literal: &Literal) -> String {
    match literal {
        Literal::String(text) | Literal::Datetime(text) => json::quoted(text),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => json::float(*number),
        Literal::Boolean(value) => value.to_string(),
        Literal::List(items) => {
            let items: Vec<_> = items.iter().map(document).collect();
            format!("[{}]", items.join(", "))
        }
        Literal::Map(pairs) => {
            let pairs = pairs.iter();
            let pairs: Vec<_> = pairs
                .map(|(key, value)| format!("{}: {}", json::quoted(key), document(value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{effective, quote_value};
    use crate::models::{Field, FieldDefault, FieldKind, Literal};

    fn default_of(kind: FieldKind, literal: Literal) -> Option<String> {
        let field = Field {
            default: Some(FieldDefault::Value(literal)),
            ..Field::new("f", kind)
        };
        effective(&field)
            .ok()
            .flatten()
            .map(|value| quote_value(&value))
    }

    #[test]
    fn defaults_are_stored_as_django_stores_them() {
        let price = FieldKind::Decimal {
            max_digits: 8,
            decimal_places: 2,
        };
        let text = |text: &str| Literal::String(text.to_owned());
        assert_eq!(default_of(price.clone(), text("1.5")).unwrap(), "'1.5'");
        assert_eq!(
            default_of(price.clone(), Literal::Float(9.9)).unwrap(),
            "'9.9000000'"
        );
        assert_eq!(
            default_of(price.clone(), Literal::Integer(-3)).unwrap(),
            "'-3'"
        );
        assert_eq!(default_of(price, text("one")), None);
        assert_eq!(
            default_of(FieldKind::Boolean, Literal::Boolean(true)).unwrap(),
            "1"
        );
        assert_eq!(
            default_of(FieldKind::Text { max_length: None }, text("it's")).unwrap(),
            "'it''s'"
        );
        let map = Literal::Map(vec![(
            "é".to_owned(),
            Literal::List(vec![Literal::Integer(1)]),
        )]);
        assert_eq!(
            default_of(FieldKind::Json, map).unwrap(),
            r#"'{"\u00e9": [1]}'"#
        );
    }
}
