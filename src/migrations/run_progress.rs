//! What of a run that stopped is committed, and what is not.

use std::fmt;

use crate::db::DatabaseAlias;
use crate::migrations::{MigrationKey, PlanStep};
use crate::schema::Direction;
use crate::text;

/// What of a run that stopped is committed, and what is not.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RunProgress {
    /// The migrations that are done and recorded.
    pub committed: Vec<PlanStep>,
    /// The one that is half done, if one is.
    pub half: Option<PartialMigration>,
    /// Those that were not begun.
    pub left: Vec<MigrationKey>,
    /// The database.
    pub database: DatabaseAlias,
}

/// A migration that is half done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartialMigration {
    /// The migration, and where it was going.
    pub step: PlanStep,
    /// How many of its operations are in effect.
    pub standing: usize,
    /// How many it has.
    pub total: usize,
    /// The migration of its app before it.
    pub former: Option<MigrationKey>,
}

impl RunProgress {
    /// Whether nothing of the run is committed, so that there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.committed.is_empty() && self.half.is_none()
    }

    /// What to type next.
    pub fn hints(&self) -> Vec<String> {
        let mut hints =
            vec!["repair the cause and run the command again: it goes on from there".to_owned()];
        let forwards = |half: &&PartialMigration| half.step.direction == Direction::Forwards;
        if let Some(half) = self.half.as_ref().filter(forwards) {
            let label = &half.step.key.app_label;
            let name = half.former.as_ref().map_or("zero", |key| &key.name);
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
        if let Some(half) = &self.half {
            let PartialMigration {
                step,
                standing,
                total,
                ..
            } = half;
            let operations = text::count(*total, "operation");
            parts.push(format!(
                "half done: `{}`, {standing} of {operations} in effect",
                step.key
            ));
        }
        if !self.left.is_empty() {
            let left: Vec<_> = self.left.iter().collect();
            parts.push(format!("not begun: {}", listed(&left)));
        }
        write!(f, "the run stopped on its way; {}", parts.join("; "))
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
