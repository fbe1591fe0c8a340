//! Divides operations into migrations (`MigrationAutodetector._build_migration_list`).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::migrations::autodetector::detector::DetectedOperation;
use crate::migrations::autodetector::sort_operations::sort_operations;
use crate::migrations::key::FIRST;
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey, Optimizer};
use crate::models::ModelKey;

/// Divides the operations of all apps into migrations that can be applied one after another.
///
/// The migrations have the temporary names `auto_1`, `auto_2` and so on, in dependencies too.
pub(super) fn build_migrations(
    found: BTreeMap<String, Vec<DetectedOperation>>,
    history: &History<'_>,
    user_model: &ModelKey,
) -> BTreeMap<String, Vec<Migration>> {
    let waiting = found.into_iter().map(|(label, found)| {
        let sorted = sort_operations(&label, found);
        (label, VecDeque::from(sorted))
    });
    let mut builder = MigrationBuilder {
        waiting: waiting.collect(),
        migrations: BTreeMap::new(),
        history,
        user_model,
        forced: false,
    };
    builder.run();
    let mut migrations = builder.migrations;
    for list in migrations.values_mut() {
        let keys: Vec<_> = list.iter().map(|migration| migration.key.clone()).collect();
        for (migration, before) in list.iter_mut().skip(1).zip(keys) {
            migration
                .dependencies
                .push(MigrationDependency::new(before));
        }
        for migration in list {
            let optimizer = Optimizer {
                app_label: &migration.key.app_label,
                user_model,
            };
            let operations = std::mem::take(&mut migration.operations);
            migration.operations = optimizer.optimize(operations);
        }
    }
    migrations
}

/// Takes operations whose dependencies are met out of the waiting ones, app by app.
struct MigrationBuilder<'c> {
    waiting: BTreeMap<String, VecDeque<DetectedOperation>>,
    migrations: BTreeMap<String, Vec<Migration>>,
    history: &'c History<'c>,
    user_model: &'c ModelKey,
    /// Whether a migration may hold a part of the waiting operations of its app.
    ///
    /// Set where apps wait for each other, until the next migration is made.
    forced: bool,
}

/// A migration of another app that has to come first.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum NeededMigration {
    Named(MigrationKey),
    /// The first one of the app of `[auth] user_model`.
    OfUserModel,
}

impl MigrationBuilder<'_> {
    fn run(&mut self) {
        loop {
            let count: usize = self.waiting.values().map(VecDeque::len).sum();
            if count == 0 {
                return;
            }
            let labels: Vec<_> = self.waiting.keys().cloned().collect();
            for label in labels {
                self.advance(&label);
            }
            let left: usize = self.waiting.values().map(VecDeque::len).sum();
            if left < count {
                continue;
            }
            if self.forced {
                // The operations wait for each other in a circle.
                self.push_all_waiting();
                return;
            }
            self.forced = true;
        }
    }

    /// Makes a migration of the operations of one app whose dependencies are met.
    ///
    /// Makes none if that is only a part of the waiting ones, unless forced.
    fn advance(&mut self, label: &str) {
        let waiting = self.waiting.get(label).map_or(0, VecDeque::len);
        let (mut count, mut needed) = (0, BTreeSet::new());
        while count < waiting {
            let found = &self.waiting[label][count];
            let Some(more) = self.needed_by(label, found) else {
                break;
            };
            needed.extend(more);
            count += 1;
        }
        if count == 0 || !(self.forced || count == waiting) {
            return;
        }
        let Some(list) = self.waiting.get_mut(label) else {
            return;
        };
        let taken: Vec<_> = list.drain(..count).collect();
        self.push(label, taken, needed);
        self.forced = false;
    }

    /// The migrations of other apps that `found` depends on; `None` where one is not made yet.
    fn needed_by(
        &self,
        label: &str,
        found: &DetectedOperation,
    ) -> Option<BTreeSet<NeededMigration>> {
        let mut needed = BTreeSet::new();
        let others = found
            .dependencies
            .iter()
            .filter(|dependency| dependency.model.app_label != label);
        for dependency in others {
            let other = dependency.model.app_label.as_str();
            let waits = |found: &DetectedOperation| dependency.is_satisfied_by(&found.operation);
            if self
                .waiting
                .get(other)
                .is_some_and(|list| list.iter().any(waits))
            {
                return None;
            }
            if dependency.is_user_model {
                needed.insert(NeededMigration::OfUserModel);
            } else if let Some(last) = self.migrations.get(other).and_then(|list| list.last()) {
                needed.insert(NeededMigration::Named(last.key.clone()));
            } else if self.forced {
                let leaf = self.history.leaf_node(other);
                let key = leaf.unwrap_or_else(|| MigrationKey::new(other, FIRST));
                needed.insert(NeededMigration::Named(key));
            } else {
                return None;
            }
        }
        Some(needed)
    }

    fn push(
        &mut self,
        label: &str,
        taken: Vec<DetectedOperation>,
        needed: BTreeSet<NeededMigration>,
    ) {
        let list = self.migrations.entry(label.to_owned()).or_default();
        let key = MigrationKey::new(label, &format!("auto_{}", list.len() + 1));
        let operations = taken.into_iter().map(|found| found.operation).collect();
        let mut migration = Migration::new(key, operations);
        let is_first = !self.history.migrations.has_migrations(label);
        migration.initial = is_first.then_some(true);
        let dependencies = needed.into_iter().map(|needed| match needed {
            NeededMigration::Named(key) => MigrationDependency::new(key),
            NeededMigration::OfUserModel => MigrationDependency::on_user_model(self.user_model),
        });
        migration.dependencies = dependencies.collect();
        list.push(migration);
    }

    fn push_all_waiting(&mut self) {
        for (label, list) in std::mem::take(&mut self.waiting) {
            if !list.is_empty() {
                self.push(&label, list.into(), BTreeSet::new());
            }
        }
    }
}
