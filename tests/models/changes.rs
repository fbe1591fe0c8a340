//! The statements of successive changes, each applied and undone.
//!
//! `tests/parity/record_changes.py` recorded Django.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use djr::apps::{App, AppLabel, AppSource, Apps};
use djr::migrations::operations::{ON_MODELS, ON_PARTS};
use djr::migrations::{History, MigrationKey, Migrations, collect_sql};
use djr::models::ModelKey;
use djr::schema::Direction;
use insta::assert_snapshot;
use rusqlite::Connection;
use serde::Deserialize;

use crate::corpus::parity;
use crate::support::Project;

#[derive(Deserialize)]
struct Step {
    forwards: Vec<String>,
    backwards: Vec<String>,
}

#[test]
fn every_operation_is_among_the_changes() {
    let pairs = fs::read_dir(parity().join("changes")).unwrap();
    let texts = pairs.map(|pair| fs::read_to_string(pair.unwrap().path()).unwrap());
    let text: String = texts.collect();
    // What the migrations of built-in apps do in Python is in their own recording.
    let built_in = ["ForgetContentTypeNames", "UpdateProxyPermissions"];
    let operations = ON_MODELS.into_iter().chain(ON_PARTS);
    for name in operations.filter(|name| !built_in.contains(name)) {
        assert!(
            text.contains(&format!("\n{name} = ")),
            "no change is a {name}"
        );
    }
}

#[test]
fn every_change_is_made_and_undone_with_the_statements_of_django() {
    let recorded = recording();
    let root = tempfile::tempdir().unwrap();
    let mut apps = Vec::new();
    for (label, steps) in &recorded {
        apps.push(app(root.path(), label, steps.len()));
    }
    let user_model = ModelKey::new("auth", "User");
    let migrations = Migrations::load(&Apps::new(apps), &user_model);
    let migrations = migrations.unwrap_or_else(|findings| panic!("{findings}"));
    let history = History::of_files(&migrations).unwrap();
    let mut differences = Vec::new();
    for (label, steps) in &recorded {
        for (index, step) in steps.iter().enumerate() {
            let sides = [
                ("forwards", Direction::Forwards, &step.forwards),
                ("backwards", Direction::Backwards, &step.backwards),
            ];
            for (way, direction, expected) in sides {
                let made = made(&history, label, index, direction);
                if made != *expected {
                    differences.push(difference(label, index, way, &made, expected));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(recorded.values().map(Vec::len).sum::<usize>() >= 60);
}

#[test]
fn a_migrated_file_has_what_the_statements_of_django_make() {
    let recorded = recording();
    let labels: Vec<_> = recorded.keys().map(String::as_str).collect();
    let listed = labels.iter().map(|label| format!("\"{label}\""));
    let settings = format!(
        "[project]\nname = \"mysite\"\napps = [{}]\n",
        listed.collect::<Vec<_>>().join(", ")
    );
    let project = Project::new().file("djr.toml", &settings);
    for (label, steps) in &recorded {
        app(project.root(), label, steps.len());
    }
    project.djr(["migrate"]).success();
    let ours = Connection::open(project.path("db.sqlite3")).unwrap();
    let theirs = Connection::open_in_memory().unwrap();
    for sql in recorded.values().flatten().flat_map(|step| &step.forwards) {
        theirs.execute_batch(sql).unwrap();
    }
    assert_eq!(schema(&ours), schema(&theirs));
    assert!(!schema(&ours).is_empty());
    for label in labels {
        project.djr(["migrate", label, "zero"]).success();
    }
    assert_eq!(schema(&ours), Vec::<[String; 3]>::new());
}

#[test]
fn a_column_with_values_does_not_become_a_computed_one() {
    let settings = "[project]\nname = \"mysite\"\napps = [\"blog\"]\n";
    let first = "[[operations]]\nCreateModel = { name = \"Post\", fields = \
        { title = { type = \"CharField\" }, lower = { type = \"CharField\" } } }\n";
    let second = "dependencies = [\"blog.0001_initial\"]\n[[operations]]\n\
        AlterField = { model = \"Post\", name = \"lower\", field = { type = \"GeneratedField\", \
        expression = { Lower = \"title\" }, output_field = { type = \"CharField\" }, \
        db_persist = true } }\n";
    let project = Project::new()
        .file("djr.toml", settings)
        .file("blog/migrations/0001_initial.toml", first)
        .file("blog/migrations/0002_lower.toml", second);
    let transcript = project.djr(["migrate"]).exited(3);
    assert_snapshot!(transcript.stderr());
}

/// All objects of the database that are not of the migrations themselves.
fn schema(database: &Connection) -> Vec<[String; 3]> {
    let query = "SELECT type, name, coalesce(sql, '') FROM sqlite_master \
                 WHERE tbl_name NOT LIKE 'djr%' AND tbl_name NOT LIKE 'django%' \
                 AND name <> 'sqlite_sequence' ORDER BY name";
    let mut statement = database.prepare(query).unwrap();
    let rows = statement.query_map((), |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn recording() -> BTreeMap<String, Vec<Step>> {
    let path = parity().join("golden/changes.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// An app with one migration for each operation of its pair.
fn app(root: &Path, label: &str, steps: usize) -> App {
    let text = fs::read_to_string(parity().join(format!("changes/{label}.toml"))).unwrap();
    let operations: Vec<_> = text.split("[[operations]]\n").skip(1).collect();
    assert_eq!(operations.len(), steps, "{label}: record again");
    let directory = root.join(label);
    fs::create_dir_all(directory.join("migrations")).unwrap();
    for (index, operation) in operations.iter().enumerate() {
        let before = match index {
            0 => String::new(),
            _ => format!("\"{label}.{}\"", name(index - 1)),
        };
        let text = format!("dependencies = [{before}]\n[[operations]]\n{operation}");
        let path = directory.join(format!("migrations/{}.toml", name(index)));
        fs::write(path, text).unwrap();
    }
    App {
        label: AppLabel::new(label).unwrap(),
        source: AppSource::Disk(directory),
    }
}

fn name(index: usize) -> String {
    format!("{:04}_step", index + 1)
}

fn made(history: &History<'_>, label: &str, index: usize, direction: Direction) -> Vec<String> {
    let key = MigrationKey::new(label, &name(index));
    let made = collect_sql(history, &key, direction).unwrap();
    let made = made.into_iter().filter(|line| !line.starts_with("--"));
    made.map(|sql| sql.trim_end_matches(';').to_owned())
        .collect()
}

fn difference(
    label: &str,
    index: usize,
    way: &str,
    made: &[String],
    expected: &[String],
) -> String {
    format!(
        "{label} step {} {way}:\n  djr:\n    {}\n  Django:\n    {}",
        index + 1,
        made.join("\n    "),
        expected.join("\n    ")
    )
}
