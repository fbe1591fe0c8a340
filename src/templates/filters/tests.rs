//! Every filter of Django gives what Django gives: the recording of `tests/parity/record_filters.py`, replayed.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, UndefinedBehavior};
use serde_json::Value as Json;

use crate::clock::Zone;
use crate::templates::escaping;
use crate::templates::filters::{add, all};
use crate::templates::recorded_value::recorded_value;

/// Filters of Django that are not here, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("language_bidi", "there is one language"),
    ("language_name", "there is one language"),
    ("language_name_local", "there is one language"),
    ("language_name_translated", "there is one language"),
];

/// Filters that Jinja has with another meaning, which they keep.
const OF_JINJA: &[(&str, &str)] = &[(
    "default",
    "in Jinja it replaces what is undefined, and with `true` as second argument all that is false",
)];

fn golden() -> Json {
    let text = include_str!("../../../tests/parity/golden/filters.json");
    serde_json::from_str(text).unwrap()
}

fn environment(zone: &Zone) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_auto_escape_callback(escaping::auto_escape);
    environment.set_formatter(escaping::format);
    add(&mut environment, zone);
    environment
}

/// What djr makes of a row, in a page or in plain text; `None` where it fails.
fn rendered(row: &Json, page: &str) -> Option<String> {
    let zone = Zone::named(row["zone"].as_str().unwrap_or("UTC")).unwrap();
    let name = row["filter"].as_str().unwrap();
    let arguments = row["arguments"].as_array().unwrap();
    let mut context = BTreeMap::from([("v".to_owned(), recorded_value(&row["value"], &zone))]);
    let mut names = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        names.push(format!("a{index}"));
        context.insert(format!("a{index}"), recorded_value(argument, &zone));
    }
    let source = format!("{{{{ v|{name}({}) }}}}", names.join(", "));
    environment(&zone)
        .render_named_str(page, &source, context)
        .ok()
}

#[test]
fn every_filter_writes_what_django_writes() {
    let golden = golden();
    let mut wrong = Vec::new();
    for row in golden["rows"].as_array().unwrap() {
        let html = &row["html"];
        let text = row.get("text").unwrap_or(html);
        for (page, expected) in [("a.html", html), ("a.txt", text)] {
            let written = rendered(row, page);
            // Where Django fails with an error of the server, djr may be more lenient.
            let Some(expected) = expected.as_str() else {
                continue;
            };
            if written.as_deref() != Some(expected) && !differs_on_purpose(row, page) {
                wrong.push(format!("{page} {row}\n    djr: {written:?}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Where djr writes something else, each with its reason.
fn differs_on_purpose(row: &Json, page: &str) -> bool {
    let value = &row["value"];
    match row["filter"].as_str().unwrap() {
        // A map is a query in Jinja.
        "urlencode" => value.get("map").is_some(),
        // Django shows UTC here, and the zone of the project everywhere else.
        "localize" | "unlocalize" => value.get("moment").is_some(),
        // A tag without its end is text: Django loses what comes before it.
        "truncatechars_html" | "truncatewords_html" => value == "<b",
        // Django leaves out the zone in the hour that comes twice.
        "date" => value["moment"] == "2026-10-25T01:30:00+00:00",
        // Without escaping Django joins only texts, and shows any other list as Python writes it.
        "join" => page == "a.txt",
        _ => false,
    }
}

#[test]
fn every_filter_of_django_is_here_or_left_out_for_a_reason() {
    let golden = golden();
    let here: BTreeSet<_> = all().map(|spec| spec.name).collect();
    let recorded = golden["rows"].as_array().unwrap().iter();
    let recorded: BTreeSet<_> = recorded
        .map(|row| row["filter"].as_str().unwrap())
        .collect();
    for name in golden["filters"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        let explained = |list: &[(&str, &str)]| list.iter().any(|(known, _)| *known == name);
        if explained(LEFT_OUT) {
            assert!(!here.contains(name), "`{name}` is here");
        } else if !explained(OF_JINJA) {
            assert!(recorded.contains(name), "nothing is recorded of `{name}`");
        }
    }
    let own = ["e", "markdown", "spaceless"];
    for name in here.iter().filter(|name| !own.contains(name)) {
        assert!(recorded.contains(name), "nothing is recorded of `{name}`");
    }
}
