//! What the unit tests of several rooms share: a database as the built-in migrations leave it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::auth::UserTable;
use crate::clock::Zone;
use crate::db::{Connection, ConnectionHandle, Connections, Database, DatabaseAlias, Durability};
use crate::migrations::{FakeMode, MigrateRequest, MigrationTarget};
use crate::models::{ModelKey, Registry};
use crate::project::{MigrateOptions, Project};

/// A project of the built-in apps alone.
const SETTINGS: &str = "[project]\napps = ['contenttypes', 'auth', 'admin', 'sessions']\n";

/// The tables of the built-in apps: the bytes of their file, and the table of users.
static MIGRATED: OnceLock<(Vec<u8>, UserTable)> = OnceLock::new();

/// A database of its own with the tables of the built-in apps, removed when it is dropped.
#[derive(Debug)]
pub(crate) struct TestDatabase {
    /// Its connections.
    pub(crate) connections: Connections,
    /// Its table of users.
    pub(crate) users: UserTable,
    _folder: TempDir,
}

/// The bytes of a database file to which every built-in migration was applied, and nothing else.
pub(crate) fn migrated_file() -> &'static [u8] {
    &MIGRATED.get_or_init(migrate).0
}

impl TestDatabase {
    /// A database to which every built-in migration was applied, and nothing else.
    ///
    /// The migrations run once for all tests, which get copies.
    pub(crate) fn migrated() -> Self {
        let (file, users) = MIGRATED.get_or_init(migrate);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("db.sqlite3"), file).unwrap();
        let databases = BTreeMap::from([(DatabaseAlias::default(), database(folder.path()))]);
        Self {
            connections: Connections::new(databases),
            users: users.clone(),
            _folder: folder,
        }
    }

    /// This thread's connection to it.
    pub(crate) fn connection(&self) -> ConnectionHandle {
        self.connections.get(&DatabaseAlias::default()).unwrap()
    }
}

/// The models of the app `library`, whose `models.toml` is `models`, in the time zone `zone`.
pub(crate) fn library(folder: &Path, models: &str, zone: &str) -> Registry {
    fs::write(folder.join("models.toml"), models).unwrap();
    let app = App {
        label: AppLabel::new("library").unwrap(),
        source: AppSource::Disk(folder.to_owned()),
    };
    let user_model = ModelKey::new("auth", "User");
    let registry = Registry::read(&Apps::new(vec![app]), &user_model).unwrap();
    registry.with_time_zone(Zone::named(zone).unwrap())
}

/// A connection to a new file in `folder` in which the statements of `script` ran, whatever their rows refer to.
pub(crate) fn filled(folder: &Path, script: &[Value]) -> Connection {
    let database = database(folder);
    database.open_for_migrations().unwrap().commit().unwrap();
    let connection = database.open(Durability::Full).unwrap();
    connection
        .execute("PRAGMA foreign_keys = off", &[])
        .unwrap();
    for statement in script {
        connection
            .execute(statement.as_str().unwrap(), &[])
            .unwrap();
    }
    connection
}

fn database(folder: &Path) -> Database {
    Database::new(folder.join("db.sqlite3"), Duration::from_secs(5))
}

fn migrate() -> (Vec<u8>, UserTable) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("djr.toml"), SETTINGS).unwrap();
    let project = Project::open(Some(folder.path()), None).unwrap();
    let options = MigrateOptions {
        request: MigrateRequest {
            target: MigrationTarget::All,
            fake: FakeMode::Never,
        },
        snapshots_of: None,
    };
    let migrations = project.migrations().unwrap();
    let database = database(folder.path());
    let outcome = project.migrate(&migrations, &database, &options, &mut |_| {});
    outcome.unwrap();
    let file = fs::read(folder.path().join("db.sqlite3")).unwrap();
    (file, project.user_table().unwrap())
}
