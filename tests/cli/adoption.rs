//! Databases that others made: `inspectdb`, `migrate --fake-initial`, `check --database`.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::support::Project;

/// The models of `django_old.sql` as a project of today declares them.
const LEGACY: &str = r#"
[Author.fields]
name = { type = "CharField", max_length = 40, unique = true }
nick = { type = "SlugField" }
age = { type = "PositiveIntegerField" }
rank = { type = "PositiveSmallIntegerField", null = true }
ok = { type = "BooleanField", null = true }
price = { type = "DecimalField", max_digits = 5, decimal_places = 2 }
ip = { type = "GenericIPAddressField", null = true }
key = { type = "UUIDField", null = true }
[Tag.fields]
slug = { type = "SlugField", primary_key = true }
parent = { type = "ForeignKey", to = "self", on_delete = "CASCADE", null = true }
[Book]
unique_together = [["author", "title"]]
[Book.fields]
title = { type = "CharField", max_length = 10 }
author = { type = "ForeignKey", to = "Author", on_delete = "CASCADE" }
one = { type = "OneToOneField", to = "Author", on_delete = "CASCADE", null = true, related_name = "one" }
tags = { type = "ManyToManyField", to = "Tag" }
[Sub.fields]
author_ptr = { type = "OneToOneField", to = "Author", on_delete = "CASCADE", primary_key = true }
extra = { type = "IntegerField" }
[Rule]
constraints = [{ name = "rule", check = { any = [{ a__gt = 1 }, { not = { b = "q" } }] } }]
indexes = [{ name = "legacy_rule_down", fields = ["-a", "b"] }]
[Rule.fields]
a = { type = "IntegerField" }
b = { type = "CharField", max_length = 5, null = true }
"#;

pub(crate) fn sql(name: &str) -> String {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adoption");
    fs::read_to_string(directory.join(name)).unwrap()
}

