//! The migrations on disk, joined to what one database has recorded.

use std::collections::{BTreeMap, BTreeSet};

use crate::db::Connection;
use crate::diagnostic::{Finding, Findings};
use crate::document::Problems;
use crate::migrations::executor::{after, unmigrated_app_error};
use crate::migrations::graph::MigrationGraph;
use crate::migrations::key::{FIRST, LATEST};
use crate::migrations::partial_progress::{self, PartialProgress};
use crate::migrations::recorder;
use crate::migrations::{
    Migration, MigrationDependency, MigrationError, MigrationKey, MigrationTarget, Migrations,
};
use crate::models::ProjectState;
use crate::text;

/// Whether migrations that replace others take their place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Replacing {
    WherePossible,
    Never,
}

/// The migrations in their order, and which of them are applied.
#[derive(Clone, Debug)]
pub struct History<'m> {
    /// All migrations.
    pub migrations: &'m Migrations,
    pub(super) graph: MigrationGraph,
    applied: BTreeSet<MigrationKey>,
    half_done: BTreeMap<MigrationKey, PartialProgress>,
}

impl<'m> History<'m> {
    /// Joins the migrations to `applied`, the keys a database has recorded.
    ///
    /// Fails where a migration needs one that is not there, or where some need each other.
    pub fn new(
        migrations: &'m Migrations,
        applied: impl IntoIterator<Item = MigrationKey>,
    ) -> Result<Self, MigrationError> {
        Self::build(
            migrations,
            applied.into_iter().collect(),
            Replacing::WherePossible,
        )
    }

    /// Joins the migrations to what a database has recorded; to nothing where there is none.
    pub fn read(
        migrations: &'m Migrations,
        connection: Option<&Connection>,
    ) -> Result<Self, MigrationError> {
        let Some(connection) = connection else {
            return Self::new(migrations, []);
        };
        let mut history = Self::new(migrations, recorder::applied_keys(connection)?)?;
        history.half_done = partial_progress::read(connection)?;
        Ok(history)
    }

    /// The migrations without a database, those that replace others beside the replaced ones.
    pub fn of_files(migrations: &'m Migrations) -> Result<Self, MigrationError> {
        Self::build(migrations, BTreeSet::new(), Replacing::Never)
    }

    fn build(
        migrations: &'m Migrations,
        applied: BTreeSet<MigrationKey>,
        replacing: Replacing,
    ) -> Result<Self, MigrationError> {
        let mut history = Self {
            migrations,
            graph: MigrationGraph::default(),
            applied,
            half_done: BTreeMap::new(),
        };
        for migration in migrations.iter() {
            history.graph.add(migration.key.clone());
        }
        let missing = history.connect();
        if replacing == Replacing::WherePossible {
            history.replace();
        }
        history.check_dependencies(missing)?;
        match history.graph.cycle() {
            Some(cycle) => Err(MigrationError::Circular(cycle)),
            None => Ok(history),
        }
    }

    /// Adds all dependencies; returns those that lead nowhere, by what they stand for.
    fn connect(&mut self) -> Vec<(MigrationKey, MigrationDependency)> {
        let mut missing = Vec::new();
        let migrations: BTreeMap<_, &Migration> = self
            .migrations
            .iter()
            .map(|migration| (migration.key.clone(), migration))
            .collect();
        // Those within an app come first: `__first__` of another one is told by them.
        for own in [true, false] {
            for (key, migration) in &migrations {
                let within = |found: &&MigrationDependency| found.key.app_label == key.app_label;
                for dependency in migration.dependencies.iter().filter(|d| within(d) == own) {
                    match self.resolve(&dependency.key, key) {
                        Resolved::Key(parent) => self.graph.add_dependency(key, &parent),
                        Resolved::Nothing => {}
                        Resolved::Missing => missing.push((key.clone(), dependency.clone())),
                    }
                }
                if own {
                    continue;
                }
                for dependency in &migration.run_before {
                    match self.resolve(&dependency.key, key) {
                        Resolved::Key(child) => self.graph.add_dependency(&child, key),
                        Resolved::Nothing => {}
                        Resolved::Missing => missing.push((key.clone(), dependency.clone())),
                    }
                }
            }
        }
        missing
    }

