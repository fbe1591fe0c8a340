//! The real side: an app on disk whose models change, and the SQLite file that follows them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use djr::apps::{App, AppLabel, AppSource, Apps};
use djr::db::{Database, DatabaseAlias, DependentObjects};
use djr::migrations::{
    AutodetectorOptions, DetectedChanges, FakeMode, History, MigrateRequest, MigrationAnswers,
    MigrationError, MigrationKey, MigrationQuestion, MigrationTarget, Migrations, detect_changes,
    migrate, plan_refusal, schema_drift, write_migration,
};
use djr::models::{ModelKey, Registry};
use djr::project::{MigrateEvent, MigrateOptions, Project};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use tempfile::TempDir;

use super::expected::{ExpectedDatabase, ExpectedModel, toml_literal};
use super::random_changes::default_value;

/// Tables and indexes, each as its parts, sorted: the order of columns does not count.
pub(crate) type SchemaParts = BTreeMap<String, BTreeSet<String>>;

pub(super) struct EvolvingProject {
    root: TempDir,
    next_serial: i64,
}

impl EvolvingProject {
    pub(super) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("blog/migrations")).unwrap();
        fs::write(root.path().join("djr.toml"), "[project]\napps = ['blog']\n").unwrap();
        Self {
            root,
            next_serial: 1000,
        }
    }

    fn apps(&self) -> Apps {
        Apps::new(vec![App {
            label: AppLabel::new("blog").unwrap(),
            source: AppSource::Disk(self.root.path().join("blog")),
        }])
    }

    fn migrations(&self) -> Migrations {
        let migrations = Migrations::load(&self.apps(), &ModelKey::new("auth", "User"));
        migrations.unwrap_or_else(|findings| panic!("{findings}"))
    }

    pub(super) fn connection(&self) -> Connection {
        Connection::open(self.root.path().join("db.sqlite3")).unwrap()
    }

    /// Writes the models, and the migrations to them; returns the name of the last one.
    pub(super) fn make_migrations(
        &self,
        before: &ExpectedDatabase,
        after: &ExpectedDatabase,
    ) -> Option<MigrationKey> {
        let models = self.root.path().join("blog/models.toml");
        fs::write(models, after.toml()).unwrap();
        let detected = self.detected(before, after);
        for migration in &detected.migrations {
            let name = format!("blog/migrations/{}.toml", migration.key.name);
            fs::write(self.root.path().join(name), write_migration(migration)).unwrap();
        }
        let again = self.detected(after, after).migrations;
        assert!(again.is_empty(), "found again: {again:?}");
        detected.migrations.last().map(|found| found.key.clone())
    }

    fn detected(&self, before: &ExpectedDatabase, after: &ExpectedDatabase) -> DetectedChanges {
        let migrations = self.migrations();
        let history = History::of_files(&migrations).unwrap();
        let registry = Registry::read(&self.apps(), &ModelKey::new("auth", "User"));
        let registry = registry.unwrap_or_else(|findings| panic!("{findings}"));
        let wanted = AutodetectorOptions {
            labels: BTreeSet::from(["blog".to_owned()]),
            ..AutodetectorOptions::default()
        };
        let mut answers = MigrationAnswers::default();
        loop {
            let found = detect_changes(&history, &registry, &wanted, &answers).unwrap();
            assert!(found.mistakes.is_empty(), "{:?}", found.mistakes);
            let Some(question) = found.questions.first() else {
                return found;
            };
            answer(&mut answers, question, before, after);
        }
    }

    fn database(&self) -> Database {
        let file = self.root.path().join("db.sqlite3");
        Database::new(file, Duration::from_secs(5))
    }

    /// Migrates to `target`, after which the schema is what the applied migrations lead to.
    pub(super) fn migrate(&self, target: MigrationTarget) {
        let migrations = self.migrations();
        let database = self.database();
        let request = MigrateRequest {
            target,
            fake: FakeMode::Never,
        };
        migrate(&migrations, &database, &request, &(), &mut |_| ())
            .unwrap_or_else(|error| panic!("{error}\n{error:?}\n{}", self.written()));
        let connection = database.open_read_only().unwrap().unwrap();
        let differences = schema_drift(&migrations, &connection, &[]).unwrap();
        assert!(
            differences.is_empty(),
            "{differences:#?}\n{}",
            self.written()
        );
    }

    /// Migrates to `target` as the command does; returns what a snapshot was taken for.
    pub(super) fn attempt(&self, target: MigrationTarget) -> Result<Vec<String>, MigrationError> {
        let project = Project::open(Some(self.root.path()), None).unwrap();
        let options = MigrateOptions {
            request: MigrateRequest {
                target,
                fake: FakeMode::Never,
            },
            snapshots_of: Some(DatabaseAlias::default()),
        };
        let mut losses = Vec::new();
        let outcome = project.migrate(
            &self.migrations(),
            &self.database(),
            &options,
            &mut |event| {
                if let MigrateEvent::SnapshotTaken { losses: found, .. } = event {
                    losses.extend(found.iter().map(ToString::to_string));
                }
            },
        );
        outcome.map(|_| losses)
    }

    /// Why a plan says that the way to `target` will be refused.
    pub(super) fn refusal(&self, target: &MigrationTarget) -> Option<String> {
        let connection = self.database().open_read_only().unwrap()?;
        let migrations = self.migrations();
        let history = History::read(&migrations, Some(&connection)).unwrap();
        let plan = history.plan(target);
        let refusal = plan_refusal(&history, &plan, FakeMode::Never, &connection);
        refusal.unwrap().map(|error| error.to_string())
    }

    /// Commits each operation of the newest migrations on its own.
    pub(super) fn part_migrations(&self) {
        let folder = self.root.path().join("blog/migrations");
        let files = fs::read_dir(folder).unwrap();
        let paths: BTreeSet<_> = files.map(|file| file.unwrap().path()).collect();
        let newest = paths.last().unwrap();
        let text = fs::read_to_string(newest).unwrap();
        fs::write(newest, format!("atomic = false\n{text}")).unwrap();
    }

    /// The views, triggers and search tables.
    pub(super) fn dependents(&self) -> DependentObjects {
        let connection = self.database().open_read_only().unwrap().unwrap();
        DependentObjects::read(&connection).unwrap()
    }

    /// All migrations, for the reader of a failure.
    pub(super) fn written(&self) -> String {
        let files = fs::read_dir(self.root.path().join("blog/migrations")).unwrap();
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        let text =
            |path: PathBuf| format!("{}\n{}", path.display(), fs::read_to_string(&path).unwrap());
        paths.into_iter().map(text).collect()
    }

    /// Adds a row to every model, and links between them.
    pub(super) fn add_rows(&mut self, expected: &mut ExpectedDatabase) {
        let connection = self.connection();
        connection
            .pragma_update(None, "foreign_keys", true)
            .unwrap();
        let ids: Vec<_> = expected.models.keys().copied().collect();
        for id in ids {
            let Some(row) = self.row(expected, &expected.models[&id]) else {
                continue;
            };
            self.next_serial += 1;
            let key = self.next_serial;
            insert(&connection, &expected.models[&id], key, &row);
            expected.models.get_mut(&id).unwrap().rows.insert(key, row);
            let links: Vec<_> = expected.models[&id].links.keys().copied().collect();
            for link in links {
                let model = &expected.models[&id];
                let column = model.column(link).unwrap();
                let target = &expected.models[&column.kind.target().unwrap()];
                let Some(other) = target.rows.keys().next_back().copied() else {
                    continue;
                };
                let [from, to] = model.through_columns(column, expected);
                let sql = format!(
                    "INSERT INTO \"{}_{}\" (\"{from}\", \"{to}\") VALUES (?, ?)",
                    model.db_table(),
                    column.name
                );
                connection.execute(&sql, [key, other]).unwrap();
                let model = expected.models.get_mut(&id).unwrap();
                model.links.get_mut(&link).unwrap().insert((key, other));
            }
        }
    }

    /// Values of a new row; none where a row it has to refer to is missing.
    fn row(
        &mut self,
        expected: &ExpectedDatabase,
        model: &ExpectedModel,
    ) -> Option<BTreeMap<u32, Value>> {
        let mut row = BTreeMap::new();
        for column in model.own_columns() {
            self.next_serial += 1;
            let value = match column.kind.target() {
                Some(target) => {
                    let key = expected.models[&target].rows.keys().next_back();
                    let value = key.map_or(Value::Null, |key| Value::Integer(*key));
                    (column.null || value != Value::Null).then_some(value)?
                }
                None if column.kind.is_number() => Value::Integer(self.next_serial),
                None => Value::Text(format!("it's {}", self.next_serial)),
            };
            row.insert(column.id, value);
        }
        Some(row)
    }

    /// Compares all rows and links with those of `expected`.
    pub(super) fn compare(&self, expected: &ExpectedDatabase) {
        let connection = self.connection();
        for model in expected.models.values() {
            let columns: Vec<_> = model.own_columns().collect();
            let listed = columns
                .iter()
                .map(|column| format!(", \"{}\"", column.column()));
            let sql = format!(
                "SELECT id{} FROM \"{}\"",
                listed.collect::<String>(),
                model.db_table()
            );
            let ids: Vec<_> = columns.iter().map(|column| column.id).collect();
            let mut statement = connection.prepare(&sql).unwrap();
            let rows = statement.query_map((), |row| {
                let values = ids.iter().enumerate();
                let values = values.map(|(at, id)| (*id, row.get_unwrap::<_, Value>(at + 1)));
                Ok((row.get(0)?, values.collect::<BTreeMap<_, _>>()))
            });
            let rows: BTreeMap<i64, _> = rows.unwrap().map(Result::unwrap).collect();
            assert_eq!(rows, model.rows, "rows of {}", model.name);
            for (id, links) in &model.links {
                let column = model.column(*id).unwrap();
                let [from, to] = model.through_columns(column, expected);
                let table = format!("{}_{}", model.db_table(), column.name);
                let sql = format!("SELECT \"{from}\", \"{to}\" FROM \"{table}\"");
                let mut statement = connection.prepare(&sql).unwrap();
                let found = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)));
                let found: BTreeSet<(i64, i64)> = found.unwrap().map(Result::unwrap).collect();
                assert_eq!(found, *links, "links of {table}");
            }
        }
        let mut check = connection.prepare("PRAGMA foreign_key_check").unwrap();
        assert!(!check.exists(()).unwrap(), "a broken reference");
    }

    /// What tables, columns, constraints and indexes there are.
    pub(super) fn schema(&self) -> SchemaParts {
        schema_parts(&self.connection())
    }
}

