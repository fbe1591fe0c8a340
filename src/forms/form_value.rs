//! What a field of a form holds: as it was sent, as it starts, and as it is once it was cleaned.

use std::borrow::Cow;
use std::sync::Arc;

use crate::clock::{LocalDateTime, Zone};
use crate::crypto::Secret;
use crate::http::UploadedFile;
use crate::json::Json;
use crate::values::{FieldValue, to_text};

/// A file that was stored before.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StoredFile {
    /// Its name, as the column holds it.
    pub name: String,
    /// Where a browser finds it.
    pub url: String,
}

/// What a field starts with, or holds once it is cleaned.
#[derive(Clone, Debug, PartialEq)]
pub enum FormValue {
    /// A value as a field of a model has it; `Null` where nothing was filled in.
    Value(FieldValue),
    /// A password.
    Secret(Secret),
    /// Several values.
    List(Vec<FieldValue>),
    /// A file that was sent.
    File(Arc<UploadedFile>),
    /// The file that was stored before stays.
    Stored(StoredFile),
    /// The file that was stored before goes.
    ClearFile,
}

impl FormValue {
    /// Nothing.
    pub const NULL: Self = Self::Value(FieldValue::Null);

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Value(FieldValue::Text(text.into()))
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Value(FieldValue::Text(text)) => Some(text),
            Self::Secret(secret) => Some(secret.expose()),
            _ => None,
        }
    }

    /// The value, if it is one.
    pub fn as_value(&self) -> Option<&FieldValue> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is nothing: no value, an empty text, an empty list.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Value(value) => is_empty_value(value),
            Self::Secret(secret) => secret.is_empty(),
            Self::List(values) => values.is_empty(),
            Self::Stored(file) => file.name.is_empty(),
            Self::File(_) | Self::ClearFile => false,
        }
    }

    /// The same as a form sees it that was not sent.
    pub(super) fn as_input(&self) -> FormInput<'_> {
        match self {
            Self::Value(FieldValue::Null) => FormInput::Missing,
            Self::Value(value) => FormInput::Value(Cow::Borrowed(value)),
            Self::Secret(secret) => FormInput::Text(Cow::Borrowed(secret.expose())),
            Self::List(values) => {
                let values = values.iter();
                FormInput::List(
                    values
                        .map(|value| FormInput::Value(Cow::Borrowed(value)))
                        .collect(),
                )
            }
            Self::File(file) => FormInput::File(file),
            Self::Stored(file) => FormInput::Stored(file),
            Self::ClearFile => FormInput::ClearFile,
        }
    }
}

impl From<FieldValue> for FormValue {
    fn from(value: FieldValue) -> Self {
        Self::Value(value)
    }
}

/// Whether Django's forms take a value for none.
pub(super) fn is_empty_value(value: &FieldValue) -> bool {
    match value {
        FieldValue::Null | FieldValue::Json(Json::Null) => true,
        FieldValue::Text(text) | FieldValue::Json(Json::String(text)) => text.is_empty(),
        FieldValue::Json(Json::Array(items)) => items.is_empty(),
        FieldValue::Json(Json::Object(pairs)) => pairs.is_empty(),
        _ => false,
    }
}

/// What was sent for a field, or what it starts with.
#[derive(Clone, Debug)]
pub(super) enum FormInput<'v> {
    Missing,
    Text(Cow<'v, str>),
    Boolean(bool),
    Value(Cow<'v, FieldValue>),
    List(Vec<Self>),
    File(&'v Arc<UploadedFile>),
    Stored(&'v StoredFile),
    ClearFile,
    /// A file, and the wish to have none.
    Contradiction,
}

impl FormInput<'_> {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) => text.is_empty(),
            Self::Value(value) => is_empty_value(value),
            Self::List(items) => items.is_empty(),
            Self::Stored(file) => file.name.is_empty(),
            Self::Boolean(_) | Self::File(_) | Self::ClearFile | Self::Contradiction => false,
        }
    }

    /// Whether Python takes it for true.
    pub(super) fn is_truthy(&self) -> bool {
        match self {
            Self::Boolean(value) => *value,
            Self::ClearFile => false,
            Self::Value(value) => match **value {
                FieldValue::Boolean(value) => value,
                FieldValue::Integer(number) => number != 0,
                FieldValue::Float(number) => number != 0.0,
                ref value => !is_empty_value(value),
            },
            other => !other.is_empty(),
        }
    }

    /// As Python's `str` writes it, moments on the clocks of `zone`; none where there is nothing.
    pub(super) fn to_text(&self, zone: &Zone) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Boolean(value) => Some(Cow::Borrowed(if *value { "True" } else { "False" })),
            Self::Value(value) => written(value, zone),
            Self::File(file) => Some(Cow::Borrowed(file.name())),
            Self::Stored(file) => Some(Cow::Borrowed(&file.name)),
            Self::ClearFile => Some(Cow::Borrowed("False")),
            Self::Missing | Self::List(_) | Self::Contradiction => None,
        }
    }
}

/// `value` as Python's `str` writes it; none for no value.
fn written<'v>(value: &'v FieldValue, zone: &Zone) -> Option<Cow<'v, str>> {
    match value {
        FieldValue::Null => None,
        FieldValue::Text(text) => Some(Cow::Borrowed(text)),
        FieldValue::Moment(moment) => Some(Cow::Owned(
            LocalDateTime::of_moment(*moment, zone).to_string(),
        )),
        FieldValue::Json(document) => Some(Cow::Owned(document.to_python_unicode())),
        other => Some(Cow::Owned(to_text(other))),
    }
}
