//! A project: its root, its settings and its apps; the one place where all parts meet.

mod admin_site;
mod application;
mod captured_values;
mod command_site;
mod disk_space;
mod embedded;
mod flush;
mod kept_pages;
mod logged_failures;
mod migrate;
mod migrations;
mod own_classes;
mod post_migrate;
mod python_parts;
mod redirect_checks;
mod rehearsal;
mod rehearsal_copy;
mod root;
mod row_templates;
#[cfg(test)]
mod site_tests;
mod snapshots;
mod static_files;
mod template_calls;
mod url_checks;
mod user_model;
mod user_model_checks;
mod users;

pub use application::{CheckedApplication, ProcessServices};
pub use command_site::{CommandSite, SettingsOverride};
pub use disk_space::{CopyPurpose, DiskSpaceError, check_rebuild};
pub use embedded::{BUILT_IN, is_built_in};
pub use flush::FlushReport;
pub use migrate::{MigrateEvent, MigrateOptions, MigrateReport};
pub use rehearsal::{MigrationMetrics, Rehearsal};
pub use snapshots::{Snapshot, SnapshotError, SnapshotReason, SnapshotRecord, Snapshots};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::db::{Database, DatabaseAlias};
use crate::diagnostic::{Finding, Findings};
use crate::document::Problems;
use crate::settings::Settings;
use crate::storage::UPLOADS;
use crate::text;

/// A project on disk.
#[derive(Debug)]
pub struct Project {
    /// The directory that holds `djr.toml`.
    pub root: PathBuf,
    /// Its settings.
    pub settings: Settings,
    /// Its installed apps, embedded ones included.
    pub apps: Apps,
    overlay: Option<PathBuf>,
}

impl Project {
    /// Opens the project at `directory`, or at the current directory or the nearest above it.
    ///
    /// `overlay` is a settings file laid over `djr.toml`. Fails with everything that is wrong in the settings.
    pub fn open(directory: Option<&Path>, overlay: Option<&Path>) -> Result<Self, Findings> {
        let (project, problems) = Self::examine(directory, overlay)?;
        problems.finish(project)
    }

    /// The same with defaults in place of mistakes, which come beside it.
    ///
    /// Fails where there is no project.
    pub fn examine(
        directory: Option<&Path>,
        overlay: Option<&Path>,
    ) -> Result<(Self, Problems), Findings> {
        let root = root::find(directory)?;
        let problems = Problems::default();
        let settings = Settings::examine(&root, overlay, &problems);
        let apps = install(&root, &settings, &problems);
        let project = Self {
            root,
            settings,
            apps,
            overlay: overlay.map(ToOwned::to_owned),
        };
        project.check_databases(&problems);
        Ok((project, problems))
    }

    /// Reports the databases in whose places there are directories.
    fn check_databases(&self, problems: &Problems) {
        for (alias, database) in &self.settings.databases {
            let path = self.path(&database.name);
            // An empty name is a mistake of its own.
            if !database.name.as_os_str().is_empty() && path.is_dir() {
                let message = format!(
                    "`databases.{alias}.name` cannot be `{}`: a database is a file, and this is a directory",
                    database.name.display()
                );
                problems.push(Finding::error("invalid-setting", message));
            }
        }
    }

    /// The project as its files are now.
    pub fn reopen(&self) -> Result<Self, Findings> {
        Self::open(Some(&self.root), self.overlay.as_deref())
    }

    /// The files and directories that settings, urls, templates and models are read from.
    pub fn sources(&self) -> Vec<PathBuf> {
        let mut sources: Vec<_> = ["djr.toml", ".env", "urls.toml"]
            .iter()
            .map(|name| self.path(name))
            .collect();
        sources.extend(self.overlay.clone());
        sources.extend(
            self.settings
                .templates
                .dirs
                .iter()
                .map(|path| self.path(path)),
        );
        sources.extend(self.apps.iter().filter_map(|app| match &app.source {
            AppSource::Disk(root) => Some(root.clone()),
            AppSource::Embedded(_) => None,
        }));
        sources
    }

    /// Where large files of forms are written while their requests are answered.
    pub fn upload_directory(&self) -> PathBuf {
        let settings = &self.settings;
        match &settings.server.upload_dir {
            Some(directory) => self.path(directory),
            None => self.default_location().join(UPLOADS),
        }
    }

