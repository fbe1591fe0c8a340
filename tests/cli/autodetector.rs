//! `djr makemigrations` makes the migrations that Django's autodetector makes of the same models.
//!
//! `tests/parity/record_detected.py` recorded Django; the models are in `tests/parity/detected.toml`.

use serde_json::{Value, json};

use crate::support::Project;

const CASES: &str = include_str!("../parity/detected.toml");
const RECORDED: &str = include_str!("../parity/golden/detected.json");

#[test]
fn names_operations_and_dependencies_are_those_of_django() {
    let cases: toml::Table = CASES.parse().unwrap();
    let recorded: Value = serde_json::from_str(RECORDED).unwrap();
    let cases = cases["case"].as_array().unwrap();
    let mut differences = Vec::new();
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let stages = case["stages"].as_array().unwrap();
        let project = Project::new().app("posts").app("people");
        for (index, stage) in stages.iter().enumerate() {
            let is_last = index + 1 == stages.len();
            let found = detected(&project, case, stage, is_last);
            let expected = &recorded[name][index];
            let expected = with_lowercase_models(expected);
            if found != expected {
                differences.push(format!(
                    "{name}, stage {index}:\n{found:#}\nis not\n{expected:#}"
                ));
            }
        }
        let again = project.djr(["makemigrations", "--check"]);
        if again.code() != Some(0) {
            differences.push(format!("{name}, run again: {again}"));
        }
    }
    assert!(cases.len() > 60, "the cases are cut short");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What `makemigrations` writes for a stage, as the recording shows it.
fn detected(project: &Project, case: &toml::Value, stage: &toml::Value, is_last: bool) -> Value {
    for app in ["posts", "people"] {
        let models = stage.get(app).and_then(toml::Value::as_str);
        project.write(format!("{app}/models.toml"), models.unwrap_or_default());
    }
    let options = case.get("options").filter(|_| is_last);
    let options = options
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten();
    let options = options.map(|option| option.as_str().unwrap());
    let arguments: Vec<_> = ["makemigrations", "--json"]
        .into_iter()
        .chain(options)
        .collect();
    let transcript = project.djr(arguments);
    if transcript.code() != Some(0) {
        return json!(transcript.to_string());
    }
    let mut found = json!({});
    for migration in transcript.json()["result"]["migrations"]
        .as_array()
        .unwrap()
    {
        let content: toml::Table = migration["content"].as_str().unwrap().parse().unwrap();
        let dependencies = content.get("dependencies").cloned();
        let dependencies = dependencies.unwrap_or(toml::Value::Array(Vec::new()));
        let key = format!(
            "{}.{}",
            migration["app"].as_str().unwrap(),
            migration["name"].as_str().unwrap()
        );
        found[key] = json!({ "operations": migration["operations"], "dependencies": dependencies });
    }
    with_lowercase_models(&found)
}

/// Django names models in lower case in most operations, djr as they are written.
fn with_lowercase_models(value: &Value) -> Value {
    value.to_string().to_lowercase().parse().unwrap()
}
