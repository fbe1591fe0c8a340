//! The options of a model: Django's `Meta`.

use crate::models::ModelRef;

/// A permission beyond the usual four.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Permission {
    /// What code asks for.
    pub codename: String,
    /// What people read.
    pub name: String,
}

/// A field of an index.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IndexField {
    /// The field's name.
    pub name: String,
    /// Whether the index runs from the last to the first.
    pub descending: bool,
}

/// An index over fields.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Index {
    /// The name; made from table and columns if not given.
    pub name: Option<String>,
    /// Its fields, in order.
    pub fields: Vec<IndexField>,
}

/// Fields whose values, taken together, differ between rows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UniqueConstraint {
    /// The name.
    pub name: String,
    /// The fields, in order.
    pub fields: Vec<String>,
}

/// What a model declares beside its fields.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ModelOptions {
    /// The table, if it is not to be made from app and model.
    pub db_table: Option<String>,
    /// The order of rows where none is asked for.
    pub ordering: Vec<String>,
    /// Sets of fields whose values, taken together, differ between rows.
    pub unique_together: Vec<Vec<String>>,
    /// Indexes.
    pub indexes: Vec<Index>,
    /// Constraints.
    pub constraints: Vec<UniqueConstraint>,
    /// What people call one row; made from the name if not given.
    pub verbose_name: Option<String>,
    /// What people call rows; the singular and an `s` if not given.
    pub verbose_name_plural: Option<String>,
    /// Permissions beyond the default ones.
    pub permissions: Vec<Permission>,
    /// The actions that each have a permission.
    pub default_permissions: Vec<String>,
    /// Whether migrations make the table.
    pub managed: bool,
    /// Which field tells the latest row.
    pub get_latest_by: Vec<String>,
    /// The name of the way back of all its references.
    pub default_related_name: Option<String>,
    /// The setting that may put another model in its place.
    pub swappable: Option<ModelRef>,
    /// The model whose table it shows under another name.
    pub proxy_for: Option<ModelRef>,
    /// A comment on the table, for databases that keep one.
    pub db_table_comment: Option<String>,
    /// A row as text: a Jinja template.
    pub str_template: Option<String>,
}

impl Default for ModelOptions {
    fn default() -> Self {
        Self {
            db_table: None,
            ordering: Vec::new(),
            unique_together: Vec::new(),
            indexes: Vec::new(),
            constraints: Vec::new(),
            verbose_name: None,
            verbose_name_plural: None,
            permissions: Vec::new(),
            default_permissions: ["add", "change", "delete", "view"]
                .map(ToOwned::to_owned)
                .to_vec(),
            managed: true,
            get_latest_by: Vec::new(),
            default_related_name: None,
            swappable: None,
            proxy_for: None,
            db_table_comment: None,
            str_template: None,
        }
    }
}
