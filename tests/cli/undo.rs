//! Snapshots before a migration that loses something, and `djr undo`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use insta::assert_snapshot;

use crate::support::Project;
use crate::support::faults::on_a_small_disk;

const REMOVE_NAME: &str = "[[operations]]\nRemoveField = { model = 'Author', name = 'name' }\n";
const SNAPSHOT: &str = "20200102-030405-default-blog.0002_next";

/// A blog with two authors, whose next migration takes their names.
fn with_authors() -> Project {
    let project = Project::with_blog()
        .migrated()
        .env("DJR_TEST_NOW", "2020-01-02T03:04:05Z");
    let insert = "INSERT INTO blog_author (id, name) VALUES (1, 'Ann'), (2, 'Bob')";
    project.database().execute_batch(insert).unwrap();
    project.second_migration(REMOVE_NAME);
    project
}

fn names(project: &Project) -> Vec<String> {
    project.texts("SELECT name FROM blog_author ORDER BY id")
}

fn columns(project: &Project) -> Vec<String> {
    project.texts("SELECT name FROM pragma_table_info('blog_author')")
}

fn snapshots(project: &Project) -> Vec<String> {
    if !project.path(".djr/snapshots").exists() {
        return Vec::new();
    }
    project.names(".djr/snapshots")
}

