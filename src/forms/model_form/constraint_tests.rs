//! Rules about whole rows, as forms judge them, beside a recorded Django (`tests/parity/record_constraints.py`).

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::forms::ModelForm;
use crate::forms::form::Form;
use crate::forms::model_form::test_site::{Site, compare, data, form_of_row, sample_form};
use crate::models::{Constraint, ConstraintKind, Model};
use crate::text::capitalized;

const MODELS: &str = include_str!("../../../tests/parity/forms/constraints.toml");
const RECORDED: &str = include_str!("../../../tests/parity/golden/constraints.json");

/// What djr judges otherwise, on purpose: the model, and what is sent beside the usual.
///
/// A row is not among those that a condition means where it is not known to be, and nothing is not equal to nothing:
/// the database takes such rows.
const DIFFERENCES: [(&str, &str, &str, &str); 2] = [
    ("Offer", "slug", "taken", "price"),
    ("Event", "title", "The new", "tag"),
];

fn differs_on_purpose(case: &Json) -> bool {
    let sent = &case["sent"];
    let mut differences = DIFFERENCES.iter();
    differences.any(|(model, name, value, empty)| {
        case["model"] == **model && sent[name] == **value && sent[empty] == ""
    })
}

fn site(recorded: &Json) -> Site {
    let zone = recorded["zone"].as_str().unwrap();
    Site::new(MODELS, zone, recorded["script"].as_array().unwrap())
}

/// Sentences and codes by field, in the form of Django's `as_json`.
fn errors(form: &Form) -> Json {
    let listed = |errors: &[crate::forms::ValidationError]| -> Json {
        let errors = errors.iter();
        errors
            .map(|error| serde_json::json!({ "message": error.message, "code": error.code }))
            .collect()
    };
    let of_fields = form.fields().iter();
    let of_fields = of_fields.map(|field| (field.name(), form.errors(field.name())));
    let all = of_fields.chain([("__all__", form.non_field_errors())]);
    let some = all.filter(|(_, errors)| !errors.is_empty());
    let pairs: Map<_, _> = some
        .map(|(name, errors)| (name.to_owned(), listed(errors)))
        .collect();
    Json::Object(pairs)
}

fn sent(site: &Site, case: &Json) -> ModelForm {
    let definition = sample_form(
        site,
        case["model"].as_str().unwrap(),
        case["declared"].as_str().unwrap(),
    );
    let form = form_of_row(site, &definition, &case["key"]);
    form.bind(data(&case["sent"])).unwrap()
}

#[test]
fn forms_judge_whole_rows_as_django() {
    let recorded: Json = serde_json::from_str(RECORDED).unwrap();
    let (mut wrong, mut differing) = (Vec::new(), BTreeSet::new());
    for case in recorded["forms"].as_array().unwrap() {
        let site = site(&recorded);
        let mut form = sent(&site, case);
        let what = format!("{} {} <- {}", case["model"], case["key"], case["sent"]);
        let found = errors(&form.form);
        if differs_on_purpose(case) {
            assert!(found == serde_json::json!({}), "{what}: {found}");
            assert!(form.save().unwrap().is_some(), "{what}");
            differing.insert(case["model"].to_string());
            continue;
        }
        // Where Django fails when it writes, the form knows it, or is told by the database.
        if case["saved"].is_string() {
            let is_refused = !form.is_valid() || form.save().unwrap().is_none();
            assert!(is_refused && form.form.has_errors(), "{what}");
            continue;
        }
        compare(&mut wrong, &what, &case["errors"], &found);
        if form.is_valid() {
            let saved = form.save().unwrap().is_some();
            compare(&mut wrong, &what, &case["saved"], &saved.into());
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(differing.len(), DIFFERENCES.len());
}

/// A rule that no recorded row breaks would not be seen to be passed over.
#[test]
fn every_rule_is_broken_in_the_recording() {
    let recorded: Json = serde_json::from_str(RECORDED).unwrap();
    let text = recorded["forms"].to_string();
    let site = site(&recorded);
    let mut rules = 0;
    for model in site.database.registry.models() {
        for constraint in &model.options.constraints {
            // Numbers of keys are the database's.
            if constraint.name == "by_key" {
                continue;
            }
            let of_database = format!("constraint failed: {}", constraint.name);
            let said = [constraint.violation_message(), of_database];
            let said = said.into_iter().chain(said_of_fields(model, constraint));
            assert!(
                said.clone().any(|said| text.contains(&said)),
                "{}",
                constraint.name
            );
            rules += 1;
        }
    }
    assert!(rules > 20, "{rules}");
}

/// What Django and its database say of a constraint that names fields alone.
fn said_of_fields(model: &Model, constraint: &Constraint) -> Vec<String> {
    let ConstraintKind::Unique(names) = &constraint.kind else {
        return Vec::new();
    };
    let labels: Vec<_> = names.iter().map(|name| capitalized(name)).collect();
    let columns: Vec<_> = names
        .iter()
        .map(|name| format!("{}.{name}", model.db_table()))
        .collect();
    vec![
        format!("with this {} already exists", labels.join(" and ")),
        columns.join(", "),
    ]
}
