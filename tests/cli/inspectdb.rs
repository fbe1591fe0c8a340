//! `djr inspectdb`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

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
CREATE TABLE "odds" ("rowid" text COLLATE RTRIM, "code" text NOT NULL COLLATE NOCASE DEFAULT 'it''s', "from" date, "until" date,
    "made" datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, "on" bool NOT NULL DEFAULT 1, "score" real DEFAULT -1.5, "dice" integer DEFAULT (abs(random())),
    "length" integer GENERATED ALWAYS AS (length("code")) STORED, "first" text AS (code -> '$[0]'), "year" integer, "prize" bigint,
    CHECK ("score" < 10 AND ("from" IS NULL OR "from" <= "until")), CONSTRAINT "positive" CHECK ("score" > 0), CONSTRAINT "odd" CHECK (code GLOB 'a*'),
    CONSTRAINT "one_each" UNIQUE ("from", "code"), FOREIGN KEY ("year", "prize") REFERENCES "award" ("year", "code"));
CREATE INDEX "_odd name" ON "odds" (lower("code"), "from" DESC) WHERE "on";
CREATE INDEX "odds_nocase" ON "odds" ("rowid" COLLATE NOCASE);
CREATE INDEX "odds_json" ON "odds" (code -> '$.a');
CREATE UNIQUE INDEX "odds_down" ON "odds" ("from" DESC);
CREATE UNIQUE INDEX "odds_some" ON "odds" ("code") WHERE "until" IS NULL AND "code" NOT IN ('a', 'b');
CREATE TABLE "evens" ("id" integer PRIMARY KEY, "score" integer, CONSTRAINT "positive" CHECK (score > 0 AND score <> 7)) ;
CREATE VIEW "prizes" AS SELECT "code" FROM "prize";
"#;

fn legacy() -> Project {
    let project = Project::new().migrated();
    let file = project.database();
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
    let file = project.database();
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
fn the_models_fit_the_tables_they_were_made_from() {
    let project = legacy();
    let text = project
        .djr(["inspectdb", "--include-views"])
        .success()
        .stdout();
    let project = project
        .replaced(r#""staticfiles"]"#, r#""staticfiles", "library"]"#)
        .file("library/models.toml", &text);
    project.djr(["makemigrations"]).success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate", "--fake-initial"]).success();
    project.djr(["check", "--database"]).success();
}

#[test]
fn models_come_back_from_their_tables_as_they_went() {
    let (project, labels) = corpus();
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let tables = project.rows::<(String,)>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
         AND name NOT LIKE 'django%' AND name NOT LIKE 'auth%' AND name NOT LIKE 'djr%'",
    );
    let mut arguments = vec!["inspectdb"];
    arguments.extend(tables.iter().map(|(name,)| name.as_str()));
    let text = project.djr(&arguments[..]).success().stdout();
    assert!(!text.contains("left out"), "{text}");
    project.database().execute("DELETE FROM django_migrations WHERE app NOT IN ('auth', 'admin', 'contenttypes', 'sessions')", ()).unwrap();
    // The models that migrations make now are those that were guessed.
    let installed = labels.join("\", \"");
    let project = project
        .replaced(&installed, "legacy")
        .file("legacy/models.toml", &text.replace("managed = false", ""));
    project.djr(["makemigrations", "legacy"]).success();
    project.djr(["migrate", "--fake-initial"]).success();
    let strict = ["check", "--database", "--fail-level", "warning"];
    project.djr(strict).success();
}

/// A project with the models of the parity corpus, and the labels of its apps.
fn corpus() -> (Project, Vec<String>) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/models");
    let mut project = Project::new();
    let mut labels = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let label = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            project = project.file(format!("{label}/models.toml"), &text);
            labels.push(label);
        }
    }
    let list = format!("\"staticfiles\", \"{}\"]", labels.join("\", \""));
    (project.replaced("\"staticfiles\"]", &list), labels)
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

/// Patterns of `LIKE`, and whether a model can say them.
const PATTERNS: [(&str, bool); 20] = [
    ("LIKE 'a%'", true),
    ("LIKE '%b'", true),
    ("LIKE '%'", true),
    ("LIKE 'ab'", true),
    (r"LIKE 'a\b%'", true),
    (r"LIKE '\%'", true),
    (r"LIKE '%\'", true),
    (r"LIKE 'a\_'", false),
    (r"LIKE 'a\%b'", false),
    ("LIKE 'a_'", false),
    ("LIKE 'a%b'", false),
    (r"LIKE 'a\_' ESCAPE '\'", true),
    (r"LIKE '\\%' ESCAPE '\'", true),
    (r"LIKE 'a\%b%' ESCAPE '\'", true),
    (r"LIKE 'a!_' ESCAPE '!'", false),
    ("LIKE b", false),
    (r"LIKE b ESCAPE '\'", true),
    ("LIKE '%' || b || '%'", false),
    (r"NOT LIKE 'a\b%'", true),
    (r"NOT LIKE 'a\_' ESCAPE '\'", true),
];

