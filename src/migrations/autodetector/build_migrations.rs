//! The order of operations, and where one migration ends and the next begins.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::migrations::autodetector::detector::DetectedOperation;
use crate::migrations::autodetector::sort_operations::sort_operations;
use crate::migrations::key::FIRST;
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey, Optimizer};
use crate::models::ModelKey;

/// Cuts the operations of all apps into migrations that can be applied one after another.
///
/// They are called `auto_1`, `auto_2` and so on; dependencies name them so too.
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

struct MigrationBuilder<'c> {
    waiting: BTreeMap<String, VecDeque<DetectedOperation>>,
    migrations: BTreeMap<String, Vec<Migration>>,
    history: &'c History<'c>,
    user_model: &'c ModelKey,
    /// Whether an app may be cut before its end, since nothing else goes on.
    forced: bool,
}

/// Migrations of other apps that one needs.
type Needed = BTreeSet<(bool, MigrationKey)>;

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
                // Nothing can be cut where all wait for each other: all at once then.
                self.give_up();
                return;
            }
            self.forced = true;
        }
    }

    /// Takes what can be done of one app; a migration comes of it if that is all, or if forced.
    fn advance(&mut self, label: &str) {
        let waiting = self.waiting.get(label).map_or(0, VecDeque::len);
        let (mut count, mut needed) = (0, Needed::new());
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

    /// The migrations of other apps that `found` needs; `None` where one is not cut yet.
    fn needed_by(&self, label: &str, found: &DetectedOperation) -> Option<Needed> {
        let mut needed = Needed::new();
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
                let key = MigrationKey::new(other, FIRST);
                needed.insert((true, key));
            } else if let Some(last) = self.migrations.get(other).and_then(|list| list.last()) {
                needed.insert((false, last.key.clone()));
            } else if self.forced {
                let leaf = self.history.leaf(other);
                let key = leaf.unwrap_or_else(|| MigrationKey::new(other, FIRST));
                needed.insert((false, key));
            } else {
                return None;
            }
        }
        Some(needed)
    }

    fn push(&mut self, label: &str, taken: Vec<DetectedOperation>, needed: Needed) {
        let list = self.migrations.entry(label.to_owned()).or_default();
        let key = MigrationKey::new(label, &format!("auto_{}", list.len() + 1));
        let operations = taken.into_iter().map(|found| found.operation).collect();
        let mut migration = Migration::new(key, operations);
        let is_first = !self.history.migrations.has(label);
        migration.initial = is_first.then_some(true);
        let dependencies = needed.into_iter().map(|(is_user_model, key)| {
            if is_user_model {
                MigrationDependency::on_user_model(self.user_model)
            } else {
                MigrationDependency::new(key)
            }
        });
        migration.dependencies = dependencies.collect();
        list.push(migration);
    }

    fn give_up(&mut self) {
        for (label, list) in std::mem::take(&mut self.waiting) {
            if !list.is_empty() {
                self.push(&label, list.into(), Needed::new());
            }
        }
    }
}
