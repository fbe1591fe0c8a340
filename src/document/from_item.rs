//! From TOML's types to Rust's.

use std::path::PathBuf;

use crate::diagnostic::Finding;
use crate::document::{Item, Value};

/// A type that a TOML value can become.
pub trait FromItem: Sized {
    /// What a value of this type is called in a message: `a string`.
    fn expected() -> String;

    /// The value in `item`, which stands under `key`; the finding says what is wrong with it.
    fn from_item(key: &str, item: &Item) -> Result<Self, Finding>;
}

/// The finding for an item that is not what `T` needs.
fn mismatch<T: FromItem>(key: &str, item: &Item) -> Finding {
    let expected = T::expected();
    let message = format!("`{key}` must be {expected}, not {}", item.value.type_name());
    item.error("wrong-type", message)
}

impl FromItem for Item {
    fn expected() -> String {
        "a value".to_owned()
    }

    fn from_item(_: &str, item: &Item) -> Result<Self, Finding> {
        Ok(item.clone())
    }
}

impl FromItem for String {
    fn expected() -> String {
        "a string".to_owned()
    }

    fn from_item(key: &str, item: &Item) -> Result<Self, Finding> {
        match &item.value {
            Value::String(text) => Ok(text.clone()),
            _ => Err(mismatch::<Self>(key, item)),
        }
    }
}

impl FromItem for PathBuf {
    fn expected() -> String {
        "a path".to_owned()
    }

    fn from_item(key: &str, item: &Item) -> Result<Self, Finding> {
        String::from_item(key, item).map(Self::from)
    }
}

impl FromItem for bool {
    fn expected() -> String {
        "`true` or `false`".to_owned()
    }

    fn from_item(key: &str, item: &Item) -> Result<Self, Finding> {
        match item.value {
            Value::Boolean(value) => Ok(value),
            _ => Err(mismatch::<Self>(key, item)),
        }
    }
}

impl FromItem for f64 {
    fn expected() -> String {
        "a number".to_owned()
    }

    #[expect(clippy::cast_precision_loss, reason = "a setting needs no 53 bits")]
    fn from_item(key: &str, item: &Item) -> Result<Self, Finding> {
        match item.value {
            Value::Float(number) => Ok(number),
            Value::Integer(number) => Ok(number as Self),
            _ => Err(mismatch::<Self>(key, item)),
        }
    }
}

impl FromItem for i64 {
    fn expected() -> String {
        "a whole number".to_owned()
    }

    fn from_item(key: &str, item: &Item) -> Result<Self, Finding> {
        match item.value {
            Value::Integer(number) => Ok(number),
            _ => Err(mismatch::<Self>(key, item)),
        }
    }
}

macro_rules! whole_number {
    ($($number:ty),*) => {$(
        impl FromItem for $number {
            fn expected() -> String {
                // The most that a large one holds is of no interest to anybody.
                if Self::BITS > u32::BITS {
                    return format!("a whole number from {} on", Self::MIN);
                }
                format!("a whole number from {} to {}", Self::MIN, Self::MAX)
            }

            fn from_item(key: &str, item: &Item) -> Result<Self, Finding> {
                match item.value {
                    Value::Integer(number) => Self::try_from(number).map_err(|_| {
                        let message = format!("`{key}` must be {}, not {number}", Self::expected());
                        item.error("out-of-range", message)
                    }),
                    _ => Err(mismatch::<Self>(key, item)),
                }
            }
        }
    )*};
}

whole_number!(u8, u16, u32, u64, usize);

impl<T: FromItem> FromItem for Vec<T> {
    fn expected() -> String {
        format!("a list of {}", plural(&T::expected()))
    }

    fn from_item(key: &str, item: &Item) -> Result<Self, Finding> {
        let Value::Array(items) = &item.value else {
            return Err(mismatch::<Self>(key, item));
        };
        let read = |item: &Item| {
            T::from_item(key, item).map_err(|_| {
                let (expected, found) = (Self::expected(), item.value.type_name());
                let message = format!("`{key}` must be {expected}; an item is {found}");
                item.error("wrong-type", message)
            })
        };
        items.iter().map(read).collect()
    }
}

/// `a whole number from 0 to 9` as it stands in a list: `whole numbers from 0 to 9`.
fn plural(noun: &str) -> String {
    let bare = noun.strip_prefix("a ").unwrap_or(noun);
    if bare.starts_with('`') {
        return bare.to_owned();
    }
    let end = bare.find(" from ").or_else(|| bare.find(" of "));
    let (head, rest) = bare.split_at(end.unwrap_or(bare.len()));
    format!("{head}s{rest}")
}
