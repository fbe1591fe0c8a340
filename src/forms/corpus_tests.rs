//! Every field with every widget that fits it beside a recorded Django (`tests/parity/record_form_fields.py`).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use crate::clock::Zone;
use crate::document::{Document, Problems};
use crate::forms::layout::FormLayout;
use crate::forms::read::{FormContext, read_fields};
use crate::forms::tests::squashed_lines as squashed;
use crate::forms::{FIELD_CLASSES, Form, FormDefinition, FormValue, StoredFile, WidgetClass};
use crate::http::percent::{encode, safe};
use crate::http::{FormData, QueryDict, UploadedFile, UploadedFiles};
use crate::values::{FieldValue, to_text};

/// What Django's classes are for whoever writes one of his own, or are tested elsewhere (`record_model_forms.py`).
const ABSTRACT: [&str; 2] = ["Input", "ChoiceWidget"];

fn recorded() -> Json {
    serde_json::from_str(include_str!("../../tests/parity/golden/form_fields.json")).unwrap()
}

fn vienna() -> Zone {
    Zone::named("Europe/Vienna").unwrap()
}

/// The form with the one field that `declared` declares.
fn definition(declared: &str) -> Arc<FormDefinition> {
    let text = format!("value = {declared}\n");
    let document = Document::parse(Path::new("forms.toml"), &text).unwrap();
    let (problems, zone) = (Problems::default(), vienna());
    let context = FormContext::new("app", &problems, None, &zone);
    let fields = read_fields(&context, document.root());
    problems.finish(()).unwrap();
    Arc::new(FormDefinition::new("app.Sample", fields).zone(&zone))
}

