//! A field: its kind and the options every kind has.

use crate::models::expression::Expression;
use crate::models::{
    FieldDefault, FieldKind, Literal, ManyToMany, ModelRef, OnDelete, Relation, Validator,
};

/// A value a field may take, and what people read for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// A value and its label.
    Value(Literal, String),
    /// Values below a common label.
    Group(String, Vec<(Literal, String)>),
}

/// A field of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether the database accepts no value.
    pub null: bool,
    /// Whether forms accept no value.
    pub blank: bool,
    /// What a new row gets.
    pub default: Option<FieldDefault>,
    /// What the database gives a row that does not name a value.
    pub db_default: Option<Expression>,
    /// Whether two rows must differ in it.
    pub unique: bool,
    /// Whether it names the row.
    pub primary_key: bool,
    /// Whether it is indexed, if that was said.
    pub db_index: Option<bool>,
    /// The column, if it is not called as the field.
    pub db_column: Option<String>,
    /// The order and equality of its text.
    pub db_collation: Option<String>,
    /// A comment, for databases that keep one.
    pub db_comment: Option<String>,
    /// The values it may take; empty for any.
    pub choices: Vec<Choice>,
    /// What people call it; made from the name if not given.
    pub verbose_name: Option<String>,
    /// What forms explain.
    pub help_text: String,
    /// Whether forms show it.
    pub editable: bool,
    /// Messages of its own, by the code of the error.
    pub error_messages: Vec<(String, String)>,
    /// Checks beyond those of its kind.
    pub validators: Vec<Validator>,
    /// Whether nobody declared it.
    pub auto_created: bool,
    /// Whether it is part of a fixture.
    pub serialize: bool,
    /// The date field within whose day values must differ.
    pub unique_for_date: Option<String>,
    /// The date field within whose month values must differ.
    pub unique_for_month: Option<String>,
    /// The date field within whose year values must differ.
    pub unique_for_year: Option<String>,
}

impl Field {
    /// A field of this kind with the options at rest.
    pub fn new(name: &str, kind: FieldKind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            null: false,
            blank: false,
            default: None,
            db_default: None,
            unique: false,
            primary_key: false,
            db_index: None,
            db_column: None,
            db_collation: None,
            db_comment: None,
            choices: Vec::new(),
            verbose_name: None,
            help_text: String::new(),
            editable: true,
            error_messages: Vec::new(),
            validators: Vec::new(),
            auto_created: false,
            serialize: true,
            unique_for_date: None,
            unique_for_month: None,
            unique_for_year: None,
        }
    }

    /// The primary key a model gets that declares none.
    pub fn implicit_id(kind: FieldKind) -> Self {
        Self {
            verbose_name: Some("ID".to_owned()),
            auto_created: true,
            primary_key: true,
            serialize: false,
            ..Self::new("id", kind)
        }
    }

    /// The column: the name, with `_id` where it refers to a row.
    pub fn column(&self) -> String {
        let declared = self.db_column.clone();
        declared.unwrap_or_else(|| self.attname())
    }

    /// The name of the value itself: `author_id` of the foreign key `author`.
    pub fn attname(&self) -> String {
        match self.kind {
            FieldKind::ForeignKey(_) | FieldKind::OneToOne(_) => format!("{}_id", self.name),
            _ => self.name.clone(),
        }
    }

    /// What people call it.
    pub fn verbose_name(&self) -> String {
        let declared = self.verbose_name.clone();
        declared.unwrap_or_else(|| self.name.replace('_', " "))
    }

    /// Whether no two rows have the same value.
    pub fn is_unique(&self) -> bool {
        self.unique || self.primary_key || matches!(self.kind, FieldKind::OneToOne(_))
    }

    /// Whether it asks for an index; a unique column has one anyway.
    pub fn has_index(&self) -> bool {
        let usual = matches!(
            self.kind,
            FieldKind::ForeignKey(_) | FieldKind::OneToOne(_) | FieldKind::Slug { .. }
        );
        self.db_index.unwrap_or(usual)
    }

    /// The reference to one row, if it is one.
    pub fn relation(&self) -> Option<&Relation> {
        match &self.kind {
            FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) => Some(relation),
            _ => None,
        }
    }

    /// The alias of the storage that has its files, if it names any.
    pub fn storage(&self) -> Option<&str> {
        match &self.kind {
            FieldKind::File { storage, .. } | FieldKind::Image { storage, .. } => {
                Some(storage.as_deref().unwrap_or("default"))
            }
            _ => None,
        }
    }

    /// The references to many rows, if it is that.
    pub fn many_to_many(&self) -> Option<&ManyToMany> {
        match &self.kind {
            FieldKind::ManyToMany(relation) => Some(relation),
            _ => None,
        }
    }

    /// Whether the table has a column for it.
    pub fn has_column(&self) -> bool {
        !matches!(
            self.kind,
            FieldKind::ManyToMany(_) | FieldKind::CompositePrimaryKey { .. }
        )
    }

    /// The expression the database computes it by, and whether the value is stored.
    pub fn generated(&self) -> Option<(&Expression, bool)> {
        match &self.kind {
            FieldKind::Generated {
                expression,
                db_persist,
                ..
            } => Some((expression, *db_persist)),
            _ => None,
        }
    }

    /// The kind of its values: for a generated field that of its output.
    pub fn value_kind(&self) -> &FieldKind {
        match &self.kind {
            FieldKind::Generated { output_field, .. } => output_field.value_kind(),
            kind => kind,
        }
    }

    /// The field with all that the schema does not know left out, for comparing.
    #[must_use]
    pub fn schema_attributes(&self) -> Self {
        let mut field = Self {
            name: String::new(),
            blank: false,
            choices: Vec::new(),
            db_column: None,
            editable: true,
            error_messages: Vec::new(),
            help_text: String::new(),
            validators: Vec::new(),
            verbose_name: None,
            ..self.clone()
        };
        match &mut field.kind {
            FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) => {
                relation.on_delete = OnDelete::DoNothing;
                relation.related_name = None;
                relation.related_query_name = None;
                relation.limit_choices_to = None;
            }
            FieldKind::ManyToMany(relation) => {
                relation.related_name = None;
                relation.related_query_name = None;
                relation.limit_choices_to = None;
            }
            _ => {}
        }
        field
    }

    /// Makes a reference to one row go to the model `to`.
    pub(crate) fn set_target(&mut self, to: &ModelRef) {
        if let FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) = &mut self.kind {
            relation.to.clone_from(to);
        }
    }

    /// Makes a reference go to the field `name` of its model.
    pub(super) fn set_to_field(&mut self, name: &str) {
        if let FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) = &mut self.kind {
            relation.to_field = Some(name.to_owned());
        }
    }
}
