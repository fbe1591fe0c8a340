//! What names operations: their models and fields, and their part in a migration's name.

use crate::migrations::operations::Operation;

impl Operation {
    /// The model it is about, as it is called before it.
    pub(crate) fn model_name(&self) -> Option<&str> {
        match self {
            Self::CreateModel(model) => Some(&model.name),
            Self::DeleteModel { name }
            | Self::RenameModel { old_name: name, .. }
            | Self::AlterModelTable { name, .. }
            | Self::AlterModelTableComment { name, .. }
            | Self::AlterModelOptions { name, .. }
            | Self::AlterUniqueTogether { name, .. } => Some(name),
            Self::AddField { model, .. }
            | Self::RemoveField { model, .. }
            | Self::AlterField { model, .. }
            | Self::RenameField { model, .. }
            | Self::AddIndex { model, .. }
            | Self::RemoveIndex { model, .. }
            | Self::RenameIndex { model, .. }
            | Self::AddConstraint { model, .. }
            | Self::RemoveConstraint { model, .. }
            | Self::AlterConstraint { model, .. } => Some(model),
            Self::RunSql { .. }
            | Self::SeparateDatabaseAndState { .. }
            | Self::ForgetContentTypeNames
            | Self::UpdateProxyPermissions => None,
        }
    }

    /// The field it is about, as it is called before it.
    pub(crate) fn field_name(&self) -> Option<&str> {
        match self {
            Self::AddField { field, .. } | Self::AlterField { field, .. } => Some(&field.name),
            Self::RemoveField { name, .. } | Self::RenameField { old_name: name, .. } => Some(name),
            _ => None,
        }
    }

    /// Its part in the name of its migration (`Operation.migration_name_fragment`), if it has one.
    pub(crate) fn migration_name_fragment(&self) -> Option<String> {
        if let Self::SeparateDatabaseAndState {
            database_operations,
            state_operations,
        } = self
            && database_operations.is_empty()
        {
            let parts = state_operations.iter().map(Self::migration_name_fragment);
            return parts
                .collect::<Option<Vec<_>>>()
                .map(|parts| parts.join("_"));
        }
        let model = self.model_name().map(str::to_lowercase)?;
        let fragment = match self {
            Self::CreateModel(_) => model,
            Self::DeleteModel { .. } => format!("delete_{model}"),
            Self::RenameModel { new_name, .. } => format!("rename_{model}_{new_name}"),
            Self::AlterModelTable { .. } => format!("alter_{model}_table"),
            Self::AlterModelTableComment { .. } => format!("alter_{model}_table_comment"),
            Self::AlterModelOptions { .. } => format!("alter_{model}_options"),
            Self::AlterUniqueTogether { .. } => format!("alter_{model}_unique_together"),
            Self::AddField { field, .. } => format!("{model}_{}", field.name),
            Self::RemoveField { name, .. } => format!("remove_{model}_{name}"),
            Self::AlterField { field, .. } => format!("alter_{model}_{}", field.name),
            Self::RenameField {
                old_name, new_name, ..
            } => format!("rename_{old_name}_{model}_{new_name}"),
            Self::AddIndex { index, .. } => format!("{model}_{}", index.name.as_deref()?),
            Self::RemoveIndex { name, .. } | Self::RemoveConstraint { name, .. } => {
                format!("remove_{model}_{name}")
            }
            Self::RenameIndex {
                old_name, new_name, ..
            } => format!("rename_{old_name}_{new_name}"),
            Self::AddConstraint { constraint, .. } => format!("{model}_{}", constraint.name),
            Self::AlterConstraint { constraint, .. } => {
                format!("alter_{model}_{}", constraint.name)
            }
            _ => return None,
        };
        Some(fragment.to_lowercase())
    }
}
