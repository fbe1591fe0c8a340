//! Whether an operation refers to a model or a field; in doubt it does.

use crate::migrations::operations::Operation;
use crate::models::{Field, Model, ModelKey, ModelRef};

/// Whether two names are of the same model or field.
pub(super) fn same_name(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// The app whose operations are compared, and what its `[auth] user_model` stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct AppReferences<'o> {
    pub(super) app_label: &'o str,
    pub(super) user_model: &'o ModelKey,
}

impl AppReferences<'_> {
    /// Whether `operation` changes the model `name` of the app, or refers to it.
    pub(super) fn references_model(&self, operation: &Operation, name: &str) -> bool {
        match operation {
            Operation::CreateModel(model) => {
                same_name(&model.name, name) || self.model_refers(model, name)
            }
            Operation::RenameModel { old_name, new_name } => {
                same_name(old_name, name) || same_name(new_name, name)
            }
            Operation::AlterModelTable { name: own, .. }
            | Operation::AlterModelTableComment { name: own, .. }
            | Operation::AlterModelOptions { name: own, .. }
            | Operation::AlterUniqueTogether { name: own, .. } => same_name(own, name),
            Operation::AddField { model, field, .. }
            | Operation::AlterField { model, field, .. } => {
                same_name(model, name) || self.field_refers(field, name, None)
            }
            Operation::RemoveField { model, .. } | Operation::RenameField { model, .. } => {
                same_name(model, name)
            }
            _ => true,
        }
    }

    /// Whether `operation` changes the field `name` of the model `model` of the app, or refers to it.
    pub(super) fn references_field(&self, operation: &Operation, model: &str, name: &str) -> bool {
        match operation {
            Operation::AddField {
                model: own, field, ..
            }
            | Operation::AlterField {
                model: own, field, ..
            } => {
                let local =
                    same_name(own, model) && (field.name == name || computes_from(field, name));
                local || self.field_refers(field, model, Some(name))
            }
            Operation::RemoveField {
                model: own,
                name: field,
            } => same_name(own, model) && field == name,
            Operation::RenameField {
                model: own,
                old_name,
                new_name,
            } => same_name(own, model) && (same_name(old_name, name) || same_name(new_name, name)),
            Operation::AlterUniqueTogether {
                name: own,
                unique_together,
            } => {
                let named = |fields: &Vec<String>| fields.iter().any(|field| field == name);
                same_name(own, model)
                    && (unique_together.is_empty() || unique_together.iter().any(named))
            }
            _ => self.references_model(operation, model),
        }
    }

    fn model_refers(&self, model: &Model, name: &str) -> bool {
        let base = model.options.proxy_for.as_ref();
        base.is_some_and(|base| self.is_model(base, name))
            || model
                .fields
                .iter()
                .any(|field| self.field_refers(field, name, None))
    }

    /// Whether `field` refers to a model of the app, or to one field of it.
    fn field_refers(&self, field: &Field, model: &str, name: Option<&str>) -> bool {
        let refers = |to: &ModelRef| self.is_model(to, model);
        if let Some(relation) = field.relation() {
            let to_field = relation.to_field.as_deref();
            // A reference to the primary key may be one to any field.
            let is_field = to_field.is_none() || name.is_none() || to_field == name;
            return refers(&relation.to) && is_field;
        }
        let Some(relation) = field.many_to_many() else {
            return false;
        };
        let through_fields = &relation.through_fields;
        let is_used = |name: &str| {
            through_fields.is_empty() || through_fields.iter().any(|field| field == name)
        };
        let through = relation.through.as_ref();
        refers(&relation.to)
            || through.is_some_and(|through| refers(through) && name.is_none_or(is_used))
    }

    fn is_model(&self, reference: &ModelRef, name: &str) -> bool {
        *reference.resolve(self.user_model) == ModelKey::new(self.app_label, name)
    }
}

/// Whether the database computes `field` from the field `name` of the same model.
fn computes_from(field: &Field, name: &str) -> bool {
    let generated = field.generated();
    generated.is_some_and(|(expression, _)| expression.fields().iter().any(|found| found == name))
}
