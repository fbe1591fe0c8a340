//! Values as JSON, for people and scripts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::cache::CacheValue;
use crate::json::{Json, python};

impl CacheValue {
    /// The value of a JSON document: objects become dictionaries, arrays lists.
    pub fn from_json(json: Json) -> Self {
        match json {
            Json::Null => Self::None,
            Json::Boolean(truth) => Self::Bool(truth),
            Json::Number(written) => Self::from_number(&written),
            Json::String(text) => Self::Text(text),
            Json::Utf16(units) => Self::Text(String::from_utf16_lossy(&units)),
            Json::Array(items) => Self::List(items.into_iter().map(Self::from_json).collect()),
            Json::Object(items) => {
                let item = |(key, value)| (Self::Text(key), Self::from_json(value));
                Self::Dict(items.into_iter().map(item).collect())
            }
        }
    }

    /// A number as JSON writes it: whole where it has neither a point nor an exponent.
    pub fn from_number(written: &str) -> Self {
        let float = || Self::Float(written.parse().unwrap_or(f64::NAN));
        Self::from_digits(written).unwrap_or_else(float)
    }

    /// The value as JSON, which has fewer kinds: tuples and sets become arrays, keys of dictionaries text, and bytes
    /// text in base64.
    pub fn to_json(&self) -> Json {
        let list = |items: &[Self]| Json::Array(items.iter().map(Self::to_json).collect());
        match self {
            Self::None => Json::Null,
            Self::Bool(truth) => Json::Boolean(*truth),
            Self::Int(number) => Json::Number(number.to_string()),
            Self::BigInt(digits) => Json::Number(digits.clone()),
            Self::Float(number) => Json::Number(python::float(*number)),
            Self::Text(text) | Self::SafeText(text) => Json::String(text.clone()),
            Self::Bytes(bytes) | Self::Object(bytes) => Json::String(STANDARD.encode(bytes)),
            Self::List(items) | Self::Tuple(items) | Self::Set(items) | Self::FrozenSet(items) => {
                list(items)
            }
            Self::Dict(items) => {
                let item = |(key, value): &(Self, Self)| (key.to_key(), value.to_json());
                Json::Object(items.iter().map(item).collect())
            }
        }
    }

    /// The value as the key of an object.
    fn to_key(&self) -> String {
        match self.to_json() {
            Json::String(text) => text,
            json => json.to_python_unicode(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cache::CacheValue;
    use crate::json::Json;

    #[test]
    fn values_become_json_and_plain_ones_come_back() {
        let text = "{\"a\": [1, -2.5, 1e300, null, true, \"x\"], \"big\": 99999999999999999999}";
        let value = CacheValue::from_json(Json::parse(text).unwrap());
        let CacheValue::Dict(items) = &value else {
            panic!("{value:?}")
        };
        assert_eq!(
            items[1].1,
            CacheValue::BigInt("99999999999999999999".into())
        );
        assert_eq!(CacheValue::from_json(value.to_json()), value);
        let tuple = CacheValue::Tuple(vec![CacheValue::Bytes(vec![1, 2].into())]);
        let dict = CacheValue::Dict(vec![(1.into(), tuple)]);
        assert_eq!(dict.to_json().to_python(), "{\"1\": [\"AQI=\"]}");
        let infinite = CacheValue::from_json(Json::Number("-Infinity".to_owned()));
        assert_eq!(infinite, CacheValue::Float(f64::NEG_INFINITY));
    }
}
