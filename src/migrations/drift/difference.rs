//! A difference between the schema of a database and what its migrations lead to.

use std::fmt;

use crate::diagnostic::Severity;
use crate::models::write::text as quoted;

/// What kind of difference it is, as its name begins.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum DifferenceKind {
    /// A table that is not there.
    MissingTable,
    /// A table that no migration makes.
    ExtraTable,
    /// A column that is not there.
    MissingColumn,
    /// A column that no migration makes.
    ExtraColumn,
    /// Another type.
    Type,
    /// A column that accepts no value and should, or the other way round.
    Null,
    /// Another default.
    Default,
    /// Another expression that computes a column.
    Generated,
    /// Another collation.
    Collation,
    /// Another primary key.
    PrimaryKey,
    /// Columns that are not unique.
    MissingUnique,
    /// Columns that are unique without a migration that says so.
    ExtraUnique,
    /// A check that is not there.
    MissingCheck,
    /// A check that no migration makes.
    ExtraCheck,
    /// An index that is not there.
    MissingIndex,
    /// An index that no migration makes.
    ExtraIndex,
    /// An index of the right name over something else.
    Index,
    /// A foreign key that is not there.
    MissingForeignKey,
    /// A foreign key that no migration makes.
    ExtraForeignKey,
    /// A view that is not there.
    MissingView,
    /// A view that no migration makes.
    ExtraView,
    /// A view of the right name that is another one.
    View,
    /// A trigger that is not there.
    MissingTrigger,
    /// A trigger that no migration makes.
    ExtraTrigger,
    /// A trigger of the right name that is another one.
    Trigger,
}

/// A difference between the schema of a database and what its migrations lead to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SchemaDifference {
    /// What kind it is.
    pub kind: DifferenceKind,
    /// What differs, such as `blog_post.title`.
    pub place: String,
    /// The difference in words.
    pub message: String,
    /// A warning where the database has more than migrations know, and no model could say it.
    pub severity: Severity,
}

impl SchemaDifference {
    pub(super) fn error(
        kind: DifferenceKind,
        place: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            place: place.into(),
            message: message.into(),
            severity: Severity::Error,
        }
    }

    /// A warning unless a model could say what is there.
    pub(super) fn warning_unless(self, is_sayable: bool) -> Self {
        Self {
            severity: if is_sayable {
                Severity::Error
            } else {
                Severity::Warning
            },
            ..self
        }
    }

    /// Its name, by which it can be accepted: `type:blog_post.title`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.kind.name(), self.place)
    }
}

impl fmt::Display for SchemaDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, quoted(&self.name()))
    }
}

impl DifferenceKind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::MissingTable => "missing-table",
            Self::ExtraTable => "extra-table",
            Self::MissingColumn => "missing-column",
            Self::ExtraColumn => "extra-column",
            Self::Type => "type",
            Self::Null => "null",
            Self::Default => "default",
            Self::Generated => "generated",
            Self::Collation => "collation",
            Self::PrimaryKey => "primary-key",
            Self::MissingUnique => "missing-unique",
            Self::ExtraUnique => "extra-unique",
            Self::MissingCheck => "missing-check",
            Self::ExtraCheck => "extra-check",
            Self::MissingIndex => "missing-index",
            Self::ExtraIndex => "extra-index",
            Self::Index => "index",
            Self::MissingForeignKey => "missing-foreign-key",
            Self::ExtraForeignKey => "extra-foreign-key",
            Self::MissingView => "missing-view",
            Self::ExtraView => "extra-view",
            Self::View => "view",
            Self::MissingTrigger => "missing-trigger",
            Self::ExtraTrigger => "extra-trigger",
            Self::Trigger => "trigger",
        }
    }
}
