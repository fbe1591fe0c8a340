//! Random changes of models whose tables have what somebody made by hand: all of it is there afterwards,
//! or it is refused by name, and rows that go are in a snapshot.
//!
//! `EVOLUTIONS` is how many histories are tried; `just torture` tries more.

use std::collections::{BTreeMap, BTreeSet};

use djr::db::DependentObjects;
use djr::diagnostic::{Diagnostic as _, ExitCode};
use djr::migrations::MigrationTarget;
use proptest::collection::vec;
use proptest::prelude::*;
use rusqlite::Connection;

use super::expected::{ExpectedDatabase, StableId};
use super::hand_made::{HandMade, HandMadeKind, Place};
use super::project::{EvolvingProject, SchemaParts};
use super::random_changes::{Draw, RandomChanges};
use super::run_histories;

/// Changes of the models, what is made by hand after them, and whether their migration is atomic.
type Step = (Vec<Draw>, Vec<Draw>, bool);

#[test]
fn what_is_made_by_hand_outlives_any_change_or_is_refused_by_name() {
    let draw = || (any::<u8>(), any::<u16>(), any::<u16>(), any::<u16>());
    let step = (vec(draw(), 1..4), vec(draw(), 0..5), any::<bool>());
    run_histories(&vec(step, 1..6), |steps| Evolution::new().run(steps));
}

/// A project with things made by hand, beside what has to be left of models and rows.
struct Evolution {
    project: EvolvingProject,
    expected: ExpectedDatabase,
    made: Vec<HandMade>,
    /// The models whose columns somebody has written by hand.
    rewritten: BTreeSet<StableId>,
    next_serial: u32,
}

impl Evolution {
    fn new() -> Self {
        Self {
            project: EvolvingProject::new(),
            expected: ExpectedDatabase::default(),
            made: Vec::new(),
            rewritten: BTreeSet::new(),
            next_serial: 100,
        }
    }

    fn run(mut self, steps: &[Step]) {
        let mut next = 0;
        let mut past = Vec::new();
        let first = (vec![(0, 0, 0, 7), (0, 0, 0, 92)], Vec::new(), true);
        for (changes, by_hand, atomic) in [&first].into_iter().chain(steps) {
            let before = self.expected.clone();
            let mut step = RandomChanges::new(&mut self.expected, &mut next);
            for draw in changes {
                step.change(*draw);
            }
            if let Some(key) = self.project.make_migrations(&before, &self.expected) {
                if !atomic {
                    self.project.part_migrations();
                }
                self.migrate(&MigrationTarget::All, &before);
                past.push((key, self.expected.clone(), self.schema()));
            }
            self.project.compare(&self.expected);
            self.project.add_rows(&mut self.expected);
            self.make_by_hand(by_hand);
        }
        for (key, earlier, schema) in past.into_iter().rev() {
            let before = self.expected.clone();
            self.expected = before.migrated_back(&earlier);
            self.migrate(&MigrationTarget::Migration(key), &before);
            self.project.compare(&self.expected);
            self.compare_schemas(&schema, &self.schema());
        }
        let before = std::mem::take(&mut self.expected);
        self.migrate(&MigrationTarget::Zero("blog".to_owned()), &before);
    }

    fn make_by_hand(&mut self, draws: &[Draw]) {
        let connection = self.project.connection();
        let log = "CREATE TABLE IF NOT EXISTS hm_log (line)";
        connection.execute_batch(log).unwrap();
        for draw in draws {
            let Some(made) = HandMade::drawn(*draw, self.next_serial, &self.expected) else {
                continue;
            };
            let is_twin = |other: &HandMade| {
                let is_once = made.mark() != format!("hm_{}", self.next_serial);
                is_once && other.place == made.place && other.kind == made.kind
            };
            // A search table needs the numbers of rows.
            let place = made.place;
            let kinds = self.made.iter().filter(|other| other.place == place);
            let kinds: Vec<_> = kinds.map(|other| other.kind).chain([made.kind]).collect();
            let clashes = kinds.contains(&HandMadeKind::Search)
                && kinds.contains(&HandMadeKind::WithoutRowid);
            if clashes || self.made.iter().any(is_twin) {
                continue;
            }
            self.next_serial += 1;
            made.make(&connection, &self.expected);
            raise_counters(&connection);
            if let (true, Place::Table(id)) = (made.changes_columns(), made.place) {
                self.rewritten.insert(id);
            }
            self.made.push(made);
        }
    }

    /// Migrates, and takes away what stands in the way for as long as that is refused by its name.
    fn migrate(&mut self, target: &MigrationTarget, before: &ExpectedDatabase) {
        let connection = self.project.connection();
        loop {
            let state = dump(&connection);
            let own = own_values(&connection, &self.made, before);
            let counters = counters(&connection, before);
            let foreseen = self.project.refusal(target);
            let error = match self.project.attempt(target.clone()) {
                Ok(losses) => {
                    assert_eq!(foreseen, None);
                    self.check_losses(&losses, before);
                    self.check_counters(&connection, counters);
                    return self.check_made(&connection, &own);
                }
                Err(error) => error,
            };
            let text = chain(&error);
            let fail = |why: &str| {
                panic!(
                    "{why}: {text}\n{:#?}\n{}",
                    self.made,
                    self.project.written()
                );
            };
            if error.exit_code() != ExitCode::Refused {
                fail("not refused");
            }
            assert_eq!(dump(&connection), state, "{text}");
            let (named, left): (Vec<_>, Vec<_>) = self
                .made
                .iter()
                .cloned()
                .partition(|made| text.contains(&made.mark()));
            if named.is_empty() {
                fail("no name");
            }
            for made in named {
                made.remove(&connection, before);
            }
            self.made = left;
        }
    }

