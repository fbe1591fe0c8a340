//! What has to happen before an operation (`OperationDependency`).

use crate::migrations::operations::Operation;
use crate::models::{Field, Model, ModelKey, ModelRef};

/// What has to happen to the model or field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum DependencyKind {
    Create,
    Remove,
    Alter,
    /// No set of `unique_together` names the field any more.
    ReleaseUniqueTogether,
    /// Its name, or that of its table, is changed.
    AlterTable,
}

/// Something that has to happen to a model or a field before an operation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct OperationDependency {
    pub(super) model: ModelKey,
    pub(super) field: Option<String>,
    pub(super) kind: DependencyKind,
    /// Whether the model is meant as that of `[auth] user_model`, whichever it is.
    pub(super) is_user_model: bool,
}

impl OperationDependency {
    pub(super) fn model(model: ModelKey, kind: DependencyKind) -> Self {
        Self {
            model,
            field: None,
            kind,
            is_user_model: false,
        }
    }

    pub(super) fn field(model: ModelKey, field: &str, kind: DependencyKind) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::model(model, kind)
        }
    }

    /// That the model referred to is created.
    fn on_target(reference: &ModelRef, user_model: &ModelKey) -> Self {
        Self {
            is_user_model: *reference == ModelRef::UserModel,
            ..Self::model(
                reference.resolve(user_model).clone(),
                DependencyKind::Create,
            )
        }
    }

    /// That the models which `field` refers to are created.
    pub(super) fn for_field(field: &Field, user_model: &ModelKey) -> Vec<Self> {
        let through = field
            .many_to_many()
            .and_then(|relation| relation.through.as_ref());
        let references = field.kind.target().into_iter().chain(through);
        references
            .map(|reference| Self::on_target(reference, user_model))
            .collect()
    }

    /// That the models which the fields of `model` refer to are created.
    pub(super) fn for_model(model: &Model, user_model: &ModelKey) -> Vec<Self> {
        let fields = model.fields.iter();
        fields
            .flat_map(|field| Self::for_field(field, user_model))
            .collect()
    }

    /// Whether `operation`, of the app of this model, satisfies the dependency.
    pub(super) fn is_satisfied_by(&self, operation: &Operation) -> bool {
        if let Operation::SeparateDatabaseAndState {
            state_operations, ..
        } = operation
        {
            let mut operations = state_operations.iter();
            return operations.any(|operation| self.is_satisfied_by(operation));
        }
        let Some(name) = operation.model_name() else {
            return false;
        };
        if name.to_lowercase() != self.model.model {
            return false;
        }
        let is_field = || operation.field_name() == self.field.as_deref();
        match (self.kind, operation) {
            (DependencyKind::Create, Operation::CreateModel(model)) => match &self.field {
                Some(field) => model.field(field).is_some(),
                None => true,
            },
            (DependencyKind::Create, Operation::AddField { .. })
            | (DependencyKind::Remove, Operation::RemoveField { .. })
            | (DependencyKind::Alter, Operation::AlterField { .. }) => {
                self.field.is_some() && is_field()
            }
            (DependencyKind::Remove, Operation::DeleteModel { .. }) => self.field.is_none(),
            (
                DependencyKind::ReleaseUniqueTogether,
                Operation::AlterUniqueTogether {
                    unique_together, ..
                },
            ) => {
                let mut names = unique_together.iter().flatten();
                !names.any(|name| Some(name) == self.field.as_ref())
            }
            (
                DependencyKind::AlterTable,
                Operation::AlterModelTable { .. } | Operation::RenameModel { .. },
            ) => true,
            _ => false,
        }
    }
}
