//! What leads from the recorded state to a target.

use std::collections::BTreeMap;

use crate::migrations::{History, MigrationKey, Migrations};
use crate::schema::Direction;

/// Where to go.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MigrationTarget {
    /// Everything applied.
    All,
    /// Everything of one app applied.
    App(String),
    /// This migration applied, and nothing of its app after it.
    Migration(MigrationKey),
    /// Nothing of this app applied.
    Zero(String),
}

/// One migration to apply or to undo.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PlanStep {
    /// The migration.
    pub key: MigrationKey,
    /// Whether it is applied or undone.
    pub direction: Direction,
}

/// The steps to a target, in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MigrationPlan {
    /// The steps, all in one direction.
    pub steps: Vec<PlanStep>,
}

/// A part of a plan.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PlanSegment {
    /// Its steps.
    pub plan: MigrationPlan,
    /// Whether it is committed at once; otherwise it is one migration, and each of its operations is
    /// committed on its own.
    pub atomic: bool,
}

impl MigrationPlan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Whether it has a step for this migration.
    pub(super) fn contains(&self, key: &MigrationKey) -> bool {
        self.steps.iter().any(|step| step.key == *key)
    }

    /// Its steps, parted where something is committed; `migrations` hold all of them.
    pub fn segments(&self, migrations: &Migrations) -> Vec<PlanSegment> {
        let mut segments: Vec<PlanSegment> = Vec::new();
        for step in &self.steps {
            let atomic = migrations.get(&step.key).is_none_or(|found| found.atomic);
            match segments.last_mut() {
                Some(last) if last.atomic && atomic => last.plan.steps.push(step.clone()),
                _ => segments.push(PlanSegment {
                    plan: Self {
                        steps: vec![step.clone()],
                    },
                    atomic,
                }),
            }
        }
        segments
    }

    fn add(&mut self, keys: Vec<MigrationKey>, direction: Direction) {
        for key in keys {
            if !self.contains(&key) {
                self.steps.push(PlanStep { key, direction });
            }
        }
    }
}

impl History<'_> {
    /// What leads to `target`.
    pub fn plan(&self, target: &MigrationTarget) -> MigrationPlan {
        let mut plan = MigrationPlan::default();
        match target {
            MigrationTarget::All => self.plan_forwards(&mut plan, self.graph.leaves(None)),
            MigrationTarget::App(label) => {
                self.plan_forwards(&mut plan, self.graph.leaves(Some(label)))
            }
            MigrationTarget::Zero(label) => self.plan_backwards(&mut plan, self.graph.roots(label)),
            MigrationTarget::Migration(key) if self.is_applied(key) => {
                // Only what follows in the same app, and what needs that.
                let children = self.graph.children(key);
                let own = children.filter(|child| child.app_label == key.app_label);
                self.plan_backwards(&mut plan, own.cloned().collect());
            }
            MigrationTarget::Migration(key) => self.plan_forwards(&mut plan, vec![key.clone()]),
        }
        self.arrange(&mut plan);
        plan
    }

    /// All migrations, in the order they would be applied to an empty database.
    pub fn order(&self) -> Vec<MigrationKey> {
        let mut order = Vec::new();
        for leaf in self.graph.leaves(None) {
            for key in self.graph.forwards(&leaf) {
                if !order.contains(&key) {
                    order.push(key);
                }
            }
        }
        order
    }

    /// Puts what is applied in the order it is run: that of all migrations.
    fn arrange(&self, plan: &mut MigrationPlan) {
        let forwards = |step: &PlanStep| step.direction == Direction::Forwards;
        if plan.steps.len() < 2 || !plan.steps.iter().all(forwards) {
            return;
        }
        let order = self.order();
        let places: BTreeMap<_, _> = order.iter().zip(0..).collect();
        plan.steps
            .sort_by_key(|step| places.get(&step.key).copied().unwrap_or(usize::MAX));
    }

    fn plan_forwards(&self, plan: &mut MigrationPlan, targets: Vec<MigrationKey>) {
        for target in targets {
            let mut keys = self.graph.forwards(&target);
            keys.retain(|key| !self.is_applied(key));
            plan.add(keys, Direction::Forwards);
        }
    }

    fn plan_backwards(&self, plan: &mut MigrationPlan, targets: Vec<MigrationKey>) {
        for target in targets {
            let mut keys = self.graph.backwards(&target);
            keys.retain(|key| self.is_applied(key) || self.standing(key).is_some());
            plan.add(keys, Direction::Backwards);
        }
    }
}
