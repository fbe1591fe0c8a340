//! One migration after the two or more that an app ends in.

use std::collections::BTreeSet;

use crate::migrations::autodetector::{number, timestamp};
use crate::migrations::operations::Operation;
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey};

/// The longest list of names that becomes a part of a name.
const MAX_LENGTH: usize = 47;

/// What one person did since the last migration all have in common.
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
    /// It: nothing but dependencies.
    pub migration: Migration,
    /// The branches it joins.
    pub branches: Vec<MigrationBranch>,
    /// What more than one branch changes, in words.
    pub clashes: Vec<String>,
}

/// The migrations that join what the apps of `history` end in; `name` is what follows the number.
pub fn merges(history: &History<'_>, name: Option<&str>) -> Vec<MergeMigration> {
    let labels = history.migrations.labels();
    labels
        .filter_map(|label| merge(history, label, name))
        .collect()
}

fn merge(history: &History<'_>, label: &str, name: Option<&str>) -> Option<MergeMigration> {
    let leaves = history.leaves(label);
    if leaves.len() < 2 {
        return None;
    }
    let ancestry: Vec<Vec<MigrationKey>> = leaves
        .iter()
        .map(|leaf| {
            let mut keys = history.forwards(leaf);
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
    let last = leaves.iter().filter_map(|leaf| number(&leaf.name)).max();
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

/// A part of a model, or all of it.
type Part = (String, Option<String>);

fn clashes(branches: &[MigrationBranch]) -> Vec<String> {
    let parts: Vec<Vec<Part>> = branches
        .iter()
        .map(|branch| branch.operations.iter().flat_map(touched).collect())
        .collect();
    let mut found = BTreeSet::new();
    for (index, own) in parts.iter().enumerate() {
        for (model, part) in own {
            let meets = |(other_model, other): &&Part| {
                other_model == model && (other == part || other.is_none() || part.is_none())
            };
            let others = parts.iter().skip(index + 1).flatten();
            for (_, other) in others.filter(meets) {
                let part = part.as_ref().or(other.as_ref());
                found.insert(match part {
                    Some(part) => format!("{model}.{part}"),
                    None => model.clone(),
                });
            }
        }
    }
    found.into_iter().collect()
}

/// The parts of models that `operation` changes.
fn touched(operation: &Operation) -> Vec<Part> {
    if let Operation::SeparateDatabaseAndState {
        state_operations, ..
    } = operation
    {
        return state_operations.iter().flat_map(touched).collect();
    }
    let Some(model) = operation.model_name().map(str::to_lowercase) else {
        return Vec::new();
    };
    let part = |part: &str| vec![(model.clone(), Some(part.to_owned()))];
    match operation {
        Operation::RenameField {
            old_name, new_name, ..
        }
        | Operation::RenameIndex {
            old_name, new_name, ..
        } => [part(old_name), part(new_name)].concat(),
        Operation::RenameModel { new_name, .. } => {
            vec![(model, None), (new_name.to_lowercase(), None)]
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
        _ => vec![(model.clone(), operation.field_name().map(ToOwned::to_owned))],
    }
}
