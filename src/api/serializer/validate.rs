//! Validates what was sent for a field (`Field.run_validation`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::api::python;
use crate::api::request_data::RequestData;
use crate::api::serializer::field::{SerializerField, SerializerKind};
use crate::api::serializer::read::{invalid_text, read};
use crate::clock::Zone;
use crate::forms::FormField;
use crate::http::UploadedFile;
use crate::json::Json;
use crate::values::{self, FieldValue};

const REQUIRED: &str = "This field is required.";
const NULL: &str = "This field may not be null.";
const BLANK: &str = "This field may not be blank.";
const NO_FILE: &str = "No file was submitted.";
const NOT_A_FILE: &str = "The submitted data was not a file. Check the encoding type on the form.";

/// What a field was sent.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::api) enum ValidatedValue {
    /// Nothing: what the row has stays, or is left to the model.
    Skipped,
    /// A value.
    Value(FieldValue),
    /// The keys of rows.
    Rows(Vec<FieldValue>),
    /// A file, which is stored once everything else is right.
    File(Arc<UploadedFile>),
}

/// What was sent for a field, before it is read.
pub(super) enum FieldInput<'d> {
    /// Nothing.
    Missing,
    /// This.
    Data(Cow<'d, Json>),
    /// A text that is JSON itself.
    JsonText(String),
}

