//! Names of fields and models that Python takes, in every file and option that holds one.

use crate::support::Project;

const MODELS: &str = r#"
["Größe"]
["Größe".fields]
"größe" = { type = "IntegerField", db_index = true }
"данные" = { type = "CharField", max_length = 20, unique = true }

[A]
indexes = [{ fields = ["-ключ", "名前"] }]
unique_together = [["名前", "ключ"]]
constraints = [{ name = "проверка", check = { "ключ__isnull" = false } }]
ordering = ["-名前__größe"]
[A.fields]
"名前" = { type = "ForeignKey", to = "Größe", on_delete = "CASCADE" }
"ключ" = { type = "JSONField", null = true }
"#;

/// What Django 5.2 makes of the same models.
const SCHEMA: [&str; 6] = [
    r#"CREATE INDEX "a_a_ключ_4d9ac5_idx" ON "a_a" ("ключ" DESC, "名前_id")"#,
    r#"CREATE INDEX "a_a_名前_id_fa265325" ON "a_a" ("名前_id")"#,
    r#"CREATE INDEX "a_größe_größe_e5bfd666" ON "a_größe" ("größe")"#,
    r#"CREATE TABLE "a_a" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ключ" text NULL CHECK ((JSON_VALID("ключ") OR "ключ" IS NULL)), "名前_id" bigint NOT NULL REFERENCES "a_größe" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "проверка" CHECK ("ключ" IS NOT NULL))"#,
    r#"CREATE TABLE "a_größe" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "größe" integer NOT NULL, "данные" varchar(20) NOT NULL UNIQUE)"#,
    r#"CREATE UNIQUE INDEX "a_a_名前_id_ключ_216df003_uniq" ON "a_a" ("名前_id", "ключ")"#,
];

const ROWS: &str = r#"[{"model": "a.größe", "pk": 1, "fields": {"größe": 42, "данные": "è"}}, {"model": "a.a", "pk": 1, "fields": {"名前": 1, "ключ": {"ü": "ß"}}}]"#;

fn project() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
        .file("a/models.toml", MODELS);
    project.djr(["makemigrations", "a"]).success();
    project.migrated()
}

#[test]
fn any_identifier_of_python_names_a_field_in_models_migrations_and_fixtures() {
    let project = project();
    let sql = "SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'a\\_%' ESCAPE '\\' AND sql <> '' ORDER BY sql";
    assert_eq!(project.texts(sql), SCHEMA);
    project.write("a.json", ROWS);
    project.djr(["loaddata", "a.json"]).success();
    let dump = project.djr(["dumpdata", "a"]).success().stdout();
    assert_eq!(dump, ROWS);
    project.djr(["check", "--database"]).success();
    let models = MODELS
        .replace("\"größe\" =", "\"länge\" =")
        .replace("größe\"]", "länge\"]");
    project.write(
        "a/models.toml",
        &models.replace("max_length = 20", "max_length = 30"),
    );
    let rename = ["makemigrations", "a", "--rename", "a.Größe.größe=länge"];
    project.djr(rename).success();
    project.djr(["migrate"]).success();
    let rows: Vec<(i64, String)> = project.rows("SELECT länge, данные FROM a_größe");
    assert_eq!(rows, [(42, "è".to_owned())]);
    project.djr(["check", "--database"]).success();
    project.djr(["migrate", "a", "0001"]).success();
    assert_eq!(project.djr(["dumpdata", "a"]).exited(1).code(), Some(1));
}

#[test]
fn inspectdb_keeps_the_letters_of_columns() {
    let project = Project::new().migrated();
    let sql =
        "CREATE TABLE legacy (id integer PRIMARY KEY, \"Größe in m²\" integer, \"e\u{301}\" text)";
    project.database().execute(sql, []).unwrap();
    let models = project.djr(["inspectdb", "legacy"]).success().stdout();
    assert!(models.contains("\n\"größe_in_m\" = "), "{models}");
    let project = project
        .replaced("\"staticfiles\"", "\"staticfiles\", \"legacy\"")
        .file("legacy/models.toml", &models);
    let run = project.djr(["check"]);
    assert!(!run.stderr().contains("models.toml"), "{run}");
}

#[test]
fn a_name_in_another_form_than_python_keeps_is_refused_with_that_form() {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
        .file(
            "a/models.toml",
            "[A.fields]\n\"\u{fb01}n\" = { type = \"TextField\" }\n\"a²\" = { type = \"TextField\" }\n",
        );
    let run = project.djr(["check"]).exited(1);
    let told: Vec<_> = run.stderr().lines().map(ToOwned::to_owned).collect();
    for line in [
        "error: a/models.toml:2:1: `\u{fb01}n` cannot name a field",
        "hint: Python reads it as `fin`: write it in that form (NFKC)",
        "error: a/models.toml:3:1: `a²` cannot name a field",
        "hint: letters, digits and single `_` between them, as in `published_at`",
    ] {
        assert!(told.iter().any(|told| told == line), "{run}");
    }
}
