//! The queries of `tests/parity/queries/computed.toml`, and what real Django computes for them.

use std::path::Path;

use serde_json::Value;

use crate::db::Connection;
use crate::document::{Document, Item, Problems, Table};
use crate::models::expression::{DateComponent, Expression, FUNCTIONS, Lookup, read, write};
use crate::models::read::ReadContext;
use crate::models::{AutoNow, FieldKind, Registry};
use crate::query::tests::Library;
use crate::query::transform::Transform;
use crate::query::{NamedExpression, Query, QueryError};
use crate::values::FieldValue;

const CASES: &str = include_str!("../../tests/parity/queries/computed.toml");
const ANSWERS: &str = include_str!("../../tests/parity/golden/computed.json");

/// Functions of Django that have no twin here, and why.
const GAPS: [(&str, &str); 2] = [
    ("ConcatPair", "what `Concat` is made of"),
    ("Random", "another number each time"),
];

/// Lookups of Django's fields that have no twin here, and why.
const LOOKUP_GAPS: [(&str, &str); 0] = [];

/// The query of `case` and its aggregates, or what is wrong with them as they are written.
fn read_case(case: &Table) -> Result<(Query, Vec<NamedExpression>), String> {
    let problems = Problems::default();
    let context = ReadContext::new("library", &problems).for_queries();
    let query = read::query(&context, case.get("query").unwrap());
    let table = case.get("aggregate").and_then(Item::as_table);
    let mut aggregates = Vec::new();
    for entry in table.map_or(&[][..], Table::entries) {
        let found = read::expression(&context, &entry.item, read::BareString::Field);
        aggregates.extend(found.map(|expression| NamedExpression {
            name: entry.key.clone(),
            expression,
        }));
    }
    problems.finish(()).map_err(|told| told.to_string())?;
    Ok((query.unwrap().into(), aggregates))
}

fn plain(value: &FieldValue) -> Value {
    match value {
        FieldValue::Null => Value::Null,
        FieldValue::Boolean(value) => (*value).into(),
        FieldValue::Integer(number) | FieldValue::Duration(number) => (*number).into(),
        FieldValue::Float(number) => (*number).into(),
        FieldValue::Json(document) => serde_json::from_str(&document.to_python()).unwrap(),
        FieldValue::Moment(moment) => moment.to_isoformat().into(),
        FieldValue::Date(day) => day.to_string().into(),
        FieldValue::Time(time) => time.to_string().into(),
        FieldValue::Decimal(number) => number.to_string().into(),
        FieldValue::Text(text) => text.clone().into(),
        FieldValue::Uuid(uuid) => uuid.to_string().into(),
        FieldValue::Bytes(bytes) => format!("{bytes:?}").into(),
    }
}

fn answer(
    query: Query,
    aggregates: &[NamedExpression],
    library: &Library,
    case: &Table,
) -> Result<Value, QueryError> {
    let (registry, connection): (&Registry, &Connection) = (&library.registry, &library.connection);
    let has_values = query.rows.has_values();
    let query = query.on(registry)?;
    if case.get("aggregate").is_some() {
        let values = query.aggregate(connection, aggregates)?;
        let named = aggregates.iter().zip(&values);
        let named = named.map(|(aggregate, value)| (aggregate.name.clone(), plain(value)));
        return Ok(Value::Object(named.collect()));
    }
    if case.get("count").is_some() {
        let (count, exists) = (query.count(connection)?, query.exists(connection)?);
        return Ok(serde_json::json!({ "count": count, "exists": exists }));
    }
    query.check()?;
    if has_values {
        let rows = query.values(connection)?.rows;
        return Ok(rows
            .iter()
            .map(|row| row.iter().map(plain).collect::<Value>())
            .collect());
    }
    let names: Vec<String> = query.annotation_names()?;
    let rows = query.instances(connection)?;
    let row = |row: &crate::query::ModelInstance| {
        let annotations = names.iter().map(|name| {
            let value = row.annotation(name);
            value.map_or(Value::Null, plain)
        });
        std::iter::once(plain(row.key()))
            .chain(annotations)
            .collect::<Value>()
    };
    Ok(rows.iter().map(row).collect())
}

/// Whether both are the same; numbers with a fraction may differ in the last digits.
fn is_same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len()
                && found
                    .iter()
                    .zip(expected)
                    .all(|(found, expected)| is_same(found, expected))
        }
        (Value::Object(found), Value::Object(expected)) => {
            found.len() == expected.len()
                && found.iter().all(|(key, value)| {
                    expected
                        .get(key)
                        .is_some_and(|expected| is_same(value, expected))
                })
        }
        (Value::Number(found), Value::Number(expected)) => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            (found - expected).abs() <= expected.abs() * 1e-12
        }
        (found, expected) => found == expected,
    }
}