#[test]
fn a_column_with_rows_is_saved_and_brought_back() {
    let project = with_authors();
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 0
    ----- stdout -----
    applied 1 migration
    ----- stderr -----
    blog.0002_next removes or narrows the column `name` of `blog_author`
    snapshot `.djr/snapshots/20200102-030405-default-blog.0002_next.sqlite3`; `djr undo` goes back to it
    applying blog.0002_next
    ");
    assert_eq!(columns(&project), ["id"]);
    let path = project.path(format!(".djr/snapshots/{SNAPSHOT}.sqlite3"));
    for path in [path.with_extension("json"), path] {
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_snapshot!(project.djr(["undo"]), @"
    exit code: 0
    ----- stdout -----
    put back `20200102-030405-default-blog.0002_next`
    what was there is saved: `djr undo 20200102-030405-default-undo` brings it back
    1 migration to run again: `djr migrate`
    ");
    assert_eq!(names(&project), ["Ann", "Bob"]);
    let missing = project.djr(["migrate", "--plan"]).stdout();
    assert!(
        missing.starts_with("would apply blog.0002_next"),
        "{missing}"
    );
    assert_snapshot!(project.djr(["undo"]), @"
    exit code: 0
    ----- stdout -----
    nothing to undo: the database holds what `20200102-030405-default-blog.0002_next` holds
    ");
    assert_snapshot!(project.djr(["undo", "--list"]), @"
    exit code: 0
    ----- stdout -----
    20200102-030405-default-undo
        2020-01-02T03:04:05Z, 144 KiB, before going back to `20200102-030405-default-blog.0002_next`
    20200102-030405-default-blog.0002_next
        2020-01-02T03:04:05Z, 144 KiB, before applying `blog.0002_next`
    ");
    let back = "20200102-030405-default-undo";
    project.djr(["undo", back]).success();
    assert_eq!(columns(&project), ["id"]);
}

#[test]
fn what_was_written_since_is_not_lost_without_a_word() {
    let project = with_authors();
    project.djr(["migrate"]).success();
    project
        .database()
        .execute_batch("INSERT INTO blog_author (id) VALUES (3)")
        .unwrap();
    assert_snapshot!(project.djr(["undo"]), @"
    exit code: 3
    ----- stderr -----
    error: the database was written to after the run that took `20200102-030405-default-blog.0002_next`: `blog_author`: 2 rows, now 3
    hint: to lose that and go back all the same: `djr undo 20200102-030405-default-blog.0002_next --discard-later-writes`
    ");
    let error = project.djr(["undo", "--json"]).exited(3).stderr();
    assert!(error.contains("\"later-writes\""), "{error}");
    assert_eq!(columns(&project), ["id"]);
    project.djr(["undo", "--discard-later-writes"]).success();
    assert_eq!(names(&project), ["Ann", "Bob"]);
    // Even that is no loss for good.
    project
        .djr(["undo", "20200102-030405-default-undo"])
        .success();
    assert_eq!(
        project
            .texts("SELECT CAST(id AS text) FROM blog_author")
            .len(),
        3
    );
}

#[test]
fn a_checkpoint_or_a_vacuum_is_no_later_write() {
    let project = with_authors();
    project.djr(["migrate"]).success();
    project
        .database()
        .execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    project.djr(["undo"]).success();
    assert_eq!(names(&project), ["Ann", "Bob"]);
}

#[test]
fn a_server_that_has_the_file_open_sees_the_old_rows_again() {
    let project = with_authors();
    let server = project.database();
    let texts = |sql: &str| -> Vec<String> {
        let mut statement = server.prepare(sql).unwrap();
        let rows = statement.query_map((), |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    project.djr(["migrate"]).success();
    let columns = texts("SELECT name FROM pragma_table_info('blog_author')");
    assert_eq!(columns, ["id"]);
    project.djr(["undo"]).success();
    let names = texts("SELECT name FROM blog_author");
    assert_eq!(names, ["Ann", "Bob"]);
}

#[test]
fn nothing_is_saved_where_nothing_is_lost() {
    for operations in [
        "[[operations]]\nAlterField = { model = 'Author', name = 'name', field = { type = 'CharField', max_length = 60 } }\n",
        "[[operations]]\nAddField = { model = 'Author', name = 'mail', field = { type = 'TextField', default = '' } }\n",
        "[[operations]]\nRenameModel = { old_name = 'Author', new_name = 'Writer' }\n",
        "[[operations]]\nDeleteModel = { name = 'Post' }\n",
        "[[operations]]\nRunSQL = { sql = \"INSERT INTO blog_author (name) VALUES ('Cid')\" }\n",
        "[[operations]]\nRunSQL = { sql = 'DELETE FROM blog_post' }\n",
    ] {
        let project = with_authors();
        project.second_migration(operations);
        project.djr(["migrate"]).success();
        assert_eq!(snapshots(&project), Vec::<String>::new(), "{operations}");
    }
    let project = with_authors();
    project.djr(["migrate", "--no-snapshot"]).success();
    assert_eq!(snapshots(&project), Vec::<String>::new());
}

#[test]
fn every_way_to_lose_something_is_saved_from() {
    for operations in [
        "[[operations]]\nAlterField = { model = 'Author', name = 'name', field = { type = 'CharField', max_length = 40 } }\n",
        "[[operations]]\nAlterField = { model = 'Author', name = 'name', field = { type = 'BinaryField' } }\n",
        "[[operations]]\nDeleteModel = { name = 'Post' }\n[[operations]]\nDeleteModel = { name = 'Author' }\n",
        "[[operations]]\nRenameModel = { old_name = 'Author', new_name = 'Writer' }\n[[operations]]\nRemoveField = { model = 'Writer', name = 'name' }\n",
        "[[operations]]\nRunSQL = { sql = \"UPDATE blog_author SET name = 'x'\" }\n",
        "[[operations]]\nSeparateDatabaseAndState = { database_operations = [{ RemoveField = { model = 'Author', name = 'name' } }] }\n",
    ] {
        let project = with_authors();
        project.second_migration(operations);
        project.djr(["migrate"]).success();
        assert_eq!(snapshots(&project).len(), 2, "{operations}");
        project.djr(["undo"]).success();
        assert_eq!(names(&project), ["Ann", "Bob"], "{operations}");
    }
}

#[test]
fn going_back_saves_what_it_drops() {
    let project = with_authors();
    fs::remove_file(project.path("blog/migrations/0002_next.toml")).unwrap();
    project.djr(["migrate", "blog", "zero"]).success();
    project.djr(["undo"]).success();
    assert_eq!(names(&project), ["Ann", "Bob"]);
    project.djr(["migrate", "--check"]).success();
}

#[test]
fn a_run_that_fails_leaves_no_snapshot() {
    let project = with_authors();
    project.second_migration(&format!(
        "{REMOVE_NAME}[[operations]]\nRunSQL = {{ sql = 'nonsense' }}\n"
    ));
    drop(project.djr(["migrate"]).exited(1));
    assert_eq!(names(&project), ["Ann", "Bob"]);
    assert_eq!(snapshots(&project), Vec::<String>::new());
}

#[test]
fn only_the_newest_are_kept() {
    let mut project = with_authors().setting("[migrations]\nsnapshots_kept = 2");
    let sql = "UPDATE blog_author SET name = name || 'x'";
    project.second_migration(&format!(
        "[[operations]]\nRunSQL = {{ sql = \"{sql}\", reverse_sql = '' }}\n"
    ));
    for day in 1..=4 {
        project = project.env("DJR_TEST_NOW", &format!("2020-01-0{day}T00:00:00Z"));
        project.djr(["migrate"]).success();
        project.djr(["migrate", "blog", "0001"]).success();
    }
    let left = snapshots(&project);
    assert_eq!(left.len(), 4, "{left:?}");
    assert!(
        left.iter()
            .all(|name| name.starts_with("20200104") || name.starts_with("20200103")),
        "{left:?}"
    );
}

#[test]
fn a_snapshot_that_is_damaged_is_not_put_back() {
    let project = with_authors();
    project.djr(["migrate"]).success();
    let path = project.path(format!(".djr/snapshots/{SNAPSHOT}.sqlite3"));
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[4096..middle].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let error = project.djr(["undo"]).exited(1).stderr();
    assert!(
        error.contains("database-corrupt")
            || error.contains("damaged")
            || error.contains("malformed"),
        "{error}"
    );
    assert_eq!(columns(&project), ["id"]);
}

#[test]
fn names_the_snapshots_there_are() {
    let project = with_authors();
    assert_snapshot!(project.djr(["undo"]), @"
    exit code: 1
    ----- stderr -----
    error: there is no snapshot of the database `default`
    hint: `djr migrate` takes one before it removes something that rows hold
    ");
    assert_snapshot!(project.djr(["undo", "--list"]), @"
    exit code: 0
    ----- stdout -----
    no snapshots
    ");
    project.djr(["migrate"]).success();
    assert_snapshot!(project.djr(["undo", "2019"]), @"
    exit code: 1
    ----- stderr -----
    error: no snapshot is called `2019`, nor is it the beginning of just one
    hint: there is `20200102-030405-default-blog.0002_next`
    ");
    assert_snapshot!(project.djr(["undo", "2020", "--json"]), @r#"
    exit code: 0
    ----- stdout -----
    {"schema":1,"result":{"restored":{"name":"20200102-030405-default-blog.0002_next","taken":"2020-01-02T03:04:05Z","bytes":147456,"reason":{"apply":["blog.0002_next"]}},"saved":"20200102-030405-default-undo"}}
    "#);
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare, and the right to mount")]
fn a_disk_without_room_for_a_snapshot_stops_the_run() {
    let project = with_authors();
    let refused = on_a_small_disk(project.command(["migrate"]), ".djr/snapshots");
    assert_snapshot!(refused, @"
    exit code: 3
    ----- stderr -----
    error: no room for a snapshot in `.djr/snapshots`: it needs 5 MiB, and 3 MiB are free
    hint: make room, or go on without a snapshot: `djr migrate --no-snapshot`
    ");
    assert_eq!(names(&project), ["Ann", "Bob"]);
    let command = project.command(["migrate", "--no-snapshot"]);
    on_a_small_disk(command, ".djr/snapshots").success();
    assert_eq!(columns(&project), ["id"]);
}

#[test]
fn the_commands_in_hints_name_the_database() {
    let project = with_authors().setting("[databases.other]\nname = \"other.sqlite3\"");
    let other = ["--database", "other"];
    project
        .djr([&["migrate", "blog", "0001"][..], &other].concat())
        .success();
    let file = rusqlite::Connection::open(project.path("other.sqlite3")).unwrap();
    file.execute_batch("INSERT INTO blog_author (name) VALUES ('Eve')")
        .unwrap();
    let told = project
        .djr([&["migrate"][..], &other].concat())
        .success()
        .stderr();
    assert!(
        told.contains("`djr undo --database other` goes back"),
        "{told}"
    );
    file.execute_batch("INSERT INTO blog_author DEFAULT VALUES")
        .unwrap();
    let told = project
        .djr([&["undo"][..], &other].concat())
        .exited(3)
        .stderr();
    assert!(
        told.contains("--discard-later-writes --database other`"),
        "{told}"
    );
    let discard = [&["undo", "--discard-later-writes"][..], &other].concat();
    let told = project.djr(discard).success().stdout();
    assert!(told.contains("`djr migrate --database other`"), "{told}");
}
