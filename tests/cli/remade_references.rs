//! Remakes of tables that refer to each other, beside what is in no migration.

use crate::support::Project;

const LIBRARY: &str = "[[operations]]\nCreateModel = { name = 'Author', fields = { \
    id = { type = 'AutoField', primary_key = true }, \
    code = { type = 'CharField', max_length = 9, unique = true }, \
    teacher = { type = 'ForeignKey', to = 'Author', on_delete = 'CASCADE', null = true } } }\n\
    [[operations]]\nCreateModel = { name = 'Book', fields = { \
    author = { type = 'ForeignKey', to = 'Author', on_delete = 'CASCADE' }, \
    by = { type = 'ForeignKey', to = 'Author', to_field = 'code', on_delete = 'CASCADE', null = true, related_name = '+' }, \
    readers = { type = 'ManyToManyField', to = 'Author', related_name = '+' } } }\n";

const BY_HAND: &str = "INSERT INTO blog_author (id, code, teacher_id) VALUES (1, 'one', NULL), (2, 'two', 1);
    INSERT INTO blog_book (id, author_id, by_id) VALUES (5, 2, 'two');
    INSERT INTO blog_book_readers (book_id, author_id) VALUES (5, 1);
    ALTER TABLE blog_book ADD COLUMN own text DEFAULT 'mine';
    ALTER TABLE blog_book_readers ADD COLUMN own text DEFAULT 'mine';
    ALTER TABLE blog_author ADD COLUMN friend integer REFERENCES blog_author (id) ON DELETE SET NULL;
    UPDATE blog_author SET friend = 1 WHERE id = 2;
    CREATE TABLE own (code text REFERENCES BLOG_AUTHOR (code) ON UPDATE CASCADE, author integer REFERENCES blog_author);
    INSERT INTO own VALUES ('two', 2);
    CREATE INDEX book_own ON BLOG_BOOK (own, author_id) WHERE own IS NOT NULL;
    CREATE INDEX readers_own ON blog_book_readers (author_id DESC);
    CREATE TRIGGER told AFTER DELETE ON BLOG_BOOK BEGIN DELETE FROM own WHERE author = old.author_id; END;
    CREATE VIEW taught AS SELECT a.code AS code, t.code AS teacher, b.by_id FROM blog_author a
        JOIN blog_author t ON t.id = a.teacher_id JOIN blog_book b ON b.author_id = a.id;";

fn library(operations: &str) -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .file("blog/migrations/0001_initial.toml", LIBRARY)
        .migrated();
    project.database().execute_batch(BY_HAND).unwrap();
    project.second_migration(operations);
    project
}

/// What is declared beside tables, and what all tables hold.
fn objects(project: &Project) -> Vec<String> {
    project.texts(
        "SELECT sql FROM sqlite_master WHERE name IN ('book_own', 'readers_own', 'told') ORDER BY name",
    )
}

fn rows(project: &Project) -> Vec<String> {
    project.texts(
        "SELECT code || ' ' || teacher || ' ' || by_id FROM taught
         UNION ALL SELECT own || ' ' || author_id FROM blog_book
         UNION ALL SELECT own FROM blog_book_readers
         UNION ALL SELECT friend || '' FROM blog_author WHERE id = 2
         UNION ALL SELECT code || author FROM own",
    )
}

/// Foreign keys are enforced, and rows can be written and deleted.
fn use_it(project: &Project, code: &str) {
    let database = project.database();
    database
        .execute_batch(&format!(
            "PRAGMA foreign_keys = ON; BEGIN;
             INSERT INTO blog_author (id, {code}) VALUES (9, 'nine');
             INSERT INTO blog_book (id, author_id, by_id) VALUES (9, 9, 'nine');
             INSERT INTO own VALUES ('nine', 9);
             UPDATE blog_book SET by_id = NULL WHERE id = 9;
             UPDATE blog_author SET {code} = 'ten' WHERE id = 9; DELETE FROM blog_book WHERE id = 9;"
        ))
        .unwrap();
    let left = "SELECT count(*) FROM own WHERE author = 9";
    let left: i64 = database.query_row(left, (), |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
    database
        .execute_batch("ROLLBACK; PRAGMA integrity_check")
        .unwrap();
}

#[test]
fn tables_that_refer_to_each_other_are_remade_with_all_that_belongs_to_them() {
    let author = "AlterField = { model = 'Author'";
    for (operations, code) in [
        (format!("[[operations]]\n{author}, name = 'id', field = {{ type = 'BigAutoField', primary_key = true }} }}\n"), "code"),
        (format!("[[operations]]\n{author}, name = 'code', field = {{ type = 'CharField', max_length = 20, unique = true }} }}\n"), "code"),
        (format!("[[operations]]\n{author}, name = 'code', field = {{ type = 'CharField', max_length = 20, unique = true, db_column = 'slug' }} }}\n"), "slug"),
        ("[[operations]]\nRenameField = { model = 'Author', old_name = 'code', new_name = 'slug' }\n".to_owned(), "slug"),
        ("[[operations]]\nRenameModel = { old_name = 'Author', new_name = 'Writer' }\n[[operations]]\nAlterModelTable = { name = 'Writer', table = 'blog_author' }\n".to_owned(), "code"),
        (format!("[[operations]]\n{author}, name = 'teacher', field = {{ type = 'ForeignKey', to = 'Author', on_delete = 'SET_NULL', null = true, db_index = false }} }}\n"), "code"),
    ] {
        for atomic in ["", "atomic = false\n"] {
            let project = library(&format!("{atomic}{operations}"));
            let (before, held) = (objects(&project).len(), rows(&project));
            assert_eq!(held.len(), 5);
            project.djr(["migrate"]).success();
            assert_eq!((objects(&project).len(), rows(&project)), (before, held.clone()), "{operations}");
            use_it(&project, code);
            project.djr(["migrate", "blog", "0001"]).success();
            assert_eq!((objects(&project).len(), rows(&project)), (before, held), "{operations}");
            use_it(&project, "code");
        }
    }
}
