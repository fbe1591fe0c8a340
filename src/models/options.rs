//! The options of a model: Django's `Meta`.

use crate::models::ModelRef;
use crate::models::expression::{Condition, IndexExpression};

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

/// An index over fields or expressions.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// The name; made from table and columns if not given.
    pub name: Option<String>,
    /// Its fields, in order.
    pub fields: Vec<IndexField>,
    /// What it indexes instead of fields.
    pub expressions: Vec<IndexExpression>,
    /// The rows it holds; all if not given.
    pub condition: Option<Condition>,
}

impl Index {
    /// Whether it has to do with the field `name`.
    pub fn names(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Gives the field `old` the name `new`.
    pub fn rename_field(&mut self, old: &str, new: &str) {
        for field in self.fields.iter_mut().filter(|field| field.name == old) {
            new.clone_into(&mut field.name);
        }
        for part in &mut self.expressions {
            part.expression.rename_field(old, new);
        }
        if let Some(condition) = &mut self.condition {
            condition.rename_field(old, new);
        }
    }
}

/// What the rows of a table keep to.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// The name.
    pub name: String,
    /// What it asks for.
    pub kind: ConstraintKind,
    /// The message where a row breaks it, if it has its own.
    pub violation_error_message: Option<String>,
    /// The code of that error, if it has its own.
    pub violation_error_code: Option<String>,
}

/// What a constraint asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum ConstraintKind {
    /// These fields, taken together, differ between rows.
    Unique(Vec<String>),
    /// The same among some rows, or for expressions: an index.
    UniqueIndex {
        /// The fields; none where there are expressions.
        fields: Vec<String>,
        /// The expressions.
        expressions: Vec<IndexExpression>,
        /// The rows meant; all if not given.
        condition: Option<Condition>,
    },
    /// Every row is so.
    Check(Condition),
}

impl Constraint {
    /// Whether an index does its work, outside the definition of the table.
    pub fn is_index(&self) -> bool {
        matches!(self.kind, ConstraintKind::UniqueIndex { .. })
    }

    /// The fields that are unique together.
    pub fn fields(&self) -> &[String] {
        match &self.kind {
            ConstraintKind::Unique(fields) | ConstraintKind::UniqueIndex { fields, .. } => fields,
            ConstraintKind::Check(_) => &[],
        }
    }

    /// What is said where a row breaks it: Django's `get_violation_error_message`.
    pub fn violation_message(&self) -> String {
        let own = self.violation_error_message.as_deref();
        let message = own.unwrap_or("Constraint “%(name)s” is violated.");
        message.replace("%(name)s", &self.name).replace("%%", "%")
    }

    /// Gives the field `old` the name `new`.
    pub fn rename_field(&mut self, old: &str, new: &str) {
        let rename = |fields: &mut Vec<String>| {
            for field in fields.iter_mut().filter(|field| *field == old) {
                new.clone_into(field);
            }
        };
        match &mut self.kind {
            ConstraintKind::Unique(fields) => rename(fields),
            ConstraintKind::UniqueIndex {
                fields,
                expressions,
                condition,
            } => {
                rename(fields);
                for part in expressions {
                    part.expression.rename_field(old, new);
                }
                if let Some(condition) = condition {
                    condition.rename_field(old, new);
                }
            }
            ConstraintKind::Check(condition) => condition.rename_field(old, new),
        }
    }
}

/// What a model declares beside its fields.
#[derive(Clone, Debug, PartialEq)]
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
    pub constraints: Vec<Constraint>,
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
    /// The address of a row's page, Django's `get_absolute_url`: a Jinja template.
    pub url_template: Option<String>,
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
            url_template: None,
        }
    }
}
