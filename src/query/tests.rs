//! The queries of `tests/parity/queries`, and the rows that real Django found for them.

use std::path::Path;

use serde_json::Value;

use crate::db::Connection;
use crate::document::{self, Document, Item, Problems};
use crate::models::Registry;
use crate::models::expression::{Condition, read};
use crate::models::read::ReadContext;
use crate::query::{Query, QueryError, QuerySet};
use crate::test_database::{filled, library};
use crate::values::FieldValue;

pub(super) const MODELS: &str = include_str!("../../tests/parity/queries/library.toml");
const CASES: &str = include_str!("../../tests/parity/queries/cases.toml");
const ANSWERS: &str = include_str!("../../tests/parity/golden/queries.json");

/// The models of the library, and a database with its rows.
pub(crate) struct Library {
    pub(crate) registry: Registry,
    pub(crate) connection: Connection,
    _folder: tempfile::TempDir,
}

impl Library {
    /// With the rows of the recording, in its time zone.
    pub(crate) fn filled() -> Self {
        let recorded: Value = serde_json::from_str(ANSWERS).unwrap();
        let zone = recorded["zone"].as_str().unwrap();
        Self::of(MODELS, zone, recorded["script"].as_array().unwrap())
    }

    /// Of other models, on a database that `script` makes.
    pub(crate) fn of(models: &str, zone: &str, script: &[Value]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            registry: library(folder.path(), models, zone),
            connection: filled(folder.path(), script),
            _folder: folder,
        }
    }
}

pub(super) fn condition(item: &Item) -> Condition {
    let problems = Problems::default();
    let context = ReadContext::new("library", &problems).for_queries();
    let condition = read::condition(&context, item);
    problems.finish(()).unwrap();
    condition.unwrap()
}

pub(super) fn list(item: &Item) -> &[Item] {
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

pub(super) fn texts(item: &Item) -> Vec<String> {
    let texts = list(item).iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

fn asked(query: Query, calls: &Item) -> Query {
    list(calls).iter().fold(query, |query, call| {
        let call = &call.as_table().unwrap().entries()[0];
        asked_call(query, &call.key, &call.item)
    })
}

fn asked_call(query: Query, name: &str, argument: &Item) -> Query {
    match name {
        "filter" => query.filter(condition(argument)),
        "exclude" => query.exclude(condition(argument)),
        "order_by" => query.order_by(texts(argument)),
        "reverse" => query.reverse(),
        "distinct" => query.distinct(),
        "slice" => {
            let places: Vec<_> = list(argument).iter().map(place).collect();
            query.slice(places[0], places.get(1).copied())
        }
        other => panic!("{other}"),
    }
}

pub(super) fn plain(value: FieldValue) -> Value {
    match value {
        FieldValue::Null => Value::Null,
        FieldValue::Boolean(value) => value.into(),
        FieldValue::Integer(number) => number.into(),
        FieldValue::Float(number) => number.into(),
        FieldValue::Decimal(number) => number.to_string().into(),
        FieldValue::Text(text) => text.into(),
        FieldValue::Uuid(uuid) => uuid.to_string().into(),
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
    let recorded: Value = serde_json::from_str(ANSWERS).unwrap();
    let registry = library(folder.path(), MODELS, recorded["zone"].as_str().unwrap());
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
        let query = asked(Query::of(model), fields.get("calls").unwrap());
        let found = answer(&query.on(&registry).unwrap(), &connection, case);
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

#[test]
fn parameters_are_given_their_values_before_a_query_runs() {
    let Library {
        registry,
        connection,
        ..
    } = &Library::filled();
    let text = "q = { author__name = { captured = 'name' }, id__in = { query = 'ids' }, \
                translator = { request = 'user' }, not = { pages__gt = { add = ['id', { query = 'more' }] } } }";
    let document = Document::parse(Path::new("urls.toml"), text).unwrap();
    let problems = Problems::default();
    let context = ReadContext::new("library", &problems);
    let context = context.with_parameters(&["request", "captured", "query"]);
    let condition = read::condition(&context, document.root().get("q").unwrap()).unwrap();
    problems.finish(()).unwrap();
    let query = Query::of(registry.get("library.Book").unwrap()).filter(condition);
    let names = ["query.more", "captured.name", "query.ids", "request.user"];
    assert_eq!(query.parameters(), names);
    let unbound = query.clone().on(registry).unwrap().count(connection);
    assert!(matches!(unbound, Err(QueryError::UnboundParameter(_))));
    let ids = crate::json::Json::parse("[1, 2, \"8\", 9]").unwrap();
    let values = |name: &str| match name {
        "captured.name" => Some(FieldValue::Text("Ada".to_owned())),
        "query.ids" => Some(FieldValue::Json(ids.clone())),
        "query.more" => Some(FieldValue::Integer(1000)),
        "request.user" => Some(FieldValue::Null),
        _ => None,
    };
    let missing = query.bind(|name| values(name).filter(|_| name != "query.more"));
    let told = missing.unwrap_err().to_string();
    assert_eq!(told, "`query.more` was not given a value");
    let bound = query.bind(values).unwrap().on(registry).unwrap();
    let found = bound.instances(connection).unwrap();
    let titles: Vec<_> = found
        .iter()
        .map(|book| book.get("title").cloned())
        .collect();
    assert_eq!(
        titles,
        [Some(FieldValue::Text("A\\B 0".to_owned()))],
        "{found:?}"
    );
}

#[test]
fn a_schema_holds_no_parameters() {
    let problems = Problems::default();
    let text = "c = { price__gte = { request = 'user' } }";
    let document = Document::parse(Path::new("models.toml"), text).unwrap();
    let context = ReadContext::new("library", &problems);
    assert_eq!(
        read::condition(&context, document.root().get("c").unwrap()),
        None
    );
    let told = problems.finish(()).unwrap_err().to_string();
    assert!(told.contains("`request` is not an expression"), "{told}");
}

#[test]
fn an_instance_has_the_values_of_its_columns() {
    let Library {
        registry,
        connection,
        ..
    } = &Library::filled();
    let book = registry.get("library.Book").unwrap();
    let books = Query::of(book).order_by(["pk"]).slice(1, Some(2));
    let books = books.on(registry).unwrap().instances(connection).unwrap();
    let [book] = books.as_slice() else {
        panic!("{books:?}")
    };
    assert_eq!(book.to_string(), "Book object (2)");
    assert_eq!(book.get("author"), book.get("author_id"));
    assert_eq!(book.get("price").cloned().map(plain), Some("37.50".into()));
    assert_eq!(book.get("pk"), Some(&FieldValue::Integer(2)));
    assert_eq!((book.get("tags"), book.get("nothing")), (None, None));
}
