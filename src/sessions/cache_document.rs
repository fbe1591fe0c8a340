//! Session data as the dictionary that Django's engines keep in a cache.

use crate::cache::CacheValue;
use crate::json::{Json, python};
use crate::sessions::{SessionData, SessionError};
use crate::signing::SigningError;

/// The dictionary of `data`; fails where it holds half a character, which no text of a cache can be.
pub(super) fn write(data: &SessionData) -> Result<CacheValue, SessionError> {
    dictionary(data.items()).ok_or(SessionError::Encoding(SigningError::Payload))
}

/// The data in a value of a cache; none where that is not a session, or holds what JSON does not have.
pub(super) fn read(value: CacheValue) -> Option<SessionData> {
    SessionData::from_json(json(value)?)
}

fn dictionary(pairs: &[(String, Json)]) -> Option<CacheValue> {
    let pairs = pairs.iter();
    let pairs = pairs.map(|(name, value)| Some((name.as_str().into(), cached(value)?)));
    pairs.collect::<Option<_>>().map(CacheValue::Dict)
}

fn cached(value: &Json) -> Option<CacheValue> {
    Some(match value {
        Json::Null => CacheValue::None,
        Json::Boolean(value) => CacheValue::Bool(*value),
        Json::Number(number) => CacheValue::from_number(number),
        Json::String(text) => CacheValue::Text(text.clone()),
        Json::Utf16(_) => return None,
        Json::Array(items) => CacheValue::List(items.iter().map(cached).collect::<Option<_>>()?),
        Json::Object(pairs) => dictionary(pairs)?,
    })
}

fn json(value: CacheValue) -> Option<Json> {
    Some(match value {
        CacheValue::None => Json::Null,
        CacheValue::Bool(value) => value.into(),
        CacheValue::Int(number) => number.into(),
        CacheValue::BigInt(digits) => Json::Number(digits),
        CacheValue::Float(number) => Json::Number(python::float(number)),
        CacheValue::Text(text) | CacheValue::SafeText(text) => text.into(),
        CacheValue::List(items) | CacheValue::Tuple(items) => {
            Json::Array(items.into_iter().map(json).collect::<Option<_>>()?)
        }
        CacheValue::Dict(pairs) => {
            let pairs = pairs.into_iter();
            let pairs = pairs.map(|(name, value)| Some((key(name)?, json(value)?)));
            Json::Object(pairs.collect::<Option<_>>()?)
        }
        CacheValue::Bytes(_)
        | CacheValue::Set(_)
        | CacheValue::FrozenSet(_)
        | CacheValue::Object(_) => return None,
    })
}

/// A key as Python's JSON writes it.
fn key(value: CacheValue) -> Option<String> {
    match value {
        CacheValue::Text(text) => Some(text),
        CacheValue::Int(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::json::Json;
    use crate::sessions::SessionData;

    #[test]
    fn data_goes_through_a_cache_and_stays_what_it_is() {
        for document in [
            "{}",
            r#"{"_auth_user_id":"1","cart":[1,-2,2.5,1e+300,null,true,{"e":[]}]}"#,
            r#"{"big":123456789012345678901234567890,"odd":[NaN,Infinity,-Infinity]}"#,
        ] {
            let data = SessionData::from_json(Json::parse(document).unwrap()).unwrap();
            let read = read(write(&data).unwrap()).unwrap();
            assert_eq!(read.to_json(), document);
        }
        let half = SessionData::from_json(Json::parse(r#"{"a":"\ud83d"}"#).unwrap()).unwrap();
        write(&half).unwrap_err();
    }
}
