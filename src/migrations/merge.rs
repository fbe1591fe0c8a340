//! Merges the branches of an app that ends in several migrations.

use std::collections::BTreeSet;

use crate::migrations::naming::{parse_number, timestamp};
use crate::migrations::operations::Operation;
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey};

/// The most characters of joined names that become a part of a name.
const MAX_LENGTH: usize = 47;

/// The migrations since the last one that all branches have in common.
#[derive(Clone, Debug)]
pub struct MigrationBranch {
    /// Its last migration.
    pub leaf: MigrationKey,
    /// The operations of all its migrations.
    pub operations: Vec<Operation>,
}

/// A migration that joins branches.
#[derive(Clone, Debug)]
pub struct MergeMigration {
    /// The migration, which has only dependencies.
    pub migration: Migration,
    /// The branches it joins.
    pub branches: Vec<MigrationBranch>,
    /// The models and fields that more than one branch changes.
    pub clashes: Vec<String>,
}

/// For each app of `history` that ends in several migrations, one that joins them.
///
/// `name` is what follows the number.
pub fn merge_migrations(history: &History<'_>, name: Option<&str>) -> Vec<MergeMigration> {
    let labels = history.migrations.labels();
    labels
        .filter_map(|label| merge(history, label, name))
        .collect()
}

fn merge(history: &History<'_>, label: &str, name: Option<&str>) -> Option<MergeMigration> {
    let leaves = history.leaf_nodes(label);
    if leaves.len() < 2 {
        return None;
    }
    let ancestry: Vec<Vec<MigrationKey>> = leaves
        .iter()
        .map(|leaf| {
            let mut keys = history.forwards_plan(leaf);
            keys.retain(|key| key.app_label == label);
            keys
        })
        .collect();
    let is_common = |key: &MigrationKey| ancestry.iter().all(|keys| keys.contains(key));
    let branches: Vec<_> = leaves
        .iter()
        .zip(&ancestry)
        .map(|(leaf, keys)| MigrationBranch {
            leaf: leaf.clone(),
            operations: keys
                .iter()
                .filter(|key| !is_common(key))
                .filter_map(|key| history.migrations.get(key))
                .flat_map(|migration| migration.operations.clone())
                .collect(),
        })
        .collect();
    let last = leaves
        .iter()
        .filter_map(|leaf| parse_number(&leaf.name))
        .max();
    let key = MigrationKey::new(
        label,
        &format!("{:04}_{}", last.unwrap_or(0) + 1, merge_name(&leaves, name)),
    );
    let mut migration = Migration::new(key, Vec::new());
    migration.dependencies = leaves.into_iter().map(MigrationDependency::new).collect();
    Some(MergeMigration {
        migration,
        clashes: clashes(&branches),
        branches,
    })
}

fn merge_name(leaves: &[MigrationKey], name: Option<&str>) -> String {
    if let Some(name) = name {
        return name.to_owned();
    }
    let names: Vec<_> = leaves.iter().map(|leaf| leaf.name.as_str()).collect();
    let names = names.join("_");
    if names.len() > MAX_LENGTH {
        format!("merge_{}", timestamp())
    } else {
        format!("merge_{names}")
    }
}

/// A part of a model, such as a field or an option, or all of it.
struct ModelPart {
    /// The model, in lower case.
    model: String,
    /// The part; all without it.
    part: Option<String>,
}

impl ModelPart {
    fn all_of(model: String) -> Self {
        Self { model, part: None }
    }

    fn overlaps(&self, other: &Self) -> bool {
        let same_part = self.part == other.part;
        self.model == other.model && (same_part || self.part.is_none() || other.part.is_none())
    }
}

fn clashes(branches: &[MigrationBranch]) -> Vec<String> {
    let parts: Vec<Vec<ModelPart>> = branches
        .iter()
        .map(|branch| branch.operations.iter().flat_map(changed_parts).collect())
        .collect();
    let mut found = BTreeSet::new();
    for (index, own) in parts.iter().enumerate() {
        let others = || parts.iter().skip(index + 1).flatten();
        for own in own {
            for other in others().filter(|other| own.overlaps(other)) {
                let part = own.part.as_ref().or(other.part.as_ref());
                found.insert(match part {
                    Some(part) => format!("{}.{part}", own.model),
                    None => own.model.clone(),
                });
            }
        }
    }
    found.into_iter().collect()
}

/// The parts of models that `operation` changes.
fn changed_parts(operation: &Operation) -> Vec<ModelPart> {
    if let Operation::SeparateDatabaseAndState {
        state_operations, ..
    } = operation
    {
        return state_operations.iter().flat_map(changed_parts).collect();
    }
    let Some(model) = operation.model_name().map(str::to_lowercase) else {
        return Vec::new();
    };
    let part = |part: &str| {
        vec![ModelPart {
            model: model.clone(),
            part: Some(part.to_owned()),
        }]
    };
    match operation {
        Operation::RenameField {
            old_name, new_name, ..
        }
        | Operation::RenameIndex {
            old_name, new_name, ..
        } => {
            let mut parts = part(old_name);
            parts.extend(part(new_name));
            parts
        }
        Operation::RenameModel { new_name, .. } => {
            vec![
                ModelPart::all_of(model),
                ModelPart::all_of(new_name.to_lowercase()),
            ]
        }
        Operation::AddIndex { index, .. } => part(index.name.as_deref().unwrap_or_default()),
        Operation::RemoveIndex { name, .. } | Operation::RemoveConstraint { name, .. } => {
            part(name)
        }
        Operation::AddConstraint { constraint, .. }
        | Operation::AlterConstraint { constraint, .. } => part(&constraint.name),
        Operation::AlterModelTable { .. } => part("db_table"),
        Operation::AlterModelTableComment { .. } => part("db_table_comment"),
        Operation::AlterModelOptions { .. } => part("options"),
        Operation::AlterUniqueTogether { .. } => part("unique_together"),
        _ => vec![ModelPart {
            model: model.clone(),
            part: operation.field_name().map(ToOwned::to_owned),
        }],
    }
}