impl SerializerField {
    /// What `data` holds for the field (`Field.get_value`); with `partial`, what is missing stays as it is.
    pub(super) fn input<'d>(&self, data: &'d RequestData, partial: bool) -> FieldInput<'d> {
        let sent = data.get(&self.name);
        if !data.is_form() {
            return sent.map_or(FieldInput::Missing, FieldInput::Data);
        }
        if let SerializerKind::ManyRelated { .. } = self.kind {
            return match data.list(&self.name) {
                Some(list) if sent.is_some() || !partial => FieldInput::Data(Cow::Owned(list)),
                _ => FieldInput::Missing,
            };
        }
        let Some(Json::String(text)) = sent.as_deref() else {
            return match self.kind {
                // A box that is not ticked is not sent.
                SerializerKind::Boolean if !partial => {
                    FieldInput::Data(Cow::Owned(self.unticked()))
                }
                _ => FieldInput::Missing,
            };
        };
        match self.kind {
            SerializerKind::Json => FieldInput::JsonText(text.clone()),
            _ if !text.is_empty() || self.allow_blank => {
                FieldInput::Data(Cow::Owned(Json::from(text.as_str())))
            }
            _ if self.allow_null => FieldInput::Data(Cow::Owned(Json::Null)),
            _ if !self.required => FieldInput::Missing,
            _ => FieldInput::Data(Cow::Owned(Json::from(""))),
        }
    }

    fn unticked(&self) -> Json {
        if self.allow_null {
            Json::Null
        } else {
            Json::Boolean(false)
        }
    }

    /// The file that was sent (`FileField.run_validation`); with `partial`, one that is missing stays as it is.
    pub(super) fn validate_file(
        &self,
        form_field: &FormField,
        data: &RequestData,
        partial: bool,
    ) -> Result<ValidatedValue, Vec<String>> {
        if let Some(file) = data.file(&self.name) {
            let errors = form_field.file_errors(file).into_iter();
            let messages: Vec<_> = errors.map(|error| error.message).collect();
            return if messages.is_empty() {
                Ok(ValidatedValue::File(Arc::clone(file)))
            } else {
                Err(messages)
            };
        }
        match self.input(data, partial) {
            FieldInput::Missing if self.required && !partial => Err(vec![NO_FILE.to_owned()]),
            FieldInput::Missing => Ok(ValidatedValue::Skipped),
            FieldInput::Data(data) if *data == Json::Null && self.allow_null => {
                Ok(ValidatedValue::Value(FieldValue::Text(String::new())))
            }
            FieldInput::Data(data) if *data == Json::Null => Err(vec![NULL.to_owned()]),
            _ => Err(vec![NOT_A_FILE.to_owned()]),
        }
    }

    /// What is sent before it is read: nothing, no value, or something to read.
    pub(super) fn validate_empty(
        &self,
        input: &FieldInput<'_>,
        partial: bool,
    ) -> Result<Option<ValidatedValue>, Vec<String>> {
        let refuse = |message: &str| Err(vec![message.to_owned()]);
        let data = match input {
            FieldInput::JsonText(_) => return Ok(None),
            FieldInput::Missing if self.required && !partial => return refuse(REQUIRED),
            FieldInput::Missing if partial => return Ok(Some(ValidatedValue::Skipped)),
            FieldInput::Missing => {
                let default = self.default.clone().map(ValidatedValue::Value);
                return Ok(Some(default.unwrap_or(ValidatedValue::Skipped)));
            }
            FieldInput::Data(data) => data.as_ref(),
        };
        let null = || Ok(Some(ValidatedValue::Value(FieldValue::Null)));
        let is_empty_text = || python::strip(&python::text(data)).is_empty();
        match &self.kind {
            kind if kind.is_text() && is_empty_text() && self.allow_blank => {
                Ok(Some(ValidatedValue::Value(FieldValue::Text(String::new()))))
            }
            kind if kind.is_text() && is_empty_text() => refuse(BLANK),
            SerializerKind::Decimal { .. } if self.allow_null && is_empty_text() => null(),
            _ if self.is_null(data) && self.allow_null => null(),
            _ if self.is_null(data) => refuse(NULL),
            _ => Ok(None),
        }
    }

    fn is_null(&self, data: &Json) -> bool {
        let is_relation = matches!(self.kind, SerializerKind::Related(_));
        *data == Json::Null || is_relation && data.as_str() == Some("")
    }

    /// The value that was sent, without asking the database (`to_internal_value`, `run_validators`).
    pub(super) fn validate_value(
        &self,
        input: &FieldInput<'_>,
        zone: &Zone,
    ) -> Result<FieldValue, Vec<String>> {
        let one = |message| vec![message];
        let data = match input {
            FieldInput::JsonText(text) => {
                let parsed = Json::parse(text);
                let message = || one("Value must be valid JSON.".to_owned());
                Cow::Owned(parsed.ok_or_else(message)?)
            }
            FieldInput::Data(data) => Cow::Borrowed(data.as_ref()),
            FieldInput::Missing => return Err(one(REQUIRED.to_owned())),
        };
        let value = read(self, &data, zone).map_err(one)?;
        let errors = self.errors_of(&data, &value);
        if errors.is_empty() {
            Ok(value)
        } else {
            Err(errors)
        }
    }

    /// What the validators say against `value`, those of the model first.
    fn errors_of(&self, data: &Json, value: &FieldValue) -> Vec<String> {
        let text = values::to_text(value);
        let declared = self
            .validators
            .iter()
            .flat_map(|validator| validator.check(value));
        let mut errors: Vec<_> = declared.map(|error| error.message).collect();
        if self.kind.is_text() {
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            if let Some(most) = self.max_length.filter(|most| length > *most) {
                errors.push(format!(
                    "Ensure this field has no more than {most} characters."
                ));
            }
            if let Some(least) = self.min_length.filter(|least| length < *least) {
                errors.push(format!(
                    "Ensure this field has at least {least} characters."
                ));
            }
            if text.contains('\0') {
                errors.push("Null characters are not allowed.".to_owned());
            }
            errors.extend(half_pair(data));
            errors.extend(self.wrong_form(&text));
        }
        errors
    }

    fn wrong_form(&self, text: &str) -> Option<String> {
        let (fits, message) = match &self.kind {
            SerializerKind::Email => (values::is_email(text), invalid_text(&self.kind)),
            SerializerKind::Url => {
                let is_url = values::is_url(text, &values::URL_SCHEMES);
                (is_url, invalid_text(&self.kind))
            }
            SerializerKind::Slug {
                allow_unicode: true,
            } => (
                values::is_slug(text, true),
                "Enter a valid \"slug\" consisting of Unicode letters, numbers, underscores, or hyphens.",
            ),
            SerializerKind::Slug { .. } => (values::is_slug(text, false), invalid_text(&self.kind)),
            SerializerKind::IpAddress => {
                let is_ip = text.parse::<std::net::IpAddr>().is_ok();
                (is_ip, invalid_text(&self.kind))
            }
            _ => return None,
        };
        (!fits).then(|| message.to_owned())
    }
}

fn half_pair(data: &Json) -> Option<String> {
    let Json::Utf16(units) = data else {
        return None;
    };
    let mut decoded = char::decode_utf16(units.iter().copied());
    let half = decoded.find_map(Result::err)?.unpaired_surrogate();
    Some(format!("Surrogate characters are not allowed: U+{half:X}."))
}
