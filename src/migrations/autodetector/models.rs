//! Models that come, go, or change their options.

use std::collections::BTreeSet;

use crate::migrations::autodetector::operation_dependency::{DependencyKind, OperationDependency};
use crate::migrations::autodetector::{Autodetector, ModelKind};
use crate::migrations::operations::Operation;
use crate::models::{Field, Model, ModelKey, ModelOptions};

impl Autodetector<'_> {
    pub(super) fn created_models(&mut self) {
        let old: BTreeSet<_> =
            &self.before(ModelKind::Managed) | &self.before(ModelKind::Unmanaged);
        for kind in [ModelKind::Managed, ModelKind::Unmanaged] {
            let mut added: Vec<_> = self.after(kind).difference(&old).cloned().collect();
            // The model of users comes first, since others may refer to it by its setting.
            added.sort_by_key(|key| (!self.is_swappable(key), key.clone()));
            for key in added.into_iter().rev() {
                if let Some(model) = self.to.find(&key).cloned() {
                    self.create(&model, kind);
                }
            }
        }
    }

    fn is_swappable(&self, key: &ModelKey) -> bool {
        let model = self.to.find(key);
        *key == self.user_model || model.is_some_and(|model| model.options.swappable.is_some())
    }

    /// Creates a model without its references, which follow when both ends are there.
    fn create(&mut self, model: &Model, kind: ModelKind) {
        let (label, key) = (model.app_label.clone(), model.key());
        let (mut bare, mut related) = (model.clone(), Vec::new());
        let is_reference = |field: &Field| field.kind.target().is_some() && !field.primary_key;
        bare.fields.retain(|field| !is_reference(field));
        related.extend(model.fields.iter().filter(|field| is_reference(field)));
        related.sort_by(|left, right| left.name.cmp(&right.name));
        bare.options.indexes.clear();
        bare.options.constraints.clear();
        bare.options.unique_together.clear();
        let mut needs = vec![OperationDependency::model(
            key.clone(),
            DependencyKind::Removed,
        )];
        let named = bare.fields.iter();
        needs
            .extend(named.flat_map(|field| OperationDependency::of_field(field, &self.user_model)));
        self.add_first(&label, Operation::CreateModel(Box::new(bare)), needs);
        if kind == ModelKind::Unmanaged {
            return;
        }
        let own = OperationDependency::model(key.clone(), DependencyKind::Created);
        for field in &related {
            let mut needs = OperationDependency::of_field(field, &self.user_model);
            needs.push(own.clone());
            let operation = Operation::AddField {
                model: model.name.clone(),
                field: Box::new((*field).clone()),
                preserve_default: true,
            };
            self.add(&label, operation, needs);
        }
        let created = |field: &&Field| {
            OperationDependency::field(key.clone(), &field.name, DependencyKind::Created)
        };
        let mut needs: Vec<_> = related.iter().map(created).collect();
        needs.push(own);
        self.create_options(model, &needs);
    }

    fn create_options(&mut self, model: &Model, needs: &[OperationDependency]) {
        let name = || model.name.clone();
        for index in &model.options.indexes {
            let index = index.clone();
            let operation = Operation::AddIndex {
                model: name(),
                index,
            };
            self.add(&model.app_label, operation, needs.to_vec());
        }
        for constraint in &model.options.constraints {
            let constraint = constraint.clone();
            let operation = Operation::AddConstraint {
                model: name(),
                constraint,
            };
            self.add(&model.app_label, operation, needs.to_vec());
        }
        if !model.options.unique_together.is_empty() {
            let operation = Operation::AlterUniqueTogether {
                name: name(),
                unique_together: model.options.unique_together.clone(),
            };
            self.add(&model.app_label, operation, needs.to_vec());
        }
    }

    pub(super) fn deleted_models(&mut self) {
        let new: BTreeSet<_> = &self.after(ModelKind::Managed) | &self.after(ModelKind::Unmanaged);
        for kind in [ModelKind::Managed, ModelKind::Unmanaged] {
            let deleted: Vec<_> = self.before(kind).difference(&new).cloned().collect();
            for key in deleted {
                if let Some(model) = self.from.find(&key).cloned() {
                    self.delete(&model);
                }
            }
        }
    }

    /// Deletes a model after its references, and after those of others to it.
    fn delete(&mut self, model: &Model) {
        let (label, key) = (model.app_label.as_str(), model.key());
        if !model.options.unique_together.is_empty() {
            let operation = Operation::AlterUniqueTogether {
                name: model.name.clone(),
                unique_together: Vec::new(),
            };
            self.add(label, operation, Vec::new());
        }
        let references = model
            .fields
            .iter()
            .filter(|field| field.kind.target().is_some());
        let mut related: Vec<_> = references.map(|field| field.name.clone()).collect();
        related.sort();
        for name in &related {
            let operation = Operation::RemoveField {
                model: model.name.clone(),
                name: name.clone(),
            };
            self.add(label, operation, Vec::new());
        }
        let mut needs = self.incoming(&key);
        let own = related.iter();
        needs.extend(
            own.map(|name| OperationDependency::field(key.clone(), name, DependencyKind::Removed)),
        );
        let name = model.name.clone();
        self.add(label, Operation::DeleteModel { name }, needs);
    }

    /// The references to the model `key` have to be gone or to lead elsewhere.
    fn incoming(&self, key: &ModelKey) -> Vec<OperationDependency> {
        let mut needs = Vec::new();
        for other in self.from.models() {
            for field in &other.fields {
                let is_key = |reference: &crate::models::ModelRef| {
                    reference.resolve(&self.user_model) == key
                };
                if field.kind.target().is_some_and(is_key) {
                    needs.push(OperationDependency::field(
                        other.key(),
                        &field.name,
                        DependencyKind::Removed,
                    ));
                    if field.many_to_many().is_none() {
                        needs.push(OperationDependency::field(
                            other.key(),
                            &field.name,
                            DependencyKind::Altered,
                        ));
                    }
                }
                let through = field
                    .many_to_many()
                    .and_then(|found| found.through.as_ref());
                if through.is_some_and(is_key) {
                    needs.push(OperationDependency::field(
                        other.key(),
                        &field.name,
                        DependencyKind::Removed,
                    ));
                }
            }
        }
        needs
    }

    /// Models that show the table of another one.
    pub(super) fn proxies(&mut self) {
        let (old, new) = (self.before(ModelKind::Proxy), self.after(ModelKind::Proxy));
        for key in old.difference(&new) {
            if let Some(model) = self.from.find(key) {
                let (label, name) = (model.app_label.clone(), model.name.clone());
                self.add(&label, Operation::DeleteModel { name }, Vec::new());
            }
        }
        for key in new.difference(&old) {
            let Some(mut model) = self.to.find(key).cloned() else {
                continue;
            };
            model.fields.clear();
            let mut needs = vec![OperationDependency::model(
                key.clone(),
                DependencyKind::Removed,
            )];
            if let Some(base) = &model.options.proxy_for {
                let base = base.resolve(&self.user_model).clone();
                needs.push(OperationDependency::model(base, DependencyKind::Created));
            }
            let label = model.app_label.clone();
            self.add(&label, Operation::CreateModel(Box::new(model)), needs);
        }
    }

    pub(super) fn altered_options(&mut self) {
        let mut pairs = self.kept_of_any_kind();
        let managed = &self.before(ModelKind::Unmanaged) & &self.after(ModelKind::Managed);
        let unmanaged = &self.before(ModelKind::Managed) & &self.after(ModelKind::Unmanaged);
        pairs.extend(self.pairs(managed.union(&unmanaged)));
        pairs.sort_by_key(|(_, new)| new.key());
        for (old, new) in pairs {
            let options = alterable(&new.options);
            if alterable(&old.options) != options {
                let operation = Operation::AlterModelOptions {
                    name: new.name.clone(),
                    options: Box::new(options),
                };
                self.add(&new.app_label, operation, Vec::new());
            }
        }
    }

    pub(super) fn altered_table_comments(&mut self) {
        for (old, new) in self.kept_of_any_kind() {
            if old.options.db_table_comment != new.options.db_table_comment {
                let operation = Operation::AlterModelTableComment {
                    name: new.name.clone(),
                    table_comment: new.options.db_table_comment.clone(),
                };
                self.add(&new.app_label, operation, Vec::new());
            }
        }
    }

    pub(super) fn altered_tables(&mut self) {
        for (old, new) in self.kept_of_any_kind() {
            if old.options.db_table != new.options.db_table {
                let operation = Operation::AlterModelTable {
                    name: new.name.clone(),
                    table: new.options.db_table.clone(),
                };
                self.add(&new.app_label, operation, Vec::new());
            }
        }
    }
}

/// The options that `AlterModelOptions` sets, the others at rest.
fn alterable(options: &ModelOptions) -> ModelOptions {
    ModelOptions {
        db_table: None,
        unique_together: Vec::new(),
        indexes: Vec::new(),
        constraints: Vec::new(),
        swappable: None,
        proxy_for: None,
        db_table_comment: None,
        ..options.clone()
    }
}
