//! The classes of fields, each with the options of its own.

use crate::forms::field::FormField;
use crate::forms::model_choices::ModelChoices;
use crate::forms::widget::WidgetClass;
use crate::models::{FieldKind, IpProtocol};
use crate::text::PythonPattern;

/// What a field of a form holds.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the variants are Django's field classes")]
pub enum FormFieldKind {
    Boolean,
    NullBoolean,
    Char,
    Choice,
    TypedChoice(Coercion),
    MultipleChoice,
    TypedMultipleChoice(Coercion),
    Date {
        input_formats: Vec<String>,
    },
    DateTime {
        input_formats: Vec<String>,
    },
    Time {
        input_formats: Vec<String>,
    },
    Duration,
    Decimal,
    Float,
    Integer,
    Email,
    Url {
        assume_scheme: String,
    },
    Slug {
        allow_unicode: bool,
    },
    Regex(PythonPattern),
    GenericIpAddress {
        protocol: IpProtocol,
        unpack_ipv4: bool,
    },
    Uuid,
    Json,
    File(FileLimits),
    Image(FileLimits),
    FilePath,
    Combo(Vec<FormField>),
    MultiValue(MultiValue),
    SplitDateTime(MultiValue),
    ModelChoice(Box<ModelChoices>),
    ModelMultipleChoice(Box<ModelChoices>),
    /// The key, of this kind, of the row that one form of a set is about.
    RowKey(Box<FieldKind>),
    /// The key of the parent that the row of a form in a set belongs to.
    InlineForeignKey,
}

/// The fields of one value that is filled in in parts.
#[derive(Clone, Debug)]
pub struct MultiValue {
    /// The fields, in order.
    pub fields: Vec<FormField>,
    /// Whether all of them have to be filled in if one is.
    pub require_all_fields: bool,
    /// What stands between the parts of the value.
    pub separator: String,
}

/// What a file may be.
#[derive(Clone, Debug, Default)]
pub struct FileLimits {
    /// Characters of its name.
    pub max_length: Option<u64>,
    /// Whether it may have no content.
    pub allow_empty_file: bool,
    /// Its bytes.
    pub max_size: Option<u64>,
    /// The types that its content may have, as `image/png` or `image/*`; none for any.
    pub content_types: Vec<String>,
}

/// What a chosen text becomes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are Python's types")]
pub enum Coercion {
    #[default]
    Str,
    Int,
    Float,
    Decimal,
    Bool,
    Uuid,
}

impl Coercion {
    /// All of them, by the names of Python's types.
    pub const NAMES: [&str; 6] = ["str", "int", "float", "decimal", "bool", "uuid"];

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "str" => Self::Str,
            "int" => Self::Int,
            "float" => Self::Float,
            "decimal" => Self::Decimal,
            "bool" => Self::Bool,
            "uuid" => Self::Uuid,
            _ => return None,
        })
    }
}

/// The classes of fields that can be named.
pub const FIELD_CLASSES: [&str; 29] = [
    "BooleanField",
    "CharField",
    "ChoiceField",
    "ComboField",
    "DateField",
    "DateTimeField",
    "DecimalField",
    "DurationField",
    "EmailField",
    "FileField",
    "FilePathField",
    "FloatField",
    "GenericIPAddressField",
    "ImageField",
    "IntegerField",
    "JSONField",
    "ModelChoiceField",
    "ModelMultipleChoiceField",
    "MultiValueField",
    "MultipleChoiceField",
    "NullBooleanField",
    "RegexField",
    "SlugField",
    "SplitDateTimeField",
    "TimeField",
    "TypedChoiceField",
    "TypedMultipleChoiceField",
    "URLField",
    "UUIDField",
];

impl FormFieldKind {
    /// Whether it holds any number of values.
    pub fn holds_list(&self) -> bool {
        matches!(
            self,
            Self::MultipleChoice | Self::TypedMultipleChoice(_) | Self::ModelMultipleChoice(_)
        )
    }

