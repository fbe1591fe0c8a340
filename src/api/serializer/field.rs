//! A field of a serializer: what is read and written for one field of a model (`rest_framework.fields`).

use std::sync::Arc;

use crate::forms::{FormField, FormValidator};
use crate::models::expression::Condition;
use crate::models::{Field, Model};
use crate::values::FieldValue;

/// A field of a serializer, made when `urls.toml` is loaded.
#[derive(Clone, Debug)]
pub(in crate::api) struct SerializerField {
    /// Its name in what is sent and received.
    pub(in crate::api) name: String,
    /// How its values are read and written.
    pub(in crate::api) kind: SerializerKind,
    /// Whether what is sent for it is passed over.
    pub(in crate::api) read_only: bool,
    /// Whether it is not shown.
    pub(in crate::api) write_only: bool,
    /// Whether a whole row has to have it.
    pub(in crate::api) required: bool,
    /// Whether it may be `null`.
    pub(in crate::api) allow_null: bool,
    /// Whether it may be an empty text.
    pub(in crate::api) allow_blank: bool,
    /// What a person reads.
    pub(in crate::api) label: String,
    /// What explains it; empty where nothing does.
    pub(in crate::api) help_text: String,
    /// The most characters.
    pub(in crate::api) max_length: Option<u64>,
    /// The fewest characters.
    pub(in crate::api) min_length: Option<u64>,
    /// The least number.
    pub(in crate::api) min_value: Option<FieldValue>,
    /// The greatest number.
    pub(in crate::api) max_value: Option<FieldValue>,
    /// The field of the model; none for a field that the model does not have.
    pub(in crate::api) source: Option<Field>,
    /// Rows among which its value must not be found: all, or those that a condition holds for.
    pub(in crate::api) unique_among: Vec<Option<Condition>>,
    /// Checks beyond those of its kind.
    pub(in crate::api) validators: Vec<FormValidator>,
    /// What it has where nothing was sent, for fields that are unique together.
    pub(in crate::api) default: Option<FieldValue>,
}

/// How the values of a field are read and written.
#[derive(Clone, Debug)]
pub(in crate::api) enum SerializerKind {
    Boolean,
    Char,
    Email,
    Slug {
        allow_unicode: bool,
    },
    Url,
    Uuid,
    IpAddress,
    Integer,
    Float,
    Decimal {
        max_digits: u32,
        decimal_places: u32,
    },
    DateTime,
    Date,
    Time,
    Duration,
    Choice(Vec<SerializerChoice>),
    Json,
    /// Bytes in base 64; read only.
    Binary,
    /// A file, which is shown by its address.
    File(FileField),
    /// The path of a file that was there when the site was loaded.
    FilePath(Vec<SerializerChoice>),
    /// A row that is referred to, by a value of it.
    Related(RelatedTarget),
    /// Rows that are referred to.
    ManyRelated {
        target: RelatedTarget,
        allow_empty: bool,
    },
    /// A row that is referred to, with fields of its own; read only.
    Nested {
        serializer: Arc<super::Serializer>,
        many: bool,
    },
    /// The address of the row itself; read only.
    Identity {
        url_name: String,
    },
}

/// What files a field takes.
#[derive(Clone, Debug)]
pub(in crate::api) struct FileField {
    /// The field of a form that checks them; none where nobody may send any.
    pub(in crate::api) form_field: Option<Arc<FormField>>,
    /// Whether they have to be images.
    pub(in crate::api) is_image: bool,
    /// The alias of their storage.
    pub(in crate::api) storage: String,
}

/// A value that may be chosen.
#[derive(Clone, Debug)]
pub(in crate::api) struct SerializerChoice {
    /// The value as Python writes it.
    pub(in crate::api) text: String,
    /// The value.
    pub(in crate::api) value: FieldValue,
    /// What a person reads.
    pub(in crate::api) label: String,
}

/// What a reference leads to.
#[derive(Clone, Debug)]
pub(in crate::api) struct RelatedTarget {
    /// The model.
    pub(in crate::api) model: Arc<Model>,
    /// The field of it that stands for a row.
    pub(in crate::api) field: Field,
    /// The pattern by which a row is written as an address; none where it is written as a value.
    pub(in crate::api) url_name: Option<String>,
    /// The rows that may be referred to, if not all.
    pub(in crate::api) limit_choices_to: Option<Condition>,
}

impl SerializerKind {
    /// The name of the kind in answers to `OPTIONS` (`SimpleMetadata.label_lookup`).
    pub(in crate::api) fn label(&self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Char | Self::IpAddress | Self::Uuid => "string",
            Self::Email => "email",
            Self::Slug { .. } => "slug",
            Self::Url => "url",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Decimal { .. } => "decimal",
            Self::DateTime => "datetime",
            Self::Date => "date",
            Self::Time => "time",
            Self::Choice(_) | Self::FilePath(_) => "choice",
            Self::File(file) if file.is_image => "image upload",
            Self::File(_) => "file upload",
            Self::Nested { .. } => "nested object",
            Self::Duration
            | Self::Json
            | Self::Binary
            | Self::Related(_)
            | Self::ManyRelated { .. }
            | Self::Identity { .. } => "field",
        }
    }

    /// Whether it is a text for Django REST framework.
    pub(in crate::api) fn is_text(&self) -> bool {
        matches!(
            self,
            Self::Char | Self::Email | Self::Slug { .. } | Self::Url | Self::IpAddress
        )
    }
}
