//! What `djr migrate` makes of a file is, at every step, what Django makes of it.
//!
//! `tests/parity/record.py` recorded Django.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::support::Project;

/// Content types and permissions without their ids, as the recording names them.
const NAMED: [(&str, &str); 2] = [
    (
        "django_content_type",
        "SELECT app_label, model FROM django_content_type ORDER BY 1, 2",
    ),
    (
        "auth_permission",
        "SELECT app_label, model, codename, auth_permission.name FROM auth_permission \
         JOIN django_content_type ON content_type_id = django_content_type.id ORDER BY 1, 2, 3",
    ),
];

#[test]
fn every_step_forwards_and_backwards_leaves_what_django_leaves() {
    let recording = recording();
    let project = Project::new();
    let steps = recording["steps"].as_array().unwrap();
    assert!(steps.len() > 40, "the recording is cut short");
    for step in steps {
        take(&project, step);
        let file = open(&project);
        assert_eq!(
            objects(&file),
            expected(&recording["objects"], &step["objects"]),
            "{step}"
        );
        for (table, number) in step["rows"].as_object().unwrap() {
            let expected = pick(&recording["rows"], number);
            let fresh = step["migrate"] == json!([]);
            assert_eq!(&rows(&file, table, fresh), expected, "{table} after {step}");
        }
    }
}

/// Does what the recording's step did.
fn take(project: &Project, step: &Value) {
    let words = |name: &str| -> Vec<&str> {
        let list = step[name].as_array().into_iter().flatten();
        list.map(|word| word.as_str().unwrap()).collect()
    };
    if step.get("migrate").is_some() {
        let arguments = [vec!["migrate"], words("migrate")].concat();
        project.djr(arguments).success();
    }
    let file = project.database();
    for statement in words("execute") {
        file.execute(statement, ()).unwrap();
    }
}

fn recording() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/parity/golden/migrate.json"
    );
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn pick<'r>(list: &'r Value, number: &Value) -> &'r Value {
    &list[usize::try_from(number.as_u64().unwrap()).unwrap()]
}

fn expected(list: &Value, numbers: &Value) -> Value {
    let numbers = numbers.as_array().unwrap();
    numbers
        .iter()
        .map(|number| pick(list, number).clone())
        .collect()
}

fn open(project: &Project) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    Connection::open_with_flags(project.path("db.sqlite3"), flags).unwrap()
}

fn objects(file: &Connection) -> Value {
    let query = "SELECT type, name, tbl_name, sql FROM sqlite_master \
                 WHERE name NOT LIKE 'djr\\_%' ESCAPE '\\' ORDER BY rowid";
    select(file, query)
}

fn rows(file: &Connection, table: &str, fresh: bool) -> Value {
    match NAMED.iter().find(|(name, _)| *name == table && !fresh) {
        Some((_, query)) => select(file, query),
        None => select(file, &query_of(file, table)),
    }
}

/// Every column but the moments migrations were applied at.
fn query_of(file: &Connection, table: &str) -> String {
    let columns = select(
        file,
        &format!("SELECT name FROM pragma_table_info('{table}')"),
    );
    let names = columns
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row[0].as_str().unwrap());
    let kept: Vec<_> = names.filter(|name| *name != "applied").collect();
    format!("SELECT {} FROM {table} ORDER BY rowid", kept.join(", "))
}

fn select(file: &Connection, query: &str) -> Value {
    let mut statement = file.prepare(query).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map((), |row| {
        let values = (0..width).map(|column| row.get_ref(column).map(json_of));
        values.collect::<Result<Value, _>>()
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn json_of(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => json!(bytes),
    }
}
