//! Remakes of tables: everything that belongs to the table is there afterwards, or they are refused.

use crate::support::Project;

const NOTE: &str = "[[operations]]\nCreateModel = { name = 'Note', fields = { \
    id = { type = 'BigAutoField', primary_key = true }, \
    title = { type = 'CharField', max_length = 50, db_index = true }, \
    body = { type = 'TextField' } } }\n\
    [[operations]]\nCreateModel = { name = 'Log', fields = { line = { type = 'TextField' } } }\n\
    [[operations]]\nCreateModel = { name = 'Tag', fields = { \
    code = { type = 'CharField', max_length = 9, primary_key = true }, label = { type = 'CharField', max_length = 50 } } }\n";

const LONGER: &str = "[[operations]]\nAlterField = { model = 'Note', name = 'title', \
    field = { type = 'CharField', max_length = 60, db_index = true } }\n";

/// A project with a table of notes, and what `sql` makes beside it.
fn with_notes(sql: &str) -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .file("blog/migrations/0001_initial.toml", NOTE)
        .migrated();
    project.database().execute_batch(sql).unwrap();
    project
}

/// The views, triggers and indexes of the database, but for those of djr's own tables.
fn schema(project: &Project) -> Vec<String> {
    project.texts(
        "SELECT sql FROM sqlite_master WHERE type <> 'table' AND name NOT LIKE 'django_%' AND name NOT LIKE 'djr_%' \
         AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
    )
}

fn migrate(project: &Project) {
    project.djr(["migrate"]).success();
    let database = project.database();
    let health: String = database
        .query_row("PRAGMA integrity_check", (), |row| row.get(0))
        .unwrap();
    assert_eq!(health, "ok");
}

fn migrate_back(project: &Project) {
    project.djr(["migrate", "blog", "0001"]).success();
}

#[test]
fn a_remake_works_beside_views_and_triggers_of_other_tables() {
    let project = with_notes(
        "CREATE VIEW titles AS SELECT title FROM blog_note;
         CREATE VIEW lines AS SELECT title FROM titles;
         CREATE VIEW already_broken AS SELECT x FROM nowhere;
         CREATE TRIGGER logged AFTER INSERT ON blog_log
         BEGIN INSERT INTO blog_note (title, body) VALUES (new.line, ''); END;",
    );
    let before = schema(&project);
    project.second_migration(LONGER);
    migrate(&project);
    let insert = "INSERT INTO blog_log (line) VALUES ('one')";
    project.database().execute_batch(insert).unwrap();
    assert_eq!(project.texts("SELECT title FROM lines"), ["one"]);
    migrate_back(&project);
    assert_eq!(schema(&project), before);
}

#[test]
fn triggers_and_indexes_of_ones_own_outlive_a_remake() {
    let project = with_notes(
        "CREATE TRIGGER told AFTER UPDATE OF title ON blog_note
         BEGIN INSERT INTO blog_log (line) VALUES (old.title || '>' || new.title); END;
         CREATE INDEX some ON blog_note (body) WHERE title > 'a';
         CREATE UNIQUE INDEX lowered ON blog_note (lower(title), body COLLATE NOCASE DESC);
         INSERT INTO blog_note (title, body) VALUES ('one', 'x');",
    );
    let before = schema(&project);
    project.second_migration(LONGER);
    migrate(&project);
    assert_eq!(schema(&project).len(), before.len());
    let update = "UPDATE blog_note SET title = 'two'";
    project.database().execute_batch(update).unwrap();
    assert_eq!(project.texts("SELECT line FROM blog_log"), ["one>two"]);
    let twice = "INSERT INTO blog_note (title, body) VALUES ('TWO', 'X')";
    assert!(project.database().execute_batch(twice).is_err());
    migrate_back(&project);
    assert_eq!(schema(&project), before);
}

#[test]
fn an_index_of_the_model_goes_with_its_field() {
    let project = with_notes("");
    let indexes =
        "SELECT count(*) || '' FROM sqlite_master WHERE type = 'index' AND tbl_name = 'blog_note'";
    assert_eq!(project.texts(indexes), ["1"]);
    project.second_migration(&LONGER.replace(", db_index = true", ""));
    migrate(&project);
    assert_eq!(project.texts(indexes), ["0"]);
}

