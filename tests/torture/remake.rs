//! A remake of a big table, killed at random moments: old or new, never between.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::scenario::{Log, is_full};
use crate::support::{Project, faults};

/// How many rows the table has, and how often its remake is killed.
fn rows_and_kills() -> (u32, u32) {
    if is_full() {
        (1_000_000, 40)
    } else {
        (20_000, 4)
    }
}

fn with_rows(rows: u32) -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .file(
            "blog/migrations/0001_initial.toml",
            "[[operations]]\nCreateModel = { name = 'Post', fields = { title = { type = 'TextField' }, views = { type = 'IntegerField' } } }\n",
        )
        .migrated();
    let insert = format!(
        "INSERT INTO blog_post (title, views) WITH RECURSIVE n (i) AS \
         (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) SELECT 'post ' || i, i FROM n"
    );
    project.database().execute_batch(&insert).unwrap();
    project.file(
        "blog/migrations/0002_title.toml",
        "dependencies = ['blog.0001_initial']\n[[operations]]\n\
         AlterField = { model = 'Post', name = 'title', field = { type = 'CharField', max_length = 90, unique = true } }\n\
         [[operations]]\nAddField = { model = 'Post', name = 'likes', field = { type = 'IntegerField', default = 7 } }\n",
    )
}

/// The columns of the table, its rows, and what they add up to; the file is found whole.
fn content(database: &Connection) -> (String, u32, i64) {
    let health: String = database
        .query_row("PRAGMA integrity_check", (), |row| row.get(0))
        .unwrap();
    assert_eq!(health, "ok");
    let columns = "SELECT group_concat(name || ' ' || type) FROM pragma_table_info('blog_post')";
    let columns = database.query_row(columns, (), |row| row.get(0)).unwrap();
    let sums = "SELECT count(*), sum(views) + sum(length(title)) FROM blog_post";
    let (count, sum) = database
        .query_row(sums, (), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    (columns, count, sum)
}

fn is_recorded(database: &Connection) -> bool {
    let sql = "SELECT EXISTS (SELECT 1 FROM django_migrations WHERE name = '0002_title')";
    database.query_row(sql, (), |row| row.get(0)).unwrap()
}

#[test]
fn a_remake_that_is_killed_leaves_the_old_table_or_the_new_one() {
    let (rows, kills) = rows_and_kills();
    let mut log = Log::new("remake");
    let project = with_rows(rows);
    let old = content(&project.database());
    let reference = project.copy();
    let started = Instant::now();
    reference.djr(["migrate"]).success();
    let mut whole = started.elapsed();
    let new = content(&reference.database());
    assert!(!old.0.contains("likes") && new.0.contains("likes"));
    assert_eq!((old.1, old.2), (new.1, new.2));
    log.line(&format!("{rows} rows, undisturbed in {whole:?}"));
    let (mut kept, mut done) = (0, 0);
    for kill in 0..kills {
        let copy = project.copy();
        let after = moment(whole, kill);
        faults::kill_after(copy.command(["migrate"]), after);
        let database = copy.database();
        let (found, recorded) = (content(&database), is_recorded(&database));
        assert_eq!(
            found,
            if recorded { new.clone() } else { old.clone() },
            "killed after {after:?}"
        );
        (kept, done) = (kept + u32::from(!recorded), done + u32::from(recorded));
        drop(database);
        let started = Instant::now();
        copy.djr(["migrate"]).success();
        if !recorded {
            // A machine with other work is slower now than it was.
            whole = started.elapsed();
        }
        assert_eq!(content(&copy.database()), new, "killed after {after:?}");
        log.line(&format!(
            "killed after {after:?}: {}",
            if recorded { "new" } else { "old" }
        ));
    }
    log.line(&format!(
        "{kills} kills: {kept} left the old table, {done} the new one; all went on"
    ));
}

/// A moment within `whole` and a little after it, spread without a pattern.
fn moment(whole: Duration, kill: u32) -> Duration {
    let seed = u64::from(kill).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    let part = u32::try_from(seed % 1100).unwrap();
    whole * part / 1000
}