    /// The name of Django's class.
    pub fn class_name(&self) -> &'static str {
        match self {
            Self::Boolean => "BooleanField",
            Self::NullBoolean => "NullBooleanField",
            Self::Char => "CharField",
            Self::Choice => "ChoiceField",
            Self::TypedChoice(_) => "TypedChoiceField",
            Self::MultipleChoice => "MultipleChoiceField",
            Self::TypedMultipleChoice(_) => "TypedMultipleChoiceField",
            Self::Date { .. } => "DateField",
            Self::DateTime { .. } => "DateTimeField",
            Self::Time { .. } => "TimeField",
            Self::Duration => "DurationField",
            Self::Decimal => "DecimalField",
            Self::Float => "FloatField",
            Self::Integer => "IntegerField",
            Self::Email => "EmailField",
            Self::Url { .. } => "URLField",
            Self::Slug { .. } => "SlugField",
            Self::Regex(_) => "RegexField",
            Self::GenericIpAddress { .. } => "GenericIPAddressField",
            Self::Uuid => "UUIDField",
            Self::Json => "JSONField",
            Self::File(_) => "FileField",
            Self::Image(_) => "ImageField",
            Self::FilePath => "FilePathField",
            Self::Combo(_) => "ComboField",
            Self::MultiValue(_) => "MultiValueField",
            Self::SplitDateTime(_) => "SplitDateTimeField",
            Self::ModelChoice(_) | Self::RowKey(_) => "ModelChoiceField",
            Self::ModelMultipleChoice(_) => "ModelMultipleChoiceField",
            Self::InlineForeignKey => "InlineForeignKeyField",
        }
    }

    /// The widget of a field that names none.
    pub(in crate::forms) fn widget(&self) -> WidgetClass {
        match self {
            Self::Boolean => WidgetClass::CheckboxInput,
            Self::NullBoolean => WidgetClass::NullBooleanSelect,
            Self::Choice | Self::TypedChoice(_) | Self::FilePath | Self::ModelChoice(_) => {
                WidgetClass::Select
            }
            Self::MultipleChoice | Self::TypedMultipleChoice(_) | Self::ModelMultipleChoice(_) => {
                WidgetClass::SelectMultiple
            }
            Self::Date { .. } => WidgetClass::DateInput,
            Self::DateTime { .. } => WidgetClass::DateTimeInput,
            Self::Time { .. } => WidgetClass::TimeInput,
            Self::Decimal | Self::Float | Self::Integer => WidgetClass::NumberInput,
            Self::Email => WidgetClass::EmailInput,
            Self::Url { .. } => WidgetClass::UrlInput,
            Self::Json => WidgetClass::Textarea,
            Self::RowKey(_) | Self::InlineForeignKey => WidgetClass::HiddenInput,
            Self::File(_) | Self::Image(_) => WidgetClass::ClearableFileInput,
            Self::SplitDateTime(_) => WidgetClass::SplitDateTimeWidget,
            Self::MultiValue(_) => WidgetClass::MultiWidget,
            Self::Char
            | Self::Duration
            | Self::Slug { .. }
            | Self::Regex(_)
            | Self::GenericIpAddress { .. }
            | Self::Uuid
            | Self::Combo(_) => WidgetClass::TextInput,
        }
    }

    /// The widget of a field that nobody is to see.
    pub(in crate::forms) fn hidden_widget(&self) -> WidgetClass {
        match self {
            Self::MultipleChoice | Self::TypedMultipleChoice(_) | Self::ModelMultipleChoice(_) => {
                WidgetClass::MultipleHiddenInput
            }
            Self::SplitDateTime(_) => WidgetClass::SplitHiddenDateTimeWidget,
            _ => WidgetClass::HiddenInput,
        }
    }

    /// Whether its values are texts of a length.
    pub(in crate::forms) fn is_text(&self) -> bool {
        matches!(
            self,
            Self::Char
                | Self::Email
                | Self::Url { .. }
                | Self::Slug { .. }
                | Self::Regex(_)
                | Self::GenericIpAddress { .. }
                | Self::Uuid
                | Self::Json
        )
    }

    /// Whether its values are numbers.
    pub(in crate::forms) fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Float | Self::Decimal)
    }

    /// Whether it takes choices of its own.
    pub(in crate::forms) fn has_choices(&self) -> bool {
        matches!(
            self,
            Self::Choice
                | Self::TypedChoice(_)
                | Self::MultipleChoice
                | Self::TypedMultipleChoice(_)
        )
    }

    /// Whether spaces around its texts are taken off unless it says otherwise.
    pub(in crate::forms) fn strips(&self) -> bool {
        !matches!(self, Self::Regex(_))
    }
}
