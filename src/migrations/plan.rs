//! The migrations that a run applies or undoes, in order.

use crate::migrations::MigrationKey;
use crate::schema::Direction;

/// One migration to apply or to undo.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PlanStep {
    /// The migration.
    pub key: MigrationKey,
    /// Whether it is applied or undone.
    pub direction: Direction,
}

/// The migrations that a run applies or undoes, in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MigrationPlan {
    /// The steps, all in one direction.
    pub steps: Vec<PlanStep>,
}

/// A part of a plan.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PlanSegment {
    /// Its steps.
    pub plan: MigrationPlan,
    /// Whether it is committed at once; otherwise it is one migration, and each of its operations is
    /// committed on its own.
    pub atomic: bool,
}

impl MigrationPlan {
    /// A plan of one step.
    pub(super) fn of_step(step: PlanStep) -> Self {
        Self { steps: vec![step] }
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Whether it has a step for this migration.
    pub(super) fn contains(&self, key: &MigrationKey) -> bool {
        self.steps.iter().any(|step| step.key == *key)
    }

    /// Adds a step for each migration of `keys` that has none.
    pub(super) fn add(&mut self, keys: Vec<MigrationKey>, direction: Direction) {
        for key in keys {
            if !self.contains(&key) {
                self.steps.push(PlanStep { key, direction });
            }
        }
    }

    /// The direction of its steps; forwards where it has none.
    pub(super) fn direction(&self) -> Direction {
        let first = self.steps.first();
        first.map_or(Direction::Forwards, |step| step.direction)
    }
}
