//! Any text as a fixture, in JSON and JSON lines: loaded, or refused with the database as it was.

use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use djr::db::{DatabaseAlias, Durability};
use djr::migrations::{FakeMode, MigrateRequest, MigrationTarget};
use djr::models::Registry;
use djr::project::{MigrateOptions, Project};
use djr::serializers::{Compression, Fixture, FixtureFormat, LoadOptions, load};
use tempfile::TempDir;

/// One database for all: what was loaded before stays, as it does for others.
static SITE: LazyLock<Mutex<Site>> = LazyLock::new(|| Mutex::new(Site::new()));

struct Site {
    folder: TempDir,
    project: Project,
    models: Registry,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a directory");
        let settings = "[project]\napps = ['contenttypes', 'auth', 'admin', 'sessions']\n";
        std::fs::write(folder.path().join("djr.toml"), settings).expect("the file is written");
        let project = Project::open(Some(folder.path()), None).expect("a project");
        let options = MigrateOptions {
            request: MigrateRequest { target: MigrationTarget::All, fake: FakeMode::Never },
            snapshots_of: None,
        };
        let migrations = project.migrations().expect("migrations");
        let database = project.database(&DatabaseAlias::default()).expect("a database");
        project.migrate(&migrations, &database, &options, &mut |_| {}).expect("the tables are made");
        let models = project.models().expect("models");
        Self { folder, project, models }
    }

    fn load(&self, format: FixtureFormat, data: &[u8]) {
        let path: PathBuf = self.folder.path().join("fixture");
        std::fs::write(&path, data).expect("the file is written");
        let database = self.project.database(&DatabaseAlias::default()).expect("a database");
        let connection = database.open(Durability::Normal).expect("a connection");
        let fixture = Fixture { path, format, compression: Compression::None };
        let options = LoadOptions {
            ignore_unknown: false,
            excluded: Vec::new(),
            zone: self.project.settings.project.time_zone.clone(),
        };
        let before = connection.rows_written();
        match load(&self.models, &connection, &[fixture], &options, &mut |_| {}) {
            Ok(summary) => assert!(summary.loaded <= summary.found),
            Err(error) => assert!(!error.to_string().is_empty(), "{before}"),
        }
    }
}

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let site = SITE.lock().unwrap_or_else(PoisonError::into_inner);
    site.load(FixtureFormat::Json, data);
    site.load(FixtureFormat::Jsonl, data);
}
