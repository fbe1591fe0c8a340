//! Forms of models beside those of a recorded Django (`tests/parity/record_model_forms.py`).

use serde_json::{Map, Value as Json};

use crate::forms::layout::FormLayout;
use crate::forms::model_form::test_site::{Site, compare, data, form_of_row, sample_form};
use crate::forms::tests::squashed_lines as squashed;
use crate::forms::{Form, FormValue, ModelForm};
use crate::values::{FieldValue, to_text};

const MODELS: &str = include_str!("../../../tests/parity/forms/models.toml");
const RECORDED: &str = include_str!("../../../tests/parity/golden/model_forms.json");

fn site(recorded: &Json) -> Site {
    let zone = recorded["zone"].as_str().unwrap();
    Site::new(MODELS, zone, recorded["script"].as_array().unwrap())
}

fn errors(form: &Form) -> Json {
    let messages = |errors: &[crate::forms::ValidationError]| -> Json {
        errors.iter().map(|error| error.message.as_str()).collect()
    };
    let of_fields = form
        .fields()
        .iter()
        .map(|field| (field.name(), form.errors(field.name())));
    let all = of_fields.chain([("__all__", form.non_field_errors())]);
    let some = all.filter(|(_, errors)| !errors.is_empty());
    let pairs: Map<_, _> = some
        .map(|(name, errors)| (name.to_owned(), messages(errors)))
        .collect();
    Json::Object(pairs)
}

fn cleaned(value: &FormValue) -> Json {
    let text = |value: &FieldValue| match value {
        FieldValue::Null => Json::from("null"),
        FieldValue::Boolean(value) => Json::from(value.to_string()),
        FieldValue::Moment(moment) => Json::from(format!("{}+00:00", moment.to_sql())),
        FieldValue::Json(document) => Json::from(document.to_python_unicode()),
        value => Json::from(to_text(value)),
    };
    match value {
        FormValue::Value(value) => text(value),
        FormValue::List(values) => {
            let mut texts: Vec<_> = values.iter().map(text).collect();
            texts.sort_by_key(ToString::to_string);
            Json::Array(texts)
        }
        other => panic!("{other:?}"),
    }
}

fn recorded() -> Json {
    serde_json::from_str(RECORDED).unwrap()
}

#[test]
fn every_field_of_a_model_makes_the_field_of_django() {
    let recorded = recorded();
    let site = site(&recorded);
    let mut wrong = Vec::new();
    let all = recorded["fields"].as_array().unwrap();
    for row in all {
        let name = row["field"].as_str().unwrap();
        if row["form_field"].is_null() {
            let definition = sample_form(&site, "Everything", "exclude = []");
            assert!(
                definition.fields().iter().all(|field| field.name() != name),
                "{name}"
            );
            continue;
        }
        let definition = sample_form(&site, "Everything", &format!("fields = ['{name}']"));
        let field = &definition.fields()[0];
        compare(
            &mut wrong,
            name,
            &row["form_field"],
            &field.kind().class_name().into(),
        );
        compare(
            &mut wrong,
            name,
            &row["widget"],
            &field.widget.class.name().into(),
        );
        compare(&mut wrong, name, &row["required"], &field.required.into());
        let html = ModelForm::create(&definition, &site.database).unwrap().form;
        compare(
            &mut wrong,
            name,
            &row["as_div"],
            &squashed(&html.html(FormLayout::Div)).into(),
        );
        for sent in row["rows"].as_array().unwrap() {
            let what = format!("{name} <- {}", sent["sent"]);
            let value = match &sent["sent"] {
                Json::Null => Json::Null,
                value => serde_json::json!({ name: value }),
            };
            let form = ModelForm::create(&definition, &site.database)
                .unwrap()
                .bind(data(&value))
                .unwrap();
            compare(&mut wrong, &what, &sent["errors"], &errors(&form.form));
            let found = form.form.value(name).filter(|_| !sent["cleaned"].is_null());
            compare(
                &mut wrong,
                &what,
                &sent["cleaned"],
                &found.map_or(Json::Null, cleaned),
            );
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(all.len() > 40);
}

#[test]
fn forms_of_models_refuse_and_save_as_django() {
    let recorded = recorded();
    let mut wrong = Vec::new();
    for case in recorded["answers"].as_array().unwrap() {
        let site = site(&recorded);
        let declared = case["declared"].as_str().unwrap();
        let definition = sample_form(&site, case["model"].as_str().unwrap(), declared);
        let what = format!(
            "{} {declared:?} {} <- {}",
            case["model"], case["key"], case["sent"]
        );
        let form = form_of_row(&site, &definition, &case["key"]);
        compare(
            &mut wrong,
            &what,
            &case["unbound"],
            &squashed(&form.form.html(FormLayout::Div)).into(),
        );
        let mut form = form.bind(data(&case["sent"])).unwrap();
        if form.is_valid() {
            form.save().unwrap();
        }
        compare(&mut wrong, &what, &case["errors"], &errors(&form.form));
        compare(
            &mut wrong,
            &what,
            &case["bound"],
            &squashed(&form.form.html(FormLayout::Div)).into(),
        );
        if let Some(tables) = case["stored"].as_object().filter(|_| form.is_valid()) {
            for (index, (table, rows)) in tables.iter().enumerate() {
                compare(&mut wrong, &what, rows, &site.rows(table, index == 0));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