fn data(sent: &Json) -> FormData {
    let (mut pairs, mut files) = (Vec::new(), UploadedFiles::default());
    let mut add = |name: &str, value: &Json| {
        let value = encode(value.as_str().unwrap(), safe::NOTHING);
        pairs.push(format!("{}={value}", encode(name, safe::NOTHING)));
    };
    match sent {
        Json::Object(parts) => {
            for (suffix, value) in parts {
                if suffix == "file" {
                    let [name, content, kind] =
                        [0, 1, 2].map(|index| value[index].as_str().unwrap());
                    let content = STANDARD.decode(content).unwrap();
                    files.append("value", UploadedFile::in_memory(name, kind, content));
                } else {
                    add(&format!("value{suffix}"), value);
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| add("value", item)),
        Json::Null => {}
        text => add("value", text),
    }
    FormData {
        fields: Arc::new(QueryDict::parse(&pairs.join("&"), 100).unwrap()),
        files: Arc::new(files),
    }
}

/// A cleaned value as the recorder writes it.
fn cleaned(value: &FormValue) -> Json {
    let text = |value: &FieldValue| match value {
        FieldValue::Null => Json::from("null"),
        FieldValue::Boolean(value) => Json::from(value.to_string()),
        FieldValue::Moment(moment) => Json::from(format!("{}+00:00", moment.to_sql())),
        FieldValue::Json(document) => Json::from(json_text(document)),
        value => Json::from(to_text(value)),
    };
    match value {
        FormValue::Value(value) => text(value),
        FormValue::Secret(secret) => Json::from(secret.expose()),
        FormValue::List(values) => values.iter().map(text).collect(),
        FormValue::File(file) => Json::from(format!("file {} {}", file.name(), file.size())),
        FormValue::Stored(file) => Json::from(format!("stored {}", file.name)),
        FormValue::ClearFile => Json::from("false"),
    }
}

/// A document as the recorder writes it: a list item by item.
fn json_text(document: &crate::json::Json) -> String {
    document.to_python_unicode()
}

fn others(form: &Form) -> String {
    let layouts = [FormLayout::Paragraph, FormLayout::Table, FormLayout::List];
    let html = layouts
        .map(|layout| squashed(&form.html(layout)))
        .join("\n");
    let digest = Sha256::digest(html.as_bytes());
    let bytes = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
    bytes.collect::<Vec<_>>().concat()
}

/// What djr makes of a row, in the form of the recording.
fn replayed(definition: &Arc<FormDefinition>, stored: &Json, sent: &Json) -> Json {
    let mut form = Form::of(definition);
    if let Some(name) = stored["name"].as_str() {
        let url = stored["url"].as_str().unwrap().to_owned();
        let file = StoredFile {
            name: name.to_owned(),
            url,
        };
        form.set_initial("value", FormValue::Stored(file));
    }
    let mut row = serde_json::Map::new();
    row.insert("sent".into(), sent.clone());
    if sent.as_str() != Some("unbound") {
        form = form.bind(data(sent));
        let errors = form.errors("value");
        let known = definition.fields[0].error_codes();
        for error in errors {
            assert!(known.contains(&*error.code), "{} {known:?}", error.code);
        }
        let messages = errors.iter().map(|error| error.message.as_str());
        row.insert("messages".into(), messages.collect());
        row.insert(
            "codes".into(),
            errors.iter().map(|error| &*error.code).collect(),
        );
        if let Some(value) = form.value("value") {
            row.insert("cleaned".into(), cleaned(value));
        }
        row.insert("changed".into(), form.has_changed().into());
    }
    row.insert(
        "as_div".into(),
        squashed(&form.html(FormLayout::Div)).into(),
    );
    row.insert("others".into(), others(&form).into());
    Json::Object(row)
}

#[test]
fn every_field_cleans_and_prints_as_django_with_every_widget() {
    let recorded = recorded();
    let (mut count, mut wrong) = (0, Vec::new());
    for case in recorded["cases"].as_array().unwrap() {
        let declared = case["toml"].as_str().unwrap();
        let definition = definition(declared);
        for row in case["rows"].as_array().unwrap() {
            count += 1;
            let found = replayed(&definition, &case["stored"], &row["sent"]);
            let different = row
                .as_object()
                .unwrap()
                .iter()
                .filter(|(key, value)| found[*key] != **value);
            let different: Vec<_> = different
                .map(|(key, value)| told(key, value, &found[key]))
                .collect();
            let is_known = DIFFERENT
                .iter()
                .any(|known| known.covers(declared, &row["sent"]));
            if different.is_empty() == is_known {
                let different = different.join("\n");
                wrong.push(format!("{declared} <- {}\n{different}", row["sent"]));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} rows differ\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
    assert!(count > 1500, "{count}");
}

/// Where two values part, with what stands around.
fn told(key: &str, django: &Json, djr: &Json) -> String {
    let (django, djr) = (django.to_string(), djr.to_string());
    let same = django
        .chars()
        .zip(djr.chars())
        .take_while(|(left, right)| left == right);
    let from = same.count().saturating_sub(60);
    let window = |text: &str| text.chars().skip(from).take(160).collect::<String>();
    format!(
        "  {key}\n    Django {}\n    djr    {}",
        window(&django),
        window(&djr)
    )
}

/// A row in which djr differs on purpose.
struct Difference {
    /// The beginning of the field's declaration.
    declared: &'static str,
    sent: &'static str,
    /// Why.
    #[expect(dead_code, reason = "for whoever reads the list")]
    reason: &'static str,
}

impl Difference {
    fn covers(&self, declared: &str, sent: &Json) -> bool {
        let is_sent = sent.as_str() != Some("unbound");
        is_sent && declared.starts_with(self.declared) && sent.to_string().contains(self.sent)
    }
}

const PILLOW: &str = "Pillow knows the names of some eighty formats, djr those of eight";

const DIFFERENT: [Difference; 4] = [
    Difference {
        declared: "{ \"type\" = \"ImageField\"",
        sent: "[\"a.txt\"",
        reason: PILLOW,
    },
    Difference {
        declared: "{ \"type\" = \"ImageField\"",
        sent: "[\"a\"",
        reason: PILLOW,
    },
    Difference {
        declared: "{ \"type\" = \"MultiValueField\", \"separator\" = \"-\", \"require_all_fields\" = false",
        sent: "{\"_0\":\"\",\"_1\":\"1\"}",
        reason: "Django's error has no code there",
    },
    Difference {
        declared: "{ \"type\" = \"JSONField\", \"disabled\" = true",
        sent: "",
        reason: "a disabled field cannot be changed; that of Django says it was",
    },
];

#[test]
fn every_class_of_django_has_a_case() {
    let recorded = recorded();
    let names = |key: &str| -> BTreeSet<String> {
        let names = recorded["classes"][key].as_array().unwrap().iter();
        names
            .map(|name| name.as_str().unwrap().to_owned())
            .collect()
    };
    let declared: Vec<_> = recorded["cases"].as_array().unwrap().iter().collect();
    let is_named = |name: &str| {
        let quoted = format!("\"{name}\"");
        declared
            .iter()
            .any(|case| case["toml"].as_str().unwrap().contains(&quoted))
    };
    let fields = names("fields");
    assert!(
        fields
            .iter()
            .all(|name| FIELD_CLASSES.contains(&name.as_str())),
        "{fields:?}"
    );
    let lacking: Vec<_> = fields.iter().filter(|name| !is_named(name)).collect();
    assert!(lacking.is_empty(), "no case for {lacking:?}");
    for name in names("widgets") {
        if ABSTRACT.contains(&name.as_str()) {
            continue;
        }
        let class = WidgetClass::named(&name).unwrap_or_else(|| panic!("no widget `{name}`"));
        let is_usual = declared.iter().any(|case| {
            let definition = definition(case["toml"].as_str().unwrap());
            definition
                .fields()
                .iter()
                .any(|field| field.widget.class == class)
        });
        assert!(is_usual || is_named(&name), "no case for `{name}`");
    }
}
