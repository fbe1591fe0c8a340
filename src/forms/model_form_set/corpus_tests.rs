//! Sets of forms of models beside those of a recorded Django (`tests/parity/record_model_form_sets.py`).

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::forms::form::Form;
use crate::forms::layout::FormLayout;
use crate::forms::model_form::test_site::{Site, compare, data};
use crate::forms::tests::squashed_lines as squashed;
use crate::forms::{FormSetDefinition, ModelFormSet};
use crate::models::ModelKey;
use crate::query::{ModelInstance, Query};
use crate::values::FieldValue;

const MODELS: &str = include_str!("../../../tests/parity/forms/sets.toml");
const RECORDED: &str = include_str!("../../../tests/parity/golden/model_form_sets.json");

/// What djr says of a row that is not among those of a set, or is there twice, which Django takes and then saves nothing,
/// or something else; and of a constraint that names the parent, which Django leaves to the database.
const STRICTER: [&str; 3] = [
    "Select a valid choice. That choice is not one of the available choices.",
    "Cover with this Album already exists.",
    "Review with this Author and Slug already exists.",
];

fn recorded() -> Json {
    serde_json::from_str(RECORDED).unwrap()
}

fn site() -> Site {
    let recorded = recorded();
    Site::new(MODELS, "UTC", recorded["script"].as_array().unwrap())
}

/// The set that a case declares.
fn definition(site: &Site, case: &Json) -> Arc<FormSetDefinition> {
    let text = |key: &str| case[key].as_str().unwrap();
    let declared = format!(
        "[Sample]\n{}\n[SampleSet]\nform = 'Sample'\n{}\n",
        text("form"),
        text("set")
    );
    let forms = site.forms(&declared);
    Arc::clone(forms.get_set("app.SampleSet").unwrap())
}

fn row(site: &Site, model: &ModelKey, key: i64) -> ModelInstance {
    let query = Query::new(model.clone())
        .on(&site.database.registry)
        .unwrap();
    let rows = site.database.with(|connection| query.instances(connection));
    let mut rows = rows.unwrap().into_iter();
    rows.find(|row| *row.key() == FieldValue::Integer(key))
        .unwrap()
}

/// The set of a case before it has forms.
fn set(site: &Site, case: &Json) -> ModelFormSet {
    let definition = definition(site, case);
    let set = ModelFormSet::new(&definition, &site.database).unwrap();
    let inline = set.rows.parent.clone();
    match (inline, case["parent"].as_i64()) {
        (Some(inline), Some(key)) => set.of_parent(&row(site, &inline.model, key)),
        _ => set,
    }
}

fn errors(form: &Form) -> Json {
    let messages = |errors: &[crate::forms::ValidationError]| {
        let mut messages: Vec<_> = errors.iter().map(|error| error.message.clone()).collect();
        messages.sort();
        Json::from(messages)
    };
    let of_fields = form.fields().iter();
    let of_fields = of_fields.map(|field| (field.name(), form.errors(field.name())));
    let all = of_fields.chain([("__all__", form.non_field_errors())]);
    let some = all.filter(|(_, errors)| !errors.is_empty());
    let pairs: Map<_, _> = some
        .map(|(name, errors)| (name.to_owned(), messages(errors)))
        .collect();
    Json::Object(pairs)
}

