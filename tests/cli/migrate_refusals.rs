//! `djr migrate` where something is wrong: with the files, the rows, the database or its locks.

use std::fs;
use std::thread;
use std::time::Duration;

use insta::assert_snapshot;

use crate::support::Project;

#[test]
fn a_failure_takes_back_every_migration_of_the_run() {
    let project = Project::with_blog();
    project.second_migration(
        "[[operations]]\nRunSQL = { sql = \"INSERT INTO nowhere VALUES (1)\" }\n",
    );
    let transcript = project.djr(["migrate"]).exited(1);
    let error = transcript.stderr();
    assert!(
        error.contains("`blog.0002_next` failed at `Raw SQL operation`"),
        "{error}"
    );
    assert!(error.contains("no such table: nowhere"), "{error}");
    assert!(project.texts("SELECT name FROM sqlite_master").is_empty());
}

#[test]
fn rows_that_would_refer_to_nothing_stop_the_commit() {
    let project = Project::with_blog().migrated();
    let sql = "INSERT INTO blog_post (author_id) VALUES (99)";
    project.second_migration(&format!("[[operations]]\nRunSQL = {{ sql = \"{sql}\" }}\n"));
    let error = project.djr(["migrate"]).exited(3).stderr();
    assert!(error.contains("`blog_post`"), "{error}");
    assert_eq!(project.count("blog_post"), 0);
}

#[test]
fn a_table_is_not_left_without_columns() {
    let project = Project::with_blog().migrated();
    let remove = "{ model = \"Author\", name = \"name\" }";
    let key = "{ model = \"Author\", name = \"id\" }";
    let post = "{ name = \"Post\" }";
    project.second_migration(&format!(
        "[[operations]]\nDeleteModel = {post}\n[[operations]]\nRemoveField = {remove}\n[[operations]]\nRemoveField = {key}\n"
    ));
    let error = project.djr(["migrate"]).exited(1).stderr();
    assert!(
        error.contains("`blog_author` is left without a column by this change"),
        "{error}"
    );
    assert!(error.contains("delete the model"), "{error}");
}

#[test]
fn a_script_cannot_end_the_transaction() {
    let project = Project::with_blog();
    project.second_migration("[[operations]]\nRunSQL = { sql = \"SELECT 1; commit\" }\n");
    let error = project.djr(["migrate"]).exited(1).stderr();
    assert!(
        error.contains("`COMMIT` cannot stand in this migration"),
        "{error}"
    );
    assert!(project.texts("SELECT name FROM sqlite_master").is_empty());
}

#[test]
fn what_has_no_way_back_is_not_undone() {
    let project = Project::with_blog();
    project.second_migration("[[operations]]\nRunSQL = { sql = \"SELECT 1\" }\n");
    let project = project.migrated();
    let error = project.djr(["migrate", "blog", "zero"]).exited(1).stderr();
    assert!(
        error.contains("`blog.0002_next` cannot be undone"),
        "{error}"
    );
    project.djr(["migrate", "--check"]).success();
}

#[test]
fn names_every_mistake_of_a_file() {
    let project = Project::with_blog();
    project.write(
        "blog/migrations/0002_next.toml",
        "dependencies = ['blog.0001_initial']\natomic = 0\n[[operations]]\n\
         AddField = { model = 'Post', name = 'a', field = { type = 'CharFeild', nul = 1 } }\n\
         [[operations]]\nRunSQL = { sql = 'SELECT 1', revers_sql = '' }\n",
    );
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 1
    ----- stderr -----
    error: blog/migrations/0002_next.toml:2:10: `atomic` must be `true` or `false`, not an integer
    error: blog/migrations/0002_next.toml:4:59: `CharFeild` is not a type
    hint: did you mean `CharField`?
    error: blog/migrations/0002_next.toml:6:30: unknown key `revers_sql`
    hint: did you mean `reverse_sql`?
    ");
    assert!(!project.path("db.sqlite3").exists());
}

#[test]
fn names_dependencies_that_lead_nowhere() {
    let project = Project::with_blog().file(
        "blog/migrations/0002_next.toml",
        "dependencies = ['blog.0001_intial', 'shop.0001_initial']\n",
    );
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 1
    ----- stderr -----
    error: blog/migrations/0002_next.toml:1:17: `blog.0002_next` depends on `blog.0001_intial`, which does not exist
    hint: did you mean `blog.0001_initial`?
    error: blog/migrations/0002_next.toml:1:37: `blog.0002_next` depends on `shop.0001_initial`, which does not exist
    hint: add `shop` to `apps` in `djr.toml`
    ");
}

