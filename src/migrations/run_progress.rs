//! How far a run that stopped came: what is committed, and what is not.

use std::fmt;

use crate::db::DatabaseAlias;
use crate::migrations::{MigrationKey, PlanStep};
use crate::schema::Direction;
use crate::text;

/// How far a run that stopped came: what is committed, and what is not.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RunProgress {
    /// The migrations that are applied or undone, and recorded.
    pub committed: Vec<PlanStep>,
    /// The migration of which only some operations are in effect, if there is one.
    pub partial: Option<PartialMigration>,
    /// The migrations that were not begun.
    pub not_started: Vec<MigrationKey>,
    /// The database.
    pub database: DatabaseAlias,
}

/// A migration of which only some operations are in effect.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartialMigration {
    /// The migration, and whether it was being applied or undone.
    pub step: PlanStep,
    /// How many of its operations are in effect.
    pub operations_in_effect: usize,
    /// How many operations it has.
    pub total: usize,
    /// The migration of its app that it depends on.
    pub previous: Option<MigrationKey>,
}

impl RunProgress {
    /// Whether nothing of the run is committed, so that there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.committed.is_empty() && self.partial.is_none()
    }

    /// Takes what was begun or committed out of what was not started.
    pub(super) fn forget_started(&mut self) {
        let committed = &self.committed;
        let partial = self.partial.as_ref().map(|partial| &partial.step.key);
        self.not_started
            .retain(|key| partial != Some(key) && committed.iter().all(|step| step.key != *key));
    }

    /// What to type next.
    pub fn hints(&self) -> Vec<String> {
        let mut hints =
            vec!["repair the cause and run the command again: it goes on from there".to_owned()];
        let forwards = |partial: &&PartialMigration| partial.step.direction == Direction::Forwards;
        if let Some(partial) = self.partial.as_ref().filter(forwards) {
            let label = &partial.step.key.app_label;
            let name = partial.previous.as_ref().map_or("zero", |key| &key.name);
            let option = self.database.option();
            hints.push(format!(
                "or go back from there: `djr migrate {label} {name}{option}`"
            ));
        }
        hints
    }
}

impl fmt::Display for RunProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for (direction, verb) in [
            (Direction::Forwards, "applied"),
            (Direction::Backwards, "undone"),
        ] {
            let steps = self.committed.iter();
            let steps = steps.filter(|step| step.direction == direction);
            let keys: Vec<_> = steps.map(|step| &step.key).collect();
            if !keys.is_empty() {
                parts.push(format!("{verb} and committed: {}", listed(&keys)));
            }
        }
        if let Some(partial) = &self.partial {
            parts.push(partial.to_string());
        }
        if !self.not_started.is_empty() {
            let keys: Vec<_> = self.not_started.iter().collect();
            parts.push(format!("not begun: {}", listed(&keys)));
        }
        write!(f, "the run stopped on its way; {}", parts.join("; "))
    }
}

impl fmt::Display for PartialMigration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "half done: `{}`, {} of {} in effect",
            self.step.key,
            self.operations_in_effect,
            text::count(self.total, "operation")
        )
    }
}

/// The names of a few migrations, or how many there are.
fn listed(keys: &[&MigrationKey]) -> String {
    const MANY: usize = 6;
    if keys.len() > MANY {
        let (first, last) = (keys.first(), keys.last());
        let ends = first.zip(last);
        let ends = ends.map(|(first, last)| format!(", from `{first}` to `{last}`"));
        let count = text::count(keys.len(), "migration");
        return format!("{count}{}", ends.unwrap_or_default());
    }
    let names: Vec<_> = keys.iter().map(ToString::to_string).collect();
    text::quoted(names.iter().map(String::as_str))
}
