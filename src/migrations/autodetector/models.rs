//! Models that are created, deleted, or change their options.

use std::collections::BTreeSet;

use crate::migrations::autodetector::detector::{Autodetector, ModelKind};
use crate::migrations::autodetector::operation_dependency::{DependencyKind, OperationDependency};
use crate::migrations::operations::Operation;
use crate::models::{Field, Model, ModelKey, ModelOptions, ModelSet as _};

impl Autodetector<'_> {
    pub(super) fn generate_created_models(&mut self) {
        let old: BTreeSet<_> =
            &self.old_keys(ModelKind::Managed) | &self.old_keys(ModelKind::Unmanaged);
        for kind in [ModelKind::Managed, ModelKind::Unmanaged] {
            let mut added: Vec<_> = self.new_keys(kind).difference(&old).cloned().collect();
            // The user model comes first, since other models may refer to it by the setting.
            added.sort_by_key(|key| (!self.is_swappable(key), key.clone()));
            for key in added.into_iter().rev() {
                if let Some(model) = self.to_state.find(&key).cloned() {
                    self.create(&model, kind);
                }
            }
        }
    }

    fn is_swappable(&self, key: &ModelKey) -> bool {
        let model = self.to_state.find(key);
        *key == self.user_model || model.is_some_and(|model| model.options.swappable.is_some())
    }

    /// Creates a model without its relations, which are added when both ends are there.
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
        let mut dependencies = vec![OperationDependency::model(
            key.clone(),
            DependencyKind::Remove,
        )];
        dependencies.extend(self.former_owners(model));
        let named = bare.fields.iter();
        dependencies.extend(
            named.flat_map(|field| OperationDependency::for_field(field, &self.user_model)),
        );
        self.add_operation_first(&label, Operation::CreateModel(Box::new(bare)), dependencies);
        if kind == ModelKind::Unmanaged {
            return;
        }
        let own = OperationDependency::model(key.clone(), DependencyKind::Create);
        for field in &related {
            let mut dependencies = OperationDependency::for_field(field, &self.user_model);
            dependencies.push(own.clone());
            let operation = Operation::AddField {
                model: model.name.clone(),
                field: Box::new((*field).clone()),
                preserve_default: true,
            };
            self.add_operation(&label, operation, dependencies);
        }
        let created = |field: &&Field| {
            OperationDependency::field(key.clone(), &field.name, DependencyKind::Create)
        };
        let mut dependencies: Vec<_> = related.iter().map(created).collect();
        dependencies.push(own);
        self.generate_created_options(model, &dependencies);
    }

    fn generate_created_options(&mut self, model: &Model, dependencies: &[OperationDependency]) {
        let name = || model.name.clone();
        for index in &model.options.indexes {
            let index = index.clone();
            let operation = Operation::AddIndex {
                model: name(),
                index,
            };
            self.add_operation(&model.app_label, operation, dependencies.to_vec());
        }
        for constraint in &model.options.constraints {
            let constraint = constraint.clone();
            let operation = Operation::AddConstraint {
                model: name(),
                constraint,
            };
            self.add_operation(&model.app_label, operation, dependencies.to_vec());
        }
        if !model.options.unique_together.is_empty() {
            let operation = Operation::AlterUniqueTogether {
                name: name(),
                unique_together: model.options.unique_together.clone(),
            };
            self.add_operation(&model.app_label, operation, dependencies.to_vec());
        }
    }

    pub(super) fn generate_deleted_models(&mut self) {
        let new: BTreeSet<_> =
            &self.new_keys(ModelKind::Managed) | &self.new_keys(ModelKind::Unmanaged);
        for kind in [ModelKind::Managed, ModelKind::Unmanaged] {
            let deleted: Vec<_> = self.old_keys(kind).difference(&new).cloned().collect();
            for key in deleted {
                if let Some(model) = self.from_state.find(&key).cloned() {
                    self.delete(&model);
                }
            }
        }
    }

    /// That the models are deleted whose table `model` gets.
    fn former_owners(&mut self, model: &Model) -> Vec<OperationDependency> {
        let is_former = |key: &ModelKey| {
            let before = self.from_state.find(key);
            before.is_some_and(|before| before.has_db_table(&model.db_table()))
        };
        let old = self.old_keys(ModelKind::Managed);
        let gone: Vec<_> = old
            .difference(&self.new_keys(ModelKind::Managed))
            .cloned()
            .collect();
        let former: Vec<_> = gone.into_iter().filter(|key| is_former(key)).collect();
        for key in &former {
            self.check_nothing_is_redirected(key, &model.key());
        }
        let former = former.into_iter();
        former
            .map(|key| OperationDependency::model(key, DependencyKind::Remove))
            .collect()
    }

    /// A reference cannot go from a table to the one that takes its place.
    fn check_nothing_is_redirected(&mut self, former: &ModelKey, new: &ModelKey) {
        let goes_to = |field: &Field, key: &ModelKey| {
            let to = field.kind.target();
            to.is_some_and(|to| to.resolve(&self.user_model) == key)
        };
        let mut found = None;
        for before in self.from_state.models().filter(|model| !model.is(former)) {
            let Some(after) = self.to_state.find(&before.key()) else {
                continue;
            };
            let is_redirected = |field: &&Field| {
                let after = after.field(&field.name);
                goes_to(field, former) && after.is_some_and(|after| goes_to(after, new))
            };
            if let Some(field) = before.fields.iter().find(is_redirected) {
                found = Some(format!("{}.{}", before.key(), field.name));
            }
        }
        if let Some(field) = found {
            let message = format!(
                "`{field}` cannot go from `{former}` to `{new}`: their table is the same, and one has to be \
                 dropped before the other is made"
            );
            let hint = format!(
                "`--rename {former}={new}` keeps the table; to drop it, remove `{field}` in a migration of its own first"
            );
            self.refuse("table-clash", message, hint);
        }
    }

    /// Whether another model has the table of `model` and keeps it.
    fn is_table_kept(&self, model: &Model) -> bool {
        let new = |kind| self.new_keys(kind);
        let old = self.old_keys(ModelKind::Managed);
        let kept = &new(ModelKind::Unmanaged) | &(&new(ModelKind::Managed) & &old);
        let mut others = kept.iter().filter_map(|key| self.to_state.find(key));
        others.any(|other| {
            let before = self.from_state.find(&other.key());
            let had = before.unwrap_or(other);
            other.key() != model.key() && had.has_db_table(&model.db_table())
        })
    }

    /// Deletes a model after its relations, and after those of other models to it.
    fn delete(&mut self, model: &Model) {
        let (label, key) = (model.app_label.as_str(), model.key());
        if self.is_table_kept(model) {
            let name = model.name.clone();
            let operation = Operation::DeleteModel { name }.only_in_state();
            self.add_operation(label, operation, self.incoming(&key));
            return;
        }
        if !model.options.unique_together.is_empty() {
            let operation = Operation::AlterUniqueTogether {
                name: model.name.clone(),
                unique_together: Vec::new(),
            };
            self.add_operation(label, operation, Vec::new());
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
            self.add_operation(label, operation, Vec::new());
        }
        let mut dependencies = self.incoming(&key);
        let own = related.iter();
        dependencies.extend(
            own.map(|name| OperationDependency::field(key.clone(), name, DependencyKind::Remove)),
        );
        let name = model.name.clone();
        self.add_operation(label, Operation::DeleteModel { name }, dependencies);
    }

    /// The relations to the model `key` have to be removed or altered.
    fn incoming(&self, key: &ModelKey) -> Vec<OperationDependency> {
        let mut dependencies = Vec::new();
        for other in self.from_state.models() {
            for field in &other.fields {
                let is_key = |reference: &crate::models::ModelRef| {
                    reference.resolve(&self.user_model) == key
                };
                if field.kind.target().is_some_and(is_key) {
                    dependencies.push(OperationDependency::field(
                        other.key(),
                        &field.name,
                        DependencyKind::Remove,
                    ));
                    if field.many_to_many().is_none() {
                        dependencies.push(OperationDependency::field(
                            other.key(),
                            &field.name,
                            DependencyKind::Alter,
                        ));
                    }
                }
                let through = field
                    .many_to_many()
                    .and_then(|found| found.through.as_ref());
                if through.is_some_and(is_key) {
                    dependencies.push(OperationDependency::field(
                        other.key(),
                        &field.name,
                        DependencyKind::Remove,
                    ));
                }
            }
        }
        dependencies
    }

    /// Creates and deletes proxy models.
    pub(super) fn generate_proxies(&mut self) {
        let (old, new) = (
            self.old_keys(ModelKind::Proxy),
            self.new_keys(ModelKind::Proxy),
        );
        for key in old.difference(&new) {
            if let Some(model) = self.from_state.find(key) {
                let (label, name) = (model.app_label.clone(), model.name.clone());
                self.add_operation(&label, Operation::DeleteModel { name }, Vec::new());
            }
        }
        for key in new.difference(&old) {
            if let Some(model) = self.to_state.find(key).cloned() {
                self.create_proxy(model);
            }
        }
        // No operation changes what a proxy shows.
        for (before, after) in self.model_pairs(old.intersection(&new)) {
            let shown = |model: &Model| {
                let base = model.options.proxy_for.as_ref()?;
                Some(base.resolve(&self.user_model).clone())
            };
            if shown(&before) != shown(&after) {
                self.recreate_proxy(&after);
            }
        }
    }

    fn create_proxy(&mut self, mut model: Model) {
        model.fields.clear();
        let mut dependencies = vec![OperationDependency::model(
            model.key(),
            DependencyKind::Remove,
        )];
        if let Some(base) = &model.options.proxy_for {
            let base = base.resolve(&self.user_model).clone();
            dependencies.push(OperationDependency::model(base, DependencyKind::Create));
        }
        let label = model.app_label.clone();
        let operation = Operation::CreateModel(Box::new(model));
        self.add_operation(&label, operation, dependencies);
    }

    /// Deletes a proxy and creates it as it is now, which no table knows of.
    pub(super) fn recreate_proxy(&mut self, model: &Model) {
        let name = model.name.clone();
        self.add_operation(
            &model.app_label,
            Operation::DeleteModel { name },
            Vec::new(),
        );
        self.create_proxy(model.clone());
        let options = model.options.clone();
        let set_options = |before: &mut Model| before.options = options;
        self.from_state.change(&model.key(), set_options).ok();
    }

    pub(super) fn generate_altered_options(&mut self) {
        let mut pairs = self.kept_models_of_any_kind();
        let managed = &self.old_keys(ModelKind::Unmanaged) & &self.new_keys(ModelKind::Managed);
        let unmanaged = &self.old_keys(ModelKind::Managed) & &self.new_keys(ModelKind::Unmanaged);
        pairs.extend(self.model_pairs(managed.union(&unmanaged)));
        pairs.sort_by_key(|(_, new)| new.key());
        for (old, new) in pairs {
            let options = alterable(&new.options);
            if alterable(&old.options) != options {
                let operation = Operation::AlterModelOptions {
                    name: new.name.clone(),
                    options: Box::new(options),
                };
                self.add_operation(&new.app_label, operation, Vec::new());
            }
        }
    }

    pub(super) fn generate_altered_db_table_comments(&mut self) {
        for (old, new) in self.kept_models_of_any_kind() {
            if old.options.db_table_comment != new.options.db_table_comment {
                let operation = Operation::AlterModelTableComment {
                    name: new.name.clone(),
                    table_comment: new.options.db_table_comment.clone(),
                };
                self.add_operation(&new.app_label, operation, Vec::new());
            }
        }
    }

    pub(super) fn generate_altered_db_tables(&mut self) {
        for (old, new) in self.kept_models_of_any_kind() {
            if old.options.db_table != new.options.db_table {
                let operation = Operation::AlterModelTable {
                    name: new.name.clone(),
                    table: new.options.db_table.clone(),
                };
                self.add_operation(&new.app_label, operation, Vec::new());
            }
        }
    }
}

/// The options that `AlterModelOptions` sets; the others have their defaults.
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