    fn resolve(&self, wanted: &MigrationKey, from: &MigrationKey) -> Resolved {
        let label = wanted.app_label.as_str();
        let end = match wanted.name.as_str() {
            FIRST | LATEST if label == from.app_label => return Resolved::Nothing,
            FIRST => self.graph.roots(label).into_iter().next(),
            LATEST => self.graph.leaves(Some(label)).into_iter().next(),
            _ if self.graph.contains(wanted) => return Resolved::Key(wanted.clone()),
            _ => return Resolved::Missing,
        };
        match end {
            Some(key) => Resolved::Key(key),
            // The models of an app without migrations are there from the start.
            None if self.migrations.is_installed(label) => Resolved::Nothing,
            None => Resolved::Missing,
        }
    }

    fn replace(&mut self) {
        let replacing = self
            .migrations
            .iter()
            .filter(|migration| !migration.replaces.is_empty());
        for migration in replacing {
            let (key, replaced) = (&migration.key, &migration.replaces);
            let count = replaced
                .iter()
                .filter(|key| self.applied.contains(key))
                .count();
            if count == replaced.len() {
                self.applied.insert(key.clone());
            } else {
                self.applied.remove(key);
            }
            if count == 0 || count == replaced.len() {
                self.graph.replace(key, replaced);
            } else {
                self.graph.remove_replacement(key, replaced);
            }
        }
    }

    /// Reports what needs a migration that is not there, unless one that is there replaces it.
    fn check_dependencies(
        &self,
        missing: Vec<(MigrationKey, MigrationDependency)>,
    ) -> Result<(), Findings> {
        let problems = Problems::default();
        for (key, dependency) in missing {
            if !self.graph.contains(&key) {
                continue;
            }
            let replaced = |migration: &&Migration| migration.replaces.contains(&dependency.key);
            if !self.migrations.iter().any(|migration| replaced(&migration)) {
                problems.push(self.missing(&key, &dependency));
            }
        }
        problems.finish(())
    }

    fn missing(&self, key: &MigrationKey, dependency: &MigrationDependency) -> Finding {
        let wanted = &dependency.key;
        let message = format!("`{key}` depends on `{wanted}`, which does not exist");
        let finding = Finding::error("missing-migration", message).at(dependency.origin.location());
        if !self.migrations.is_installed(&wanted.app_label) {
            let label = &wanted.app_label;
            return finding.hint(format!("add `{label}` to `apps` in `djr.toml`"));
        }
        let names: Vec<_> = self.graph.keys().map(ToString::to_string).collect();
        match text::nearest(&wanted.to_string(), names.iter().map(String::as_str)) {
            Some(nearest) => finding.hint(format!("did you mean `{nearest}`?")),
            None => finding,
        }
    }

    /// Whether this migration is applied.
    pub fn is_applied(&self, key: &MigrationKey) -> bool {
        self.applied.contains(key)
    }

    /// How far this migration has come, if it is half done.
    pub fn standing(&self, key: &MigrationKey) -> Option<&PartialProgress> {
        self.half_done.get(key)
    }

    /// The models at the end of all migrations.
    pub fn state(&self) -> Result<ProjectState, MigrationError> {
        let mut state = self
            .migrations
            .initial_state()
            .map_err(unmigrated_app_error)?;
        let order = self.order();
        for migration in order.iter().filter_map(|key| self.migrations.get(key)) {
            state = after(migration, state)?;
        }
        Ok(state)
    }

    /// The last migration of an app.
    pub fn leaf(&self, app_label: &str) -> Option<MigrationKey> {
        self.graph.leaves(Some(app_label)).into_iter().next()
    }

