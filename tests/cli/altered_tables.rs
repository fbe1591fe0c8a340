//! Changes that are one `ALTER TABLE`, beside views, triggers and indexes that are in no migration.

use insta::assert_snapshot;

use crate::support::Project;

const NOTE: &str = "[[operations]]\nCreateModel = { name = 'Note', fields = { \
    id = { type = 'BigAutoField', primary_key = true }, \
    title = { type = 'CharField', max_length = 50, null = true }, body = { type = 'TextField' } } }\n\
    [[operations]]\nCreateModel = { name = 'Log', fields = { line = { type = 'TextField' } } }\n";

const REMOVE: &str = "[[operations]]\nRemoveField = { model = 'Note', name = 'title' }\n";
const ADD: &str = "[[operations]]\nAddField = { model = 'Note', name = 'own', field = { type = 'TextField', null = true } }\n";
const RENAME_FIELD: &str =
    "[[operations]]\nRenameField = { model = 'Note', old_name = 'title', new_name = 'head' }\n";
const RENAME_MODEL: &str =
    "[[operations]]\nRenameModel = { old_name = 'Note', new_name = 'Memo' }\n";
const DELETE: &str = "[[operations]]\nDeleteModel = { name = 'Note' }\n";

/// A project with a table of notes, what `sql` makes beside it, and `operations` to come.
fn with_notes(sql: &str, operations: &str) -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .file("blog/migrations/0001_initial.toml", NOTE)
        .migrated();
    let row = "INSERT INTO blog_note (title, body) VALUES ('one', 'x');";
    project.database().execute_batch(row).unwrap();
    project.database().execute_batch(sql).unwrap();
    project.second_migration(operations);
    project
}

