//! Where a migrate command goes: from the words on the command line to a target.

use crate::migrations::{History, MigrationError, MigrationKey};

/// Where the migrations of a database are to be after a run.
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

impl History<'_> {
    /// The target that `app_label` and `name`, a unique prefix or `zero`, stand for.
    pub fn target(
        &self,
        app_label: Option<&str>,
        name: Option<&str>,
    ) -> Result<MigrationTarget, MigrationError> {
        let Some(label) = app_label else {
            return Ok(MigrationTarget::All);
        };
        self.check_label(label)?;
        match name {
            None => Ok(MigrationTarget::App(label.to_owned())),
            Some("zero") => Ok(MigrationTarget::Zero(label.to_owned())),
            Some(prefix) => self
                .find(label, prefix)
                .map(|key| MigrationTarget::Migration(self.reachable(key))),
        }
    }

    /// The migration in the graph that stands for `key`.
    ///
    /// A migration that replaces others, only some of them applied, is reached by the last of those.
    fn reachable(&self, key: MigrationKey) -> MigrationKey {
        let migration = self.migrations.get(&key);
        let last = migration.and_then(|migration| migration.replaces.last());
        match last {
            Some(last) if !self.graph.contains(&key) => last.clone(),
            _ => key,
        }
    }

    /// Fails unless the app is installed and has migrations.
    pub fn check_label(&self, label: &str) -> Result<(), MigrationError> {
        if !self.migrations.is_installed(label) {
            let installed = self.migrations.labels().map(ToOwned::to_owned).collect();
            return Err(MigrationError::UnknownApp {
                label: label.to_owned(),
                installed,
            });
        }
        if !self.migrations.has_migrations(label) {
            return Err(MigrationError::NoMigrations(label.to_owned()));
        }
        Ok(())
    }

    /// The one migration of an app whose name begins with `prefix`, or is it.
    pub fn find(&self, label: &str, prefix: &str) -> Result<MigrationKey, MigrationError> {
        let all: Vec<_> = self
            .migrations
            .of_app(label)
            .map(|migration| &migration.key)
            .collect();
        if let Some(exact) = all.iter().find(|key| key.name == prefix) {
            return Ok((*exact).clone());
        }
        let found: Vec<_> = all
            .iter()
            .filter(|key| key.name.starts_with(prefix))
            .collect();
        match found.as_slice() {
            [only] => Ok((**only).clone()),
            [] => Err(MigrationError::UnknownMigration {
                label: label.to_owned(),
                name: prefix.to_owned(),
                known: all.iter().map(|key| key.name.clone()).collect(),
            }),
            _ => Err(MigrationError::Ambiguous {
                label: label.to_owned(),
                prefix: prefix.to_owned(),
                found: found.iter().map(|key| key.name.clone()).collect(),
            }),
        }
    }
}
