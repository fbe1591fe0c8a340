//! From what a database has recorded to the plan that leads to a target, and its models.

use std::collections::{BTreeMap, BTreeSet};

use crate::migrations::state::ProjectStates;
use crate::migrations::{
    History, MigrationError, MigrationKey, MigrationPlan, MigrationTarget, PlanSegment,
};
use crate::schema::Direction;

impl History<'_> {
    /// What leads to `target`.
    pub fn plan(&self, target: &MigrationTarget) -> MigrationPlan {
        match target {
            MigrationTarget::All => self.plan_forwards(self.graph.leaf_nodes(None)),
            MigrationTarget::App(label) => self.plan_forwards(self.graph.leaf_nodes(Some(label))),
            MigrationTarget::Zero(label) => self.plan_backwards(self.graph.root_nodes(label)),
            MigrationTarget::Migration(key) if self.is_applied(key) => {
                // Only what follows in the same app, and what depends on that, is undone.
                let children = self.graph.children(key);
                let own = children.filter(|child| child.app_label == key.app_label);
                self.plan_backwards(own.cloned().collect())
            }
            MigrationTarget::Migration(key) => self.plan_forwards(vec![key.clone()]),
        }
    }

    fn plan_forwards(&self, targets: Vec<MigrationKey>) -> MigrationPlan {
        let mut plan = MigrationPlan::default();
        for target in targets {
            let mut keys = self.graph.forwards_plan(&target);
            keys.retain(|key| !self.is_applied(key));
            plan.add(keys, Direction::Forwards);
        }
        self.sort_forwards(&mut plan);
        plan
    }

    /// Puts the steps into the order in which all migrations are applied to an empty database.
    fn sort_forwards(&self, plan: &mut MigrationPlan) {
        if plan.steps.len() < 2 {
            return;
        }
        let order = self.order();
        let places: BTreeMap<_, _> = order.iter().zip(0..).collect();
        plan.steps
            .sort_by_key(|step| places.get(&step.key).copied().unwrap_or(usize::MAX));
    }

    fn plan_backwards(&self, targets: Vec<MigrationKey>) -> MigrationPlan {
        let mut plan = MigrationPlan::default();
        for target in targets {
            let mut keys = self.graph.backwards_plan(&target);
            keys.retain(|key| self.is_applied(key) || self.partial_progress(key).is_some());
            plan.add(keys, Direction::Backwards);
        }
        plan
    }

    /// The steps of `plan` in segments, between which something is committed.
    pub fn segments(&self, plan: &MigrationPlan) -> Vec<PlanSegment> {
        let mut segments: Vec<PlanSegment> = Vec::new();
        for step in &plan.steps {
            let migration = self.migrations.get(&step.key);
            let atomic = migration.is_none_or(|found| found.atomic);
            match segments.last_mut() {
                Some(last) if last.atomic && atomic => last.plan.steps.push(step.clone()),
                _ => segments.push(PlanSegment {
                    plan: MigrationPlan::of_step(step.clone()),
                    atomic,
                }),
            }
        }
        segments
    }

    /// The models before each migration of `plan`, and those after the plan.
    ///
    /// Before a migration that is undone are the models before it was applied.
    pub(super) fn states_of(&self, plan: &MigrationPlan) -> Result<ProjectStates, MigrationError> {
        let order = self.order();
        let is_applied = |key: &&MigrationKey| self.is_applied(key);
        let applied = order.iter().filter(is_applied);
        // What is applied before a migration that it needs stands behind that one.
        let (mut keys, mut rest, mut sound) = (Vec::new(), Vec::new(), BTreeSet::new());
        for key in &order {
            if self.is_applied(key) && self.parents(key).all(|parent| sound.contains(parent)) {
                sound.insert(key);
                keys.push(key.clone());
            } else if self.is_applied(key) || plan.contains(key) {
                rest.push(key.clone());
            }
        }
        keys.append(&mut rest);
        let mut states = self
            .migrations
            .project_states(&keys, |key| plan.contains(key))?;
        if plan.direction() == Direction::Backwards {
            let kept = applied.filter(|key| !plan.contains(key));
            states.after = self.migrations.project_state(kept)?;
        }
        Ok(states)
    }
}