#[test]
fn an_index_that_the_model_begins_to_declare_is_made_once() {
    let project = with_notes("CREATE INDEX own ON blog_note (body)");
    project.second_migration(
        "[[operations]]\nSeparateDatabaseAndState = { state_operations = [\
         { AddIndex = { model = 'Note', index = { name = 'own', fields = ['body'] } } }] }\n",
    );
    migrate(&project);
    project.write(
        "blog/migrations/0003_longer.toml",
        &format!("dependencies = ['blog.0002_next']\n{LONGER}"),
    );
    migrate(&project);
    let own = "SELECT sql FROM sqlite_master WHERE name = 'own'";
    assert_eq!(project.texts(own).len(), 1);
}

#[test]
fn a_key_is_never_given_twice() {
    let project = with_notes(
        "INSERT INTO blog_note (id, title, body) VALUES (1, 'one', ''), (9, 'nine', '');
         DELETE FROM blog_note WHERE id = 9;
         INSERT INTO blog_log (id, line) VALUES (5, 'five'); DELETE FROM blog_log;",
    );
    project.second_migration(&format!(
        "{LONGER}[[operations]]\nAlterField = {{ model = 'Log', name = 'line', field = {{ type = 'TextField', db_index = true }} }}\n"
    ));
    migrate(&project);
    migrate_back(&project);
    let database = project.database();
    database
        .execute_batch(
            "INSERT INTO blog_note (title, body) VALUES ('ten', '');
             INSERT INTO blog_log (line) VALUES ('six');",
        )
        .unwrap();
    let keys = "SELECT id || '' FROM blog_note UNION ALL SELECT id || '' FROM blog_log";
    assert_eq!(project.texts(keys), ["1", "10", "6"]);
}

#[test]
fn rows_keep_their_numbers_where_no_column_is_the_number() {
    let project = with_notes(
        "INSERT INTO blog_tag (rowid, code, label) VALUES (3, 'a', 'apple'), (7, 'b', 'pear');
         CREATE VIRTUAL TABLE search USING fts5 (label, content = 'blog_tag');
         CREATE TRIGGER found AFTER INSERT ON blog_tag
         BEGIN INSERT INTO search (rowid, label) VALUES (new.rowid, new.label); END;
         INSERT INTO search (search) VALUES ('rebuild');",
    );
    project.second_migration(
        "[[operations]]\nAddField = { model = 'Tag', name = 'weight', field = { type = 'IntegerField', default = 1 } }\n",
    );
    migrate(&project);
    let insert = "INSERT INTO blog_tag (code, label, weight) VALUES ('c', 'plum', 2)";
    project.database().execute_batch(insert).unwrap();
    for word in ["apple", "pear", "plum"] {
        let found = format!("SELECT label FROM search WHERE search MATCH '{word}'");
        assert_eq!(project.texts(&found), [word]);
    }
}

#[test]
fn triggers_views_and_indexes_follow_a_column_that_is_renamed_in_a_remake() {
    let project = with_notes(
        "CREATE VIEW titles AS SELECT title FROM blog_note;
         CREATE INDEX some ON blog_note (body) WHERE title > 'a';
         CREATE TRIGGER told AFTER UPDATE OF title ON blog_note
         BEGIN INSERT INTO blog_log (line) VALUES (new.title); END;
         INSERT INTO blog_note (title, body) VALUES ('one', 'x');",
    );
    project.second_migration(
        "[[operations]]\nAlterField = { model = 'Note', name = 'title', field = \
         { type = 'CharField', max_length = 60, db_index = true, db_column = 'head' } }\n",
    );
    migrate(&project);
    let update = "UPDATE blog_note SET head = 'two'";
    project.database().execute_batch(update).unwrap();
    assert_eq!(project.texts("SELECT line FROM blog_log"), ["two"]);
    assert_eq!(project.texts("SELECT * FROM titles"), ["two"]);
}