/// Everything that is declared in the blog.
fn schema(project: &Project) -> Vec<String> {
    project.texts("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
}

#[test]
fn what_needs_the_old_table_is_refused_by_name() {
    for (made, operations, named) in [
        (
            "CREATE INDEX some ON blog_note (id)",
            "[[operations]]\nAddIndex = { model = 'Note', index = { name = 'some', fields = ['body'] } }\n",
            "the index `some`",
        ),
        (
            "CREATE INDEX some ON blog_note (title)",
            REMOVE,
            "the index `some`",
        ),
        (
            "CREATE INDEX some ON blog_note (body) WHERE title > 'a'",
            REMOVE,
            "the index `some`",
        ),
        (
            "CREATE INDEX some ON blog_note (lower(\"title\"))",
            REMOVE,
            "the index `some`",
        ),
        (
            "CREATE VIEW titles AS SELECT title FROM blog_note",
            REMOVE,
            "the view `titles`",
        ),
        (
            "CREATE VIEW titles AS SELECT \"title\" FROM blog_note",
            REMOVE,
            "the view `titles`",
        ),
        (
            "CREATE TRIGGER told AFTER UPDATE OF title ON blog_note BEGIN DELETE FROM blog_log; END",
            REMOVE,
            "the trigger `told`",
        ),
        (
            "CREATE TRIGGER far AFTER DELETE ON blog_log BEGIN UPDATE blog_note SET title = ''; END",
            REMOVE,
            "the trigger `far`",
        ),
        (
            "ALTER TABLE blog_note ADD COLUMN own text CHECK (own <> title)",
            REMOVE,
            "own text CHECK (own <> title)",
        ),
        (
            "ALTER TABLE blog_note ADD COLUMN own text AS (lower(\"title\"))",
            REMOVE,
            "own text AS",
        ),
        (
            "ALTER TABLE blog_note ADD COLUMN own text",
            ADD,
            "the column `own`",
        ),
        (
            "CREATE VIEW notes (a, b, c) AS SELECT * FROM blog_note",
            ADD,
            "the view `notes`",
        ),
        (
            "CREATE TRIGGER far AFTER DELETE ON blog_log BEGIN INSERT INTO blog_note VALUES (9, '', ''); END",
            ADD,
            "the trigger `far`",
        ),
        (
            "CREATE VIEW notes AS SELECT * FROM blog_note; ALTER TABLE blog_note ADD COLUMN head text",
            RENAME_FIELD,
            "the column `head`",
        ),
        (
            "ALTER TABLE blog_note ADD COLUMN head text",
            RENAME_FIELD,
            "the column `head`",
        ),
        (
            "CREATE VIEW first AS SELECT title FROM blog_note; CREATE VIEW second AS SELECT title FROM first",
            RENAME_FIELD,
            "the view `second`",
        ),
        (
            "CREATE VIRTUAL TABLE search USING fts5 (title, content = 'blog_note', content_rowid = 'id')",
            RENAME_FIELD,
            "the search table `search`",
        ),
        (
            "CREATE VIRTUAL TABLE search USING fts5 (title, content = 'blog_note', content_rowid = 'id')",
            RENAME_MODEL,
            "the search table `search`",
        ),
        ("CREATE TABLE blog_memo (x)", RENAME_MODEL, "`blog_memo`"),
        (
            "CREATE VIEW titles AS SELECT title FROM blog_note",
            DELETE,
            "the view `titles`",
        ),
    ] {
        let project = with_notes(made, operations);
        let before = schema(&project);
        let transcript = project.djr(["migrate"]);
        let error = transcript.stderr();
        assert!(
            transcript.code() == Some(3) && error.contains(named),
            "{made}: {error}"
        );
        assert_eq!(schema(&project), before, "{made}");
        assert_eq!(project.count("blog_note"), 1, "{made}");
        let plan = project.djr(["migrate", "--plan"]).success().stdout();
        assert!(
            plan.contains("would be refused") && plan.contains(named),
            "{plan}"
        );
    }
}

#[test]
fn a_plan_names_what_goes_and_what_will_be_refused() {
    let view = "CREATE VIEW titles AS SELECT title FROM blog_note";
    let project = with_notes(view, &format!("{ADD}{REMOVE}"));
    assert_snapshot!(project.djr(["migrate", "--plan"]), @"
    exit code: 0
    ----- stdout -----
    would apply blog.0002_next
        Add field own to Note
        Remove field title from Note
    would take a snapshot: blog.0002_next removes or narrows the column `title` of `blog_note`
    would be refused: blog.0002_next at `Remove field title from Note`: this change breaks the view `titles` (no such column: title)
    ");
    let plan = project
        .djr(["migrate", "--plan", "--json"])
        .success()
        .json();
    assert_eq!(plan["result"]["losses"].as_array().unwrap().len(), 1);
    assert!(
        plan["result"]["refusal"]
            .as_str()
            .unwrap()
            .contains("titles")
    );
    assert!(!project.path(".djr").exists());
}

#[test]
fn a_script_in_the_plan_that_mends_it_is_seen() {
    let mended = format!(
        "[[operations]]\nRunSQL = {{ sql = 'DROP VIEW titles' }}\n{REMOVE}\
         [[operations]]\nRunSQL = {{ sql = 'CREATE VIEW titles AS SELECT body FROM blog_note' }}\n"
    );
    let project = with_notes("CREATE VIEW titles AS SELECT title FROM blog_note", &mended);
    let plan = project.djr(["migrate", "--plan"]).success().stdout();
    assert!(!plan.contains("would be refused"), "{plan}");
    project.djr(["migrate"]).success();
    assert_eq!(project.texts("SELECT * FROM titles"), ["x"]);
}

#[test]
fn a_run_in_parts_is_refused_before_its_first_part() {
    let view = "CREATE VIEW titles AS SELECT title FROM blog_note";
    let project = with_notes(view, &format!("atomic = false\n{ADD}{REMOVE}"));
    let before = schema(&project);
    let error = project.djr(["migrate"]).exited(3).stderr();
    assert!(
        error.contains("the view `titles`") && error.contains("nothing was changed"),
        "{error}"
    );
    assert_eq!(schema(&project), before);
}

#[test]
fn what_did_not_work_before_does_not_stand_in_the_way() {
    let broken = "CREATE VIEW broken AS SELECT x FROM nowhere;
        CREATE TRIGGER lost AFTER INSERT ON blog_log BEGIN INSERT INTO nowhere VALUES (1); END;
        CREATE VIEW texts AS SELECT \"a text\" FROM blog_note;
        CREATE VIEW bodies AS SELECT body FROM blog_note";
    for operations in [REMOVE, ADD, RENAME_FIELD, RENAME_MODEL] {
        let project = with_notes(broken, operations);
        project.djr(["migrate"]).success();
        assert_eq!(project.texts("SELECT body FROM bodies"), ["x"]);
        project.djr(["migrate", "blog", "0001"]).success();
        assert_eq!(project.texts("SELECT body FROM bodies"), ["x"]);
        let left = "SELECT name FROM sqlite_master WHERE sql LIKE '%nowhere%' ORDER BY name";
        assert_eq!(project.texts(left), ["broken", "lost"]);
    }
}

#[test]
fn a_column_goes_beside_constraints_that_do_not_need_it() {
    let project = with_notes(
        "DROP TABLE blog_note;
         CREATE TABLE blog_note (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, title varchar(50) NOT NULL UNIQUE,
             body text NOT NULL, CHECK (body <> 'y'), UNIQUE (body));
         INSERT INTO blog_note (title, body) VALUES ('one', 'x');
         CREATE INDEX some ON blog_note (body)",
        REMOVE,
    );
    project.djr(["migrate"]).success();
    let sql = &project.texts("SELECT sql FROM sqlite_master WHERE name = 'blog_note'")[0];
    assert!(!sql.contains("title"), "{sql}");
    assert!(
        sql.contains("CHECK (body <> 'y')") && sql.contains("UNIQUE (body)"),
        "{sql}"
    );
    assert_eq!(
        project.texts("SELECT body FROM blog_note INDEXED BY some"),
        ["x"]
    );
}

#[test]
fn the_table_of_a_many_to_many_field_keeps_what_is_in_no_model() {
    let project = with_notes(
        "",
        "[[operations]]\nAddField = { model = 'Note', name = 'logs', field = { type = 'ManyToManyField', to = 'Log' } }\n",
    );
    project.djr(["migrate"]).success();
    project.write(
        "blog/migrations/0003_rename.toml",
        "dependencies = ['blog.0002_next']\n[[operations]]\nRenameField = { model = 'Note', old_name = 'logs', new_name = 'lines' }\n",
    );
    project
        .database()
        .execute_batch(
            "ALTER TABLE blog_note_logs ADD COLUMN own text DEFAULT 'mine';
             CREATE TRIGGER told AFTER INSERT ON blog_note_logs BEGIN INSERT INTO blog_log (line) VALUES ('told'); END;
             INSERT INTO blog_log (id, line) VALUES (1, 'one');
             INSERT INTO blog_note_logs (note_id, log_id) VALUES (1, 1);",
        )
        .unwrap();
    project.djr(["migrate"]).success();
    assert_eq!(project.texts("SELECT own FROM blog_note_lines"), ["mine"]);
    project
        .database()
        .execute_batch("DELETE FROM blog_note_lines; INSERT INTO blog_note_lines (note_id, log_id) VALUES (1, 1)")
        .unwrap();
    assert_eq!(
        project.texts("SELECT line FROM blog_log"),
        ["one", "told", "told"]
    );
    project.djr(["migrate", "blog", "0002"]).success();
    assert_eq!(project.texts("SELECT own FROM blog_note_logs"), ["mine"]);
}

#[test]
fn what_a_column_of_ones_own_refers_to_does_not_go_under_it() {
    let table = "CREATE TABLE own (note integer REFERENCES blog_note (id))";
    let project = with_notes(table, DELETE);
    let error = project.djr(["migrate"]).exited(3).stderr();
    assert!(error.contains("the reference `note` of `own`"), "{error}");
}

#[test]
fn an_index_of_expressions_does_not_stand_in_the_way_of_a_unique_set() {
    let project = with_notes(
        "CREATE UNIQUE INDEX own ON blog_note (id, lower(title))",
        "[[operations]]\nAlterUniqueTogether = { name = 'Note', unique_together = [['title', 'body']] }\n\
         [[operations]]\nAlterUniqueTogether = { name = 'Note', unique_together = [] }\n",
    );
    project.djr(["migrate"]).success();
    let own = "SELECT name FROM sqlite_master WHERE name = 'own'";
    assert_eq!(project.texts(own), ["own"]);
}