    /// Where the default storage has its files; `[media] root` where that is not a directory.
    fn default_location(&self) -> PathBuf {
        let settings = &self.settings;
        let default = settings.storages.files.get("default");
        let in_directory = default.filter(|storage| storage.is_directory());
        match in_directory {
            Some(storage) => self.path(&storage.location),
            None => self.path(&settings.media.root),
        }
    }

    /// `path` below the project's root, unless it is absolute.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        match self.root.to_str() {
            // `./db.sqlite3` would be the same file, but reads worse.
            Some(".") => path.to_owned(),
            _ => self.root.join(path),
        }
    }

    /// The databases of the settings that have a usable name.
    pub fn databases(&self) -> BTreeMap<DatabaseAlias, Database> {
        let aliases = self.settings.databases.keys().map(DatabaseAlias::new);
        let databases = aliases.filter_map(|alias| {
            let database = self.database(&alias).ok()?;
            Some((alias, database))
        });
        databases.collect()
    }

    /// The database called `alias` in the settings.
    pub fn database(&self, alias: &DatabaseAlias) -> Result<Database, Findings> {
        let databases = &self.settings.databases;
        if let Some(database) = databases.get(alias.as_str()) {
            return Ok(Database::new(self.path(&database.name), database.timeout));
        }
        let message = format!("no database is called `{alias}`");
        let known = databases.keys().map(String::as_str);
        let hint = format!("databases in the settings: {}", text::quoted(known));
        Err(Finding::error("unknown-database", message)
            .hint(hint)
            .into())
    }
}

/// The apps that the settings of the project at `root` list, built-in ones from the binary.
fn install(root: &Path, settings: &Settings, problems: &Problems) -> Apps {
    let labels = settings.project.apps.iter();
    let apps = labels
        .filter_map(|label| {
            let app = locate(root, label);
            if app.is_none() {
                problems.push(unknown_app(label, settings));
            }
            app
        })
        .collect();
    Apps::new(apps)
}

fn locate(root: &Path, label: &AppLabel) -> Option<App> {
    let source = match embedded::files(label.as_str()) {
        Some(files) => AppSource::Embedded(files),
        None => AppSource::Disk(root.join(label.as_str())),
    };
    let exists = match &source {
        AppSource::Embedded(_) => true,
        AppSource::Disk(directory) => directory.is_dir(),
    };
    exists.then(|| App {
        label: label.clone(),
        source,
    })
}

fn unknown_app(label: &AppLabel, settings: &Settings) -> Finding {
    let message =
        format!("app `{label}` is not built in, and the project has no directory `{label}`");
    let mut finding = Finding::error("unknown-app", message);
    finding.location = settings.location_in("project.apps", label.as_str());
    finding.suggest_or(
        label.as_str(),
        BUILT_IN,
        format!("`djr startapp {label}` makes it"),
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::Project;
    use crate::db::DatabaseAlias;

    fn project(settings: &str) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("djr.toml"), settings).unwrap();
        root
    }

    fn open(root: &Path) -> Result<Project, Vec<String>> {
        Project::open(Some(root), None).map_err(|findings| {
            let findings = findings.into_inner().into_iter();
            findings
                .map(|finding| format!("{} {:?}", finding.message, finding.hints))
                .collect()
        })
    }

    #[test]
    fn installs_apps_in_order() {
        let root = project("[project]\napps = ['auth', 'posts', 'contenttypes']\n");
        fs::create_dir(root.path().join("posts")).unwrap();
        let project = open(root.path()).unwrap();
        assert_eq!(
            project.apps.labels().collect::<Vec<_>>(),
            ["auth", "posts", "contenttypes"]
        );
    }

    #[test]
    fn names_every_app_that_is_missing() {
        let root = project("[project]\napps = ['auht', 'posts']\n");
        assert_eq!(
            open(root.path()).unwrap_err(),
            [
                "app `auht` is not built in, and the project has no directory `auht` [\"did you mean `auth`?\"]",
                "app `posts` is not built in, and the project has no directory `posts` [\"`djr startapp posts` makes it\"]",
            ]
        );
    }

    #[test]
    fn names_the_databases_there_are() {
        let root = project("");
        let project = open(root.path()).unwrap();
        let path = root.path().join("db.sqlite3");
        assert_eq!(
            project.database(&DatabaseAlias::default()).unwrap().path(),
            path
        );
        let findings = project
            .database(&DatabaseAlias::new("other"))
            .unwrap_err()
            .into_inner();
        assert_eq!(findings[0].hints, ["databases in the settings: `default`"]);
    }
}