#[test]
fn what_does_not_fit_the_new_table_is_refused_by_name() {
    let remove = "[[operations]]\nRemoveField = { model = 'Note', name = 'title' }\n";
    for (made, named) in [
        (
            "CREATE INDEX some ON blog_note (body) WHERE title > 'a'",
            "the index `some`",
        ),
        (
            "CREATE VIEW titles AS SELECT title FROM blog_note",
            "the view `titles`",
        ),
        (
            "CREATE TRIGGER told AFTER DELETE ON blog_note BEGIN INSERT INTO blog_log (line) VALUES (old.title); END",
            "the trigger `told` (no such column: old.title)",
        ),
        (
            "CREATE TRIGGER told AFTER UPDATE OF title ON blog_note BEGIN DELETE FROM blog_log; END",
            "the trigger `told`",
        ),
        (
            "CREATE TRIGGER far AFTER DELETE ON blog_log BEGIN UPDATE blog_note SET title = ''; END",
            "the trigger `far`",
        ),
    ] {
        let project = with_notes(made);
        let before = schema(&project);
        project.second_migration(remove);
        let error = project.djr(["migrate"]).exited(3).stderr();
        assert!(error.contains(named), "{made}: {error}");
        assert!(error.contains("RunSQL"), "{error}");
        assert_eq!(schema(&project), before);
        let rehearsed = project.djr(["migrate", "--rehearse"]).exited(3).stderr();
        assert!(rehearsed.contains(named), "{rehearsed}");
    }
}

#[test]
fn columns_constraints_and_actions_of_ones_own_outlive_a_remake() {
    let project = with_notes(
        "DROP TABLE blog_tag;
         CREATE TABLE blog_tag (code varchar(9) NOT NULL PRIMARY KEY ON CONFLICT REPLACE, label varchar(50) NOT NULL,
             own text DEFAULT 'mine', note integer REFERENCES blog_note (id) ON DELETE CASCADE,
             long integer AS (length(own)), CHECK (own <> code)) WITHOUT ROWID;
         INSERT INTO blog_tag (code, label, own) VALUES ('a', 'apple', 'kept');",
    );
    project.second_migration(
        "[[operations]]\nAlterField = { model = 'Tag', name = 'label', field = { type = 'CharField', max_length = 60 } }\n",
    );
    migrate(&project);
    migrate_back(&project);
    migrate(&project);
    assert_eq!(project.texts("SELECT own || long FROM blog_tag"), ["kept4"]);
    let sql = project.texts("SELECT sql FROM sqlite_master WHERE name = 'blog_tag'");
    for part in [
        "PRIMARY KEY ON CONFLICT REPLACE",
        "DEFAULT 'mine'",
        "ON DELETE CASCADE",
        "CHECK (own <> code)",
        "WITHOUT ROWID",
        "varchar(60)",
    ] {
        assert!(sql[0].contains(part), "{part}: {}", sql[0]);
    }
}

#[test]
fn a_strict_table_stays_strict_or_is_refused() {
    let strict = |kind: &str| {
        with_notes(&format!(
            "DROP TABLE blog_tag; CREATE TABLE blog_tag \
             (code text NOT NULL PRIMARY KEY, label {kind} NOT NULL) STRICT;
             INSERT INTO blog_tag VALUES ('a', 'apple');"
        ))
    };
    let definition = "SELECT sql FROM sqlite_master WHERE name = 'blog_tag'";
    let project = strict("text");
    project.second_migration(
        "[[operations]]\nAlterField = { model = 'Tag', name = 'label', field = { type = 'TextField' } }\n",
    );
    migrate(&project);
    assert_eq!(project.texts("SELECT label FROM blog_tag"), ["apple"]);
    assert!(project.texts(definition)[0].ends_with("STRICT"));

    let project = strict("text");
    let before = project.texts(definition);
    project.second_migration(
        "[[operations]]\nAlterField = { model = 'Tag', name = 'label', field = { type = 'CharField', max_length = 60 } }\n",
    );
    project.djr(["migrate"]).exited(3).stderr();
    assert_eq!(project.texts(definition), before);
}

#[test]
fn what_the_altered_column_promises_is_refused_by_name() {
    let project = with_notes(
        "DROP TABLE blog_tag; CREATE TABLE blog_tag (code varchar(9) NOT NULL PRIMARY KEY,
         label varchar(50) NOT NULL REFERENCES blog_tag (code) ON DELETE CASCADE);",
    );
    project.second_migration(
        "[[operations]]\nAlterField = { model = 'Tag', name = 'label', field = { type = 'CharField', max_length = 60 } }\n",
    );
    let error = project.djr(["migrate"]).exited(3).stderr();
    assert!(error.contains("ON DELETE CASCADE"), "{error}");
}
