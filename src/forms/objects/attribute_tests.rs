//! What templates may ask of forms, fields and sets, beside a recorded Django
//! (`tests/parity/record_form_attributes.py`).

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::clock::Zone;
use crate::document::Problems;
use crate::forms::form_set::InitialValues;
use crate::forms::objects::left_out::{DIFFERENCES, LEFT_OUT};
use crate::forms::tests::squashed_lines as squashed;
use crate::forms::{
    Form, FormDefinition, FormField, FormFieldKind, FormSet, FormSetDefinition, FormSetOptions,
    FormValue, PlainFormSet, ValidationError, load_forms, no_code,
};
use crate::http::percent::{encode, safe};
use crate::http::{FormData, QueryDict};
use crate::templates::value::Value;
use crate::templates::{Context, render_page};

const RECORDED: &str = include_str!("../../../tests/parity/golden/form_attributes.json");

fn recorded() -> Json {
    serde_json::from_str(RECORDED).unwrap()
}

fn encoded(sent: &Json) -> FormData {
    let mut pairs = Vec::new();
    for (name, value) in sent.as_object().unwrap() {
        let values = value
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![value.clone()]);
        for value in values {
            pairs.push(format!(
                "{name}={}",
                encode(value.as_str().unwrap(), safe::NOTHING)
            ));
        }
    }
    FormData::from(Arc::new(QueryDict::parse(&pairs.join("&"), 100).unwrap()))
}

fn definition(recorded: &Json) -> Arc<FormDefinition> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("forms.toml"),
        recorded["form"].as_str().unwrap(),
    )
    .unwrap();
    let apps = Apps::new(vec![App {
        label: AppLabel::new("app").unwrap(),
        source: AppSource::Disk(folder.path().to_owned()),
    }]);
    let problems = Problems::default();
    let forms = load_forms(&apps, None, &Zone::utc(), &no_code, &problems);
    problems.finish(()).unwrap();
    Arc::clone(forms.get("app.Sample").unwrap())
}

fn form(definition: &Arc<FormDefinition>, case: &Json) -> Form {
    let form = Form::of(definition).prefix(case["prefix"].as_str().unwrap_or_default());
    if case["sent"].is_null() {
        return form;
    }
    let mut form = form.bind(encoded(&case["sent"]));
    if case["name"] == "refused" {
        form.add_error("title", ValidationError::new("Taken.", ""));
        form.add_non_field_error(ValidationError::new("It is <all> wrong.", ""), "");
    }
    form
}

fn form_set(case: &Json) -> FormSet {
    let fields = vec![
        FormField::char("title").max_length(5),
        FormField::new("count", FormFieldKind::Integer)
            .optional()
            .help_text("How many"),
    ];
    let form = FormDefinition::new("app.Item", fields);
    let number = |name: &str| usize::try_from(case["options"][name].as_u64()?).ok();
    let mut options = FormSetOptions::default();
    if let Some(most) = number("max_num") {
        options = options.max_num(most);
    }
    options.extra = number("extra").unwrap_or(options.extra);
    let is_on = |name: &str| case["options"][name] == true;
    (options.can_delete, options.can_order) = (is_on("can_delete"), is_on("can_order"));
    options.validate_max = is_on("validate_max");
    let initial = case["initial"].as_array().unwrap().iter().map(|row| {
        let pairs = row.as_object().unwrap().iter();
        pairs
            .map(|(name, value)| (name.clone(), FormValue::text(value.as_str().unwrap())))
            .collect::<InitialValues>()
    });
    let set = PlainFormSet::new(
        &Arc::new(FormSetDefinition::new(&form, options)),
        initial.collect(),
    );
    match &case["sent"] {
        Json::Null => set.unbound(),
        data => set.bind(encoded(data)),
    }
}

/// `form.errors.title.0` as Jinja writes it.
fn in_jinja(asked: &str) -> String {
    if asked.starts_with("{%") {
        return asked.to_owned();
    }
    let parts = asked.split('.').map(|part| match part.parse::<usize>() {
        Ok(index) => format!("[{index}]"),
        Err(_) => format!(".{part}"),
    });
    let path = parts.collect::<String>();
    format!("{{{{ {} }}}}", path.trim_start_matches('.'))
}