#[test]
fn an_app_that_ends_in_two_needs_a_decision() {
    let project = Project::with_blog();
    for name in ["0002_left", "0002_right"] {
        let path = format!("blog/migrations/{name}.toml");
        project.write(path, "dependencies = ['blog.0001_initial']\n");
    }
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 3
    ----- stderr -----
    error: the migrations of an app end in more than one: `blog.0002_left`, `blog.0002_right`
    hint: join them: `djr makemigrations --merge`
    ");
}

#[test]
fn names_what_it_does_not_find() {
    let project = Project::new();
    assert_snapshot!(project.djr(["migrate", "sesions"]), @"
    exit code: 1
    ----- stderr -----
    error: no app is labelled `sesions`
    hint: did you mean `sessions`?
    ");
    assert_snapshot!(project.djr(["migrate", "messages"]), @"
    exit code: 1
    ----- stderr -----
    error: the app `messages` has no migrations
    hint: migrations are files such as `messages/migrations/0001_initial.toml`
    ");
    assert_snapshot!(project.djr(["migrate", "contenttypes", "0009"]), @"
    exit code: 1
    ----- stderr -----
    error: the app `contenttypes` has no migration that begins with `0009`
    hint: its migrations: `0001_initial`, `0002_remove_content_type_name`
    ");
    assert_snapshot!(project.djr(["migrate", "auth", "000"]).stderr().lines().next().unwrap(), @"error: several migrations of `auth` begin with `000`: `0001_initial`, `0002_alter_permission_name_max_length`, `0003_alter_user_email_max_length`, `0004_alter_user_username_opts`, `0005_alter_user_last_login_null`, `0006_require_contenttypes_0002`, `0007_alter_validators_add_error_messages`, `0008_alter_user_username_max_length`, `0009_alter_user_last_name_max_length`");
}

#[test]
fn says_what_is_wrong_with_the_file() {
    let project = Project::new().file("db.sqlite3", &"no database, but a list\n".repeat(99));
    assert_snapshot!(project.djr(["migrate"]), @"
    exit code: 1
    ----- stderr -----
    error: cannot open `db.sqlite3`
    caused by: file is not a database
    hint: `name` below `[databases]` in `djr.toml` must be the path of an SQLite file; move this file away, or name another
    ");
    fs::remove_file(project.path("db.sqlite3")).unwrap();
    let project = project.migrated();
    let mut bytes = fs::read(project.path("db.sqlite3")).unwrap();
    bytes[4096..].fill(0xa5);
    fs::write(project.path("db.sqlite3"), bytes).unwrap();
    let error = project.djr(["migrate", "auth", "zero"]).exited(1).stderr();
    assert!(error.contains("malformed"), "{error}");
    assert!(error.contains("hint: the file is damaged"), "{error}");
}

#[test]
fn waits_for_the_lock_and_says_so() {
    let project = Project::new().migrated();
    project.djr(["migrate", "sessions", "zero"]).success();
    let holder = project.database();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = project
        .djr(["migrate", "--lock-timeout", "0"])
        .exited(1)
        .stderr();
    assert!(error.contains("database is locked"), "{error}");
    thread::scope(|scope| {
        let waiting = scope.spawn(|| project.djr(["migrate"]).success().stderr());
        thread::sleep(Duration::from_millis(1500));
        holder.execute_batch("COMMIT").unwrap();
        let told = waiting.join().unwrap();
        assert!(told.starts_with("waiting for another process"), "{told}");
    });
}

#[test]
fn what_is_no_file_is_named_and_left_alone() {
    let project = Project::new();
    let path = project.path("db.sqlite3");
    let refused = |what: &str| {
        for command in [&["migrate"] as &[_], &["migrate", "--check"]] {
            let error = project.djr(command).exited(1).stderr();
            assert!(
                error.contains("`db.sqlite3`") && error.contains(what),
                "{error}"
            );
        }
    };
    fs::create_dir(&path).unwrap();
    refused("a directory");
    fs::remove_dir(&path).unwrap();
    std::os::unix::fs::symlink(project.path("nowhere"), &path).unwrap();
    refused("a symbolic link that leads nowhere");
    fs::remove_file(&path).unwrap();
    let _listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    refused("no ordinary file");
}