/// What djr makes of a row, in the form of the recording.
fn replayed(site: &Site, case: &Json, posted: &Json) -> Json {
    let set = set(site, case);
    let mut found = Map::new();
    let mut set = if posted.is_null() {
        set.unbound().unwrap()
    } else {
        set.bind(data(posted)).unwrap()
    };
    found.insert("sent".into(), posted.clone());
    found.insert("count".into(), set.set.forms.len().into());
    if !posted.is_null() {
        let errors: Vec<_> = set
            .set
            .forms
            .iter()
            .take(9)
            .map(|form| errors(&form.form))
            .collect();
        let wrong = set.set.non_form_errors().iter();
        let mut wrong: Vec<_> = wrong.map(|error| error.message.clone()).collect();
        wrong.sort();
        found.insert("valid".into(), set.is_valid().into());
        found.insert("non_form_errors".into(), wrong.into());
        found.insert("errors".into(), errors.into());
    }
    if set.set.forms.len() < 10 {
        found.insert("as_div".into(), shown(&set, FormLayout::Div).into());
        found.insert("as_table".into(), shown(&set, FormLayout::Table).into());
    }
    let empty = squashed(&set.set.empty_form.html(FormLayout::Paragraph));
    found.insert("empty_form".into(), empty.into());
    if !posted.is_null()
        && set.is_valid()
        && (set.rows.parent.is_none() || !case["parent"].is_null())
    {
        let saved = set.save().unwrap().unwrap();
        found.insert("new".into(), saved.new.len().into());
        found.insert("changed".into(), saved.changed.len().into());
        found.insert("deleted".into(), saved.deleted.len().into());
        found.insert("stored".into(), stored(site, &set));
    }
    Json::Object(found)
}

/// The HTML of a set; of forms that say the same Django forgets the class of the list of errors.
fn shown(set: &ModelFormSet, layout: FormLayout) -> String {
    let duplicates = "\"><li>Please correct the duplicate values below.";
    let html = squashed(&set.set.html(layout));
    html.replace(
        &format!("errorlist nonfield{duplicates}"),
        &format!("errorlist{duplicates}"),
    )
}

fn stored(site: &Site, set: &ModelFormSet) -> Json {
    let model = &set.rows.model;
    let mut tables = Map::new();
    let mut rows = site.rows(&model.db_table(), true);
    if model.name == "Ticket" {
        let rows = rows.as_array_mut().unwrap();
        for row in rows.iter_mut() {
            let token = row["token"].as_str().unwrap();
            if !token.starts_with("0000") {
                row["token"] = json!("new");
            }
        }
        rows.sort_by_key(|row| (row["token"].to_string(), row["name"].to_string()));
    }
    tables.insert(model.db_table(), rows);
    for field in model
        .fields
        .iter()
        .filter(|field| field.many_to_many().is_some())
    {
        let table = format!("{}_{}", model.db_table(), field.name);
        tables.insert(table.clone(), site.rows(&table, false));
    }
    Json::Object(tables)
}

/// What is wrong with the forms of a row.
fn reasons(row: &Json) -> Vec<&str> {
    let errors = row["errors"].as_array().into_iter().flatten();
    let lists = errors.flat_map(|errors| errors.as_object().unwrap().values());
    lists
        .flat_map(|list| list.as_array().unwrap())
        .map(|reason| reason.as_str().unwrap())
        .collect()
}

/// Whether djr refuses what Django does not, for one of its own reasons.
fn is_stricter(django: &Json, djr: &Json) -> bool {
    let mut more = reasons(djr);
    for reason in reasons(django) {
        if let Some(place) = more.iter().position(|other| *other == reason) {
            more.swap_remove(place);
        }
    }
    !more.is_empty() && more.iter().all(|reason| STRICTER.contains(reason))
}

#[test]
fn sets_of_rows_show_refuse_and_save_as_django() {
    let recorded = recorded();
    let (mut wrong, mut stricter, mut all) = (Vec::new(), Vec::new(), 0);
    for case in recorded["cases"].as_array().unwrap() {
        for django in case["rows"].as_array().unwrap() {
            all += 1;
            let site = site();
            let found = replayed(&site, case, &django["sent"]);
            let what = format!(
                "{:?} {:?} {} <- {}",
                case["form"], case["set"], case["parent"], django["sent"]
            );
            if is_stricter(django, &found) {
                let stored = |row: &Json| row["stored"].clone();
                assert!(
                    found["valid"] == false || stored(&found) == stored(django),
                    "{what}"
                );
                stricter.push(format!(
                    "{what}\n  {} {}\n  {} {}",
                    django["errors"],
                    django["non_form_errors"],
                    found["errors"],
                    found["non_form_errors"]
                ));
                continue;
            }
            for (key, value) in django.as_object().unwrap() {
                compare(&mut wrong, &format!("{what}: {key}"), value, &found[key]);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(stricter.len(), 16, "{}", stricter.join("\n"));
    assert!(all > 150);
}