fn cases() -> Vec<Item> {
    let cases = Document::parse(Path::new("computed.toml"), CASES).unwrap();
    match &cases.root().get("query").unwrap().value {
        crate::document::Value::Array(items) => items.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_query_computes_what_django_computes() {
    let library = Library::filled();
    let recorded: Value = serde_json::from_str(ANSWERS).unwrap();
    let (cases, answers) = (cases(), recorded["answers"].as_array().unwrap());
    assert_eq!(cases.len(), answers.len());
    let wrong = cases.iter().zip(answers);
    let wrong = wrong.filter_map(|(case, expected)| difference(case, expected, &library));
    assert_none(&wrong.collect::<Vec<_>>(), answers.len());
}

pub(super) fn assert_none(wrong: &[String], count: usize) {
    let told = wrong.join("\n");
    assert!(wrong.is_empty(), "{} of {count}\n{told}", wrong.len());
}

/// What the query of `case` finds, where it is not what Django found.
pub(super) fn difference(case: &Item, expected: &Value, library: &Library) -> Option<String> {
    let fields = case.as_table().unwrap();
    let error = expected.get("error").and_then(Value::as_str);
    let told = expected.get("told").and_then(Value::as_str);
    // Python's spread of no values, or of NULL, is an error; here there is none, or NULL does not count.
    let fails_in_python = told.is_some_and(|told| told.contains("'finalize' method"));
    let differs = fields.get("differs").is_some();
    let line = case.origin.location().line;
    let (query, aggregates) = match read_case(fields) {
        Ok(read) => read,
        Err(_) if error.is_some() || differs => return None,
        Err(told) => return Some(format!("{line}: not read: {told}\n   not {expected}")),
    };
    let found = answer(query, &aggregates, library, fields);
    let is_right = match &found {
        Ok(found) if error.is_none() => is_same(found, expected) != differs,
        Ok(_) => fails_in_python || differs,
        Err(QueryError::Database(_)) => error == Some("OperationalError"),
        Err(_) => (error.is_some() || differs) && !fails_in_python,
    };
    if is_right {
        return None;
    }
    let found = found.map_or_else(|error| error.to_string(), |found| found.to_string());
    Some(format!("{line}: {found}\n   not {expected}"))
}

#[test]
fn every_function_of_django_is_asked_of_both() {
    let recorded: Value = serde_json::from_str(ANSWERS).unwrap();
    let registered = &recorded["registered"];
    let names = ["functions", "aggregates"].into_iter();
    let names = names.flat_map(|list| registered[list].as_array().unwrap());
    for name in names.map(|name| name.as_str().unwrap()) {
        let is_gap = GAPS.iter().any(|(gap, _)| *gap == name);
        let is_asked = CASES.contains(&format!("{{ {name} = "));
        assert!(is_asked != is_gap, "{name}");
    }
    for signature in FUNCTIONS.iter().filter(|known| known.name != "Random") {
        assert!(
            CASES.contains(&format!("{{ {} = ", signature.name)),
            "{}",
            signature.name
        );
    }
}

#[test]
fn every_lookup_of_django_is_known() {
    let recorded: Value = serde_json::from_str(ANSWERS).unwrap();
    let classes = recorded["registered"]["lookups"].as_object().unwrap();
    let (day, text) = (AutoNow::default(), FieldKind::Text { max_length: None });
    let kind = |class: &str| match class {
        "DateField" => FieldKind::Date(day),
        "DateTimeField" => FieldKind::DateTime(day),
        "TimeField" => FieldKind::Time(day),
        "JSONField" => FieldKind::Json,
        _ => text.clone(),
    };
    for (class, names) in classes {
        for name in names["lookups"].as_array().unwrap() {
            let name = name.as_str().unwrap();
            let is_gap = LOOKUP_GAPS.iter().any(|(gap, _)| *gap == name);
            assert!(Lookup::named(name).is_some() != is_gap, "{class} {name}");
        }
        let transforms = names["transforms"].as_array().unwrap();
        let transforms: Vec<_> = transforms
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        for name in &transforms {
            assert!(
                Transform::named(name, &kind(class), "").is_ok(),
                "{class} {name}"
            );
        }
        for (name, _) in DateComponent::ALL {
            let is_known = Transform::named(name, &kind(class), "").is_ok();
            let is_of_json = class == "JSONField";
            assert!(
                is_of_json || is_known == transforms.contains(&name),
                "{class} {name}"
            );
        }
    }
}

#[test]
fn a_query_is_read_as_it_is_written() {
    for case in cases() {
        let fields = case.as_table().unwrap();
        let (query, _) = read_case(fields).unwrap();
        if query.rows.refused.is_some() {
            continue;
        }
        let expression = Expression::subquery(query.rows.clone());
        let written = write::argument(&expression);
        let document = Document::parse(Path::new("q.toml"), &format!("q = {written}")).unwrap();
        let problems = Problems::default();
        let context = ReadContext::new("library", &problems).for_queries();
        let item = document.root().get("q").unwrap();
        let again = read::expression(&context, item, read::BareString::Field);
        assert_eq!(again, Some(expression), "{written}");
    }
}
