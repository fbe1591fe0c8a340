//! The kinds of field, each with the options of its own.

use crate::models::expression::{Condition, Expression};
use crate::models::{Field, FieldDefault, ModelRef};

/// When a date or time is set by itself.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct AutoNow {
    /// On every save.
    pub auto_now: bool,
    /// When the row is made.
    pub auto_now_add: bool,
}

/// Which addresses a `GenericIPAddressField` accepts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum IpProtocol {
    /// IPv4 and IPv6.
    Both,
    /// IPv4 alone.
    Ipv4,
    /// IPv6 alone.
    Ipv6,
}

/// What becomes of a row when the row it refers to is deleted.
#[derive(Clone, Debug, PartialEq)]
pub enum OnDelete {
    /// It is deleted too.
    Cascade,
    /// The deletion is refused.
    Protect,
    /// The deletion is refused, unless the row goes in the same cascade.
    Restrict,
    /// The reference becomes null.
    SetNull,
    /// The reference becomes the field's default.
    SetDefault,
    /// The reference becomes this.
    Set(FieldDefault),
    /// Nothing; the database may object.
    DoNothing,
}

/// A reference to one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The model referred to.
    pub to: ModelRef,
    /// What happens when that row is deleted.
    pub on_delete: OnDelete,
    /// The field referred to, if not the primary key.
    pub to_field: Option<String>,
    /// The name of the way back.
    pub related_name: Option<String>,
    /// The name of the way back in lookups.
    pub related_query_name: Option<String>,
    /// Whether the database checks the reference.
    pub db_constraint: bool,
    /// Which rows forms offer.
    pub limit_choices_to: Option<Condition>,
}

impl Relation {
    /// Whether the reference has no reverse name.
    pub fn is_hidden(&self) -> bool {
        let name = self.related_name.as_deref();
        name.is_some_and(|name| name.ends_with('+'))
    }
}

/// References to many rows, in a table of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct ManyToMany {
    /// The model referred to.
    pub to: ModelRef,
    /// The model of the table between, if it is declared.
    pub through: Option<ModelRef>,
    /// The two fields of `through` that are used.
    pub through_fields: Vec<String>,
    /// The name of the way back.
    pub related_name: Option<String>,
    /// The name of the way back in lookups.
    pub related_query_name: Option<String>,
    /// The name of the table between, if it is not to be made from the model's and the field's.
    pub db_table: Option<String>,
    /// Whether the database checks the references.
    pub db_constraint: bool,
    /// Whether a reference to the same model counts both ways.
    pub symmetrical: Option<bool>,
    /// Which rows forms offer.
    pub limit_choices_to: Option<Condition>,
}

