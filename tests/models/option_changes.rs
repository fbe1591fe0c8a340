//! Every option of a field and of a model that changes: the schema follows, or the change is refused.
//!
//! What migrations record and do not make would only show when a row no longer fits.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use djr::apps::{App, AppLabel, AppSource, Apps};
use djr::db::Database;
use djr::migrations::{
    AutodetectorOptions, DetectedChanges, FakeMode, History, MigrateRequest, MigrationAnswers,
    MigrationQuestion, MigrationTarget, Migrations, detect_changes, migrate, write_migration,
};
use djr::models::read::{CLASSES, known_model_options, known_options};
use djr::models::{ModelKey, Registry};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::evolution::{SchemaParts, schema_parts};

/// Models that the changing ones refer to.
const OTHERS: &str = "[Target.fields]\ncode = { type = \"CharField\", max_length = 9, unique = true }\n\
    [Another.fields]\ncode = { type = \"CharField\", max_length = 9, unique = true }\n";

/// A model before and after a change.
struct Change {
    /// What changes, for people.
    what: String,
    before: String,
    after: String,
}

/// An app on disk and the SQLite file that follows it.
struct ChangingApp {
    root: TempDir,
}

impl ChangingApp {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("app/migrations")).unwrap();
        Self { root }
    }

    fn apps(&self) -> Apps {
        Apps::new(vec![App {
            label: AppLabel::new("app").unwrap(),
            source: AppSource::Disk(self.root.path().join("app")),
        }])
    }

    fn declare(&self, models: &str) {
        fs::write(self.root.path().join("app/models.toml"), models).unwrap();
    }

    fn is_valid(&self) -> bool {
        Registry::read(&self.apps(), &ModelKey::new("auth", "User")).is_ok()
    }

    fn migrations(&self) -> Migrations {
        let loaded = Migrations::load(&self.apps(), &ModelKey::new("auth", "User"));
        loaded.unwrap_or_else(|findings| panic!("{findings}"))
    }

    /// What changed; every question about a name is answered with no.
    fn detected(&self) -> DetectedChanges {
        let migrations = self.migrations();
        let history = History::of_files(&migrations).unwrap();
        let registry = Registry::read(&self.apps(), &ModelKey::new("auth", "User"));
        let registry = registry.unwrap_or_else(|findings| panic!("{findings}"));
        let wanted = AutodetectorOptions {
            labels: BTreeSet::from(["app".to_owned()]),
            ..AutodetectorOptions::default()
        };
        let mut answers = MigrationAnswers::default();
        loop {
            let found = detect_changes(&history, &registry, &wanted, &answers).unwrap();
            if found.questions.is_empty() {
                return found;
            }
            for question in &found.questions {
                match question {
                    MigrationQuestion::Default { .. } => {
                        let default = format!("{}={}", question.subject(), question.suggestion());
                        answers.parse_default(&default).unwrap();
                    }
                    _ => answers.answer_rename(question, false),
                }
            }
        }
    }

    /// Writes and applies what changed.
    fn follow(&self) {
        let found = self.detected();
        assert!(found.refused.is_empty(), "{:?}", found.refused);
        assert!(found.mistakes.is_empty(), "{:?}", found.mistakes);
        for migration in &found.migrations {
            let name = format!("app/migrations/{}.toml", migration.key.name);
            fs::write(self.root.path().join(name), write_migration(migration)).unwrap();
        }
        let again = self.detected().migrations;
        assert!(again.is_empty(), "found again: {again:?}");
        let request = MigrateRequest {
            target: MigrationTarget::All,
            fake: FakeMode::Never,
        };
        let file = self.root.path().join("db.sqlite3");
        let database = Database::new(file, Duration::from_secs(5));
        migrate(&self.migrations(), &database, &request, &(), &mut |_| ())
            .unwrap_or_else(|error| panic!("{error}\n{error:?}\n{}", self.models()));
    }

    fn models(&self) -> String {
        fs::read_to_string(self.root.path().join("app/models.toml")).unwrap()
    }

    /// The schema; that the column of a reference is of another size than its key, Django leaves too.
    fn schema(&self) -> SchemaParts {
        let sizes = |part: String| {
            let is_reference = part.contains(" REFERENCES ");
            if !is_reference {
                return part;
            }
            part.replace(" bigint ", " integer ")
                .replace(" smallint ", " integer ")
        };
        let tables = self.tables().into_iter();
        tables
            .map(|(table, parts)| (table, parts.into_iter().map(sizes).collect()))
            .collect()
    }

    fn tables(&self) -> SchemaParts {
        schema_parts(&Connection::open(self.root.path().join("db.sqlite3")).unwrap())
    }
}

