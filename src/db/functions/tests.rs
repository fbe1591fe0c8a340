//! Each function against what real Django answers, recorded by `tests/parity/record_functions.py`.

use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{SCALAR_FUNCTIONS, register};
use crate::db::{Database, Durability, SchemaTransaction};

/// A call, and what Django's connection answers, or that it fails.
#[derive(serde::Deserialize)]
struct Call {
    sql: String,
    arguments: Vec<serde_json::Value>,
    #[serde(default)]
    answer: serde_json::Value,
    #[serde(default)]
    fails: bool,
}

fn recorded() -> Vec<Call> {
    let golden = include_str!("../../../tests/parity/golden/functions.json");
    serde_json::from_str(golden).unwrap()
}

fn connection() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    register(&connection).unwrap();
    connection
}

fn argument(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(number) => Value::Integer(number),
            None => Value::Real(number.as_f64().unwrap()),
        },
        other => Value::Text(other.as_str().unwrap().to_owned()),
    }
}

/// Whether both are the same; numbers with a fraction may differ in the last digit.
#[expect(
    clippy::cast_precision_loss,
    reason = "recorded whole numbers are small"
)]
fn is_same(found: &Value, expected: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Real(number) => Some(*number),
        _ => None,
    };
    match (number(found), number(expected)) {
        (Some(found), Some(expected)) => (found - expected).abs() <= expected.abs() * 1e-14,
        _ => found == expected,
    }
}

#[test]
fn every_function_answers_as_django_does() {
    let connection = connection();
    let mut wrong = Vec::new();
    for call in recorded() {
        let arguments = call.arguments.iter().map(argument);
        let found: Result<Value, _> =
            connection.query_row(&call.sql, params_from_iter(arguments), |row| row.get(0));
        let expected = argument(&call.answer);
        let is_right = match &found {
            Ok(found) => !call.fails && is_same(found, &expected),
            Err(_) => call.fails,
        };
        if !is_right {
            let (sql, arguments) = (&call.sql, &call.arguments);
            wrong.push(format!("{sql} {arguments:?}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_function_is_recorded() {
    let recorded = recorded();
    for function in SCALAR_FUNCTIONS {
        let call = format!("SELECT {}(", function.name);
        let calls = recorded
            .iter()
            .filter(|recorded| recorded.sql.starts_with(&call));
        assert!(calls.count() >= 3, "{}", function.name);
    }
}

#[test]
fn a_random_number_is_between_0_and_1_and_never_the_same() {
    let connection = connection();
    let random = || {
        connection
            .query_row("SELECT RAND()", [], |row| row.get::<_, f64>(0))
            .unwrap()
    };
    let numbers: Vec<_> = (0..100).map(|_| random()).collect();
    assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
    assert!(
        numbers
            .windows(2)
            .all(|pair| pair[0].to_bits() != pair[1].to_bits())
    );
}

#[test]
fn a_pattern_that_takes_too_long_is_an_error() {
    let sql = "SELECT regexp('(a+)+(?=b)$', ?)";
    let found = connection().query_row(sql, ["a".repeat(60)], |row| row.get::<_, bool>(0));
    assert!(found.is_err() || found == Ok(false), "{found:?}");
}

#[test]
fn every_way_to_a_connection_has_the_functions() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(1));
    let found = |connection: &crate::db::Connection| {
        let found = connection.column::<bool>("SELECT 'abc' REGEXP 'b+'", &[]);
        found.unwrap()
    };
    assert_eq!(found(&SchemaTransaction::in_memory().unwrap()), [true]);
    let new_file = database.open_for_migrations().unwrap();
    assert_eq!(found(&new_file), [true]);
    new_file.commit().unwrap();
    assert_eq!(found(&database.open_for_migrations().unwrap()), [true]);
    assert_eq!(found(&database.open(Durability::Full).unwrap()), [true]);
    assert_eq!(found(&database.open_read_only().unwrap().unwrap()), [true]);
}