fn compare(
    name: &str,
    context: &Context,
    answers: &Json,
    wrong: &mut Vec<String>,
) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    for (asked, django) in answers.as_object().unwrap() {
        let template = in_jinja(asked);
        let found = render_page(&template, context.clone());
        let found = found.map(|found| squashed(&found)).unwrap_or_default();
        let django = django.as_str().unwrap_or_default();
        if found == django {
            continue;
        }
        let is_meant = |(of, end, _): &(&str, &str, &str)| {
            (of.is_empty() || *of == name) && asked.ends_with(end)
        };
        let differences = DIFFERENCES.iter().position(is_meant);
        match differences {
            Some(place) => {
                used.insert(place);
            }
            None => wrong.push(format!(
                "{name} {template}\n  Django {django}\n  djr    {found}"
            )),
        }
    }
    used
}

#[test]
fn templates_get_of_forms_and_sets_what_django_gives() {
    let recorded = recorded();
    let definition = definition(&recorded);
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for case in recorded["forms"].as_array().unwrap() {
        let form = Value::from_object(form(&definition, case));
        let context = Context::default().with("form", form);
        let name = case["name"].as_str().unwrap();
        used.extend(compare(name, &context, &case["answers"], &mut wrong));
    }
    for case in recorded["sets"].as_array().unwrap() {
        let context = Context::default().with("formset", Value::from_object(form_set(case)));
        let name = case["name"].as_str().unwrap();
        used.extend(compare(name, &context, &case["answers"], &mut wrong));
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} differ",
        wrong.join("\n"),
        wrong.len()
    );
    assert_eq!(used.len(), DIFFERENCES.len(), "{used:?}");
}

/// The things of the recording, by the names it has for them.
fn things(recorded: &Json) -> Vec<(&'static str, &'static str)> {
    let things = [
        ("form", "form"),
        ("field", "form.title"),
        ("widget", "form.kind[0]"),
        ("errors", "wrong.errors"),
        ("error_list", "wrong.errors.title"),
        ("formset", "formset"),
        ("form_field", "FIELD"),
        ("form_widget", "form.number.field.widget"),
    ];
    let known: Vec<_> = recorded["names"].as_object().unwrap().keys().collect();
    assert_eq!(known.len(), things.len());
    things.into()
}

#[test]
fn nothing_that_a_template_of_django_may_ask_is_missing() {
    let recorded = recorded();
    let definition = definition(&recorded);
    let case = |name: &str| {
        let all = recorded["forms"].as_array().unwrap().iter();
        let all = all.chain(recorded["sets"].as_array().unwrap());
        all.clone().find(|case| case["name"] == name).unwrap()
    };
    let context = Context::default()
        .with("form", Value::from_object(form(&definition, case("good"))))
        .with("wrong", Value::from_object(form(&definition, case("bad"))))
        .with("formset", Value::from_object(form_set(case("good set"))));
    let is_there = |expression: &str| {
        let template = format!("{{% if {expression} is defined %}}yes{{% endif %}}");
        render_page(&template, context.clone()).is_ok_and(|found| found == "yes")
    };
    let is_called = |expression: &str| {
        render_page(&format!("{{{{ {expression}() }}}}"), context.clone()).is_ok()
    };
    let mut wrong = Vec::new();
    for (thing, expression) in things(&recorded) {
        for (name, kind) in recorded["names"][thing].as_object().unwrap() {
            let left_out = LEFT_OUT
                .iter()
                .any(|(of, names, _)| *of == thing && names.contains(&name.as_str()));
            // Fields are of several classes.
            let expressions = match expression {
                "FIELD" => vec!["form.title.field", "form.kind.field", "form.number.field"],
                expression => vec![expression],
            };
            let asked: Vec<_> = expressions
                .iter()
                .map(|of| format!("{of}.{name}"))
                .collect();
            let found = asked.iter().any(|asked| is_there(asked));
            let found = found || name == "has_error" && is_called("form.has_error");
            if found == left_out {
                wrong.push(format!(
                    "{thing}.{name}: there {found}, left out {left_out}"
                ));
            }
            if found && kind == "method" && !asked.iter().any(|asked| is_called(asked)) {
                wrong.push(format!("{thing}.{name} cannot be called"));
            }
            if found && kind == "value" && asked.iter().all(|asked| is_called(asked)) {
                wrong.push(format!("{thing}.{name} can be called"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
