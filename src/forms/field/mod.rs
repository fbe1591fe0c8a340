//! A field: what may be filled in, and how it is cleaned.
//!
//! A [`FormField`] is made when a form is loaded and does not change. `clean` makes a value of what was sent, by the
//! [`FormFieldKind`]: `text`, `number`, `temporal`, `choice`, `file` and `multi_value` know one kind of value each.

mod builder;
mod changed;
mod choice;
mod clean;
mod context;
mod error_codes;
mod file;
mod finish;
mod hidden_key;
mod kind;
mod multi_value;
mod number;
mod temporal;
mod text;

use std::sync::Arc;

pub(super) use clean::REQUIRED;
pub use context::CleanContext;
pub use kind::{Coercion, FIELD_CLASSES, FileLimits, FormFieldKind, MultiValue};

use crate::clock::{self, LocalDateTime};
use crate::forms::error::ValidationError;
use crate::forms::form_choices::{FormChoice, FormOption};
use crate::forms::form_value::FormValue;
use crate::forms::validator::FormValidator;
use crate::forms::widget::Widget;
use crate::values::{FieldValue, Uuid};

/// A field of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    pub(super) name: String,
    pub(super) kind: FormFieldKind,
    pub(super) widget: Widget,
    pub(super) label: String,
    /// In place of the colon behind the label.
    pub(super) label_suffix: Option<String>,
    /// As HTML.
    pub(super) help_text: String,
    pub(super) required: bool,
    pub(super) disabled: bool,
    pub(super) show_hidden_initial: bool,
    pub(super) initial: FormInitial,
    /// Whether the cursor starts in it, unless something else is wrong.
    pub(super) autofocus: bool,
    pub(super) choices: Arc<Vec<FormChoice>>,
    pub(super) strip: bool,
    /// Whether a text that is not filled in is null instead of empty.
    pub(super) empty_is_null: bool,
    pub(super) normalize: Option<fn(&str) -> String>,
    pub(super) limits: FieldLimits,
    /// Its own; in a definition also those of its class and of its limits.
    pub(super) validators: Vec<FormValidator>,
    /// Those of the field of a model, asked once the others have nothing to say.
    pub(super) model_validators: Vec<FormValidator>,
    is_finished: bool,
    /// Messages of the project's own, by the code of the error.
    pub(super) messages: Vec<ErrorMessage>,
}

/// What lengths and values a field takes.
#[derive(Clone, Debug, Default)]
pub struct FieldLimits {
    /// Characters of the shortest text.
    pub min_length: Option<u64>,
    /// Characters of the longest.
    pub max_length: Option<u64>,
    /// The least number.
    pub min_value: Option<FieldValue>,
    /// The greatest.
    pub max_value: Option<FieldValue>,
    /// What the number is a multiple of, counted from the least.
    pub step_size: Option<FieldValue>,
    /// Digits of a decimal number.
    pub max_digits: Option<u32>,
    /// Those behind its point.
    pub decimal_places: Option<u32>,
}

/// A message of the project's own.
#[derive(Clone, Debug)]
pub(super) struct ErrorMessage {
    pub(super) code: String,
    pub(super) message: String,
}

/// What a field starts with.
#[derive(Clone, Debug, PartialEq)]
pub enum FormInitial {
    /// This value.
    Value(FormValue),
    /// The moment at which the form is made.
    Now,
    /// The day on which the form is made.
    Today,
    /// A random UUID.
    RandomUuid,
}

impl FormInitial {
    /// The value at this moment.
    pub fn value(&self) -> FormValue {
        FormValue::Value(match self {
            Self::Value(value) => return value.clone(),
            Self::Now => FieldValue::Moment(clock::now()),
            Self::Today => {
                let now = LocalDateTime::of_moment(clock::now(), &clock::Zone::utc());
                FieldValue::Date(now.date())
            }
            Self::RandomUuid => FieldValue::Uuid(Uuid::random()),
        })
    }
}

impl FormField {
    /// What may be chosen, options of groups included.
    pub fn options(&self) -> impl Iterator<Item = &FormOption> {
        self.choices.iter().flat_map(FormChoice::options)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a page calls it.
    pub fn label_text(&self) -> &str {
        &self.label
    }

    /// The class of its widget.
    pub fn widget_class(&self) -> crate::forms::widget::WidgetClass {
        self.widget.class
    }

    /// Whether it holds a document.
    pub fn is_json(&self) -> bool {
        matches!(self.kind, FormFieldKind::Json)
    }

    /// What it holds.
    pub fn kind(&self) -> &FormFieldKind {
        &self.kind
    }

    /// The error of this code, in the words of the project where it has some.
    pub(super) fn error(&self, code: &'static str, message: &str) -> ValidationError {
        let error = ValidationError::new(message, code);
        self.in_own_words(error)
    }

    /// `error` with the message of the project's own for its code.
    pub(super) fn in_own_words(&self, error: ValidationError) -> ValidationError {
        let own = self
            .messages
            .iter()
            .rev()
            .find(|own| own.code == error.code);
        match own {
            Some(own) => error.saying(&own.message),
            None => error,
        }
    }
}