/// What the columns `a` and `b` may hold: all that the patterns are about.
const TEXTS: [&str; 16] = [
    "", "a", "A", "ab", "AB", "a_", r"a\", r"a\b", r"a\bc", r"a\_", r"\", r"\a", "a%b", "a%bc",
    r"a\%b", r"a\xb",
];

/// The condition in parentheses behind `before`.
fn condition<'s>(sql: &'s str, before: &str) -> &'s str {
    let (_, rest) = sql.split_once(before).unwrap();
    rest.rsplit_once(')').unwrap().0
}

#[test]
fn like_keeps_its_meaning_or_is_left_out_whatever_it_has_for_an_escape() {
    let project = Project::new().migrated();
    for (place, (pattern, _)) in PATTERNS.iter().enumerate() {
        let table = format!(
            "CREATE TABLE legacy_t{place} (id integer PRIMARY KEY, a text NOT NULL, b text NOT NULL, CONSTRAINT c{place} CHECK (a {pattern}));
             CREATE INDEX i{place} ON legacy_t{place} (a) WHERE a {pattern};"
        );
        project.database().execute_batch(&table).unwrap();
    }
    let models = project.djr(["inspectdb"]).success().stdout();
    let project = project
        .replaced("\"staticfiles\"", "\"staticfiles\", \"legacy\"")
        .file(
            "legacy/models.toml",
            &models.replace("managed = false\n", ""),
        );
    project.djr(["makemigrations", "legacy"]).success();
    let script = project
        .djr(["sqlmigrate", "legacy", "0001"])
        .success()
        .stdout();
    let database = project.database();
    for (place, (pattern, is_said)) in PATTERNS.iter().enumerate() {
        let (check, index) = (
            format!("CONSTRAINT \"c{place}\" CHECK ("),
            format!("\"i{place}\" ON \"legacy_t{place}\" (\"a\") WHERE "),
        );
        let made: Vec<_> = script
            .lines()
            .filter(|line| line.contains(&check) || line.contains(&index))
            .collect();
        assert_eq!(
            made.len(),
            if *is_said { 2 } else { 0 },
            "{pattern}: {made:?}"
        );
        for line in made {
            let made = if line.contains(&check) {
                condition(line, &check).strip_suffix(")").unwrap_or(line)
            } else {
                line.split_once(&index).unwrap().1.trim_end_matches(';')
            };
            let sql = format!("SELECT (a {pattern}) IS ({made}) FROM (SELECT ? AS a, ? AS b)");
            for (a, b) in TEXTS.iter().flat_map(|a| TEXTS.map(|b| (*a, b))) {
                let same: bool = database.query_row(&sql, [a, b], |row| row.get(0)).unwrap();
                assert!(same, "{pattern}: {a} and {b} are told apart by {made}");
            }
        }
    }
}

#[test]
fn a_default_that_its_field_cannot_hold_becomes_a_comment() {
    let project = Project::new();
    let (mut columns, mut held, mut commented) = (String::new(), Vec::new(), Vec::new());
    for (place, (class, default, fits)) in [
        ("decimal(4,2)", "1234.567", false),
        ("decimal(4,2)", "'12.345'", false),
        ("decimal(4,2)", "100", false),
        ("decimal(4,2)", "1e3", false),
        ("numeric(5)", "3.7", false),
        ("decimal(4,2)", "12.3", true),
        ("decimal(4,2)", "-12.34", true),
        ("decimal(4,2)", "'7'", true),
        ("decimal(30,2)", "1234567890123456789012.25", true),
        ("date", "'2021-02-30'", false),
        ("bool", "2", false),
        ("bigint", "99999999999999999999", false),
    ]
    .into_iter()
    .enumerate()
    {
        write!(columns, ", c{place} {class} DEFAULT {default}").unwrap();
        if fits { &mut held } else { &mut commented }.push((format!("c{place} = "), default));
    }
    let sql = format!("CREATE TABLE v (id integer PRIMARY KEY{columns})");
    project.database().execute_batch(&sql).unwrap();
    let text = project.djr(["inspectdb", "v"]).success().stdout();
    let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap();
    for (start, default) in commented {
        let note = format!("# the database has a default: {default}");
        assert!(
            line(&start).ends_with(&note) && !line(&start).contains("db_default"),
            "{text}"
        );
    }
    for (start, _) in held {
        assert!(line(&start).contains("db_default = "), "{text}");
    }
    let project = project
        .replaced(r#""staticfiles"]"#, r#""staticfiles", "library"]"#)
        .file(
            "library/models.toml",
            &text.replace("managed = false\n", ""),
        );
    project.djr(["makemigrations"]).success();
    project.djr(["migrate", "--fake-initial"]).success();
    project.djr(["check", "--database"]).success();
}
