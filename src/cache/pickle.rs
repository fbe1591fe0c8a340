//! Values as Python's pickle, which Django keeps in databases, files, Redis and memcached.

use serde_pickle::value::{HashableValue, Value};
use serde_pickle::{DeOptions, SerOptions};

use crate::cache::pickle_operations::{self, PickleOperations};
use crate::cache::{CacheEntry, CacheError, CacheValue};

/// `value` as a pickle, which any Python 3 reads; fails if a key of a dictionary or an item of a set is not hashable.
pub(super) fn dumps(value: CacheValue) -> Result<Vec<u8>, CacheError> {
    let value = match value {
        CacheValue::Object(pickle) => return Ok(pickle.into_vec()),
        CacheValue::SafeText(text) => return Ok(pickle_operations::of_safe_text(&text)),
        value => pickled(value)?,
    };
    serde_pickle::value_to_vec(&value, SerOptions::new()).map_err(|_| CacheError::NotPicklable)
}

/// What there is where `stored` is kept, a pickle.
pub(super) fn entry(stored: Vec<u8>) -> CacheEntry {
    match loads(&stored) {
        Some(value) => CacheEntry::Found(value),
        None => CacheEntry::Unreadable(stored.into()),
    }
}

/// The value of a pickle; `None` where it names a class other than that of Django's safe texts, refers to itself or is not a pickle at all.
pub(super) fn loads(bytes: &[u8]) -> Option<CacheValue> {
    let operations = PickleOperations::new(bytes);
    // An object would be read as a dictionary of its attributes.
    if operations.clone().make_objects() {
        return operations.safe_text();
    }
    let value = serde_pickle::value_from_slice(bytes, DeOptions::new()).ok()?;
    Some(unpickled(value))
}

fn pickled(value: CacheValue) -> Result<Value, CacheError> {
    Ok(match value {
        CacheValue::None => Value::None,
        CacheValue::Bool(truth) => Value::Bool(truth),
        CacheValue::Int(number) => Value::I64(number),
        CacheValue::BigInt(digits) => {
            Value::Int(digits.parse().map_err(|_| CacheError::NotPicklable)?)
        }
        CacheValue::Float(number) => Value::F64(number),
        CacheValue::Text(text) | CacheValue::SafeText(text) => Value::String(text),
        CacheValue::Bytes(bytes) => Value::Bytes(bytes.into_vec()),
        CacheValue::List(items) => Value::List(all(items, pickled)?),
        CacheValue::Tuple(items) => Value::Tuple(all(items, pickled)?),
        CacheValue::Dict(items) => {
            let item = |(key, value)| Ok((hashable(key)?, pickled(value)?));
            Value::Dict(all(items, item)?)
        }
        CacheValue::Set(items) => Value::Set(all(items, hashable)?),
        CacheValue::FrozenSet(items) => Value::FrozenSet(all(items, hashable)?),
        // Python pickles what it is in as a whole.
        CacheValue::Object(_) => return Err(CacheError::NotPicklable),
    })
}

fn hashable(value: CacheValue) -> Result<HashableValue, CacheError> {
    pickled(value)?
        .into_hashable()
        .map_err(|_| CacheError::NotPicklable)
}

fn all<I, T, C: FromIterator<T>>(
    items: Vec<I>,
    each: impl Fn(I) -> Result<T, CacheError>,
) -> Result<C, CacheError> {
    items.into_iter().map(each).collect()
}

fn unpickled(value: Value) -> CacheValue {
    let list = |items: Vec<Value>| items.into_iter().map(unpickled).collect();
    match value {
        Value::None => CacheValue::None,
        Value::Bool(truth) => CacheValue::Bool(truth),
        Value::I64(number) => CacheValue::Int(number),
        Value::Int(number) => CacheValue::BigInt(number.to_string()),
        Value::F64(number) => CacheValue::Float(number),
        Value::Bytes(bytes) => CacheValue::Bytes(bytes.into()),
        Value::String(text) => CacheValue::Text(text),
        Value::List(items) => CacheValue::List(list(items)),
        Value::Tuple(items) => CacheValue::Tuple(list(items)),
        Value::Set(items) => CacheValue::Set(set(items)),
        Value::FrozenSet(items) => CacheValue::FrozenSet(set(items)),
        Value::Dict(items) => {
            let item = |(key, value): (HashableValue, Value)| {
                (unpickled(key.into_value()), unpickled(value))
            };
            CacheValue::Dict(items.into_iter().map(item).collect())
        }
    }
}

fn set(items: impl IntoIterator<Item = HashableValue>) -> Vec<CacheValue> {
    let items = items.into_iter();
    items.map(|item| unpickled(item.into_value())).collect()
}
