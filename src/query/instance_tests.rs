//! What real Django reads of the rows of `tests/parity/queries/instances.toml`, with others along.

use std::path::Path;

use serde_json::{Value, json};

use crate::db::Connection;
use crate::document::{self, Document, Item, Problems, Table};
use crate::models::Registry;
use crate::models::expression::DateComponent;
use crate::models::read::ReadContext;
use crate::query::computed_tests::assert_none;
use crate::query::tests::{Library, list, plain, texts};
use crate::query::{ModelInstance, Prefetch, Query, QueryError, RelatedRows, read_query};
use crate::values::FieldValue;

const CASES: &str = include_str!("../../tests/parity/queries/instances.toml");
const ANSWERS: &str = include_str!("../../tests/parity/golden/rows.json");

/// The query that `model` and `calls` of `case` write, beside keys of its own.
pub(super) fn asked(case: &Table) -> Query {
    let keys = case.entries().iter().map(|entry| entry.key.as_str());
    let own = keys.filter(|key| !matches!(*key, "model" | "calls"));
    let item = Item {
        value: document::Value::Table(case.without(&own.collect::<Vec<_>>())),
        origin: case.origin().clone(),
    };
    let problems = Problems::default();
    let context = ReadContext::new("library", &problems).for_queries();
    let query = read_query(&context, &item);
    problems.finish(()).unwrap();
    query.unwrap()
}

/// What stands at `author.books.*.title` of a row; nothing of it is read from the database.
fn shown(row: &ModelInstance, path: &[&str]) -> Value {
    let [name, rest @ ..] = path else { panic!() };
    match (*name, row.related(name)) {
        ("@deferred", _) => {
            let mut deferred = row.deferred_fields();
            deferred.sort_unstable();
            json!(deferred)
        }
        ("@str", _) => json!(row.to_string()),
        (_, Some(RelatedRows::One(other))) => match other {
            Some(other) => shown(other, rest),
            None => Value::Null,
        },
        (_, Some(RelatedRows::Many(others))) => {
            assert_eq!(rest[0], "*");
            others
                .iter()
                .map(|other| shown(other, &rest[1..]))
                .collect()
        }
        _ => match row.get(name) {
            Some(value) => plain(value.clone()),
            None => json!(format!("{name} was not read")),
        },
    }
}

fn picked(
    query: Query,
    pick: &Item,
    registry: &Registry,
    connection: &Connection,
) -> Result<Value, QueryError> {
    let pick = &pick.as_table().unwrap().entries()[0];
    let rows = query.on(registry)?;
    let arguments = list(&pick.item);
    let fields: Vec<_> = arguments.iter().filter_map(Item::as_str).collect();
    let row = match pick.key.as_str() {
        "first" => rows.first(connection)?,
        "last" => rows.last(connection)?,
        "earliest" => Some(rows.earliest(connection, &fields)?),
        "latest" => Some(rows.latest(connection, &fields)?),
        "get" => Some(rows.get(connection)?),
        _ => {
            let value = |item: &Item| match item.as_str() {
                Some(text) => FieldValue::Text(text.to_owned()),
                None => match item.value {
                    document::Value::Integer(number) => FieldValue::Integer(number),
                    _ => panic!("{item:?}"),
                },
            };
            let values = arguments
                .first()
                .map(|values| list(values).iter().map(value));
            let values: Option<Vec<_>> = values.map(Iterator::collect);
            let field = fields.first().unwrap_or(&"pk");
            let found = rows
                .in_bulk(connection, field, values.as_deref())?
                .into_iter();
            let found = found.map(|(key, row)| json!([plain(key), plain(row.key().clone())]));
            let mut found: Vec<_> = found.collect();
            found.sort_by_key(Value::to_string);
            return Ok(found.into());
        }
    };
    Ok(row.map_or(Value::Null, |row| plain(row.key().clone())))
}

fn answer(case: &Table, registry: &Registry, connection: &Connection) -> Result<Value, QueryError> {
    let query = asked(case);
    if let Some(pick) = case.get("pick") {
        return picked(query, pick, registry, connection);
    }
    if let Some(dates) = case.get("dates") {
        let arguments = texts(dates);
        let is_meant = |(name, _): &&(&str, DateComponent)| *name == arguments[1];
        let (_, unit) = DateComponent::ALL.iter().find(is_meant).unwrap();
        let descending = arguments.get(2).is_some_and(|order| order == "DESC");
        let rows = query.on(registry)?;
        if case.get("moments").is_none() {
            let days = rows
                .dates(connection, &arguments[0], *unit, descending)?
                .into_iter();
            return Ok(days
                .map(|day| json!(crate::values::to_text(&day)))
                .collect());
        }
        let zone = crate::models::ModelSet::time_zone(registry);
        let moments = rows
            .datetimes(connection, &arguments[0], *unit, descending)?
            .into_iter();
        let moments = moments.map(|moment| match moment {
            FieldValue::Moment(moment) => json!(moment.format(zone, "%Y-%m-%d %H:%M:%S%:z")),
            other => panic!("{other:?}"),
        });
        return Ok(moments.collect());
    }
    let rows = query.on(registry)?;
    rows.check()?;
    let rows = rows.instances(connection)?;
    let paths = texts(case.get("show").unwrap());
    let paths: Vec<Vec<&str>> = paths.iter().map(|path| path.split('.').collect()).collect();
    let rows = rows.iter();
    let rows = rows.map(|row| paths.iter().map(|path| shown(row, path)).collect::<Value>());
    Ok(rows.collect())
}