/// What tables, columns, constraints and indexes there are.
pub(crate) fn schema_parts(connection: &Connection) -> SchemaParts {
    let query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL \
                 AND tbl_name NOT LIKE 'django%' AND tbl_name NOT LIKE 'djr%' \
                 AND name <> 'sqlite_sequence' AND name NOT LIKE 'hm!_%' ESCAPE '!'";
    let mut statement = connection.prepare(query).unwrap();
    let rows = statement.query_map((), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    });
    let mut schema = SchemaParts::new();
    for row in rows.unwrap() {
        let (kind, name, table, sql): (String, String, String, String) = row.unwrap();
        let parts = schema.entry(table).or_default();
        if kind == "table" {
            parts.extend(parts_of(&sql));
        } else {
            // Names that nobody gave are made from those that the model had then.
            let (start, on) = sql.split_once(" ON ").unwrap();
            let unique = start.contains("UNIQUE");
            let name = if name.starts_with("ix_") {
                &name
            } else {
                "an index"
            };
            parts.insert(format!("{name}, unique {unique}: {on}"));
        }
    }
    schema
}

/// What stands between the outer parentheses, cut at its commas.
fn parts_of(sql: &str) -> Vec<String> {
    let inner = &sql[sql.find('(').unwrap() + 1..sql.rfind(')').unwrap()];
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for letter in inner.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(letter);
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

fn insert(connection: &Connection, model: &ExpectedModel, key: i64, row: &BTreeMap<u32, Value>) {
    let mut columns = vec!["\"id\"".to_owned()];
    let mut values = vec![Value::Integer(key)];
    for (id, value) in row {
        columns.push(format!("\"{}\"", model.column(*id).unwrap().column()));
        values.push(value.clone());
    }
    let sql = format!(
        "INSERT INTO \"{}\" ({}) VALUES ({})",
        model.db_table(),
        columns.join(", "),
        vec!["?"; values.len()].join(", ")
    );
    connection.execute(&sql, params_from_iter(values)).unwrap();
}

/// Answers as the person who made the change.
fn answer(
    answers: &mut MigrationAnswers,
    question: &MigrationQuestion,
    before: &ExpectedDatabase,
    after: &ExpectedDatabase,
) {
    let decided = match question {
        MigrationQuestion::RenamedModel { old, new, .. }
        | MigrationQuestion::MovedModel { old, new, .. } => {
            before.named(old).map(|found| found.0) == after.named(new).map(|found| found.0)
        }
        MigrationQuestion::RenamedField {
            model, old, field, ..
        } => {
            let (id, model) = after.named(model).unwrap();
            let was = before.models[id].columns.iter();
            let was = was.into_iter().find(|column| column.name == *old);
            let is = model
                .columns
                .iter()
                .find(|column| column.name == field.name);
            was.unwrap().id == is.unwrap().id
        }
        MigrationQuestion::Default { model, field, .. } => {
            let (_, model) = after.named(model).unwrap();
            let mut columns = model.columns.iter();
            let column = columns.find(|column| column.name == field.name).unwrap();
            let default = if column.kind.is_plain() {
                toml_literal(&default_value(column.kind))
            } else {
                "1".to_owned()
            };
            let text = format!("{}={default}", question.subject());
            return answers.parse_default(&text).unwrap();
        }
    };
    answers.answer_rename(question, decided);
}