    /// The last migrations of an app, more than one where two people went on from the same one.
    pub fn leaves(&self, app_label: &str) -> Vec<MigrationKey> {
        self.graph.leaves(Some(app_label))
    }

    /// A migration and all it needs, in the order of application.
    pub fn forwards(&self, key: &MigrationKey) -> Vec<MigrationKey> {
        self.graph.forwards(key)
    }

    /// What needs this migration directly.
    pub fn children(&self, key: &MigrationKey) -> impl Iterator<Item = &MigrationKey> {
        self.graph.children(key)
    }

    /// What this migration needs directly.
    pub fn parents(&self, key: &MigrationKey) -> impl Iterator<Item = &MigrationKey> {
        self.graph.parents(key)
    }

    /// The migrations of one app in the order they are applied.
    pub fn of(&self, app_label: &str) -> Vec<MigrationKey> {
        let mut found = Vec::new();
        for leaf in self.graph.leaves(Some(app_label)) {
            for key in self.graph.forwards(&leaf) {
                if key.app_label == app_label && !found.contains(&key) {
                    found.push(key);
                }
            }
        }
        found
    }

    /// All migrations that lead to the last ones of these apps, in the order they are applied.
    pub fn leading_to(&self, labels: &[String]) -> Vec<MigrationKey> {
        let mut found = Vec::new();
        for label in labels {
            for leaf in self.graph.leaves(Some(label)) {
                for key in self.graph.forwards(&leaf) {
                    if !found.contains(&key) {
                        found.push(key);
                    }
                }
            }
        }
        found
    }

    /// Fails where a migration was applied before one it needs, or an app ends in two.
    pub fn check(&self) -> Result<(), MigrationError> {
        for key in self.applied.iter().filter(|key| self.graph.contains(key)) {
            if let Some(parent) = self.parents(key).find(|parent| !self.is_applied(parent)) {
                return Err(MigrationError::Inconsistent {
                    key: key.clone(),
                    parent: parent.clone(),
                });
            }
        }
        let leaves = self.graph.leaves(None);
        for pair in leaves.windows(2) {
            if pair[0].app_label == pair[1].app_label {
                let same = leaves
                    .iter()
                    .filter(|key| key.app_label == pair[0].app_label);
                return Err(MigrationError::Conflict(same.cloned().collect()));
            }
        }
        Ok(())
    }

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
                .map(|key| MigrationTarget::Migration(self.usable(key))),
        }
    }

    /// A migration that replaces others, only some of them applied, is reached by their last.
    fn usable(&self, key: MigrationKey) -> MigrationKey {
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
        if !self.migrations.has(label) {
            return Err(MigrationError::NoMigrations(label.to_owned()));
        }
        Ok(())
    }

    /// The one migration of an app whose name begins with `prefix`, or is it.
    pub fn find(&self, label: &str, prefix: &str) -> Result<MigrationKey, MigrationError> {
        let all: Vec<_> = self
            .migrations
            .of(label)
            .map(|migration| &migration.key)
            .collect();
        if let Some(exact) = all.iter().find(|key| key.name == prefix) {
            return Ok((*exact).clone());
        }
        let found: Vec<_> = all
            .iter()
            .filter(|key| key.name.starts_with(prefix))
            .collect();
        let names = |keys: &[&MigrationKey]| keys.iter().map(|key| key.name.clone()).collect();
        match found.as_slice() {
            [only] => Ok((**only).clone()),
            [] => Err(MigrationError::UnknownMigration {
                label: label.to_owned(),
                name: prefix.to_owned(),
                known: names(&all),
            }),
            _ => Err(MigrationError::Ambiguous {
                label: label.to_owned(),
                prefix: prefix.to_owned(),
                found: found.iter().map(|key| key.name.clone()).collect(),
            }),
        }
    }
}

/// What a dependency leads to.
enum Resolved {
    Key(MigrationKey),
    Nothing,
    Missing,
}
