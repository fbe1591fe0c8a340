//! What `djr migrate` did or would do, as text and as JSON.

use std::fmt;

use serde::Serialize;

use crate::db::Connection;
use crate::migrations::operations::Operation;
use crate::migrations::{
    FakeMode, History, MigrationError, MigrationPlan, PlanStep, data_losses, plan_refusal,
};
use crate::schema::Direction;
use crate::script::PlannedMigration;
use crate::text;

/// How a migration that is not atomic is marked.
pub(super) const NOT_ATOMIC: &str = ", each operation committed on its own";

/// The steps of `plan`; with `fake` all of them are one transaction.
pub(super) fn migration_steps(
    history: &History<'_>,
    plan: &MigrationPlan,
    fake: bool,
) -> Vec<MigrationStep> {
    let mut found = Vec::new();
    for (segment, number) in history.segments(plan).iter().zip(1..) {
        for step in &segment.plan.steps {
            let atomic = segment.atomic || fake;
            found.push(MigrationStep {
                transaction: atomic.then_some(if fake { 1 } else { number }),
                ..migration_step(history, step)
            });
        }
    }
    found
}

/// The steps of `plan`, as receivers of signals are told of them.
pub(super) fn planned_migrations(plan: &MigrationPlan) -> Vec<PlannedMigration> {
    let steps = plan.steps.iter().map(|step| PlannedMigration {
        migration: step.key.to_string(),
        is_backwards: step.direction == Direction::Backwards,
    });
    steps.collect()
}

fn migration_step(history: &History<'_>, step: &PlanStep) -> MigrationStep {
    let migration = history.migrations.get(&step.key);
    let operations = migration.map_or(&[][..], |found| &found.operations);
    let progress = history.partial_progress(&step.key);
    let done = progress.map(|progress| progress.operations.min(operations.len()));
    let (action, left) = match step.direction {
        Direction::Forwards => ("apply", &operations[done.unwrap_or(0)..]),
        Direction::Backwards => ("undo", &operations[..done.unwrap_or(operations.len())]),
    };
    MigrationStep {
        migration: step.key.to_string(),
        action,
        transaction: None,
        in_effect: done,
        operations: left.iter().map(Operation::describe).collect(),
    }
}

/// A migration, and what is or would be done with it.
#[derive(Debug, Serialize)]
pub(super) struct MigrationStep {
    migration: String,
    action: &'static str,
    /// The number of the transaction it is committed in; none where each operation is on its own.
    transaction: Option<usize>,
    /// How many operations are in effect, where the migration is half done.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_effect: Option<usize>,
    operations: Vec<String>,
}

/// Where a run would stop, and why.
fn reason(error: &MigrationError) -> String {
    match error {
        MigrationError::Operation {
            key,
            operation,
            source,
            ..
        } => format!("{key} at `{operation}`: {source}"),
        error => error.to_string(),
    }
}

/// The migrations that are no longer recorded.
#[derive(Debug, Serialize)]
pub(super) struct PruneOutcome {
    pub(super) pruned: Vec<String>,
}

impl fmt::Display for PruneOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pruned.is_empty() {
            return f.write_str("nothing to prune");
        }
        let names = text::quoted(self.pruned.iter().map(String::as_str));
        write!(f, "no longer recorded: {names}")
    }
}

/// What was done, or would be.
#[derive(Debug, Default, Serialize)]
pub(super) struct MigrateOutcome {
    pub(super) planned: bool,
    pub(super) faked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) snapshot: Option<String>,
    pub(super) steps: Vec<MigrationStep>,
    /// What a plan takes from rows, which a snapshot keeps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) losses: Vec<String>,
    /// Why the run of a plan would be refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refusal: Option<String>,
    pub(super) warnings: Vec<String>,
}

/// What a plan would meet in the database.
#[derive(Debug, Default)]
pub(super) struct PlanOutlook {
    pub(super) losses: Vec<String>,
    pub(super) refusal: Option<String>,
}

impl PlanOutlook {
    /// Looks at rows and schema, which stay as they are.
    pub(super) fn of(
        history: &History<'_>,
        plan: &MigrationPlan,
        fake: FakeMode,
        connection: &Connection,
    ) -> Result<Self, MigrationError> {
        if fake == FakeMode::All {
            return Ok(Self::default());
        }
        let losses = data_losses(history, plan, connection)?;
        let refusal = plan_refusal(history, plan, fake, connection)?;
        Ok(Self {
            losses: losses.iter().map(ToString::to_string).collect(),
            refusal: refusal.map(|error| reason(&error)),
        })
    }
}

impl fmt::Display for MigrateOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return f.write_str("nothing to migrate");
        }
        if self.planned {
            let mut lines = Vec::new();
            let mut former = None;
            for step in &self.steps {
                if former.is_some() && former != step.transaction {
                    lines.push("would commit that".to_owned());
                }
                former = step.transaction;
                lines.push(step.to_string());
            }
            let losses = self.losses.iter();
            lines.extend(losses.map(|loss| format!("would take a snapshot: {loss}")));
            let refusal = self.refusal.iter();
            lines.extend(refusal.map(|why| format!("would be refused: {why}")));
            return f.write_str(&lines.join("\n"));
        }
        let undone = self.steps.iter().all(|step| step.action == "undo");
        let verb = match (undone, self.faked) {
            (false, false) => "applied",
            (true, false) => "undid",
            (false, true) => "recorded",
            (true, true) => "forgot",
        };
        write!(f, "{verb} {}", text::count(self.steps.len(), "migration"))
    }
}

impl fmt::Display for MigrationStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "would {} {}", self.action, self.migration)?;
        if self.transaction.is_none() {
            f.write_str(NOT_ATOMIC)?;
        }
        if let Some(count) = self.in_effect {
            write!(f, "; {} in effect", text::count(count, "operation"))?;
        }
        let order: Vec<_> = match self.action {
            "undo" => self.operations.iter().rev().collect(),
            _ => self.operations.iter().collect(),
        };
        for operation in order {
            write!(f, "\n    {operation}")?;
        }
        Ok(())
    }
}

/// The applied migrations whose files were taken as they are.
#[derive(Debug, Serialize)]
pub(super) struct AcceptEditsOutcome {
    pub(super) accepted: Vec<String>,
}

impl fmt::Display for AcceptEditsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.accepted.is_empty() {
            return f.write_str("no applied migration has changed");
        }
        let names = text::quoted(self.accepted.iter().map(String::as_str));
        write!(f, "taken as they are now: {names}")
    }
}
