//! A migration that stands for others of which only some are applied, and whose files are gone.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use crate::migrations::{Migration, MigrationKey, Migrations};
use crate::text;

/// A migration that stands for others of which only some are applied, and whose files are gone.
///
/// Neither can it be applied, nor can the others go on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HalfSquashed {
    /// The one that stands for the others.
    pub key: MigrationKey,
    /// Those that are applied.
    pub applied: Vec<MigrationKey>,
    /// Those that are not.
    pub not_applied: Vec<MigrationKey>,
    /// Those without a file.
    pub missing: Vec<MigrationKey>,
}

impl HalfSquashed {
    /// What is wrong with `migration`, of whose `replaces` some are applied; nothing if all files are there.
    pub(super) fn of(
        migration: &Migration,
        migrations: &Migrations,
        applied: &BTreeSet<MigrationKey>,
    ) -> Option<Self> {
        let replaced = || migration.replaces.iter().cloned();
        let (applied, not_applied) = replaced().partition(|key| applied.contains(key));
        let missing: Vec<_> = replaced()
            .filter(|key| migrations.get(key).is_none())
            .collect();
        (!missing.is_empty()).then(|| Self {
            key: migration.key.clone(),
            applied,
            not_applied,
            missing,
        })
    }

    /// What to do about it.
    pub fn hints(&self) -> Vec<String> {
        vec![format!(
            "bring back the files of {}, run `djr migrate`, then delete them again",
            listed(&self.missing)
        )]
    }
}

impl fmt::Display for HalfSquashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            key,
            applied,
            not_applied,
            ..
        } = self;
        let verb = |keys: &[MigrationKey]| if keys.len() == 1 { "is" } else { "are" };
        write!(
            f,
            "`{key}` stands for others of which {} {} applied and {} {} not",
            listed(applied),
            verb(applied),
            listed(not_applied),
            verb(not_applied)
        )
    }
}

impl Error for HalfSquashed {}

fn listed(keys: &[MigrationKey]) -> String {
    let names: Vec<_> = keys.iter().map(ToString::to_string).collect();
    text::quoted(names.iter().map(String::as_str))
}
