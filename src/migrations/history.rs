//! The migrations on disk, joined to what one database has recorded.

use std::collections::{BTreeMap, BTreeSet};

use crate::db::Connection;
use crate::migrations::fake_mode::FakeMode;
use crate::migrations::graph::MigrationGraph;
use crate::migrations::graph_builder::{GraphBuilder, Replacing};
use crate::migrations::half_squashed::HalfSquashed;
use crate::migrations::partial_progress::{self, PartialProgress};
use crate::migrations::recorder;
use crate::migrations::{Migration, MigrationError, MigrationKey, MigrationPlan, Migrations};
use crate::models::ProjectState;

/// The migrations in their order, and which of them are applied.
#[derive(Clone, Debug)]
pub struct History<'m> {
    /// All migrations.
    pub migrations: &'m Migrations,
    pub(super) graph: MigrationGraph,
    applied: BTreeSet<MigrationKey>,
    half_squashed: Option<HalfSquashed>,
    partly_applied: BTreeMap<MigrationKey, PartialProgress>,
}

impl<'m> History<'m> {
    /// Joins the migrations to `applied`, the keys a database has recorded.
    ///
    /// Fails where a migration depends on one that is not there, or where some depend on each other.
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
        history.partly_applied = partial_progress::read(connection)?;
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
        let built = GraphBuilder::build(migrations, applied, replacing)?;
        Ok(Self {
            migrations,
            graph: built.graph,
            applied: built.applied,
            half_squashed: built.half_squashed,
            partly_applied: BTreeMap::new(),
        })
    }

    /// Whether this migration is applied.
    pub fn is_applied(&self, key: &MigrationKey) -> bool {
        self.applied.contains(key)
    }

    /// How far this migration has come, if only some of its operations are in effect.
    pub fn partial_progress(&self, key: &MigrationKey) -> Option<&PartialProgress> {
        self.partly_applied.get(key)
    }

    /// How many operations of `migration` are in effect.
    pub(super) fn operations_in_effect(&self, migration: &Migration) -> usize {
        match self.partial_progress(&migration.key) {
            Some(progress) => progress.operations,
            None if self.is_applied(&migration.key) => migration.operations.len(),
            None => 0,
        }
    }

    /// All migrations, in the order they would be applied to an empty database.
    pub fn order(&self) -> Vec<MigrationKey> {
        self.leading_to_leaves(self.graph.leaf_nodes(None))
    }

    /// All migrations that lead to the last ones of these apps, in the order they are applied.
    pub fn leading_to(&self, labels: &[String]) -> Vec<MigrationKey> {
        let labels = labels.iter();
        let leaves = labels.flat_map(|label| self.graph.leaf_nodes(Some(label)));
        self.leading_to_leaves(leaves)
    }

    fn leading_to_leaves(
        &self,
        leaves: impl IntoIterator<Item = MigrationKey>,
    ) -> Vec<MigrationKey> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        for leaf in leaves {
            for key in self.graph.forwards_plan(&leaf) {
                if seen.insert(key.clone()) {
                    found.push(key);
                }
            }
        }
        found
    }

    /// The models at the end of all migrations.
    pub fn state(&self) -> Result<ProjectState, MigrationError> {
        self.migrations.project_state(&self.order())
    }

    /// The last migration of an app.
    pub fn leaf_node(&self, app_label: &str) -> Option<MigrationKey> {
        self.graph.leaf_nodes(Some(app_label)).into_iter().next()
    }

    /// The last migrations of an app, more than one where two people went on from the same one.
    pub fn leaf_nodes(&self, app_label: &str) -> Vec<MigrationKey> {
        self.graph.leaf_nodes(Some(app_label))
    }

    /// A migration and all it depends on, in the order of application.
    pub fn forwards_plan(&self, key: &MigrationKey) -> Vec<MigrationKey> {
        self.graph.forwards_plan(key)
    }

    /// What depends on this migration directly.
    pub fn children(&self, key: &MigrationKey) -> impl Iterator<Item = &MigrationKey> {
        self.graph.children(key)
    }

    /// What this migration depends on directly.
    pub fn parents(&self, key: &MigrationKey) -> impl Iterator<Item = &MigrationKey> {
        self.graph.parents(key)
    }

    /// The migrations of one app in the order they are applied.
    pub fn of_app(&self, app_label: &str) -> Vec<MigrationKey> {
        let mut found = self.leading_to_leaves(self.graph.leaf_nodes(Some(app_label)));
        found.retain(|key| key.app_label == app_label);
        found
    }

    /// Fails where a migration was applied before one it depends on, or an app ends in two.
    pub fn check(&self) -> Result<(), MigrationError> {
        self.check_except(|_| false)
    }

    /// Fails as [`Self::check`] does, unless `plan` with `fake` records what is missing.
    ///
    /// A database whose tables are older than its record is put right in no other way.
    pub fn check_before(&self, plan: &MigrationPlan, fake: FakeMode) -> Result<(), MigrationError> {
        let is_planned = |key: &MigrationKey| plan.contains(key);
        match fake {
            FakeMode::Initial => self.check_except(is_planned),
            // One after the other can be recorded.
            FakeMode::All if self.missing_parents().any(|(_, parent)| is_planned(parent)) => {
                self.check_except(|_| true)
            }
            FakeMode::All | FakeMode::Never => self.check(),
        }
    }

    /// Fails if a migration is applied that needs `key`, which is not to be run behind it.
    pub(super) fn check_order(&self, key: &MigrationKey) -> Result<(), MigrationError> {
        match self.children(key).find(|child| self.is_applied(child)) {
            Some(child) => Err(MigrationError::Inconsistent {
                key: child.clone(),
                parent: key.clone(),
            }),
            None => Ok(()),
        }
    }

    /// The migrations that are applied, each with one that it depends on and that is not.
    fn missing_parents(&self) -> impl Iterator<Item = (&MigrationKey, &MigrationKey)> {
        let applied = self.applied.iter().filter(|key| self.graph.contains(key));
        applied.flat_map(|key| {
            let parents = self.parents(key);
            let missing = parents.filter(|parent| !self.is_applied(parent));
            missing.map(move |parent| (key, parent))
        })
    }

    fn check_except(
        &self,
        is_accepted: impl Fn(&MigrationKey) -> bool,
    ) -> Result<(), MigrationError> {
        if let Some(found) = &self.half_squashed {
            return Err(MigrationError::HalfSquashed(Box::new(found.clone())));
        }
        let mut missing = self.missing_parents();
        if let Some((key, parent)) = missing.find(|(_, parent)| !is_accepted(parent)) {
            return Err(MigrationError::Inconsistent {
                key: key.clone(),
                parent: parent.clone(),
            });
        }
        let leaves = self.graph.leaf_nodes(None);
        for pair in leaves.windows(2) {
            let label = &pair[0].app_label;
            if *label == pair[1].app_label {
                return Err(MigrationError::Conflict(self.leaf_nodes(label)));
            }
        }
        Ok(())
    }

    /// Fails if the file of a migration of `plan` that is partly applied has changed since.
    pub(super) fn check_partial_migrations(
        &self,
        plan: &MigrationPlan,
    ) -> Result<(), MigrationError> {
        for key in plan.steps.iter().map(|step| &step.key) {
            let migration = self.migrations.get(key);
            if let (Some(progress), Some(migration)) = (self.partial_progress(key), migration) {
                progress.check(migration)?;
            }
        }
        Ok(())
    }
}
