//! `djr inspectdb`.

use crate::support::Project;

/// Tables as other programs make them.
const TABLES: &str = r#"
CREATE TABLE "author" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "Name" varchar(40) NOT NULL UNIQUE, "born" date,
    "editor_id" integer REFERENCES "author" ("id") ON DELETE SET NULL);
CREATE TABLE "book" ("isbn" char(13) PRIMARY KEY NOT NULL, "author_id" integer NOT NULL REFERENCES "author" ("id") ON DELETE CASCADE,
    "second author" integer REFERENCES "author", "owner_id" integer REFERENCES "auth_user" ("id"),
    "price" decimal NOT NULL, "tax" numeric(6, 2), "data" text CHECK ((JSON_VALID("data") OR "data" IS NULL)), "odd" money,
    "stock" integer unsigned NOT NULL CHECK ("stock" >= 0), "weight" double, "__x__" bool NOT NULL, "class" text NOT NULL,
    UNIQUE ("author_id", "class"));
CREATE INDEX "book_class" ON "book" ("class");
CREATE INDEX "book_price_class" ON "book" ("price" DESC, "class");
CREATE INDEX "book_partial" ON "book" ("price") WHERE "price" > 1;
CREATE TABLE "author_prizes" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "author_id" integer NOT NULL REFERENCES "author" ("id"),
    "prize_id" integer NOT NULL REFERENCES "prize" ("id"), UNIQUE ("author_id", "prize_id"));
CREATE TABLE "prize" ("id" integer NOT NULL PRIMARY KEY, "code" bigint NOT NULL UNIQUE);
CREATE TABLE "award" ("year" integer NOT NULL, "code" bigint NOT NULL REFERENCES "prize" ("code"), PRIMARY KEY ("year", "code"));
CREATE TABLE "123 tbl-x" ("a" integer);
CREATE VIEW "prizes" AS SELECT "code" FROM "prize";
"#;

fn legacy() -> Project {
    let project = Project::new().migrated();
    let file = rusqlite::Connection::open(project.path("db.sqlite3")).unwrap();
    file.execute_batch(TABLES).unwrap();
    project
}

#[test]
fn tables_become_models_that_are_accepted() {
    let project = legacy();
    let text = project.djr(["inspectdb"]).success().stdout();
    insta::assert_snapshot!(text);
    let project = project
        .replaced(r#""staticfiles"]"#, r#""staticfiles", "library"]"#)
        .file("library/models.toml", &text);
    // The models describe the very tables they were made from.
    let file = rusqlite::Connection::open(project.path("db.sqlite3")).unwrap();
    file.execute_batch(
        "INSERT INTO author VALUES (1, 'Ann', '1900-01-02', NULL), (2, 'Bob', NULL, 1);
         INSERT INTO prize VALUES (7, 70); INSERT INTO author_prizes VALUES (1, 2, 7);
         INSERT INTO award VALUES (1999, 70);
         INSERT INTO book VALUES ('978', 1, 2, NULL, 9.5, 1.25, '{\"a\": 1}', 'x', 3, 0.5, 1, 'c');",
    )
    .unwrap();
    drop(file);
    let labels = ["Author", "Book", "Prize", "Award", "AuthorPrizes"];
    let labels = labels.map(|model| format!("library.{model}"));
    let arguments: Vec<_> = ["dumpdata"]
        .into_iter()
        .chain(labels.iter().map(String::as_str))
        .collect();
    let dump = project.djr(&arguments[..]).success().stdout();
    assert!(
        dump.contains(
            r#"{"model": "library.book", "pk": "978", "fields": {"author": 1, "second_author": 2,"#
        ),
        "{dump}"
    );
    assert!(
        dump.contains(
            r#"{"model": "library.award", "pk": [1999, 70], "fields": {"year": 1999, "code": 70}}"#
        ),
        "{dump}"
    );
    project.write("all.json", &dump);
    project.djr(["loaddata", "all.json"]).success();
    assert_eq!(project.djr(&arguments[..]).success().stdout(), dump);
}

#[test]
fn tables_and_views_may_be_named() {
    let project = legacy();
    let run = project.djr(["inspectdb", "prizes", "--json"]).success();
    let models = &run.json()["result"]["models"];
    assert_eq!(models[0]["name"], "Prizes");
    assert_eq!(models.as_array().unwrap().len(), 1);
    let views = project
        .djr(["inspectdb", "--include-views"])
        .success()
        .stdout();
    assert!(views.contains("[Prizes]\n"), "{views}");
    let run = project.djr(["inspectdb", "nope"]).exited(1);
    assert_eq!(run.stderr(), "error: there is no table or view `nope`\n");
    let run = Project::new().migrated().djr(["inspectdb"]).success();
    assert_eq!(run.stderr(), "every table has a model\n");
}