/// The schema of an app that has had these models from the start.
fn fresh_schema(models: &str) -> SchemaParts {
    let app = ChangingApp::new();
    app.declare(models);
    app.follow();
    app.schema()
}

/// A field of this class, as its options.
fn base(class: &str) -> BTreeMap<String, String> {
    let own: &[(&str, &str)] = match class {
        "CharField" => &[("max_length", "9")],
        "DecimalField" => &[("max_digits", "9"), ("decimal_places", "2")],
        "FilePathField" => &[("path", "\"files\"")],
        "ForeignKey" | "OneToOneField" => &[("to", "\"Target\""), ("on_delete", "\"CASCADE\"")],
        "ManyToManyField" => &[("to", "\"Target\"")],
        "GeneratedField" => &[
            ("expression", "\"a\""),
            ("output_field", "{ type = \"IntegerField\" }"),
            ("db_persist", "true"),
        ],
        "CompositePrimaryKey" => &[("fields", "[\"a\", \"b\"]")],
        "AutoField" | "SmallAutoField" | "BigAutoField" => &[("primary_key", "true")],
        _ => &[],
    };
    let own = own.iter();
    let own = own.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    own.collect()
}

/// Another value of the option, of which one suits most classes that have it.
fn samples(option: &str) -> &'static [&'static str] {
    match option {
        "default" | "db_default" => &[
            "1",
            "\"x\"",
            "true",
            "2001-02-03",
            "2001-02-03T04:05:06Z",
            "04:05:06",
            "{}",
        ],
        "db_column" => &["\"other_column\""],
        "db_collation" => &["\"NOCASE\""],
        "choices" => &["[[1, \"one\"]]", "[[\"x\", \"ex\"]]"],
        "error_messages" => &["{ required = \"needed\" }"],
        "validators" => &[
            "[{ MinValueValidator = 1 }]",
            "[{ MinLengthValidator = 1 }]",
        ],
        "unique_for_date" | "unique_for_month" | "unique_for_year" => &["\"day\""],
        "max_length" => &["21"],
        "max_digits" => &["11"],
        "decimal_places" => &["3"],
        "protocol" => &["\"IPv4\""],
        "width_field" | "height_field" => &["\"a\""],
        "to" => &["\"Another\""],
        "on_delete" => &["\"PROTECT\""],
        "to_field" => &["\"code\""],
        "limit_choices_to" => &["{ code = \"x\" }"],
        "through" => &["\"Between\""],
        "through_fields" => &["[\"first\", \"second\"]"],
        "expression" => &["\"b\""],
        "output_field" => &["{ type = \"CharField\", max_length = 9 }"],
        "fields" => &["[\"b\", \"a\"]", "[\"a\", \"c\"]"],
        "db_constraint" | "editable" | "serialize" | "db_persist" | "symmetrical" => &["false"],
        "null" | "blank" | "unique" | "primary_key" | "auto_created" | "auto_now"
        | "auto_now_add" | "recursive" | "allow_folders" | "unpack_ipv4" | "allow_unicode" => {
            &["true"]
        }
        "db_index" | "allow_files" => &["true", "false"],
        "db_comment" | "verbose_name" | "help_text" | "upload_to" | "storage" | "path"
        | "match" => &["\"something\""],
        "related_name" | "related_query_name" | "db_table" => &["\"name_of_MODEL\""],
        _ => &[],
    }
}

