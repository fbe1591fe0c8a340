//! Form sets beside those of a recorded Django (`tests/parity/record_form_sets.py`).

use std::sync::Arc;

use serde_json::Value as Json;

use crate::forms::form_set::InitialValues;
use crate::forms::layout::FormLayout;
use crate::forms::tests::squashed_lines as squashed;
use crate::forms::{
    FormDefinition, FormField, FormFieldKind, FormSetDefinition, FormSetOptions, FormValue,
    PlainFormSet,
};
use crate::http::percent::{encode, safe};
use crate::http::{FormData, QueryDict};
use crate::values::FieldValue;

fn definition(options: &Json) -> Arc<FormSetDefinition> {
    let fields = vec![
        FormField::char("title").max_length(5),
        FormField::new("count", FormFieldKind::Integer)
            .optional()
            .help_text("How many"),
    ];
    let form = FormDefinition::new("app.Item", fields);
    let number = |name: &str, usual: usize| {
        options[name]
            .as_u64()
            .map_or(usual, |number| usize::try_from(number).unwrap())
    };
    let usual = FormSetOptions::default();
    let mut definition = match options["max_num"].as_u64() {
        Some(max) => usual.max_num(usize::try_from(max).unwrap()),
        None => usual,
    };
    definition.extra = number("extra", definition.extra);
    definition.min_num = number("min_num", definition.min_num);
    definition.absolute_max = number("absolute_max", definition.absolute_max);
    definition.can_order = options["can_order"] == true;
    definition.can_delete = options["can_delete"] == true;
    definition.can_delete_extra = options["can_delete_extra"] != false;
    definition.validate_min = options["validate_min"] == true;
    definition.validate_max = options["validate_max"] == true;
    if let Some(prefix) = options["prefix"].as_str() {
        prefix.clone_into(&mut definition.prefix);
    }
    Arc::new(FormSetDefinition::new(&form, definition))
}

fn initial(rows: &Json) -> Vec<InitialValues> {
    let rows = rows.as_array().unwrap().iter();
    let values = rows.map(|row| {
        let pairs = row.as_object().unwrap().iter();
        let pairs = pairs.map(|(name, value)| {
            let value = match value {
                Json::Number(number) => FieldValue::Integer(number.as_i64().unwrap()),
                text => FieldValue::Text(text.as_str().unwrap().to_owned()),
            };
            (name.clone(), FormValue::Value(value))
        });
        pairs.collect()
    });
    values.collect()
}

fn data(sent: &Json) -> FormData {
    let pairs = sent.as_object().unwrap().iter();
    let pairs = pairs.map(|(name, value)| {
        let value = encode(value.as_str().unwrap(), safe::NOTHING);
        format!("{name}={value}")
    });
    let text = pairs.collect::<Vec<_>>().join("&");
    FormData::from(Arc::new(QueryDict::parse(&text, 100).unwrap()))
}

/// What djr makes of a row, in the form of the recording.
fn replayed(definition: &Arc<FormSetDefinition>, start: &Json, posted: &Json) -> Json {
    let set = PlainFormSet::new(definition, initial(start));
    let set = match posted {
        Json::Null => set.unbound(),
        posted => set.bind(data(posted)),
    };
    let mut row = serde_json::Map::new();
    row.insert("sent".into(), posted.clone());
    if !posted.is_null() {
        row.insert("valid".into(), set.is_valid().into());
        let messages = set
            .non_form_errors()
            .iter()
            .map(|error| error.message.as_str());
        row.insert("non_form_errors".into(), messages.collect());
        let errors = set.forms.iter().map(|form| {
            let fields = form
                .fields()
                .iter()
                .map(|field| (field.name(), form.errors(field.name())));
            let some = fields
                .filter(|(_, errors)| !errors.is_empty())
                .map(|(name, errors)| {
                    let messages: Json =
                        errors.iter().map(|error| error.message.as_str()).collect();
                    (name.to_owned(), messages)
                });
            Json::Object(some.collect())
        });
        row.insert("errors".into(), errors.collect());
        row.insert(
            "changed".into(),
            set.forms
                .iter()
                .map(crate::forms::Form::has_changed)
                .collect(),
        );
        let prefixes = |forms: Vec<&crate::forms::Form>| -> Json {
            forms.into_iter().map(|form| form.prefix.as_str()).collect()
        };
        if set.is_valid() {
            row.insert("deleted".into(), prefixes(set.deleted_forms()));
            if definition.options.can_order {
                row.insert("ordered".into(), prefixes(set.ordered_forms()));
            }
        }
    }
    row.insert("count".into(), set.forms.len().into());
    if set.forms.len() < 10 {
        row.insert("as_div".into(), squashed(&set.html(FormLayout::Div)).into());
        row.insert(
            "as_table".into(),
            squashed(&set.html(FormLayout::Table)).into(),
        );
    }
    let management = squashed(&set.management.html(FormLayout::Div));
    row.insert("management_form".into(), management.into());
    let empty = squashed(&set.empty_form.html(FormLayout::Paragraph));
    row.insert("empty_form".into(), empty.into());
    Json::Object(row)
}

#[test]
fn sets_count_clean_and_print_as_django() {
    let recorded = include_str!("../../../tests/parity/golden/form_sets.json");
    let recorded: Json = serde_json::from_str(recorded).unwrap();
    let mut wrong = Vec::new();
    for case in recorded.as_array().unwrap() {
        let definition = definition(&case["options"]);
        for row in case["rows"].as_array().unwrap() {
            let found = replayed(&definition, &case["initial"], &row["sent"]);
            for (key, value) in row.as_object().unwrap() {
                if found[key] != *value {
                    wrong.push(format!(
                        "{} <- {}: {key}\n  Django {value}\n  djr    {}",
                        case["options"], row["sent"], found[key]
                    ));
                }
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
