//! JSON that Python's `json` knows and plain JSON does not, in fixtures, rows and imports.

use crate::support::Project;

const MODELS: &str = r#"
[A.fields]
j = { type = "JSONField", null = true }
t = { type = "TextField", default = "" }
"#;

fn project() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
        .file("a/models.toml", MODELS);
    project.djr(["makemigrations", "a"]).success();
    project.migrated()
}

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

fn fixture(fields: &str) -> String {
    format!("[{{\"model\": \"a.a\", \"pk\": 1, \"fields\": {{{fields}}}}}]")
}

#[test]
fn what_a_json_field_holds_is_dumped_as_json_and_loads_as_the_same() {
    let project = project();
    for document in [
        nested(500),
        nested(1000),
        r#"{"a": "\ud83d", "b": ["\ude00x"]}"#.to_owned(),
        r#"{"a": [1e+300, 123456789012345678901234567890, "NaN"]}"#.to_owned(),
    ] {
        let database = project.database();
        database.execute("DELETE FROM a_a", []).unwrap();
        let sql = "INSERT INTO a_a VALUES (1, ?, '')";
        database.execute(sql, [&document]).unwrap();
        let dump = project.djr(["dumpdata", "a"]).success().stdout();
        assert_eq!(dump, fixture(&format!("\"j\": {document}, \"t\": \"\"")));
        project.write("a.json", &dump);
        project.djr(["loaddata", "a.json"]).success();
        assert_eq!(project.texts("SELECT j FROM a_a"), [document]);
    }
}

#[test]
fn what_is_not_json_in_a_json_field_is_an_error_that_names_the_row() {
    let project = project();
    for wrong in ["oops", "{'a': 1}", &nested(1100)] {
        let database = project.database();
        database
            .execute_batch("PRAGMA ignore_check_constraints = 1; DELETE FROM a_a")
            .unwrap();
        let sql = "INSERT INTO a_a VALUES (7, ?, '')";
        database.execute(sql, [wrong]).unwrap();
        let run = project.djr(["dumpdata", "a", "-o", "a.json"]).exited(1);
        let start = &wrong[..wrong.len().min(40)];
        assert!(
            run.stderr()
                .starts_with(&format!("error: a.a 7: `j` holds `{start}")),
            "{run}"
        );
        assert!(
            run.stderr().contains("which is not a value of a JSONField"),
            "{run}"
        );
        assert!(!project.path("a.json").exists());
    }
}

#[test]
fn a_number_that_readers_of_json_take_for_infinite_is_an_error_that_names_the_row() {
    let project = project();
    for (document, number) in [
        ("1e999", "1e999"),
        (r#"{"a": [1, {"b": -2.5E+400}]}"#, "-2.5E+400"),
    ] {
        let database = project.database();
        database.execute("DELETE FROM a_a", []).unwrap();
        let sql = "INSERT INTO a_a VALUES (7, ?, '')";
        database.execute(sql, [document]).unwrap();
        for format in ["json", "jsonl"] {
            let run = ["dumpdata", "a", "-o", "a.json", "--format", format];
            let run = project.djr(run).exited(1);
            let told = format!("error: a.a 7: `j` holds the number `{number}`, which is larger");
            assert!(run.stderr().starts_with(&told), "{run}");
            assert!(!project.path("a.json").exists());
        }
    }
}

#[test]
fn numbers_that_are_not_finite_are_kept_by_whom_sqlite_lets_keep_them() {
    let project = project();
    for (fields, outcome) in [
        (r#""j": NaN"#, Err("CHECK constraint failed")),
        (r#""j": {"a": -Infinity}"#, Err("CHECK constraint failed")),
        (r#""t": NaN"#, Ok("nan")),
        (r#""t": -Infinity"#, Ok("-inf")),
        (
            r#""t": "\ud83d""#,
            Err(r#"`t` is "\ud83d", which is not text"#),
        ),
        (r#""\ud83d": 1"#, Err("a key with half a surrogate pair")),
    ] {
        project.write("a.json", &fixture(fields));
        let run = project.djr(["loaddata", "a.json"]);
        match outcome {
            Ok(text) => {
                run.success();
                assert_eq!(project.texts("SELECT t FROM a_a"), [text]);
            }
            Err(message) => {
                let run = run.exited(1);
                assert!(run.stderr().contains("a.json:1: "), "{run}");
                assert!(run.stderr().contains(message), "{run}");
            }
        }
    }
}

#[test]
fn a_key_that_a_fixture_gives_twice_is_an_error_with_its_line() {
    let project = project();
    for (text, told) in [
        (
            fixture("\"t\": \"a\",\n\"t\": \"b\""),
            "a.json:2: the key `t` stands here twice",
        ),
        (
            "[{\"model\": \"a.a\", \"pk\": 1, \"pk\": 2, \"fields\": {}}]".to_owned(),
            "a.json:1: the key `pk` stands here twice",
        ),
    ] {
        project.write("a.json", &text);
        let run = project.djr(["loaddata", "a.json"]).exited(1);
        assert!(run.stderr().contains(told), "{run}");
    }
    // Of a key of a document the last value counts, as in Python.
    project.write("a.json", &fixture("\"j\": {\"x\": 1, \"x\": 2}"));
    project.djr(["loaddata", "a.json"]).success();
    assert_eq!(project.texts("SELECT j FROM a_a"), ["{\"x\": 2}"]);
}
