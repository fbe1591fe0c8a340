//! Rules about whole rows, as an API judges them, beside a recorded Django REST framework
//! (`tests/parity/record_constraints.py`).

use std::path::Path;

use serde_json::Value;

use crate::api::request_data::RequestData;
use crate::api::serializer::{Serializer, SerializerBuilder, SerializerContext, ValidationFailure};
use crate::api::write;
use crate::db::Connection;
use crate::document::{Document, Problems};
use crate::json::Json;
use crate::models::{ModelKey, ModelSet as _, Registry};
use crate::query::{ModelInstance, Query};
use crate::test_database::{filled, library};

const MODELS: &str = include_str!("../../../tests/parity/forms/constraints.toml");
const GOLDEN: &str = include_str!("../../../tests/parity/golden/constraints.json");

/// What djr judges otherwise, on purpose: what is sent, what Django REST framework says of it, and what djr says.
///
/// Nothing is not equal to nothing, and what is not sent is what the row has, or will have.
const DIFFERENCES: [&str; 5] = [
    "tag null: {\"tag\":[\"This field must be unique for the \\\"day\\\" year.\"]} / null",
    "without tag: {\"tag\":[\"This field is required.\"]} / null",
    "Log 1: {\"added\":[\"This field is required.\"]} / null",
    "Log 2: {\"added\":[\"This field is required.\"]} / {\"name\":[\"This field must be unique for the \\\"added\\\" date.\"]}",
    "Log 2 in part: {\"added\":[\"This field is required.\"]} / {\"name\":[\"This field must be unique for the \\\"added\\\" date.\"]}",
];

fn golden() -> Value {
    // The tests of this room have one app.
    let text = GOLDEN.replace("\\\"app_", "\\\"library_");
    serde_json::from_str(&text).unwrap()
}

fn serializer(registry: &Registry, model: &str, fields: &Value) -> Serializer {
    let entry = format!("fields = {fields}");
    let document = Document::parse(Path::new("urls.toml"), &entry).unwrap();
    let problems = Problems::default();
    let keys = document.root().reader(&problems);
    let builder = SerializerBuilder {
        registry,
        problems: &problems,
    };
    let key = ModelKey::new("library", model);
    let serializer = builder.serializer(registry.shared(&key).unwrap(), &keys);
    keys.finish();
    problems.finish(serializer).unwrap()
}

fn instance(
    context: &SerializerContext<'_, '_>,
    model: &str,
    key: &Value,
) -> Option<ModelInstance> {
    let query = Query::new(ModelKey::new("library", model));
    let rows = query.on(context.registry).unwrap();
    let rows = rows.instances(context.connection).unwrap();
    let key = crate::values::FieldValue::Integer(key.as_i64()?);
    rows.into_iter().find(|row| *row.key() == key)
}

/// The errors of a row, or `null` where it was written.
fn outcome(context: &SerializerContext<'_, '_>, case: &Value) -> Value {
    let model = case["model"].as_str().unwrap();
    let serializer = serializer(context.registry, model, &case["fields"]);
    let data = RequestData::Json(Json::parse(&case["sent"].to_string()).unwrap());
    let row = instance(context, model, &case["key"]);
    let partial = case["partial"] == true;
    let judged = || {
        let sent = serializer.validate(context, &data, row.as_ref(), partial)?;
        let new = write::row(context, &serializer, &sent, row.as_ref())?;
        serializer.judge(context, &sent, &new)?;
        // Whatever is judged to be right is taken by the database.
        let saved = write::save(context, &serializer, &sent, new, row.as_ref());
        saved.unwrap_or_else(|error| panic!("{case}: {error:?}"));
        Ok(())
    };
    match judged() {
        Ok(()) => Value::Null,
        Err(ValidationFailure::Invalid(errors)) => {
            serde_json::from_str(&errors.to_python()).unwrap()
        }
        Err(ValidationFailure::Failed(error)) => panic!("{case}: {error:?}"),
    }
}

/// What is different of a case, for the list of differences.
fn called(case: &Value, found: &Value) -> String {
    let sent = &case["sent"];
    let what = match case["model"].as_str().unwrap() {
        "Log" if case["partial"] == true => format!("Log {} in part", case["key"]),
        "Log" => format!("Log {}", case["key"]),
        _ if sent.get("tag").is_none() => "without tag".to_owned(),
        _ if sent["tag"].is_null() => "tag null".to_owned(),
        _ => sent.to_string(),
    };
    format!("{what}: {} / {found}", case["errors"])
}

fn each_case(mut judge: impl FnMut(&Value, Value)) {
    let golden = golden();
    let folder = tempfile::tempdir().unwrap();
    let models = MODELS.replace("\"app.", "\"library.");
    let registry = library(folder.path(), &models, golden["zone"].as_str().unwrap());
    for case in golden["serializers"].as_array().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let connection: Connection = filled(folder.path(), golden["script"].as_array().unwrap());
        let context = SerializerContext {
            registry: &registry,
            connection: &connection,
            zone: registry.time_zone(),
            request: None,
        };
        judge(case, outcome(&context, case));
    }
}

#[test]
fn an_api_judges_whole_rows_as_django_rest_framework() {
    let (mut wrong, mut differing, mut cases) = (Vec::new(), Vec::new(), 0);
    each_case(|case, mut found| {
        cases += 1;
        // What two validators say in the same words, Django REST framework tells twice.
        let mut expected = case["errors"].clone();
        for errors in [&mut expected, &mut found] {
            for messages in errors.as_object_mut().into_iter().flatten() {
                messages.1.as_array_mut().unwrap().dedup();
            }
        }
        let crash = case["crash"].as_str();
        if crash.is_none() && found == expected {
            return;
        }
        match crash {
            None if DIFFERENCES.contains(&called(case, &found).as_str()) => {
                differing.push(called(case, &found));
            }
            // Where a database would fail, djr says what is wrong.
            Some(crash)
                if crash.starts_with("IntegrityError") && found["non_field_errors"].is_array() => {}
            Some(crash) if !crash.starts_with("IntegrityError") => {}
            _ => wrong.push(format!("{case}\n  found {found}")),
        }
    });
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
    assert_eq!(differing.len(), DIFFERENCES.len(), "{differing:?}");
    assert!(cases > 50, "{cases}");
}

/// A change in part is judged as the row will be; in Django REST framework it fails with a `KeyError`.
#[test]
fn what_is_not_sent_is_what_the_row_has() {
    let mut found = Vec::new();
    each_case(|case, outcome| {
        if case["crash"]
            .as_str()
            .is_some_and(|crash| crash.starts_with("KeyError"))
        {
            found.push(format!("{} {} {outcome}", case["model"], case["sent"]));
        }
    });
    insta::assert_snapshot!(found.join("\n"), @r#"
    "Offer" {"slug":"taken"} {"non_field_errors":["The fields owner, slug must make a unique set."]}
    "Offer" {"high":0} {"non_field_errors":["Low is above high (low_before_high, 100%)."]}
    "Event" {"title":"The first","day":"2026-01-02","starts":"2026-03-02T10:00:00Z","tag":"t"} {"title":["This field must be unique for the \"day\" date."]}
    "Event" {"title":"The first"} null
    "Event" {"room":"a"} null
    "Event" {"seats":3} null
    "#);
}
