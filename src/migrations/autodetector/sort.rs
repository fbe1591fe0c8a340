//! The order of operations, and where one migration ends and the next begins.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::migrations::autodetector::{DetectedOperation, optimized};
use crate::migrations::key::FIRST;
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey};
use crate::models::ModelKey;

/// Cuts the operations of all apps into migrations that can be applied one after another.
///
/// They are called `auto_1`, `auto_2` and so on; dependencies name them so too.
pub(super) fn cut(
    found: BTreeMap<String, Vec<DetectedOperation>>,
    history: &History<'_>,
    user_model: &ModelKey,
) -> BTreeMap<String, Vec<Migration>> {
    let waiting = found.into_iter().map(|(label, found)| {
        let sorted = sorted(&label, found);
        (label, VecDeque::from(sorted))
    });
    let mut cutter = MigrationBuilder {
        waiting: waiting.collect(),
        migrations: BTreeMap::new(),
        history,
        user_model,
        forced: false,
    };
    cutter.run();
    let mut migrations = cutter.migrations;
    for list in migrations.values_mut() {
        let keys: Vec<_> = list.iter().map(|migration| migration.key.clone()).collect();
        for (migration, before) in list.iter_mut().skip(1).zip(keys) {
            migration
                .dependencies
                .push(MigrationDependency::new(before));
        }
        for migration in list {
            let operations = std::mem::take(&mut migration.operations);
            let label = &migration.key.app_label;
            migration.operations = optimized(label, user_model, operations);
        }
    }
    migrations
}

/// What is needed first comes first; otherwise the order stays (`graphlib.TopologicalSorter`).
fn sorted(app_label: &str, found: Vec<DetectedOperation>) -> Vec<DetectedOperation> {
    let mut order: Vec<usize> = Vec::new();
    let mut parents = vec![0usize; found.len()];
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); found.len()];
    let note = |order: &mut Vec<usize>, index: usize| {
        if !order.contains(&index) {
            order.push(index);
        }
    };
    for (index, one) in found.iter().enumerate() {
        note(&mut order, index);
        for need in one
            .needs
            .iter()
            .filter(|need| need.model.app_label == app_label)
        {
            let meets = |(other, candidate): &(usize, &DetectedOperation)| {
                *other != index && need.is_met_by(&candidate.operation)
            };
            for (other, _) in found.iter().enumerate().filter(meets) {
                note(&mut order, other);
                if !children[other].contains(&index) {
                    children[other].push(index);
                    parents[index] += 1;
                }
            }
        }
    }
    let mut ready: VecDeque<usize> = order
        .iter()
        .copied()
        .filter(|index| parents[*index] == 0)
        .collect();
    let mut sequence = Vec::new();
    while let Some(index) = ready.pop_front() {
        sequence.push(index);
        for child in &children[index] {
            parents[*child] -= 1;
            if parents[*child] == 0 {
                ready.push_back(*child);
            }
        }
    }
    // What needs itself, by way of others, keeps its place at the end.
    let rest: Vec<_> = order
        .into_iter()
        .filter(|index| !sequence.contains(index))
        .collect();
    sequence.extend(rest);
    let mut slots: Vec<_> = found.into_iter().map(Some).collect();
    sequence
        .into_iter()
        .filter_map(|index| slots[index].take())
        .collect()
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
            .needs
            .iter()
            .filter(|need| need.model.app_label != label);
        for need in others {
            let other = need.model.app_label.as_str();
            let waits = |found: &DetectedOperation| need.is_met_by(&found.operation);
            if self
                .waiting
                .get(other)
                .is_some_and(|list| list.iter().any(waits))
            {
                return None;
            }
            if need.is_user_model {
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
