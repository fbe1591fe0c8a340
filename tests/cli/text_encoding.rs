//! Text in the database that is not UTF-8, which SQLite keeps like any other.

use crate::support::Project;

const MODELS: &str = r#"
[A.fields]
t = { type = "TextField" }
b = { type = "BinaryField", default = "" }

[K.fields]
key = { type = "CharField", max_length = 9, primary_key = true }
t = { type = "TextField" }

[C.fields]
pk = { type = "CompositePrimaryKey", fields = ["x", "y"] }
x = { type = "IntegerField" }
y = { type = "CharField", max_length = 9 }
t = { type = "TextField" }
"#;

fn project() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
        .file("a/models.toml", MODELS);
    project.djr(["makemigrations", "a"]).success();
    let project = project.migrated().superuser("alice", "Xk29!fooBAR");
    project.djr(["groups", "create", "editors"]).success();
    project
}

#[test]
fn text_that_is_not_utf8_is_an_error_that_names_table_row_and_column_in_every_command() {
    let whole = project();
    for (spoil, command, message) in [
        (
            "INSERT INTO a_a (id, t, b) VALUES (1, 'x', x''), (7, CAST(x'63e9' AS TEXT), x'')",
            &["dumpdata"][..],
            "`t` of `a_a`, where \"id\" = 7, holds text that is not UTF-8: x'63e9'",
        ),
        (
            "INSERT INTO a_a (id, t, b) VALUES (7, 'x', CAST(x'ff' AS TEXT))",
            &["dumpdata", "a"],
            "`b` of `a_a`, where \"id\" = 7, holds text that is not UTF-8: x'ff'",
        ),
        (
            "INSERT INTO a_k VALUES (CAST(x'e8' AS TEXT), 'x')",
            &["dumpdata", "a.K"],
            "`key` of `a_k`, where \"key\" = CAST(x'e8' AS TEXT), holds text that is not UTF-8: x'e8'",
        ),
        (
            "INSERT INTO a_c VALUES (1, 'it''s', CAST(x'e8' AS TEXT))",
            &["dumpdata", "a.C"],
            "`t` of `a_c`, where \"x\" = 1 AND \"y\" = 'it''s', holds text that is not UTF-8: x'e8'",
        ),
        (
            "UPDATE auth_user SET email = CAST(x'e9' AS TEXT)",
            &["users", "list"],
            "`email` of `auth_user`, where \"id\" = 1, holds text that is not UTF-8: x'e9'",
        ),
        (
            "UPDATE auth_user SET first_name = CAST(x'e9' AS TEXT)",
            &["users", "show", "alice"],
            "`first_name` of `auth_user`, where \"id\" = 1, holds text that is not UTF-8: x'e9'",
        ),
        (
            "UPDATE auth_user SET password = CAST(x'e9' AS TEXT)",
            &["changepassword", "alice", "--password-file", "-"],
            "`password` of `auth_user`, where \"id\" = 1, holds text that is not UTF-8: x'e9'",
        ),
        (
            "UPDATE auth_group SET name = CAST(x'e9' AS TEXT)",
            &["groups", "list"],
            "`name` of `auth_group`, where \"id\" = 1, holds text that is not UTF-8: x'e9'",
        ),
        (
            "UPDATE auth_permission SET codename = CAST(x'e9' AS TEXT) WHERE id = 3",
            &["permissions", "list"],
            "`codename` of `auth_permission`, where \"id\" = 3, holds text that is not UTF-8: x'e9'",
        ),
        (
            "INSERT INTO django_session VALUES ('abc', CAST(x'e9' AS TEXT), '2999-01-01 00:00:00')",
            &["sessions", "list"],
            "`session_data` of `django_session`, where \"session_key\" = 'abc', holds text that is not UTF-8: x'e9'",
        ),
        (
            "UPDATE django_content_type SET model = CAST(x'e9' AS TEXT) WHERE id = 2",
            &["remove_stale_contenttypes", "--noinput"],
            "`model` of `django_content_type`, where \"id\" = 2, holds text that is not UTF-8: x'e9'",
        ),
        (
            "UPDATE django_migrations SET name = CAST(x'e9' AS TEXT) WHERE id = 2",
            &["check", "--database"],
            "`name` of `django_migrations`, where \"id\" = 2, holds text that is not UTF-8: x'e9'",
        ),
    ] {
        let project = whole.copy();
        project.database().execute_batch(spoil).unwrap();
        let run = project.command(command).stdin("Xk29!fooBAZ\n").run();
        let run = run.exited(1);
        let expected = format!("error: {message}");
        assert!(run.stderr().starts_with(&expected), "{command:?} {run}");
    }
}

