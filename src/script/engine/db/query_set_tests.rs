//! Query sets written as Python, run by djr's interpreter, and what real Django returned for the same text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::db::{Connections, Database, DatabaseAlias};
use crate::json::Json;
use crate::models::expression::{
    AggregateFunction, DateComponent, FUNCTIONS, Lookup, WindowFunction,
};
use crate::script::{PythonSite, STACK_SIZE, run_own};
use crate::settings::Settings;
use crate::test_database::{filled, library};

const MODELS: &str = include_str!("../../../../tests/parity/queries/library.toml");
const ROWS: &str = include_str!("../../../../tests/parity/golden/queries.json");
const ANSWERS: &str = include_str!("../../../../tests/parity/golden/query_sets.json");
const RUNNER: &str = include_str!("../../../../tests/parity/queries/run_query_sets.py");

/// What runs the recorded text in the interpreter, and keeps what is shown.
const MAIN: &str = r#"
import json

import run_query_sets
from django.apps import apps


def main(options):
    folder = options["folder"]
    with open(f"{folder}/sources.json", encoding="utf-8") as file:
        sources = json.load(file)
    known = run_query_sets.names({model.__name__: model for model in apps.get_app_config("library").get_models()})
    run = run_query_sets.run_block if options["which"] == "writes" else run_query_sets.run
    answers = [run(source, known) for source in sources]
    with open(f"{folder}/answers.json", "w", encoding="utf-8") as file:
        json.dump(answers, file)
"#;

/// Text whose answer differs from Django's on purpose, by what it contains, and why.
const DIFFERENCES: [(&str, &str); 10] = [
    (
        "friends.exclude(friends=2)",
        "Django takes the table between of the condition for that of the relation, which runs the other way",
    ),
    (
        "annotate(x=Extract",
        "a part that a time of day does not have is told before the database is asked",
    ),
    (
        "TruncDate(F('published'))",
        "a day is told to be one before the database is asked",
    ),
    (
        "TruncDay(F('title'))",
        "a text is told to be one before the database is asked",
    ),
    (
        "KT('name')",
        "what is not a document is told as all wrong kinds are",
    ),
    (
        "99999999999999999999]",
        "among others a number that no row can hold is not looked for",
    ),
    (
        ").union(",
        "an order of the model does not keep queries from being joined",
    ),
    (").intersection(", "the same"),
    (").difference(", "the same"),
    (
        "data__has_key='q\"uote'",
        "a newer SQLite reads a quotation mark in a path",
    ),
];

/// What stands for an answer that real Django owes to Python's own functions in SQLite.
const FAILS_IN_PYTHON: &str = "fails in Python";

/// The site of the recorded rows, in `folder`.
pub(super) fn site(folder: &Path) -> Arc<PythonSite> {
    let recorded: Value = serde_json::from_str(ROWS).unwrap();
    let zone = recorded["zone"].as_str().unwrap();
    let app = folder.join("library");
    fs::create_dir(&app).unwrap();
    let registry = Arc::new(library(&app, MODELS, zone));
    filled(folder, recorded["script"].as_array().unwrap());
    let file = folder.join("db.sqlite3");
    let database = Database::new(file, Duration::from_secs(5));
    let databases = BTreeMap::from([(DatabaseAlias::default(), database)]);
    let apps = Apps::new(vec![App {
        label: AppLabel::new("library").unwrap(),
        source: AppSource::Disk(app),
    }]);
    let settings = format!("[project]\napps = ['library']\ntime_zone = '{zone}'\n");
    let settings = Settings::parse(&settings).unwrap();
    let connections = Arc::new(Connections::new(databases));
    PythonSite::new(folder, &apps, &settings, &registry, &connections)
}

/// Which of the recorded texts, by their name in the recording.
#[derive(Clone, Copy)]
enum Recorded {
    Sets,
    Writes,
}

impl Recorded {
    fn name(self) -> &'static str {
        match self {
            Self::Sets => "sets",
            Self::Writes => "writes",
        }
    }
}

/// What the interpreter shows for each of `sources`.
fn answers(recorded: Recorded, sources: &[String]) -> Vec<String> {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().to_owned();
    let site = site(&path);
    fs::write(path.join("run_query_sets.py"), RUNNER).unwrap();
    fs::write(path.join("recorded.py"), MAIN).unwrap();
    let text = serde_json::to_string(sources).unwrap();
    fs::write(path.join("sources.json"), text).unwrap();
    let folder = path.to_string_lossy().into_owned();
    let options = [("folder", folder), ("which", recorded.name().to_owned())];
    let options = options.map(|(name, value)| (name.to_owned(), Json::String(value)));
    let code = run_own(&site, "recorded.main", &Json::Object(options.into()));
    assert_eq!(code.unwrap(), 0);
    let text = fs::read_to_string(path.join("answers.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn query_sets_return_what_django_returns() {
    assert_same(Recorded::Sets);
}

#[test]
fn what_writes_does_what_django_does() {
    assert_same(Recorded::Writes);
}

fn assert_same(which: Recorded) {
    let all: BTreeMap<String, Vec<(String, String, bool)>> = serde_json::from_str(ANSWERS).unwrap();
    let recorded = &all[which.name()];
    let sources: Vec<_> = recorded.iter().map(|(source, ..)| source.clone()).collect();
    let run = move || answers(which, &sources);
    let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn(run);
    let found = thread.unwrap().join().unwrap();
    assert_eq!(found.len(), recorded.len());
    let mut wrong = Vec::new();
    for ((source, expected, differs), found) in recorded.iter().zip(&found) {
        let may_differ = *differs || DIFFERENCES.iter().any(|(text, _)| source.contains(text));
        let is_right = match expected.as_str() {
            FAILS_IN_PYTHON => !found.starts_with("raises") || found == "raises OperationalError",
            expected => found == expected || may_differ,
        };
        if !is_right {
            wrong.push(format!("{source}\n  djr:    {found}\n  Django: {expected}"));
        }
    }
    let (count, all) = (wrong.len(), recorded.len());
    assert!(wrong.is_empty(), "{count} of {all}\n{}", wrong.join("\n"));
}

#[test]
fn every_function_of_queries_has_a_class_in_python() {
    let modules = [
        include_str!("../../python/django/db/models/functions/comparison.py"),
        include_str!("../../python/django/db/models/functions/datetime.py"),
        include_str!("../../python/django/db/models/functions/json.py"),
        include_str!("../../python/django/db/models/functions/math.py"),
        include_str!("../../python/django/db/models/functions/text.py"),
        include_str!("../../python/django/db/models/functions/window.py"),
        include_str!("../../python/django/db/models/aggregates.py"),
        include_str!("../../python/django/db/models/lookups.py"),
    ];
    let has = |line: String| modules.iter().any(|module| module.contains(&line));
    let functions = FUNCTIONS.iter().map(|known| known.name);
    let windows = WindowFunction::ALL.iter().map(|(name, ..)| *name);
    let aggregates = AggregateFunction::ALL.iter().map(|known| known.name());
    for name in functions.chain(windows).chain(aggregates) {
        assert!(has(format!("_djr_function = \"{name}\"")), "{name}");
    }
    for (name, _) in DateComponent::ALL {
        let is_part = has(format!("lookup_name = \"{name}\""));
        assert!(is_part || has(format!("kind = \"{name}\"")), "{name}");
    }
    for (name, lookup) in Lookup::ALL {
        let is_there = has(format!("lookup_name = \"{name}\""));
        assert!(is_there || lookup.is_of_json(), "{name}");
    }
}