impl ManyToMany {
    /// A reference of the table between to `to`, one of its two ends.
    pub(super) fn end(&self, to: ModelRef) -> Relation {
        Relation {
            to,
            on_delete: OnDelete::Cascade,
            to_field: None,
            related_name: None,
            related_query_name: None,
            db_constraint: self.db_constraint,
            limit_choices_to: None,
        }
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants are Django's field classes")]
pub enum FieldKind {
    Auto,
    SmallAuto,
    BigAuto,
    BigInteger,
    Binary {
        max_length: Option<u64>,
    },
    Boolean,
    Char {
        max_length: Option<u64>,
    },
    Date(AutoNow),
    DateTime(AutoNow),
    Decimal {
        max_digits: u32,
        decimal_places: u32,
    },
    Duration,
    Email {
        max_length: u64,
    },
    File {
        upload_to: String,
        max_length: u64,
        storage: Option<String>,
    },
    FilePath {
        path: String,
        pattern: Option<String>,
        recursive: bool,
        allow_files: bool,
        allow_folders: bool,
        max_length: u64,
    },
    Float,
    GenericIpAddress {
        protocol: IpProtocol,
        unpack_ipv4: bool,
    },
    Image {
        upload_to: String,
        max_length: u64,
        storage: Option<String>,
        width_field: Option<String>,
        height_field: Option<String>,
    },
    Integer,
    Json,
    PositiveBigInteger,
    PositiveInteger,
    PositiveSmallInteger,
    Slug {
        max_length: u64,
        allow_unicode: bool,
    },
    SmallInteger,
    Text {
        max_length: Option<u64>,
    },
    Time(AutoNow),
    Url {
        max_length: u64,
    },
    Uuid,
    ForeignKey(Relation),
    OneToOne(Relation),
    ManyToMany(ManyToMany),
    Generated {
        expression: Box<Expression>,
        output_field: Box<Field>,
        db_persist: bool,
    },
    CompositePrimaryKey {
        fields: Vec<String>,
    },
}

impl FieldKind {
    /// The name of Django's field class.
    pub fn class_name(&self) -> &'static str {
        match self {
            Self::Auto => "AutoField",
            Self::SmallAuto => "SmallAutoField",
            Self::BigAuto => "BigAutoField",
            Self::BigInteger => "BigIntegerField",
            Self::Binary { .. } => "BinaryField",
            Self::Boolean => "BooleanField",
            Self::Char { .. } => "CharField",
            Self::Date(_) => "DateField",
            Self::DateTime(_) => "DateTimeField",
            Self::Decimal { .. } => "DecimalField",
            Self::Duration => "DurationField",
            Self::Email { .. } => "EmailField",
            Self::File { .. } => "FileField",
            Self::FilePath { .. } => "FilePathField",
            Self::Float => "FloatField",
            Self::GenericIpAddress { .. } => "GenericIPAddressField",
            Self::Image { .. } => "ImageField",
            Self::Integer => "IntegerField",
            Self::Json => "JSONField",
            Self::PositiveBigInteger => "PositiveBigIntegerField",
            Self::PositiveInteger => "PositiveIntegerField",
            Self::PositiveSmallInteger => "PositiveSmallIntegerField",
            Self::Slug { .. } => "SlugField",
            Self::SmallInteger => "SmallIntegerField",
            Self::Text { .. } => "TextField",
            Self::Time(_) => "TimeField",
            Self::Url { .. } => "URLField",
            Self::Uuid => "UUIDField",
            Self::ForeignKey(_) => "ForeignKey",
            Self::OneToOne(_) => "OneToOneField",
            Self::ManyToMany(_) => "ManyToManyField",
            Self::Generated { .. } => "GeneratedField",
            Self::CompositePrimaryKey { .. } => "CompositePrimaryKey",
        }
    }

    /// Whether the empty text is a value of this kind.
    pub fn allows_empty_strings(&self) -> bool {
        matches!(
            self,
            Self::Binary { .. }
                | Self::Char { .. }
                | Self::Email { .. }
                | Self::File { .. }
                | Self::FilePath { .. }
                | Self::Image { .. }
                | Self::Slug { .. }
                | Self::Text { .. }
                | Self::Url { .. }
        )
    }

    /// Whether the database counts the values up by itself.
    pub fn is_auto(&self) -> bool {
        matches!(self, Self::Auto | Self::SmallAuto | Self::BigAuto)
    }

    /// Whether it holds whole numbers.
    pub fn is_integer(&self) -> bool {
        self.is_auto()
            || matches!(
                self,
                Self::BigInteger
                    | Self::Integer
                    | Self::SmallInteger
                    | Self::PositiveBigInteger
                    | Self::PositiveInteger
                    | Self::PositiveSmallInteger
            )
    }

    /// The length its column has, if it was given one.
    pub fn max_length(&self) -> Option<u64> {
        match self {
            Self::Char { max_length } | Self::Text { max_length } | Self::Binary { max_length } => {
                *max_length
            }
            Self::Email { max_length }
            | Self::File { max_length, .. }
            | Self::FilePath { max_length, .. }
            | Self::Image { max_length, .. }
            | Self::Slug { max_length, .. }
            | Self::Url { max_length } => Some(*max_length),
            _ => None,
        }
    }

    /// The model it refers to.
    pub fn target(&self) -> Option<&ModelRef> {
        match self {
            Self::ForeignKey(relation) | Self::OneToOne(relation) => Some(&relation.to),
            Self::ManyToMany(relation) => Some(&relation.to),
            _ => None,
        }
    }

    /// All models it names.
    pub fn references_mut(&mut self) -> Vec<&mut ModelRef> {
        match self {
            Self::ForeignKey(relation) | Self::OneToOne(relation) => vec![&mut relation.to],
            Self::ManyToMany(relation) => {
                let through = relation.through.as_mut();
                std::iter::once(&mut relation.to).chain(through).collect()
            }
            _ => Vec::new(),
        }
    }
}