fn field(class: &str, options: &BTreeMap<String, String>) -> String {
    let name = if class == "CompositePrimaryKey" {
        "pk"
    } else {
        "f"
    };
    let name = if options
        .get("primary_key")
        .is_some_and(|_| class.ends_with("AutoField"))
    {
        "id"
    } else {
        name
    };
    let options: Vec<_> = options
        .iter()
        .map(|(name, value)| format!(", {name} = {value}"))
        .collect();
    format!("{name} = {{ type = \"{class}\"{} }}\n", options.concat())
}

/// The model `MODEL` with the field `f`; what it refers to is among its fields.
fn model(fields: &str) -> String {
    format!(
        "[MODEL.fields]\na = {{ type = \"IntegerField\" }}\nb = {{ type = \"IntegerField\" }}\n\
         c = {{ type = \"IntegerField\" }}\nday = {{ type = \"DateField\" }}\n{fields}"
    )
}

/// Each option of each class, left out and given.
fn changes_of_fields() -> Vec<(String, Change)> {
    let mut changes = Vec::new();
    for class in CLASSES {
        let usual = base(class);
        for option in known_options(class) {
            for sample in samples(&option) {
                let mut given = usual.clone();
                given.insert(option.clone(), (*sample).to_owned());
                let change = Change {
                    what: format!("{class} with {option} = {sample}"),
                    before: model(&field(class, &usual)),
                    after: model(&field(class, &given)),
                };
                changes.push((option.clone(), change));
            }
        }
    }
    changes
}

/// One class of each kind: numbers, text, keys, references, links, computed ones.
const KINDS: [&str; 8] = [
    "IntegerField",
    "CharField",
    "BigAutoField",
    "ForeignKey",
    "OneToOneField",
    "ManyToManyField",
    "GeneratedField",
    "CompositePrimaryKey",
];

/// Each class, and one of each kind that the field becomes.
fn changes_of_classes() -> Vec<Change> {
    let mut changes = Vec::new();
    for before in CLASSES {
        for after in KINDS.into_iter().filter(|after| *after != before) {
            changes.push(Change {
                what: format!("{before} to {after}"),
                before: model(&field(before, &base(before))),
                after: model(&field(after, &base(after))),
            });
        }
    }
    changes
}

/// Each option of a model, left out and given.
fn changes_of_models() -> Vec<(String, Change)> {
    let sample = |option: &str| match option {
        "db_table" | "default_related_name" => "\"name_of_MODEL\"",
        "ordering" | "get_latest_by" => "[\"-a\"]",
        "unique_together" => "[[\"a\", \"b\"]]",
        "indexes" => "[{ fields = [\"-a\", \"b\"], name = \"ix_MODEL\" }]",
        "constraints" => {
            "[{ name = \"ck_MODEL\", check = { a__gt = 0 } }, { name = \"uq_MODEL\", fields = [\"b\"] }]"
        }
        "permissions" => "[[\"do_it\", \"Can do it\"]]",
        "default_permissions" => "[\"add\"]",
        "managed" => "false",
        "verbose_name" | "verbose_name_plural" | "db_table_comment" | "str" | "url" => {
            "\"something\""
        }
        "proxy_for" => "\"Target\"",
        _ => "",
    };
    let options = known_model_options().into_iter();
    let changes = options.map(|option| {
        let after = format!("[MODEL]\n{option} = {}\n{}", sample(&option), model(""));
        let change = Change {
            what: format!("model with {option}"),
            before: model(""),
            after,
        };
        (option, change)
    });
    changes.collect()
}