    /// All that was made by hand is there and works.
    fn check_made(&mut self, connection: &Connection, own: &[(String, Vec<String>)]) {
        let expected = &self.expected;
        self.made.retain(|made| !made.goes_with(expected));
        for made in &self.made {
            let schema = || dump(connection);
            assert!(
                made.is_there(connection, expected),
                "{made:?} is `{:?}` in\n{}\n{}",
                made.sql(expected),
                schema(),
                self.project.written()
            );
        }
        for (column, values) in own {
            let now = own_values(connection, &self.made, expected);
            if let Some((_, now)) = now.iter().find(|(name, _)| name == column) {
                assert_eq!(now, values, "{column}");
            }
        }
        for (check, sound) in [("integrity_check", Some("ok")), ("foreign_key_check", None)] {
            let mut statement = connection.prepare(&format!("PRAGMA {check}")).unwrap();
            let rows = statement
                .query_map((), |row| row.get::<_, String>(0))
                .unwrap();
            let found: Vec<_> = rows.map(Result::unwrap).collect();
            assert_eq!(found, sound.into_iter().collect::<Vec<_>>(), "{check}");
        }
        let dependents = self.project.dependents();
        assert_eq!(dependents.newly_broken(&DependentObjects::default()), []);
    }

    /// No table gives a key again that it gave.
    fn check_counters(&self, connection: &Connection, before: BTreeMap<StableId, i64>) {
        let now = counters(connection, &self.expected);
        for (id, least) in before {
            // A table that somebody wrote by hand may have no counter any more.
            if self.expected.models.contains_key(&id) && !self.rewritten.contains(&id) {
                assert!(now.get(&id) >= Some(&least), "{now:?}, not {least}");
            }
        }
    }

    /// What rows have lost is named, and in a snapshot.
    fn check_losses(&self, losses: &[String], before: &ExpectedDatabase) {
        let is_named = |name: String| {
            let name = format!("`{name}`");
            let named = losses.iter().any(|loss| loss.contains(&name));
            assert!(named, "{name} is not in {losses:?}");
        };
        for (id, model) in before
            .models
            .iter()
            .filter(|(_, model)| !model.rows.is_empty())
        {
            let Some(after) = self.expected.models.get(id) else {
                is_named(model.db_table());
                continue;
            };
            let gone = |column: StableId| after.column(column).is_none();
            for column in model.own_columns().filter(|column| gone(column.id)) {
                is_named(column.column());
            }
        }
    }

    /// The schema as the migrations make it.
    fn schema(&self) -> SchemaParts {
        let mut schema = self.project.schema();
        for parts in schema.values_mut() {
            parts.retain(|part| !part.contains("hm_"));
        }
        schema.retain(|table, _| !table.contains("hm_"));
        schema
    }

    fn compare_schemas(&self, then: &SchemaParts, now: &SchemaParts) {
        let rewritten = self
            .rewritten
            .iter()
            .filter_map(|id| Place::Table(*id).table(&self.expected));
        let rewritten: Vec<_> = rewritten.collect();
        let own = |schema: &SchemaParts| {
            let mut own = schema.clone();
            own.retain(|table, _| !rewritten.contains(table));
            own
        };
        assert_eq!(own(now), own(then));
    }
}

/// An error with all its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |&cause| cause.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

/// The values of the columns made by hand.
fn own_values(
    connection: &Connection,
    made: &[HandMade],
    expected: &ExpectedDatabase,
) -> Vec<(String, Vec<String>)> {
    let columns = made.iter().filter(|made| made.kind == HandMadeKind::Column);
    let values = columns.filter_map(|made| {
        let (column, table) = (made.column_name(), made.place.table(expected)?);
        let sql = format!("SELECT id || ': ' || {column} FROM \"{table}\" ORDER BY id");
        Some((column, texts(connection, &sql)))
    });
    values.collect()
}

/// As if the newest rows of all tables had been deleted.
fn raise_counters(connection: &Connection) {
    let sql = "UPDATE sqlite_sequence SET seq = seq + 3 WHERE name LIKE 'blog%'";
    connection.execute_batch(sql).unwrap();
}

/// The greatest key that each table gave.
fn counters(connection: &Connection, expected: &ExpectedDatabase) -> BTreeMap<StableId, i64> {
    let ids = expected.models.keys();
    let counter = |id: &StableId| {
        let table = Place::Table(*id).table(expected)?;
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = ?";
        let seq = connection.query_row(sql, [table], |row| row.get(0));
        Some((*id, seq.ok()?))
    };
    ids.filter_map(counter).collect()
}

/// All that the database declares, and the rows of its tables.
fn dump(connection: &Connection) -> String {
    let mut dump = texts(
        connection,
        "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master ORDER BY 1",
    );
    let tables =
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name";
    for table in texts(connection, tables) {
        let columns = format!(
            "SELECT group_concat('quote(\"' || replace(name, '\"', '\"\"') || '\")', ' || '','' || ') FROM pragma_table_xinfo('{table}')"
        );
        let columns = texts(connection, &columns).join("");
        dump.extend(texts(
            connection,
            &format!("SELECT {columns} FROM \"{table}\" ORDER BY 1"),
        ));
    }
    dump.join("\n")
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection
        .prepare(sql)
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    let rows = statement
        .query_map((), |row| row.get::<_, Option<String>>(0))
        .unwrap();
    rows.map(|row| row.unwrap().unwrap_or_default()).collect()
}
