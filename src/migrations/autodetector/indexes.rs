//! Indexes, constraints and `unique_together` that are added, removed or altered.

use std::collections::BTreeSet;

use crate::migrations::autodetector::detector::Autodetector;
use crate::migrations::autodetector::operation_dependency::{DependencyKind, OperationDependency};
use crate::migrations::operations::Operation;
use crate::models::{Constraint, Index, Model};

/// The indexes of a model that changed.
struct ChangedIndexes {
    added: Vec<Index>,
    removed: Vec<Index>,
    renamed: Vec<(Index, Index)>,
}

impl ChangedIndexes {
    fn between(old: &Model, new: &Model) -> Self {
        let (before, after) = (&old.options.indexes, &new.options.indexes);
        let lacking = |indexes: &[Index], others: &[Index]| -> Vec<Index> {
            let found = indexes.iter().filter(|index| !others.contains(index));
            found.cloned().collect()
        };
        let (mut added, mut removed) = (lacking(after, before), lacking(before, after));
        let mut renamed = Vec::new();
        added.retain(|index| {
            let same = |other: &Index| nameless(other) == nameless(index);
            let found = removed.iter().position(same);
            if let Some(position) = found {
                renamed.push((removed.remove(position), index.clone()));
            }
            found.is_none()
        });
        Self {
            added,
            removed,
            renamed,
        }
    }
}

fn nameless(index: &Index) -> Index {
    Index {
        name: None,
        ..index.clone()
    }
}

/// The constraints of a model that changed.
struct ChangedConstraints {
    added: Vec<Constraint>,
    removed: Vec<Constraint>,
    altered: Vec<Constraint>,
}

impl ChangedConstraints {
    fn between(old: &Model, new: &Model) -> Self {
        let (before, after) = (&old.options.constraints, &new.options.constraints);
        // Django alters what is not in the database, such as a message, without touching the database.
        let is_altered = |found: &&Constraint| {
            let same = |other: &Constraint| {
                other.name == found.name && other.kind == found.kind && other != *found
            };
            before.iter().any(same)
        };
        let altered: Vec<_> = after.iter().filter(is_altered).cloned().collect();
        let lacking = |constraints: &[Constraint], others: &[Constraint]| -> Vec<Constraint> {
            let stays = |found: &&Constraint| {
                let is_altered = altered.iter().any(|other| other.name == found.name);
                !others.contains(found) && !is_altered
            };
            constraints.iter().filter(stays).cloned().collect()
        };
        Self {
            added: lacking(after, before),
            removed: lacking(before, after),
            altered,
        }
    }
}

impl Autodetector<'_> {
    pub(super) fn generate_removed_indexes(&mut self) {
        for (old, new) in self.kept_models() {
            for index in ChangedIndexes::between(&old, &new).removed {
                let operation = Operation::RemoveIndex {
                    model: new.name.clone(),
                    name: index.name.unwrap_or_default(),
                };
                self.add_operation(&new.app_label, operation, Vec::new());
            }
        }
    }

    pub(super) fn generate_renamed_indexes(&mut self) {
        for (old, new) in self.kept_models() {
            for (before, after) in ChangedIndexes::between(&old, &new).renamed {
                let operation = Operation::RenameIndex {
                    model: new.name.clone(),
                    old_name: before.name.unwrap_or_default(),
                    new_name: after.name.unwrap_or_default(),
                };
                self.add_operation(&new.app_label, operation, Vec::new());
            }
        }
    }

    pub(super) fn generate_added_indexes(&mut self) {
        for (old, new) in self.kept_models() {
            for index in ChangedIndexes::between(&old, &new).added {
                let dependencies = self.with_new_fields(&new, |name| {
                    let mut other = index.clone();
                    other.rename_field(name, "");
                    other != index
                });
                let operation = Operation::AddIndex {
                    model: new.name.clone(),
                    index,
                };
                self.add_operation(&new.app_label, operation, dependencies);
            }
        }
    }

    /// What an index or constraint waits for: the models that its model refers to, and what the new fields that it
    /// `names` wait for, so that it follows them.
    fn with_new_fields(
        &self,
        model: &Model,
        names: impl Fn(&str) -> bool,
    ) -> Vec<OperationDependency> {
        let mut dependencies = OperationDependency::for_model(model, &self.user_model);
        let found = self.operations.get(&model.app_label).into_iter().flatten();
        for added in found {
            let Operation::AddField { field, .. } = &added.operation else {
                continue;
            };
            let is_own = added.operation.model_name() == Some(model.name.as_str());
            if is_own && names(&field.name) {
                dependencies.extend(added.dependencies.iter().cloned());
            }
        }
        dependencies
    }

    pub(super) fn generate_removed_constraints(&mut self) {
        for (old, new) in self.kept_models() {
            for constraint in ChangedConstraints::between(&old, &new).removed {
                let operation = Operation::RemoveConstraint {
                    model: new.name.clone(),
                    name: constraint.name,
                };
                self.add_operation(&new.app_label, operation, Vec::new());
            }
        }
    }

    pub(super) fn generate_added_constraints(&mut self) {
        let mut altered = Vec::new();
        for (old, new) in self.kept_models() {
            let changed = ChangedConstraints::between(&old, &new);
            let dependencies = OperationDependency::for_model(&new, &self.user_model);
            for constraint in changed.added {
                let dependencies = self.with_new_fields(&new, |name| {
                    let mut other = constraint.clone();
                    other.rename_field(name, "");
                    other != constraint
                });
                let model = new.name.clone();
                let operation = Operation::AddConstraint { model, constraint };
                self.add_operation(&new.app_label, operation, dependencies);
            }
            for constraint in changed.altered {
                let model = new.name.clone();
                let operation = Operation::AlterConstraint { model, constraint };
                altered.push((new.app_label.clone(), operation, dependencies.clone()));
            }
        }
        for (label, operation, dependencies) in altered {
            self.add_operation(&label, operation, dependencies);
        }
    }

    /// Removes the sets that are gone, before their fields are removed.
    pub(super) fn generate_removed_unique_together(&mut self) {
        for (old, new) in self.kept_models() {
            let (before, after) = (sets(&old), sets(&new));
            if before != after && !before.is_empty() {
                let kept = new.options.unique_together.iter();
                let kept = kept.filter(|fields| before.contains(fields));
                self.alter_unique_together(&new, kept.cloned().collect());
            }
        }
    }

    /// Adds the new sets, after their fields are added.
    pub(super) fn generate_altered_unique_together(&mut self) {
        for (old, new) in self.kept_models() {
            if !sets(&new).is_subset(&sets(&old)) {
                self.alter_unique_together(&new, new.options.unique_together.clone());
            }
        }
    }

    fn alter_unique_together(&mut self, model: &Model, unique_together: Vec<Vec<String>>) {
        let names: BTreeSet<_> = unique_together.iter().flatten().collect();
        let fields = names.iter().filter_map(|name| model.field(name));
        let referred =
            fields.flat_map(|field| OperationDependency::for_field(field, &self.user_model));
        let created = names
            .iter()
            .map(|name| OperationDependency::field(model.key(), name, DependencyKind::Create));
        let dependencies = referred.chain(created).collect();
        let operation = Operation::AlterUniqueTogether {
            name: model.name.clone(),
            unique_together,
        };
        self.add_operation(&model.app_label, operation, dependencies);
    }
}

/// The sets of `unique_together`, whose order has no meaning.
fn sets(model: &Model) -> BTreeSet<&Vec<String>> {
    model.options.unique_together.iter().collect()
}