#[test]
fn the_error_of_text_that_is_not_utf8_says_how_to_repair_it() {
    let project = project();
    let sql = "INSERT INTO a_a (id, t, b) VALUES (7, CAST(x'63e9' AS TEXT), x'')";
    project.database().execute_batch(sql).unwrap();
    let run = project.djr(["dumpdata", "a"]).exited(1);
    insta::assert_snapshot!(run, @r#"
    exit code: 1
    ----- stderr -----
    error: `t` of `a_a`, where "id" = 7, holds text that is not UTF-8: x'63e9'
    hint: repair it in `djr dbshell`: `UPDATE "a_a" SET "t" = '...' WHERE "id" = 7`
    "#);
    let repair = r#"UPDATE "a_a" SET "t" = 'cé' WHERE "id" = 7"#;
    project.database().execute_batch(repair).unwrap();
    let dump = project.djr(["dumpdata", "a"]).success().stdout();
    assert!(dump.contains(r#""t": "cé""#), "{dump}");
}

#[test]
fn a_table_whose_definition_is_not_utf8_is_named_and_left_out_by_inspectdb() {
    let project = project();
    let spoil = "PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = CAST(CAST(sql AS BLOB) || x'2d2de9' AS TEXT) WHERE name = 'a_a'";
    project.database().execute_batch(spoil).unwrap();
    let run = project.djr(["inspectdb", "a_a"]).success();
    let told = "`sql` of `sqlite_master`, where \"name\" = 'a_a', holds text that is not UTF-8: ";
    assert!(run.stderr().contains(told), "{run}");
    assert!(!run.stdout().contains("a_a"), "{run}");
}

#[test]
fn a_template_that_is_not_utf8_is_told_once() {
    let project = Project::new().file(
        "urls.toml",
        "[[urls]]\npath = \"\"\nview = \"template\"\ntemplate = \"latin.html\"\n",
    );
    std::fs::create_dir_all(project.path("templates")).unwrap();
    std::fs::write(project.path("templates/latin.html"), b"a\xffb").unwrap();
    let told = project.djr(["check"]).exited(1).stderr();
    assert!(
        told.contains("cannot read the template `latin.html`"),
        "{told}"
    );
    assert!(!told.contains("there is no template"), "{told}");
}

/// The same project on a file in UTF-16, of which SQLite makes UTF-8 for whoever reads it.
fn project_in_utf16() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
        .file("a/models.toml", MODELS);
    project.djr(["makemigrations", "a"]).success();
    let file = rusqlite::Connection::open(project.path("db.sqlite3")).unwrap();
    file.execute_batch("PRAGMA encoding = 'UTF-16be'; CREATE TABLE t (x); DROP TABLE t")
        .unwrap();
    drop(file);
    project.djr(["migrate"]).success();
    project
}

#[test]
fn text_that_is_not_utf16_is_shown_as_the_file_holds_it() {
    let project = project_in_utf16();
    for (row, command, message) in [
        (
            "a_a (id, t, b) VALUES (6, 'é', x''), (7, CAST(x'd800' AS TEXT), x'')",
            "a.A",
            "`t` of `a_a`, where \"id\" = 7, holds text that is not UTF-16be: x'd800'",
        ),
        (
            "a_k VALUES ('é', 'x'), (CAST(x'dc00' AS TEXT), 'x')",
            "a.K",
            "`key` of `a_k`, where \"key\" = CAST(x'dc00' AS TEXT), holds text that is not UTF-16be: x'dc00'",
        ),
        (
            "a_c VALUES (1, 'é', CAST(x'0041d800' AS TEXT))",
            "a.C",
            "`t` of `a_c`, where \"x\" = 1 AND \"y\" = 'é', holds text that is not UTF-16be: x'0041d800'",
        ),
    ] {
        let insert = format!("INSERT INTO {row}");
        project.database().execute_batch(&insert).unwrap();
        let told = project.djr(["dumpdata", command]).exited(1).stderr();
        assert!(told.starts_with(&format!("error: {message}")), "{told}");
        let (_, repair) = told.split_once("`djr dbshell`: `").unwrap();
        let repair = repair.trim_end().trim_end_matches('`');
        assert_eq!(
            project.database().execute(repair, ()).unwrap(),
            1,
            "{repair}"
        );
        project.djr(["dumpdata", command]).success();
    }
}

#[test]
fn a_key_with_a_null_character_finds_its_row() {
    let project = project();
    let sql = "INSERT INTO a_k VALUES ('a', 'x'), ('a' || char(0) || 'b', CAST(x'e9' AS TEXT))";
    project.database().execute_batch(sql).unwrap();
    let told = project.djr(["dumpdata", "a.K"]).exited(1).stderr();
    let place = "error: `t` of `a_k`, where \"key\" = CAST(x'610062' AS TEXT), holds";
    assert!(told.starts_with(place), "{told}");
}

#[test]
fn bytes_in_a_field_of_another_kind_are_shown_as_sql_writes_them() {
    let project = project();
    project
        .database()
        .execute_batch("INSERT INTO a_a VALUES (7, x'63e9', x'')")
        .unwrap();
    let told = project.djr(["dumpdata", "a.A"]).exited(1).stderr();
    let place = "error: a.a 7: `t` holds `x'63e9'`, which is not a value of a TextField\n";
    assert!(told.starts_with(place), "{told}");
}