/// A migrated project with an app `library` that has no models yet.
fn project_with_library() -> Project {
    Project::new()
        .migrated()
        .replaced(r#""staticfiles"]"#, r#""staticfiles", "library"]"#)
        .file("library/models.toml", "")
}

/// A project whose models are those of the tables of a database, which they may change.
pub(crate) fn adopted(script: &str) -> Project {
    let project = project_with_library();
    let script = format!("PRAGMA foreign_keys = OFF; {script}");
    project.database().execute_batch(&script).unwrap();
    let text = project
        .djr(["inspectdb", "--include-views"])
        .success()
        .stdout();
    let owned = text.replace("managed = false\n", "");
    project.write("library/models.toml", &owned);
    project.djr(["check", "--tag", "models"]).success();
    project.djr(["makemigrations", "library"]).success();
    project.djr(["migrate", "--fake-initial"]).success();
    project
}

#[test]
fn whatever_a_table_is_like_its_model_is_accepted_and_does_not_drift() {
    let project = project_with_library();
    project.database().execute_batch(&sql("odd.sql")).unwrap();
    let run = project.djr(["inspectdb", "--include-views"]).success();
    assert_eq!(
        run.stderr(),
        "warning: `broken` is left out, since it cannot be read: no such table: main.gone_table\n"
    );
    project.write("library/models.toml", &run.stdout());
    project.djr(["check", "--tag", "models"]).success();
    project.djr(["makemigrations", "library"]).success();
    project.djr(["migrate", "--fake-initial"]).success();
    let run = project.djr(["check", "--database"]).success();
    assert_eq!(
        run.stderr(),
        "warning: the view `broken` is in no migration [\"extra-view:broken\"]\n"
    );
}

#[test]
fn what_no_model_can_say_of_an_adopted_table_is_a_warning() {
    let project = adopted(&sql("odd.sql"));
    let run = project.djr(["check", "--database"]).success();
    assert_snapshot!(run.stderr());
    project
        .djr(["check", "--database", "--fail-level", "warning"])
        .exited(1);
}

#[test]
fn what_django_made_once_and_never_alters_does_not_count_as_a_difference() {
    let project = Project::new()
        .replaced(r#""staticfiles"]"#, r#""staticfiles", "legacy"]"#)
        .file("legacy/models.toml", LEGACY);
    project.djr(["makemigrations", "legacy"]).success();
    project
        .database()
        .execute_batch(&sql("django_old.sql"))
        .unwrap();
    project.djr(["migrate", "--fake-initial"]).success();
    let strict = ["check", "--database", "--fail-level", "warning"];
    assert_eq!(project.djr(strict).success().stderr(), "");
    // The same tables as their models would be guessed.
    let tables = ["author", "tag", "book", "book_tags", "sub", "rule"];
    let tables = tables.map(|table| format!("legacy_{table}"));
    let mut arguments = vec!["inspectdb"];
    arguments.extend(tables.iter().map(String::as_str));
    let text = project.djr(&arguments[..]).success().stdout();
    let fields = [
        "ip = { type = \"GenericIPAddressField\"",
        "key = { type = \"UUIDField\"",
        "age = { type = \"PositiveIntegerField\" }",
    ];
    for field in fields {
        assert!(text.contains(field), "{text}");
    }
}

#[test]
fn a_type_of_uuids_or_addresses_counts_where_its_values_are_such() {
    let project = project_with_library();
    let script = "CREATE TABLE ids (id char(32) NOT NULL PRIMARY KEY, hash char(32), ip char(39), host char(39), code CHAR(32));
         INSERT INTO ids VALUES ('0123456789abcdef0123456789abcdef', 'A-12', '::1', 'localhost', NULL);";
    project.database().execute_batch(script).unwrap();
    let text = project.djr(["inspectdb", "ids"]).success().stdout();
    let fields = text.split_once("[Ids.fields]\n").unwrap().1;
    assert_snapshot!(fields, @r#"
    id = { type = "UUIDField", primary_key = true }
    hash = { type = "CharField", max_length = 32, null = true, blank = true }
    ip = { type = "GenericIPAddressField", null = true, blank = true }
    host = { type = "CharField", max_length = 39, null = true, blank = true }
    code = { type = "CharField", max_length = 32, null = true, blank = true }
    "#);
}

#[test]
fn accepted_differences_are_not_told_and_those_that_are_gone_are() {
    let project = Project::with_blog().migrated();
    let script =
        "ALTER TABLE blog_author ADD COLUMN extra text; CREATE INDEX \"o\"\"dd\" ON blog_post (id)";
    project.database().execute_batch(script).unwrap();
    let told = project.djr(["check", "--database"]).exited(1).stderr();
    let names: Vec<_> = told
        .lines()
        .filter(|line| line.ends_with(']') && line.starts_with("error"))
        .map(|line| line.rsplit_once('[').unwrap().1.trim_end_matches(']'))
        .collect();
    assert_eq!(names.len(), 2, "{told}");
    let accepted = format!("[checks]\naccepted = [{}]", names.join(", "));
    let project = project.setting(&accepted);
    let run = project.djr(["check", "--database"]).success();
    assert_eq!(run.stderr(), "");
    let script = "ALTER TABLE blog_author DROP COLUMN extra";
    project.database().execute_batch(script).unwrap();
    assert_snapshot!(project.djr(["check", "--database"]), @"
    exit code: 0
    ----- stdout -----
    the schema of `default` is what its applied migrations lead to
    ----- stderr -----
    warning: `[checks] accepted` names `extra-column:blog_author.extra`, and there is no such difference
    hint: remove it from the list
    ");
    let strict = ["check", "--database", "--fail-level", "warning"];
    assert_snapshot!(project.djr(strict), @"
    exit code: 1
    ----- stderr -----
    warning: `[checks] accepted` names `extra-column:blog_author.extra`, and there is no such difference
    hint: remove it from the list
    error: differences are accepted that are not there
    ");
}
