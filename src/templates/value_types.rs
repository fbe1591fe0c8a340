//! What the names of a template stand for, as far as that is known before a page is made.

use crate::models::ModelKey;

/// What a name stands for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum TemplateType {
    /// Anything.
    #[default]
    Unknown,
    /// A row.
    Row(RowType),
    /// Rows, from a query.
    Rows(RowType),
    /// A page of rows, with what is known of other pages.
    Page(RowType),
    /// Values by these names.
    Mapping(Vec<String>),
    /// Several of them, from a query.
    Mappings(Vec<String>),
}

/// What rows are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RowType {
    /// The model.
    pub model: ModelKey,
    /// What a query adds to the rows: annotations, and rows read along under a name of their own.
    pub added: Vec<String>,
}

impl RowType {
    /// The rows of the model of this key, as they are.
    pub fn of(model: ModelKey) -> Self {
        let added = Vec::new();
        Self { model, added }
    }
}

impl TemplateType {
    /// What one of several is.
    pub(super) fn element(self) -> Self {
        match self {
            Self::Rows(rows) | Self::Page(rows) => Self::Row(rows),
            Self::Mappings(names) => Self::Mapping(names),
            Self::Unknown | Self::Row(_) | Self::Mapping(_) => Self::Unknown,
        }
    }

    /// Itself, if it is several that come from a query.
    pub(super) fn several(self) -> Self {
        match self {
            Self::Rows(_) | Self::Mappings(_) => self,
            _ => Self::Unknown,
        }
    }
}