#[test]
fn rows_and_those_read_along_are_those_that_django_reads() {
    let library = Library::filled();
    let recorded: Value = serde_json::from_str(ANSWERS).unwrap();
    let cases = Document::parse(Path::new("instances.toml"), CASES).unwrap();
    let cases = list(cases.root().get("read").unwrap());
    let answers = recorded["instances"].as_array().unwrap();
    assert_eq!(cases.len(), answers.len());
    let wrong = cases.iter().zip(answers);
    let wrong = wrong.filter_map(|(case, expected)| difference(case, expected, &library));
    assert_none(&wrong.collect::<Vec<_>>(), answers.len());
}

/// What the rows of `case` are, where they are not what Django read.
pub(super) fn difference(case: &Item, expected: &Value, library: &Library) -> Option<String> {
    let table = case.as_table().unwrap();
    let found = answer(table, &library.registry, &library.connection);
    let is_right = match &found {
        Ok(found) => {
            let mut expected = expected.get("rows").unwrap_or(expected).clone();
            if let (Some(rows), true) = (expected.as_array_mut(), case_is_bulk(case)) {
                rows.sort_by_key(Value::to_string);
            }
            (*found == expected) != table.get("differs").is_some()
        }
        Err(QueryError::Database(_)) => false,
        Err(_) => expected.get("error").is_some() != table.get("differs").is_some(),
    };
    let line = case.origin.location().line;
    (!is_right).then(|| format!("{line}: {found:?}, not {expected}"))
}

/// A dictionary has no order that would matter.
fn case_is_bulk(case: &Item) -> bool {
    let pick = case.as_table().unwrap().get("pick");
    pick.is_some_and(|pick| pick.as_table().unwrap().get("in_bulk").is_some())
}

#[test]
fn a_name_that_is_not_there_is_told_with_the_nearest_and_all_choices() {
    use crate::diagnostic::Diagnostic as _;
    let library = Library::filled();
    let book = library.registry.get("library.Book").unwrap();
    let asked = [
        (
            Query::of(book).order_by(["titel"]),
            "`library.book` has no field `titel`",
            "did you mean `title`?",
        ),
        (
            Query::of(book).select_related(["autor"]),
            "`library.book` has no relation to one row `autor`",
            "did you mean `author`?",
        ),
        (
            Query::of(book).prefetch_related([Prefetch::new("review")]),
            "`library.book` has no relation `review`",
            "did you mean `reviews`?",
        ),
    ];
    for (query, message, hint) in asked {
        let error = query
            .on(&library.registry)
            .unwrap()
            .instances(&library.connection)
            .unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.hints()[0], hint);
        assert!(
            error.hints()[1].contains("`translator`"),
            "{:?}",
            error.hints()
        );
    }
}

#[test]
fn rows_of_a_statement_of_ones_own_have_what_it_selects() {
    let library = Library::filled();
    let connection = &library.connection;
    let book = library.registry.get("library.Book").unwrap();
    let books = Query::of(book).on(&library.registry).unwrap();
    let sql = "SELECT title, id, price * 2 AS double, author_id FROM library_book WHERE id = ?";
    let found = books.raw(connection, sql, &[2.into()]).unwrap();
    let [row] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        row.get("title"),
        Some(&FieldValue::Text("beta 0".to_owned()))
    );
    assert_eq!(row.get("double"), Some(&FieldValue::Float(75.0)));
    assert_eq!(row.get("author"), Some(&FieldValue::Integer(2)));
    assert_eq!((row.get("note"), row.is_adding()), (None, false));
    assert_eq!(row.deferred_fields().len(), 13);
    let error = books
        .raw(connection, "SELECT title FROM library_book", &[])
        .unwrap_err();
    assert!(matches!(error, QueryError::RawWithoutKey(_)), "{error}");
    let none = books
        .raw(connection, "SELECT * FROM library_book WHERE 0", &[])
        .unwrap();
    assert!(none.is_empty());
}

#[test]
fn a_query_shows_its_sql_and_how_rows_are_found() {
    let library = Library::filled();
    let connection = &library.connection;
    let book = library.registry.get("library.Book").unwrap();
    let by_key = Query::of(book)
        .only(["title"])
        .filter(crate::query::one_of::is_one_of(
            "pk",
            &[FieldValue::Integer(3)],
        ));
    let by_key = by_key.order_by(["pk"]).on(&library.registry).unwrap();
    let sql = by_key.sql(connection).unwrap();
    assert!(
        sql.starts_with("SELECT \"t0\".\"id\", \"t0\".\"title\" FROM"),
        "{sql}"
    );
    let plan = by_key.explain(connection).unwrap();
    assert!(plan[0].contains("INTEGER PRIMARY KEY"), "{plan:?}");
}
