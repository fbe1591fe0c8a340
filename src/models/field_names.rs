//! The names by which a model speaks of its own fields.

use crate::models::{FieldKind, Model};

impl Model {
    /// Gives a field another name wherever the model speaks of it, the field itself left out.
    pub(crate) fn rename_field_references(&mut self, old: &str, new: &str) {
        let rename = |name: &mut String| {
            if name == old {
                new.clone_into(name);
            }
        };
        for field in &mut self.fields {
            match &mut field.kind {
                FieldKind::Generated { expression, .. } => expression.rename_field(old, new),
                FieldKind::CompositePrimaryKey { fields } => fields.iter_mut().for_each(rename),
                _ => {}
            }
        }
        let options = &mut self.options;
        let unique = options.unique_together.iter_mut().flatten();
        unique.for_each(rename);
        for index in &mut options.indexes {
            index.rename_field(old, new);
        }
        for constraint in &mut options.constraints {
            constraint.rename_field(old, new);
        }
    }

    /// Calls references by the names of the fields, where they are called by those of their values:
    /// `author` for `author_id`.
    ///
    /// Django takes both in indexes, constraints, sets and keys. In `ordering` they differ.
    pub(crate) fn use_field_names(&mut self) {
        let references = self
            .fields
            .iter()
            .filter(|field| field.relation().is_some());
        let names: Vec<_> = references
            .map(|field| (field.attname(), field.name.clone()))
            .filter(|(attname, _)| self.field(attname).is_none())
            .collect();
        for (attname, name) in names {
            self.rename_field_references(&attname, &name);
        }
    }
}
