//! The queries of `tests/parity/queries`, and the rows that real Django found for them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::db::{Connection, Database, Durability};
use crate::document::{self, Document, Item, Problems};
use crate::models::expression::{Condition, read};
use crate::models::read::ReadContext;
use crate::models::{ModelKey, Registry};
use crate::query::{QueryError, QuerySet};
use crate::values::FieldValue;

const MODELS: &str = include_str!("../../tests/parity/queries/library.toml");
const CASES: &str = include_str!("../../tests/parity/queries/cases.toml");
const ANSWERS: &str = include_str!("../../tests/parity/golden/queries.json");

fn registry(folder: &Path) -> Registry {
    fs::write(folder.join("models.toml"), MODELS).unwrap();
    let app = App {
        label: AppLabel::new("library").unwrap(),
        source: AppSource::Disk(folder.to_owned()),
    };
    let user_model = ModelKey::new("auth", "User");
    Registry::read(&Apps::new(vec![app]), &user_model).unwrap()
}

fn filled(folder: &Path, script: &[Value]) -> Connection {
    let file = folder.join("db.sqlite3");
    let database = Database::new(file, std::time::Duration::from_secs(1));
    database.open_for_migrations().unwrap().commit().unwrap();
    let connection = database.open(Durability::Full).unwrap();
    connection
        .execute("PRAGMA foreign_keys = off", &[])
        .unwrap();
    for statement in script {
        connection
            .execute(statement.as_str().unwrap(), &[])
            .unwrap();
    }
    connection
}

fn condition(item: &Item) -> Condition {
    let problems = Problems::default();
    let context = ReadContext::new("library", &problems);
    let condition = read::condition(&context, item);
    problems.finish(()).unwrap();
    condition.unwrap()
}

fn list(item: &Item) -> &[Item] {
    match &item.value {
        document::Value::Array(items) => items,
        other => panic!("{other:?}"),
    }
}

fn place(item: &Item) -> u64 {
    match &item.value {
        document::Value::Integer(number) => u64::try_from(*number).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn texts(item: &Item) -> Vec<String> {
    let texts = list(item).iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

fn asked<'r>(query: QuerySet<'r>, calls: &Item) -> QuerySet<'r> {
    list(calls).iter().fold(query, |query, call| {
        let call = &call.as_table().unwrap().entries()[0];
        match call.key.as_str() {
            "filter" => query.filter(condition(&call.item)),
            "exclude" => query.exclude(condition(&call.item)),
            "order_by" => query.order_by(texts(&call.item)),
            "reverse" => query.reverse(),
            "distinct" => query.distinct(),
            "slice" => {
                let places: Vec<_> = list(&call.item).iter().map(place).collect();
                query.slice(places[0], places.get(1).copied())
            }
            other => panic!("{other}"),
        }
    })
}

fn plain(value: FieldValue) -> Value {
    match value {
        FieldValue::Null => Value::Null,
        FieldValue::Boolean(value) => value.into(),
        FieldValue::Integer(number) => number.into(),
        FieldValue::Float(number) => number.into(),
        FieldValue::Decimal(number) => number.to_string().into(),
        FieldValue::Text(text) => text.into(),
        other => format!("{other:?}").into(),
    }
}

fn answer(query: &QuerySet<'_>, connection: &Connection, case: &Item) -> Result<Value, QueryError> {
    let case = case.as_table().unwrap();
    if let Some(values) = case.get("values") {
        let paths = texts(values);
        let paths: Vec<_> = paths.iter().map(String::as_str).collect();
        let rows = query.values_list(connection, &paths)?.into_iter();
        return Ok(rows
            .map(|row| row.into_iter().map(plain).collect::<Value>())
            .collect());
    }
    if case.get("count").is_some() {
        let (count, exists) = (query.count(connection)?, query.exists(connection)?);
        return Ok(serde_json::json!({ "count": count, "exists": exists }));
    }
    Ok(query.keys(connection)?.into_iter().map(plain).collect())
}

#[test]
fn every_query_finds_the_rows_that_django_finds() {
    let folder = tempfile::tempdir().unwrap();
    let registry = registry(folder.path());
    let recorded: Value = serde_json::from_str(ANSWERS).unwrap();
    let connection = filled(folder.path(), recorded["script"].as_array().unwrap());
    let cases = Document::parse(Path::new("cases.toml"), CASES).unwrap();
    let cases = list(cases.root().get("query").unwrap());
    let answers = recorded["answers"].as_array().unwrap();
    assert_eq!(cases.len(), answers.len());
    let mut wrong = Vec::new();
    for (case, expected) in cases.iter().zip(answers) {
        let fields = case.as_table().unwrap();
        let name = fields.get("model").unwrap().as_str().unwrap();
        let model = registry.get(&format!("library.{name}")).unwrap();
        let all = QuerySet::new(&registry, model, recorded["zone"].as_str().unwrap());
        let query = asked(all, fields.get("calls").unwrap());
        let found = answer(&query, &connection, case);
        let is_right = match &found {
            Ok(found) => (found == expected) != fields.get("differs").is_some(),
            Err(QueryError::Database(_)) => false,
            Err(_) => expected.get("error").is_some(),
        };
        if !is_right {
            let line = case.origin.location().line;
            wrong.push(format!("{line}: {found:?}, not {expected}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        answers.len(),
        wrong.join("\n")
    );
}
