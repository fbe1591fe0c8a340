//! Values at the edges of every field type, beside what a real Django made of them.

use std::collections::BTreeMap;

use djr::json::Json;
use djr::models::read::CLASSES;
use serde::Deserialize;

use crate::support::Project;

const RECORDED: &str = include_str!("../parity/golden/values.json");

/// A value as SQL; versions of SQLite quote numbers with a fraction in different ways.
const STORED: &str =
    "CASE typeof(value) WHEN 'real' THEN printf('%!.15g', value) ELSE quote(value) END";

/// What no fixture can give a value of its own.
const WITHOUT_VALUES: [&str; 5] = [
    "ForeignKey",
    "OneToOneField",
    "ManyToManyField",
    "GeneratedField",
    "CompositePrimaryKey",
];

#[derive(Deserialize)]
struct RecordedField {
    options: BTreeMap<String, serde_json::Value>,
    values: Vec<RecordedValue>,
}

impl RecordedField {
    fn is_key(&self) -> bool {
        self.options.contains_key("primary_key")
    }

    /// The field in TOML; its options are written as in JSON.
    fn toml(&self, class: &str) -> String {
        let null = (!self.is_key()).then(|| ", null = true".to_owned());
        let options = self.options.iter();
        let options = options.map(|(name, value)| format!(", {name} = {value}"));
        let options: String = options.chain(null).collect();
        format!("[{class}Row.fields]\nvalue = {{ type = '{class}'{options} }}\n")
    }

    fn object(&self, class: &str, key: usize, given: &str) -> String {
        let model = format!("a.{}row", class.to_lowercase());
        if self.is_key() {
            return format!(r#"{{"model": "{model}", "pk": {given}, "fields": {{}}}}"#);
        }
        format!(r#"{{"model": "{model}", "pk": {key}, "fields": {{"value": {given}}}}}"#)
    }
}

#[derive(Deserialize)]
struct RecordedValue {
    given: String,
    stored: Option<String>,
    dumped: Option<String>,
}

fn recorded() -> BTreeMap<String, RecordedField> {
    serde_json::from_str(RECORDED).unwrap()
}

/// A project with a model of one field for each field type.
fn project(fields: &BTreeMap<String, RecordedField>) -> Project {
    let models = fields.iter().map(|(class, field)| field.toml(class));
    // What Django has where no settings say another.
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
        .replaced(
            "[project]\n",
            "[project]\ntime_zone = \"America/Chicago\"\n",
        )
        .file("a/models.toml", &models.collect::<String>());
    project.djr(["makemigrations", "a"]).success();
    project.migrated()
}

fn load(project: &Project, objects: &[String]) -> crate::support::Transcript {
    project.write("a.json", &format!("[\n{}\n]", objects.join(",\n")));
    project.djr(["loaddata", "a.json"])
}

#[test]
fn no_field_type_is_left_out() {
    let fields = recorded();
    for class in CLASSES {
        let is_recorded = fields.contains_key(class);
        assert_eq!(is_recorded, !WITHOUT_VALUES.contains(&class), "{class}");
    }
}

#[test]
fn every_value_is_stored_and_dumped_as_django_does_and_loads_again() {
    let fields = recorded();
    let project = project(&fields);
    let empty = project.copy();
    let mut objects = Vec::new();
    for (class, field) in &fields {
        let values = field.values.iter().filter(|value| value.stored.is_some());
        let written = values.enumerate();
        objects.extend(written.map(|(key, value)| field.object(class, key, &value.given)));
    }
    load(&project, &objects).success();
    let dump = project.djr(["dumpdata", "a"]).success().stdout();
    let Some(Json::Array(dumped)) = Json::parse(&dump) else {
        panic!("{dump}");
    };
    for (class, field) in &fields {
        let kept: Vec<_> = field.values.iter().filter(|v| v.stored.is_some()).collect();
        let (model, order) = (
            class.to_lowercase(),
            if field.is_key() { "value" } else { "id" },
        );
        let sql = format!("SELECT CAST({STORED} AS text) FROM a_{model}row ORDER BY {order}");
        let mut stored: Vec<_> = kept.iter().filter_map(|v| v.stored.clone()).collect();
        if field.is_key() {
            stored.sort_by_key(|key| key.parse::<i64>().unwrap());
        }
        assert_eq!(project.texts(&sql), stored, "{class}");
        let label = Json::from(format!("a.{model}row"));
        let mine = dumped
            .iter()
            .filter(|object| object.get("model") == Some(&label));
        let value = |object: &Json| match object.get("fields")?.get("value") {
            Some(value) => Some(value.to_python()),
            None => object.get("pk").map(Json::to_python),
        };
        let values = mine.filter_map(value);
        let mut expected: Vec<_> = kept.iter().filter_map(|v| v.dumped.clone()).collect();
        if field.is_key() {
            expected.sort_by_key(|key| key.parse::<i64>().unwrap());
        }
        assert_eq!(values.collect::<Vec<_>>(), expected, "{class}");
    }
    empty.write("all.json", &dump);
    empty.djr(["loaddata", "all.json"]).success();
    assert_eq!(empty.djr(["dumpdata", "a"]).success().stdout(), dump);
}

#[test]
fn what_django_refuses_is_refused_and_the_error_names_the_object() {
    let fields = recorded();
    let project = project(&fields);
    for (class, field) in &fields {
        let refused = field.values.iter().filter(|value| value.stored.is_none());
        for value in refused {
            let run = load(&project, &[field.object(class, 1, &value.given)]).exited(1);
            let place = format!("a.json:2: object 1 (a.{}row", class.to_lowercase());
            assert!(
                run.stderr().contains(&place),
                "{class} {} {run}",
                value.given
            );
        }
    }
}

#[test]
fn no_value_is_null_in_every_field_but_that_of_a_file() {
    let fields = recorded();
    let project = project(&fields);
    for (class, field) in fields.iter().filter(|(_, field)| !field.is_key()) {
        let table = format!("a_{}row", class.to_lowercase());
        let sql = format!("INSERT INTO {table} (id, value) VALUES (1, NULL)");
        project.database().execute(&sql, []).unwrap();
        let label = format!("a.{class}Row");
        let dump = project.djr(["dumpdata", &label]).success().stdout();
        let is_file = matches!(class.as_str(), "FileField" | "ImageField");
        let value = if is_file { r#""""# } else { "null" };
        assert!(dump.contains(&format!(r#"{{"value": {value}}}"#)), "{dump}");
        let omitted = field.object(class, 1, "0").replace("\"value\": 0", "");
        load(&project, &[omitted]).success();
        let stored = project.texts(&format!("SELECT quote(value) FROM {table}"));
        let expected = if is_file { "''" } else { "NULL" };
        assert_eq!(stored, [expected], "{class}");
    }
}
