//! What `djr migrate` does for those who are not sure: rehearsals, prunes, and errors that name the row.

use std::fs;

use insta::assert_snapshot;

use crate::support::{Project, faults};

fn with_authors() -> Project {
    let project = Project::with_blog().migrated();
    let insert = "INSERT INTO blog_author (id, name) VALUES (1, 'Ann'), (2, 'Ann'), (3, 'Bob')";
    project.database().execute_batch(insert).unwrap();
    project
}

/// What lies in the project; a reader of a file in WAL mode may leave the log of it.
fn names(project: &Project) -> Vec<String> {
    let names = project.names("").into_iter();
    names
        .filter(|name| !name.starts_with("db.sqlite3-"))
        .collect()
}

const RENAME_ALL: &str = "[[operations]]\nRunSQL = { sql = \"UPDATE blog_author SET name = 'x'\" }\n\
    [[operations]]\nAlterField = { model = 'Author', name = 'name', field = { type = 'TextField' } }\n";

/// Whether a word is a time, which is another each run.
fn without_times(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let words: Vec<_> = line.split(' ').collect();
        let is_time = |word: &str| word.parse::<f64>().is_ok() && word.contains('.');
        let shown = words
            .iter()
            .map(|word| if is_time(word) { "TIME" } else { word });
        shown.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_rehearsal_tells_what_would_be_done_and_touches_nothing() {
    let project = with_authors();
    project
        .database()
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    project.second_migration(RENAME_ALL);
    let before = fs::read(project.path("db.sqlite3")).unwrap();
    let before_names = names(&project);
    let told = project.djr(["migrate", "--rehearse"]).success().stdout();
    assert_snapshot!(without_times(&told), @"
    would apply blog.0002_next in TIME ms
        Raw SQL operation: 3 rows, TIME ms
        Alter field name on Author: 3 rows of `blog_author`, TIME ms
    1 migration in TIME ms on a copy; no reference would break; nothing was changed
    ");
    assert!(fs::read(project.path("db.sqlite3")).unwrap() == before);
    assert_eq!(names(&project), before_names);
    let found = project
        .djr(["migrate", "--rehearse", "--json"])
        .success()
        .json();
    let operation = &found["result"]["migrations"][0]["operations"][1];
    assert_eq!(operation["table"], "blog_author");
    assert_eq!(operation["rows"], 3);
    assert!(operation["seconds"].as_f64().unwrap() > 0.0);
    drop(project.djr(["migrate", "--check"]).exited(1));
}

#[test]
fn a_rehearsal_names_rows_that_would_refer_to_nothing() {
    let project = with_authors();
    let insert = "INSERT INTO blog_post (id, author_id) VALUES (7, 1), (8, 3)";
    project.database().execute_batch(insert).unwrap();
    project.second_migration(
        "[[operations]]\nRunSQL = { sql = 'DELETE FROM blog_author WHERE id = 1' }\n",
    );
    let before_names = names(&project);
    let told = project.djr(["migrate", "--rehearse"]).exited(3);
    assert_snapshot!(without_times(&told.stdout()), @"
    would apply blog.0002_next in TIME ms
        Raw SQL operation: 1 row, TIME ms
    1 migration in TIME ms on a copy; 1 row would refer to nothing; nothing was changed
    ");
    assert_snapshot!(told.stderr(), @"
    error: rows refer to others that do not exist: row 7 of `blog_post` has `author_id` = 1, which is not in `blog_author`
    hint: nothing was changed; repair or delete those rows, then run the command again
    ");
    assert_eq!(names(&project), before_names, "the copy is gone");
    assert_snapshot!(project.djr(["migrate", "--no-snapshot"]), @"
    exit code: 3
    ----- stderr -----
    applying blog.0002_next
    error: after `blog.0002_next`, rows refer to others that do not exist: row 7 of `blog_post` has `author_id` = 1, which is not in `blog_author`
    hint: nothing was changed; repair or delete those rows, then run the command again
    ");
    assert_eq!(project.texts("SELECT name FROM blog_author").len(), 3);
}

#[test]
fn a_rehearsal_that_fails_leaves_no_copy() {
    let project = with_authors();
    project.second_migration("[[operations]]\nRunSQL = { sql = 'nonsense' }\n");
    let before_names = names(&project);
    drop(project.djr(["migrate", "--rehearse"]).exited(1));
    assert_eq!(names(&project), before_names);
}

#[test]
fn an_operation_that_fails_names_the_row() {
    let project = with_authors();
    let unique = "{ type = 'CharField', max_length = 50, unique = true }";
    let operation = |field: &str| {
        format!(
            "[[operations]]\nAlterField = {{ model = 'Author', name = 'name', field = {field} }}\n"
        )
    };
    project.second_migration(&operation(unique));
    assert_snapshot!(project.djr(["migrate"]), @r#"
    exit code: 1
    ----- stderr -----
    applying blog.0002_next
    error: `blog.0002_next` failed at `Alter field name on Author`; nothing was changed
    caused by: the database does not accept `INSERT INTO "new__blog_author" ("id", "name") SELECT "id", "name" FROM "blog_author"`
    caused by: UNIQUE constraint failed: new__blog_author.name
    hint: rows 1 and 2 of `blog_author` both have `name` = 'Ann'
    hint: rows that are there already do not fit: change them first so that no two are alike, in a `RunSQL` before this operation
    "#);
    let index =
        "[[operations]]\nAlterUniqueTogether = { name = 'Author', unique_together = [['name']] }\n";
    project.second_migration(index);
    let error = project.djr(["migrate"]).exited(1).stderr();
    assert!(
        error.contains("rows 1 and 2 of `blog_author` both have `name` = 'Ann'"),
        "{error}"
    );
}

/// The first hint of a migration that fails.
fn row(project: &Project, operation: &str) -> String {
    project.second_migration(&format!("[[operations]]\n{operation}\n"));
    let error = project.djr(["migrate", "--json"]).exited(1).stderr();
    let error: serde_json::Value = serde_json::from_str(&error).unwrap();
    error["error"]["hints"][0].as_str().unwrap().to_owned()
}

#[test]
fn every_kind_of_constraint_names_the_row_and_its_value() {
    let project = Project::with_blog().migrated();
    project
        .database()
        .execute_batch(
            "INSERT INTO blog_author (id, name) VALUES (3, 'ann'), (5, 'Ann'), (8, '-2');
             ALTER TABLE blog_author ADD COLUMN age integer;
             UPDATE blog_author SET age = -2 WHERE id = 8;",
        )
        .unwrap();
    let project = project.file(
        "blog/migrations/0001_initial.toml",
        "[[operations]]\nCreateModel = { name = 'Author', fields = { name = { type = 'CharField', \
         max_length = 50 }, age = { type = 'IntegerField', null = true } } }\n",
    );
    let alter = |field: &str| {
        format!("AlterField = {{ model = 'Author', name = 'age', field = {{ {field} }} }}")
    };
    assert_eq!(
        row(&project, &alter("type = 'IntegerField'")),
        "row 3 of `blog_author` has no `age`, and 1 more like it"
    );
    assert_eq!(
        row(
            &project,
            &alter("type = 'PositiveIntegerField', null = true")
        ),
        "row 8 of `blog_author` has `age` = -2"
    );
    let constraint = |constraint: &str| {
        format!(
            "AddConstraint = {{ model = 'Author', constraint = {{ name = 'c', {constraint} }} }}"
        )
    };
    assert_eq!(
        row(
            &project,
            &constraint("check = { any = [{ age = 7 }, { name = 'x' }] }")
        ),
        "row 8 of `blog_author` has `name` = '-2', `age` = -2"
    );
    assert_eq!(
        row(&project, &constraint("expressions = [{ Lower = 'name' }]")),
        "rows 3 and 5 of `blog_author` both have `LOWER(\"name\")` = 'ann'"
    );
}

#[test]
fn forgets_migrations_whose_files_are_gone() {
    let project = with_authors();
    project.second_migration("");
    project.djr(["migrate"]).success();
    fs::remove_file(project.path("blog/migrations/0002_next.toml")).unwrap();
    assert_snapshot!(project.djr(["migrate", "blog", "--prune"]), @"
    exit code: 0
    ----- stdout -----
    no longer recorded: `blog.0002_next`
    ");
    assert_snapshot!(project.djr(["migrate", "blog", "--prune"]), @"
    exit code: 0
    ----- stdout -----
    nothing to prune
    ");
    assert_snapshot!(project.djr(["migrate", "--prune"]), @"
    exit code: 2
    ----- stderr -----
    error: missing: `<APP_LABEL>`
    hint: usage: `djr migrate --prune <APP_LABEL> [MIGRATION_NAME]`
    ");
    let squashed = "replaces = ['blog.0001_initial', 'blog.0002_next']\ninitial = true\n";
    project.write("blog/migrations/0001_squashed.toml", squashed);
    let record =
        "INSERT INTO django_migrations (app, name, applied) VALUES ('blog', '0002_next', '')";
    project.database().execute_batch(record).unwrap();
    assert_snapshot!(project.djr(["migrate", "blog", "--prune"]), @"
    exit code: 3
    ----- stderr -----
    error: `blog.0001_squashed` still replaces migrations whose files are gone
    hint: run `djr migrate`, take `replaces` out of it, then prune again
    ");
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn a_rehearsal_that_was_killed_is_cleared_away_by_the_next_run() {
    let project = with_authors();
    project.second_migration(RENAME_ALL);
    let before = names(&project);
    let killed = project.command(["migrate", "--rehearse"]);
    let fault = [
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        "inject=unlink:signal=KILL:when=1",
    ];
    assert_eq!(faults::traced(killed, &fault).run().code(), None);
    let left = names(&project);
    assert!(
        left.iter().any(|name| name.contains("rehearsal")),
        "{left:?}"
    );
    project.djr(["migrate", "--no-snapshot"]).success();
    assert_eq!(names(&project), before);
}
