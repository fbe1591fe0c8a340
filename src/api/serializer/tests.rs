//! Every kind of field beside what Django REST framework read and refused (`tests/parity/record_api.py`).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::api::request_data::RequestData;
use crate::api::serializer::{
    Representation, Serializer, SerializerBuilder, SerializerContext, SerializerKind,
    ValidatedValue, ValidationFailure,
};
use crate::document::{Document, Problems};
use crate::http::percent::{encode, safe};
use crate::http::{FormData, QueryDict};
use crate::json::{Json, JsonStyle, JsonWriter};
use crate::models::{ModelKey, ModelSet as _, Registry};
use crate::query::ModelInstance;
use crate::test_database::{filled, library};

const MODELS: &str = include_str!("../../../tests/parity/api/models.toml");
const GOLDEN: &str = include_str!("../../../tests/parity/golden/api.json");

/// What djr reads otherwise, on purpose: the fields, and what is sent for them.
///
/// A list is a list; a duration is one that a column holds; a time
/// that a clock skips is shown as the moment that is meant; an address names no interface of a machine.
const DIFFERENCES: [(&[&str], &[&str]); 6] = [
    (&["ip", "ip4", "ip6", "ip_null"], &["fe80::1%eth0"]),
    (
        &["moment", "moment_null"],
        &["2026-1-2", "2026-03-29T02:30:00"],
    ),
    (
        &["duration"],
        &["999999999 00:00:00", "1000000000 00:00:00"],
    ),
    (
        &["many", "many_blank"],
        &["{}", "{\"a\": 1}", "{\"pk\": 1}"],
    ),
    (&["many"], &["{\"novel\": 1}"]),
    (&["many_blank"], &["{\"1\": 2}"]),
];

fn differs_on_purpose(field: &str, sent: &str) -> bool {
    let mut differences = DIFFERENCES.iter();
    differences.any(|(fields, texts)| fields.contains(&field) && texts.contains(&sent))
}

/// The models without those that refer to users.
/// The models of the recording without `Review`, which these tests do not ask for.
fn models() -> String {
    let (before, rest) = MODELS.split_once("[Review]").unwrap();
    let (_, sample) = rest.split_once("[Sample]").unwrap();
    format!("{before}[Sample]{sample}")
}

fn serializer(registry: &Registry, entry: &str) -> Serializer {
    let document = Document::parse(Path::new("urls.toml"), entry).unwrap();
    let problems = Problems::default();
    let keys = document.root().reader(&problems);
    let model = registry
        .shared(&ModelKey::new("library", "sample"))
        .unwrap();
    let builder = SerializerBuilder {
        registry,
        problems: &problems,
    };
    let serializer = builder.serializer(model, &keys);
    keys.finish();
    problems.finish(serializer).unwrap()
}

fn data(field: &str, kind: &str, sent: &Value) -> RequestData {
    let Some(text) = sent.as_str() else {
        return match kind {
            "json" => RequestData::Json(Json::Object(Vec::new())),
            _ => RequestData::Form(FormData::default()),
        };
    };
    if kind == "json" {
        let value = Json::parse(text).unwrap();
        return RequestData::Json(Json::Object(vec![(field.to_owned(), value)]));
    }
    let form = format!("{field}={}", encode(text, safe::NOTHING));
    RequestData::Form(FormData::from(Arc::new(
        QueryDict::parse(&form, 10).unwrap(),
    )))
}

/// What came of it, in the form of the recording.
fn outcome(
    context: &SerializerContext<'_, '_>,
    serializer: &Serializer,
    data: &RequestData,
) -> Value {
    let field = &serializer.fields[0];
    let values = match serializer.validate(context, data, None, false) {
        Ok(values) => values,
        Err(ValidationFailure::Invalid(errors)) => {
            let errors: Value = serde_json::from_str(&errors.to_python()).unwrap();
            return serde_json::json!({ "errors": errors });
        }
        Err(ValidationFailure::Failed(error)) => panic!("{}: {error:?}", field.name),
    };
    let mut writer = JsonWriter::new(JsonStyle::WITHOUT_SPACES);
    let with = Representation {
        zone: context.zone,
        request: None,
    };
    match values.get(&field.name) {
        None | Some(ValidatedValue::Skipped) => return serde_json::json!({ "skipped": true }),
        Some(ValidatedValue::Value(value)) => {
            let mut row = ModelInstance::empty(Arc::clone(&serializer.model));
            row.set(&field.name, value.clone());
            serializer.write(&mut writer, &row, with);
        }
        Some(ValidatedValue::Rows(rows)) => {
            writer.open(b'{');
            writer.key(&field.name);
            writer.open(b'[');
            for row in rows {
                super::represent::write_plain(&mut writer, row, context.zone);
            }
            writer.close(b']');
            writer.close(b'}');
        }
        Some(ValidatedValue::File(_)) => panic!("{}: no file was sent", field.name),
    }
    let text = String::from_utf8_lossy(writer.written());
    let written: Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    serde_json::json!({ "value": written[&field.name] })
}

#[test]
fn reads_and_refuses_as_django_rest_framework() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let registry = library(folder.path(), &models(), golden["zone"].as_str().unwrap());
    let connection = filled(folder.path(), golden["script"].as_array().unwrap());
    let context = SerializerContext {
        registry: &registry,
        connection: &connection,
        zone: registry.time_zone(),
        request: None,
    };
    let (mut wrong, mut differing) = (Vec::new(), BTreeSet::new());
    for row in golden["fields"].as_array().unwrap() {
        let name = row["field"].as_str().unwrap();
        let serializer = serializer(&registry, &format!("fields = ['{name}']"));
        for case in row["cases"].as_array().unwrap() {
            let (kind, sent, expected) = (case[0].as_str().unwrap(), &case[1], &case[2]);
            let found = outcome(&context, &serializer, &data(name, kind, sent));
            let is_crash = expected.get("crash").is_some() && found.get("errors").is_some();
            if found == *expected || is_crash {
                continue;
            }
            let shown = sent.as_str().unwrap_or_default();
            let shown: String = shown.chars().take(60).collect();
            let text = shown.trim_matches('"');
            if differs_on_purpose(name, text) {
                differing.insert((name.to_owned(), text.to_owned()));
            } else {
                wrong.push(format!(
                    "{name} {kind} {shown}: {found} instead of {expected}"
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
    let known = DIFFERENCES
        .iter()
        .map(|(fields, texts)| fields.len() * texts.len());
    assert_eq!(differing.len(), known.sum::<usize>(), "{differing:?}");
}

/// A kind of field that nobody recorded would not be seen to be wrong.
#[test]
fn every_kind_of_field_is_recorded() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let recorded: Vec<_> = golden["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["field"].as_str().unwrap())
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let registry = library(folder.path(), &models(), "UTC");
    for field in serializer(&registry, "fields = '__all__'").fields {
        // Files are recorded with the requests that send them.
        let is_file = matches!(field.kind, SerializerKind::File(_));
        let is_written = !field.read_only && !is_file;
        assert_eq!(
            recorded.contains(&field.name.as_str()),
            is_written,
            "{}",
            field.name
        );
    }
}
