//! The names in a project that the shell proposes: apps, migrations, users and so on.
//!
//! A project that cannot be read has none: a message would end up in the line that is being typed.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::auth::UserFilter;
use crate::cache;
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::db::{Connection, Database, DatabaseAlias, DatabaseError, introspection};
use crate::migrations;
use crate::project::Project;
use crate::serializers::FixtureFinder;

/// How many names are proposed at most: nobody reads more.
const MOST: usize = 200;

/// What names are asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NameKind {
    /// An app.
    App,
    /// An app, or a model as `app.Model`.
    AppOrModel,
    /// A migration of the app that is named before.
    Migration,
    /// A database of the settings.
    Database,
    /// A cache of the settings.
    Cache,
    /// A storage of files.
    Storage,
    /// A user.
    User,
    /// A group of users.
    Group,
    /// A permission, as `app.codename`.
    Permission,
    /// A fixture of an app.
    Fixture,
    /// A table of the database.
    Table,
    /// A table of a cache, from the settings.
    CacheTable,
    /// A snapshot of the database.
    Snapshot,
}

/// The names of the project that a line which is being typed is about.
#[derive(Debug)]
pub(crate) struct ProjectNames {
    words: Vec<String>,
}

impl ProjectNames {
    /// For a line of `words`; `--project`, `--settings` and `--database` among them are heeded.
    pub(crate) fn new(words: &[OsString]) -> Self {
        let words = words.iter().map(|word| word.to_string_lossy().into_owned());
        Self {
            words: words.collect(),
        }
    }

    /// The names that begin with `start`, in order.
    pub(crate) fn starting_with(&self, kind: NameKind, start: &str) -> Vec<String> {
        // Who completes a word has not run the command yet: what is wrong is told then.
        let mut names = self.names(kind, start).unwrap_or_default();
        names.retain(|name| name.starts_with(start));
        names.sort_unstable();
        names.dedup();
        names.truncate(MOST);
        names
    }

    fn names(&self, kind: NameKind, start: &str) -> Result<Vec<String>, CommandError> {
        let project = self.project()?;
        let labels = || project.apps.labels().map(str::to_owned);
        Ok(match kind {
            NameKind::App => labels().collect(),
            NameKind::AppOrModel => {
                let registry = project.models()?;
                let models = registry.models();
                let models = models.map(|model| format!("{}.{}", model.app_label, model.name));
                labels().chain(models).collect()
            }
            NameKind::Migration => self.migrations(&project)?,
            NameKind::Cache => project.settings.caches.keys().cloned().collect(),
            NameKind::Storage => project.settings.storages.files.keys().cloned().collect(),
            NameKind::Database => project
                .settings
                .databases
                .keys()
                .map(ToString::to_string)
                .collect(),
            NameKind::User => self.users(&project, start)?,
            NameKind::Group => self.groups(&project)?,
            NameKind::Permission => project.permission_names()?,
            NameKind::Fixture => FixtureFinder::new(project.apps.iter(), &self.alias()).names(),
            NameKind::Table => introspection::table_names(&self.connection(&project)?)?,
            NameKind::CacheTable => {
                let tables = cache::tables(&project.settings).into_iter();
                tables.map(|table| table.name().to_owned()).collect()
            }
            NameKind::Snapshot => {
                let snapshots = project.snapshots(&self.alias(), &self.database(&project)?);
                let snapshots = snapshots.list()?.into_iter();
                snapshots.map(|snapshot| snapshot.name).collect()
            }
        })
    }

    fn migrations(&self, project: &Project) -> Result<Vec<String>, CommandError> {
        let labels = project.apps.labels();
        let label = labels.filter(|label| self.words.iter().any(|word| word == label));
        let labels: Vec<_> = label.collect();
        let known = migrations::migration_names(&project.apps)?.into_iter();
        let known = known.filter(|key| labels.contains(&key.app_label.as_str()));
        Ok(known.map(|key| key.name).collect())
    }

    fn users(&self, project: &Project, start: &str) -> Result<Vec<String>, CommandError> {
        let accounts = Accounts::new(project, || self.connection(project))?;
        let filter = UserFilter {
            search: Some(start.to_owned()),
            ..UserFilter::default()
        };
        let mut names = Vec::new();
        accounts.users().for_each(&filter, |user| {
            names.push(user.username);
            Ok::<_, CommandError>(())
        })?;
        Ok(names)
    }

    fn groups(&self, project: &Project) -> Result<Vec<String>, CommandError> {
        let accounts = Accounts::new(project, || self.connection(project))?;
        let mut names = Vec::new();
        accounts.groups()?.for_each(|group| {
            names.push(group.name);
            Ok::<_, CommandError>(())
        })?;
        Ok(names)
    }

    fn project(&self) -> Result<Project, CommandError> {
        let named = |option, variable| {
            let given = self.value_of(option).map(PathBuf::from);
            given.or_else(|| std::env::var_os(variable).map(PathBuf::from))
        };
        let directory = named("--project", "DJR_PROJECT");
        let settings = named("--settings", "DJR_SETTINGS");
        Ok(Project::open(directory.as_deref(), settings.as_deref())?)
    }

    fn alias(&self) -> DatabaseAlias {
        let named = self.value_of("--database");
        named.map_or_else(DatabaseAlias::default, DatabaseAlias::new)
    }

    fn database(&self, project: &Project) -> Result<Database, CommandError> {
        Ok(project.database(&self.alias())?)
    }

    fn connection(&self, project: &Project) -> Result<Connection, CommandError> {
        let database = self.database(project)?;
        let connection = database.open_read_only()?;
        Ok(connection.ok_or_else(|| DatabaseError::Missing(database.path().to_owned()))?)
    }

    /// What follows `option` in the line, as `--database other` or `--database=other`.
    fn value_of(&self, option: &str) -> Option<&str> {
        let mut words = self.words.iter();
        let found = words.find_map(|word| word.strip_prefix(option))?;
        match found.strip_prefix('=') {
            Some(attached) => Some(attached),
            None => words.next().map(String::as_str),
        }
    }
}