/// The changes that `check` lets pass and that no autodetector refuses; each model has its own name.
fn possible(changes: Vec<Change>) -> Vec<Change> {
    let mut found = Vec::new();
    for (index, mut change) in changes.into_iter().enumerate() {
        let name = format!("M{index}");
        change.before = change.before.replace("MODEL", &name);
        change.after = change.after.replace("MODEL", &name);
        let app = ChangingApp::new();
        app.declare(&format!("{OTHERS}{}", change.after));
        if !app.is_valid() {
            continue;
        }
        app.declare(&format!("{OTHERS}{}", change.before));
        write_without_applying(&app);
        app.declare(&format!("{OTHERS}{}", change.after));
        let detected = app.detected();
        if detected.refused.is_empty() && detected.mistakes.is_empty() {
            found.push(change);
        }
    }
    found
}

fn write_without_applying(app: &ChangingApp) {
    for migration in app.detected().migrations {
        let name = format!("app/migrations/{}.toml", migration.key.name);
        fs::write(app.root.path().join(name), write_migration(&migration)).unwrap();
    }
}

/// Makes all changes, and all of them back; the schema is each time that of new tables.
fn assert_schema_follows(changes: &[Change], excused: &[&str]) {
    for changes in changes.chunks(150) {
        let declared = |side: fn(&Change) -> &String| {
            let models: Vec<_> = changes.iter().map(|change| side(change).as_str()).collect();
            format!("{OTHERS}{}", models.concat())
        };
        let (before, after) = (
            declared(|change| &change.before),
            declared(|change| &change.after),
        );
        let app = ChangingApp::new();
        app.declare(&before);
        app.follow();
        for models in [&after, &before] {
            app.declare(models);
            app.follow();
            let differences = differences(&app.schema(), &fresh_schema(models), changes, excused);
            assert!(differences.is_empty(), "{}", differences.join("\n"));
        }
    }
}

fn differences(
    migrated: &SchemaParts,
    fresh: &SchemaParts,
    changes: &[Change],
    excused: &[&str],
) -> Vec<String> {
    let tables: BTreeSet<_> = migrated.keys().chain(fresh.keys()).collect();
    let mut found = Vec::new();
    for table in tables {
        let (migrated, fresh) = (migrated.get(table), fresh.get(table));
        if migrated == fresh {
            continue;
        }
        let words: BTreeSet<_> = table.split('_').collect();
        let change = changes.iter().find(|change| {
            let name = change.before[1..].split('.').next().unwrap().to_lowercase();
            words.contains(name.as_str()) || table.ends_with(&format!("_{name}"))
        });
        let what = change.map_or("", |change| change.what.as_str());
        if !excused.contains(&what) {
            found.push(format!(
                "{what}: `{table}` is {migrated:?}, new it would be {fresh:?}"
            ));
        }
    }
    found
}

#[test]
fn an_option_of_a_field_that_changes_changes_the_schema_or_is_refused() {
    let (options, changes): (Vec<_>, Vec<_>) = changes_of_fields().into_iter().unzip();
    let known: BTreeSet<_> = CLASSES
        .iter()
        .flat_map(|class| known_options(class))
        .collect();
    let tried: BTreeSet<_> = options.into_iter().collect();
    let missing: Vec<_> = known
        .difference(&tried)
        .filter(|option| *option != "type")
        .collect();
    assert!(missing.is_empty(), "no sample of {missing:?}");
    assert_schema_follows(&possible(changes), &[]);
}

#[test]
fn a_field_of_another_class_changes_the_schema_or_is_refused() {
    assert_schema_follows(&possible(changes_of_classes()), &[]);
}

#[test]
fn an_option_of_a_model_that_changes_changes_the_schema_or_is_refused() {
    let (options, changes): (Vec<_>, Vec<_>) = changes_of_models().into_iter().unzip();
    let tried: BTreeSet<_> = options.into_iter().collect();
    let known: BTreeSet<_> = known_model_options().into_iter().collect();
    assert_eq!(tried, known);
    // The table of a model that is no longer managed is left to whoever manages it.
    assert_schema_follows(&possible(changes), &["model with managed"]);
}
