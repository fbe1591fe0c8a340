//! Builds the graph of migrations: resolves what they depend on, and lets squashed ones take over.

use std::collections::BTreeSet;

use crate::diagnostic::{Finding, Findings};
use crate::document::Problems;
use crate::migrations::graph::MigrationGraph;
use crate::migrations::half_squashed::HalfSquashed;
use crate::migrations::key::{FIRST, LATEST};
use crate::migrations::{Migration, MigrationDependency, MigrationError, MigrationKey, Migrations};

/// Whether migrations that replace others take their place in the graph.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Replacing {
    /// Where all of the others are applied, or none.
    WherePossible,
    /// They stand beside the others.
    Never,
}

/// The migrations in their order, and which of them count as applied.
pub(super) struct GraphBuilder<'m> {
    migrations: &'m Migrations,
    pub(super) graph: MigrationGraph,
    pub(super) applied: BTreeSet<MigrationKey>,
    /// A migration that stands for others which are half applied, and of which files are gone.
    pub(super) half_squashed: Option<HalfSquashed>,
}

/// What a dependency leads to.
enum ResolvedDependency {
    Key(MigrationKey),
    /// Something that needs no migration.
    Nothing,
    Missing,
}

/// A dependency that leads nowhere.
struct MissingDependency<'m> {
    key: &'m MigrationKey,
    dependency: &'m MigrationDependency,
}

impl<'m> GraphBuilder<'m> {
    /// Joins the migrations to `applied`, the keys a database has recorded.
    ///
    /// Fails where a migration depends on one that is not there, or where some depend on each other.
    pub(super) fn build(
        migrations: &'m Migrations,
        applied: BTreeSet<MigrationKey>,
        replacing: Replacing,
    ) -> Result<Self, MigrationError> {
        let mut builder = Self {
            migrations,
            graph: MigrationGraph::default(),
            applied,
            half_squashed: None,
        };
        for migration in migrations.iter() {
            builder.graph.add_node(migration.key.clone());
        }
        let missing = builder.add_dependencies();
        if replacing == Replacing::WherePossible {
            builder.replace();
        }
        builder.check_dependencies(&missing)?;
        match builder.graph.cycle() {
            Some(cycle) => Err(MigrationError::Circular(cycle)),
            None => Ok(builder),
        }
    }

    /// Adds all dependencies; returns those that lead nowhere.
    fn add_dependencies(&mut self) -> Vec<MissingDependency<'m>> {
        let mut missing = Vec::new();
        // Those within an app come first: they decide what `__first__` of that app is.
        for migration in self.migrations.iter() {
            self.add_parents(migration, true, &mut missing);
        }
        for migration in self.migrations.iter() {
            self.add_parents(migration, false, &mut missing);
            self.add_children(migration, &mut missing);
        }
        missing
    }

    /// Adds what `migration` depends on, within its own app or in others.
    fn add_parents(
        &mut self,
        migration: &'m Migration,
        in_own_app: bool,
        missing: &mut Vec<MissingDependency<'m>>,
    ) {
        let key = &migration.key;
        for dependency in &migration.dependencies {
            if (dependency.key.app_label == key.app_label) != in_own_app {
                continue;
            }
            match self.resolve(&dependency.key, key) {
                ResolvedDependency::Key(parent) => self.graph.add_dependency(key, &parent),
                ResolvedDependency::Nothing => {}
                ResolvedDependency::Missing => missing.push(MissingDependency { key, dependency }),
            }
        }
    }

    /// Adds what `migration` has to run before.
    fn add_children(&mut self, migration: &'m Migration, missing: &mut Vec<MissingDependency<'m>>) {
        let key = &migration.key;
        for dependency in &migration.run_before {
            match self.resolve(&dependency.key, key) {
                ResolvedDependency::Key(child) => self.graph.add_dependency(&child, key),
                ResolvedDependency::Nothing => {}
                ResolvedDependency::Missing => missing.push(MissingDependency { key, dependency }),
            }
        }
    }

    fn resolve(&self, wanted: &MigrationKey, from: &MigrationKey) -> ResolvedDependency {
        let label = wanted.app_label.as_str();
        let end = match wanted.name.as_str() {
            FIRST | LATEST if label == from.app_label => return ResolvedDependency::Nothing,
            FIRST => self.graph.root_nodes(label).into_iter().next(),
            LATEST => self.graph.leaf_nodes(Some(label)).into_iter().next(),
            _ if self.graph.contains(wanted) => return ResolvedDependency::Key(wanted.clone()),
            _ => return ResolvedDependency::Missing,
        };
        match end {
            Some(key) => ResolvedDependency::Key(key),
            // The models of an app without migrations are there from the start.
            None if self.migrations.is_installed(label) => ResolvedDependency::Nothing,
            None => ResolvedDependency::Missing,
        }
    }

    /// Lets migrations that replace others take their place, or makes way for the others.
    fn replace(&mut self) {
        let replacing = self.migrations.iter();
        for migration in replacing.filter(|migration| !migration.replaces.is_empty()) {
            let (key, replaced) = (&migration.key, &migration.replaces);
            let applied = replaced.iter().filter(|key| self.applied.contains(key));
            let count = applied.count();
            if count == replaced.len() {
                self.applied.insert(key.clone());
            } else {
                self.applied.remove(key);
            }
            if count == 0 || count == replaced.len() {
                self.graph.replace(key, replaced);
            } else {
                let half = HalfSquashed::of(migration, self.migrations, &self.applied);
                self.half_squashed = self.half_squashed.take().or(half);
                self.graph.remove_replacement(key, replaced);
            }
        }
    }

    /// Reports what depends on a migration that is not there and that no other one replaces.
    fn check_dependencies(&self, missing: &[MissingDependency<'_>]) -> Result<(), Findings> {
        let problems = Problems::default();
        let replaced: BTreeSet<_> = self
            .migrations
            .iter()
            .flat_map(|migration| &migration.replaces)
            .collect();
        for MissingDependency { key, dependency } in missing {
            if self.graph.contains(key) && !replaced.contains(&dependency.key) {
                problems.push(self.missing_migration(key, dependency));
            }
        }
        problems.finish(())
    }

    fn missing_migration(&self, key: &MigrationKey, dependency: &MigrationDependency) -> Finding {
        let wanted = &dependency.key;
        let message = format!("`{key}` depends on `{wanted}`, which does not exist");
        let finding = Finding::error("missing-migration", message).at(dependency.origin.location());
        if !self.migrations.is_installed(&wanted.app_label) {
            let label = &wanted.app_label;
            return finding.hint(format!("add `{label}` to `apps` in `djr.toml`"));
        }
        let names: Vec<_> = self.graph.keys().map(ToString::to_string).collect();
        finding.suggest(&wanted.to_string(), names.iter().map(String::as_str))
    }
}
