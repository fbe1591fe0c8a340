//! The migrations of the installed apps, from their files.

use std::collections::{BTreeMap, BTreeSet};

use crate::apps::{AppSource, Apps};
use crate::clock::Zone;
use crate::diagnostic::{Finding, Findings};
use crate::document::Problems;
use crate::migrations::operations::Operation;
use crate::migrations::{Migration, MigrationKey};
use crate::models::{Model, ModelKey, ProjectState, Registry, StateError};

pub(super) const DIRECTORY: &str = "migrations";
pub(super) const EXTENSION: &str = ".toml";

/// The names of all migrations on disk, by app and name; no file is read.
pub fn migration_names(apps: &Apps) -> Result<BTreeSet<MigrationKey>, Findings> {
    let mut found = BTreeSet::new();
    for app in apps.iter() {
        let files = app.list(DIRECTORY).map_err(|error| {
            let path = app.display_path(DIRECTORY);
            let message = format!("cannot read `{}`: {error}", path.display());
            Finding::error("unreadable-file", message)
        })?;
        let names = files.iter().filter_map(|file| file.strip_suffix(EXTENSION));
        let names = names.filter(|name| !name.starts_with(['_', '~', '.']));
        found.extend(names.map(|name| MigrationKey::new(app.label.as_str(), name)));
    }
    Ok(found)
}

/// All migrations, and the models of apps that have none.
#[derive(Clone, Debug)]
pub struct Migrations {
    by_key: BTreeMap<MigrationKey, Migration>,
    labels: Vec<String>,
    user_model: ModelKey,
    time_zone: Zone,
    unmigrated: Vec<Model>,
}

impl Migrations {
    /// Reads every migration of `apps`; `user_model` is `[auth] user_model`.
    ///
    /// Fails with all mistakes of all files.
    pub fn load(apps: &Apps, user_model: &ModelKey) -> Result<Self, Findings> {
        let problems = Problems::default();
        let mut by_key = BTreeMap::new();
        for key in migration_names(apps)? {
            if let Some(migration) = problems
                .take(read_migration(apps, &key, user_model))
                .flatten()
            {
                by_key.insert(key, migration);
            }
        }
        let mut loaded = Self {
            by_key,
            labels: apps.labels().map(ToOwned::to_owned).collect(),
            user_model: user_model.clone(),
            time_zone: Zone::utc(),
            unmigrated: Vec::new(),
        };
        if let Some(models) = problems.take(loaded.models_without_migrations(apps)) {
            loaded.unmigrated = models;
        }
        problems.finish(loaded)
    }

    fn models_without_migrations(&self, apps: &Apps) -> Result<Vec<Model>, Findings> {
        let bare: Vec<_> = apps
            .iter()
            .filter(|app| !self.has_migrations(app.label.as_str()))
            .filter(|app| app.read("models.toml").is_ok_and(|file| file.is_some()))
            .map(|app| app.label.to_string())
            .collect();
        if bare.is_empty() {
            return Ok(Vec::new());
        }
        let registry = Registry::read(apps, &self.user_model)?;
        let models = registry.models();
        Ok(models
            .filter(|model| bare.contains(&model.app_label))
            .cloned()
            .collect())
    }

    /// The migration of this key.
    pub fn get(&self, key: &MigrationKey) -> Option<&Migration> {
        self.by_key.get(key)
    }

    /// All migrations, ordered by key.
    pub fn iter(&self) -> impl Iterator<Item = &Migration> {
        self.by_key.values()
    }

    /// Whether the app of this label has migrations.
    pub fn has_migrations(&self, app_label: &str) -> bool {
        self.of_app(app_label).next().is_some()
    }

    /// Every model that a migration makes, under each name that it ever had; proxies left out.
    pub fn models_ever_made(&self) -> BTreeSet<ModelKey> {
        let mut made = BTreeSet::new();
        for migration in self.iter() {
            let app_label = &migration.key.app_label;
            for operation in &migration.operations {
                match operation {
                    Operation::CreateModel(model) if model.options.proxy_for.is_none() => {
                        made.insert(model.key());
                    }
                    Operation::RenameModel { new_name, .. } => {
                        made.insert(ModelKey::new(app_label, new_name));
                    }
                    _ => {}
                }
            }
        }
        made
    }

    /// The migrations of one app, ordered by name.
    pub fn of_app(&self, app_label: &str) -> impl Iterator<Item = &Migration> {
        self.iter()
            .filter(move |migration| migration.key.app_label == app_label)
    }

    /// The labels of all installed apps, in their order.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().map(String::as_str)
    }

    /// Whether an app of this label is installed.
    pub fn is_installed(&self, app_label: &str) -> bool {
        self.labels().any(|label| label == app_label)
    }

    /// All migrations, and one more that is not on disk yet.
    #[must_use]
    pub fn with_migration(&self, migration: Migration) -> Self {
        let mut all = self.clone();
        all.by_key.insert(migration.key.clone(), migration);
        all
    }

    /// The key of the model of `[auth] user_model`.
    pub fn user_model(&self) -> &ModelKey {
        &self.user_model
    }

    /// The same migrations in a project whose `time_zone` is `zone`.
    #[must_use]
    pub fn with_time_zone(mut self, zone: Zone) -> Self {
        self.time_zone = zone;
        self
    }

    /// The models before any migration: those of apps that have none.
    pub(super) fn initial_state(&self) -> Result<ProjectState, StateError> {
        let state = ProjectState::new(self.user_model.clone());
        let mut state = state.with_time_zone(self.time_zone.clone());
        for model in &self.unmigrated {
            state.add(model.clone())?;
        }
        Ok(state)
    }
}

/// The migration `key` from its file, if there is one.
pub(super) fn read_migration(
    apps: &Apps,
    key: &MigrationKey,
    user_model: &ModelKey,
) -> Result<Option<Migration>, Findings> {
    let path = format!("{DIRECTORY}/{}{EXTENSION}", key.name);
    let Some(app) = apps.get(&key.app_label) else {
        return Ok(None);
    };
    let Some(document) = app.document(&path)? else {
        return Ok(None);
    };
    let mut migration = Migration::read(key, &document, user_model)?;
    if matches!(app.source, AppSource::Disk(_)) {
        migration.text = Some(document.text().clone());
    }
    Ok(Some(migration))
}
