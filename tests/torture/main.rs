//! Kills and starves the commands that write, at every write, sync and rename in turn.
//!
//! Each scenario runs once undisturbed, which gives the reference, and once under `strace`, which
//! counts its calls. Then, for each call in turn:
//!
//! 1. the command runs on a fresh copy, and that call kills it, or finds the disk full;
//! 2. what lies there is whole: every file is as before or as in the reference, or a leftover;
//! 3. the same command again completes, and leaves exactly the reference, leftovers gone.
//!
//! `cargo test` tries the first, the middle and the last of each kind of call. With
//! `DJR_TORTURE=full` (`just torture`) it is all of them, and what happened is logged in
//! `target/torture/`. Without a working `strace` the scenarios are ignored.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod concurrent_migrate;
mod directory_state;
mod fault;
mod remake;
mod scenario;
mod static_files;

use crate::scenario::Scenario;
use crate::support::Project;

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn startproject_into_a_new_directory() {
    Scenario::new("startproject", Project::empty(), &["startproject", "blog"])
        .whole("blog", |place| place.path("blog").exists())
        .rolls_back_on_a_full_disk()
        .torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn startproject_into_a_directory_with_files() {
    let clone = Project::empty()
        .file("LICENSE", "mine")
        .file(".git/HEAD", "ref: refs/heads/main");
    Scenario::new("startproject-here", clone, &["startproject", "blog", "."])
        .rolls_back_on_a_full_disk()
        .torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn startapp() {
    Scenario::new("startapp", Project::new(), &["startapp", "posts"])
        .whole("posts", |project| {
            project.read("djr.toml").contains("posts")
        })
        .torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn migrate_on_a_new_file() {
    Scenario::new("migrate", Project::new(), &["migrate"]).torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn migrate_that_remakes_tables_with_rows() {
    let project = Project::new()
        .migrated()
        .superuser("alice", "correct horse");
    let back = &["migrate", "auth", "0001_initial"];
    Scenario::new("migrate-back", project, back).torture();
}

/// A project whose next migration takes a column from a table with rows.
fn with_pending_column_removal() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .file(
            "blog/migrations/0001_initial.toml",
            "[[operations]]\nCreateModel = { name = 'Post', fields = { title = { type = 'TextField' } } }\n",
        )
        .env("DJR_TEST_NOW", "2020-01-02T03:04:05Z")
        .migrated();
    let insert = "INSERT INTO blog_post (title) VALUES ('one'), ('two')";
    project.database().execute_batch(insert).unwrap();
    project.file(
        "blog/migrations/0002_title.toml",
        "dependencies = ['blog.0001_initial']\n\
         [[operations]]\nRemoveField = { model = 'Post', name = 'title' }\n",
    )
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn migrate_that_takes_a_snapshot() {
    let project = with_pending_column_removal();
    Scenario::new("migrate-snapshot", project, &["migrate"])
        .env("DJR_TEST_NOW", "2020-01-02T03:04:05Z")
        .torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn undo() {
    let project = with_pending_column_removal().migrated();
    Scenario::new("undo", project, &["undo"])
        .env("DJR_TEST_NOW", "2020-01-02T03:04:05Z")
        .torture();
}

/// A project whose next run is committed in parts: a migration stands in it that is not atomic.
fn with_pending_partial_migrations() -> Project {
    let models = "[[operations]]\nCreateModel = { name = 'Post', fields = { title = { type = 'TextField' } } }\n\
         [[operations]]\nRunSQL = { sql = \"INSERT INTO blog_post (title) VALUES ('one'), ('two')\", reverse_sql = '' }\n";
    let parts = "dependencies = ['blog.0001_initial']\natomic = false\n\
         [[operations]]\nAddField = { model = 'Post', name = 'views', field = { type = 'IntegerField', default = 3 } }\n\
         [[operations]]\nRunSQL = { sql = 'UPDATE blog_post SET views = views + 1', reverse_sql = 'UPDATE blog_post SET views = views - 1' }\n\
         [[operations]]\nRunSQL = { sql = 'VACUUM', reverse_sql = 'VACUUM' }\n\
         [[operations]]\nCreateModel = { name = 'Tag', fields = { word = { type = 'TextField' } } }\n";
    let rest = "dependencies = ['blog.0002_parts']\n\
         [[operations]]\nAlterField = { model = 'Post', name = 'title', field = { type = 'CharField', max_length = 90, unique = true } }\n";
    Project::new()
        .migrated()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .file("blog/migrations/0001_initial.toml", models)
        .file("blog/migrations/0002_parts.toml", parts)
        .file("blog/migrations/0003_title.toml", rest)
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn migrate_in_parts() {
    Scenario::new(
        "migrate-parts",
        with_pending_partial_migrations(),
        &["migrate", "--no-snapshot"],
    )
    .commits_in_parts()
    .torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn migrate_back_in_parts() {
    let project = with_pending_partial_migrations().migrated();
    let back = &["migrate", "blog", "zero", "--no-snapshot"];
    Scenario::new("migrate-parts-back", project, back)
        .commits_in_parts()
        .torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn makemigrations() {
    let model = |name: &str| format!("[{name}.fields]\ntitle = {{ type = 'TextField' }}\n");
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\", \"shop\"")
        .file("blog/models.toml", &model("Post"))
        .file("shop/models.toml", &model("Item"));
    Scenario::new("makemigrations", project, &["makemigrations"]).torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn loaddata() {
    let groups = r#"[
        {"model": "auth.group", "pk": 1, "fields": {"name": "readers", "permissions": [1, 2]}},
        {"model": "auth.group", "pk": 2, "fields": {"name": "writers", "permissions": [3]}}
    ]"#;
    let project = Project::new().migrated().file("groups.json", groups);
    Scenario::new("loaddata", project, &["loaddata", "groups.json"]).torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn createsuperuser() {
    let project = Project::new().migrated();
    Scenario::new(
        "createsuperuser",
        project,
        &["createsuperuser", "--noinput"],
    )
    .env("DJR_SUPERUSER_USERNAME", "alice")
    .env("DJR_SUPERUSER_EMAIL", "alice@example.com")
    .env("DJR_SUPERUSER_PASSWORD", "correct horse")
    .torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn loaddata_of_many_rows() {
    let sessions: Vec<_> = (0..2000)
        .map(|number| {
            format!(
                r#"{{"model": "sessions.session", "pk": "{number:032}", "fields": {{"session_data": "{}", "expire_date": "2030-01-01T00:00:00Z"}}}}"#,
                "x".repeat(500)
            )
        })
        .collect();
    let project = Project::new()
        .migrated()
        .file("all.json", &format!("[{}]", sessions.join(",\n")));
    Scenario::new("loaddata-many", project, &["loaddata", "all.json"]).torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn createcachetable() {
    let project = Project::new()
        .setting("[caches.default]\nbackend = \"database\"\nlocation = \"djr_cache\"")
        .migrated();
    Scenario::new("createcachetable", project, &["createcachetable"]).torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn collectstatic() {
    let project = Project::new()
        .file("static/site.css", "body { color: #123 }")
        .file(
            "static/img/logo.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'/>",
        )
        .setting("[static]\ndirs = [\"static\"]");
    Scenario::new("collectstatic", project, &["collectstatic", "--noinput"]).torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn collectstatic_with_a_manifest() {
    let project = Project::new()
        .file(
            "static/css/site.css",
            "body { background: url(../img/a.png) }",
        )
        .file("static/img/a.png", "PNG")
        .setting("[storages.staticfiles]\nbackend = \"manifest\"");
    project.djr(["collectstatic"]).success();
    let project = project.file("static/img/a.png", "another PNG");
    let arguments = &["collectstatic", "--noinput"];
    Scenario::new("collectstatic-manifest", project, arguments).torture();
}

/// A site whose sessions and caches are to be cleared.
fn with_leavings() -> Project {
    let settings = "[caches.default]\nbackend = \"database\"\nlocation = \"djr_cache\"\nmax_entries = 10\n\
                    [caches.files]\nbackend = \"file\"\nlocation = \"kept\"\nmax_entries = 100\n";
    let project = Project::new().setting(settings).migrated();
    project.djr(["createcachetable"]).success();
    let rows = "INSERT INTO django_session WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) \
                SELECT 'key' || i, 'data', CASE i % 2 WHEN 0 THEN '2025-01-01' ELSE '2027-01-01' END FROM n; \
                INSERT INTO djr_cache WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) \
                SELECT 'key' || (100 + i), '', CASE i % 2 WHEN 0 THEN '2025-01-01' ELSE '2027-01-01' END FROM n";
    let database = project.database();
    database.execute_batch(rows).unwrap();
    // What SQLite knows of its tables depends on when it looks; now it has looked.
    database.execute_batch("ANALYZE").unwrap();
    for timeout in ["0", "never"] {
        let key = format!("until {timeout}");
        let set = [
            "cache",
            "set",
            &key,
            "1",
            "--timeout",
            timeout,
            "--alias",
            "files",
        ];
        project.djr(set).success();
    }
    project
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn clearsessions() {
    Scenario::new("clearsessions", with_leavings(), &["clearsessions"])
        .commits_in_parts()
        .torture();
}

#[test]
#[cfg_attr(without_strace, ignore = "needs strace")]
fn maintain() {
    Scenario::new("maintain", with_leavings(), &["maintain"])
        .commits_in_parts()
        .torture();
}
