//! `djr flush`, `remove_stale_contenttypes`, `dbshell` and `diffsettings`.

use crate::support::Project;
use crate::support::faults::on_a_read_only_disk;

fn query<T: rusqlite::types::FromSql>(project: &Project, sql: &str) -> T {
    let file = project.database();
    file.query_row(sql, (), |row| row.get(0)).unwrap()
}

fn execute(project: &Project, sql: &str) {
    let file = project.database();
    file.execute_batch(sql).unwrap();
}

#[test]
fn flush_leaves_what_a_fresh_migrate_leaves() {
    let project = Project::new().migrated().superuser("alice", "Xk29!fooBAR");
    let fresh = Project::new().migrated();
    let refused = project.djr(["flush"]).exited(3);
    assert!(refused.stderr().contains("add `--noinput`"), "{refused}");
    assert_eq!(query::<i64>(&project, "SELECT COUNT(*) FROM auth_user"), 1);
    let run = project.djr(["flush", "--noinput"]).success();
    assert_eq!(run.stdout(), "deleted 31 rows from 3 tables\n");
    let dump = |project: &Project| project.djr(["dumpdata"]).success().stdout();
    assert_eq!(dump(&project), dump(&fresh));
    assert_eq!(
        query::<i64>(&project, "SELECT COUNT(*) FROM django_migrations"),
        18
    );
    let project = project.superuser("bob", "Xk29!fooBAR");
    assert_eq!(query::<i64>(&project, "SELECT id FROM auth_user"), 1);
}

#[test]
fn flush_makes_no_database() {
    let project = Project::new();
    project.djr(["flush", "--noinput"]).exited(1);
    assert!(!project.path("db.sqlite3").exists());
}

/// A project with a migrated app whose model `Ghost` was removed, and with rows about it.
fn project_with_ghost() -> Project {
    let project = Project::with_blog();
    project.second_migration(
        "[[operations]]\nCreateModel = { name = 'Ghost', fields = { name = { type = 'TextField' } } }\n\
         [[operations]]\nDeleteModel = { name = 'Ghost' }\n",
    );
    let models = "[Author.fields]\nname = { type = 'CharField', max_length = 50 }\n\
         [Post.fields]\nauthor = { type = 'ForeignKey', to = 'Author', on_delete = 'CASCADE' }\n\
         [Writer]\nproxy_for = 'Author'\n";
    project.write("blog/models.toml", models);
    let project = project.migrated().superuser("alice", "Xk29!fooBAR");
    execute(
        &project,
        "INSERT INTO django_content_type VALUES (50, 'blog', 'ghost'), (51, 'gone', 'thing'), (52, 'blog', 'reader'), (53, 'auth', 'member');
         INSERT OR IGNORE INTO django_content_type (app_label, model) VALUES ('blog', 'writer');
         INSERT INTO auth_permission VALUES (60, 50, 'add_ghost', 'Can add ghost'), (61, 52, 'add_reader', 'Can add reader');
         INSERT INTO auth_user_user_permissions VALUES (1, 1, 60), (2, 1, 61);
         INSERT INTO django_admin_log VALUES (1, '1', 'x', 1, '', 50, 1, '2024-01-01 00:00:00');",
    );
    project
}

#[test]
fn stale_content_types_go_with_all_that_depends_on_them() {
    let project = project_with_ghost();
    let refused = project.djr(["remove_stale_contenttypes"]).exited(3);
    assert_eq!(
        refused.stderr(),
        "error: this deletes content type `blog.ghost`, and 1 of auth.Permission, 1 of auth.User_user_permissions, \
         and nobody is there to ask\nhint: add `--noinput` to do it all the same\n"
    );
    let run = project
        .djr(["remove_stale_contenttypes", "--noinput"])
        .success();
    assert!(run.stdout().starts_with("deleted `blog.ghost`\n"), "{run}");
    assert_eq!(
        query::<i64>(
            &project,
            "SELECT COUNT(*) FROM auth_permission WHERE id = 60"
        ),
        0
    );
    assert_eq!(
        query::<i64>(&project, "SELECT COUNT(*) FROM auth_user_user_permissions"),
        1
    );
    assert_eq!(
        query::<Option<i64>>(&project, "SELECT content_type_id FROM django_admin_log"),
        None
    );
}

#[test]
fn content_types_that_only_django_knows_are_left_and_named() {
    let project = project_with_ghost();
    let run = project
        .djr(["remove_stale_contenttypes", "--noinput"])
        .success();
    assert_eq!(
        run.stdout(),
        "deleted `blog.ghost`\nleft `auth.member`, `blog.reader`, `gone.thing`: neither models nor migrations here know of them\n"
    );
    let models = "SELECT group_concat(model) FROM (SELECT model FROM django_content_type WHERE app_label = 'blog' ORDER BY model)";
    assert_eq!(
        query::<String>(&project, models),
        "author,post,reader,writer"
    );
    let all = [
        "remove_stale_contenttypes",
        "--noinput",
        "--include-stale-apps",
    ];
    let run = project.djr(all).success();
    assert!(run.stdout().starts_with("deleted `gone.thing`\n"), "{run}");
    let run = project.djr([
        "remove_stale_contenttypes",
        "--noinput",
        "blog.reader",
        "auth.Member",
    ]);
    assert_eq!(
        run.success().stdout(),
        "deleted `auth.member`, `blog.reader`\n"
    );
    let run = project
        .djr(["remove_stale_contenttypes", "--noinput", "blog.writer", "x"])
        .exited(1);
    assert_eq!(
        run.stderr(),
        "error: `x` does not name a content type\nhint: write app and model, as in `blog.post`\n"
    );
    let run = project
        .djr(["remove_stale_contenttypes", "--noinput", "blog.writer"])
        .exited(1);
    assert_eq!(
        run.stderr(),
        "error: there is no content type `blog.writer` without a model\n"
    );
}

#[test]
fn the_small_prompt_runs_what_is_piped_into_it_and_stops_at_a_mistake() {
    let project = Project::new().migrated();
    let shell = |input: &str| project.command(["dbshell"]).stdin(input).run();
    let run = shell("SELECT 1,\n  'a;b';\n.quit\nSELECT 2;").success();
    assert_eq!(run.stdout(), "1|a;b\n");
    let run = shell("SELECT nope;\nINSERT INTO auth_group (name) VALUES ('g');").exited(1);
    assert!(run.stderr().contains("no such column"), "{run}");
    assert_eq!(query::<i64>(&project, "SELECT COUNT(*) FROM auth_group"), 0);
    let run = project.djr(["dbshell", "--", "SELECT 6 * 7"]).success();
    assert_eq!(run.stdout(), "42\n");
}

#[test]
fn sqlites_own_prompt_gets_the_file_and_the_arguments() {
    let project = Project::new()
        .migrated()
        .file("bin/sqlite3", "#!/bin/sh\necho \"$@\"\nexit 7\n");
    let path = project.path("bin/sqlite3");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(path, mode).unwrap();
    let bin = project.path("bin").display().to_string();
    let run = project
        .command(["dbshell", "--", "-header", "SELECT 1"])
        .env("PATH", format!("{bin}:/usr/bin:/bin"))
        .run()
        .exited(7);
    assert_eq!(run.stdout(), "[PROJECT]/db.sqlite3 -header SELECT 1\n");
}

#[test]
fn diffsettings_shows_what_was_set_without_secrets() {
    let project = Project::new().setting("[site]\ntitle = \"Blog\"\napi_key = \"hush\"");
    let hash = project.djr(["diffsettings"]).success().stdout();
    assert!(hash.contains("project.debug = true\n"), "{hash}");
    assert!(hash.contains("secret_key = \"********\"  ###\n"), "{hash}");
    assert!(
        hash.ends_with("site.api_key = \"********\"  ###\nsite.title = \"Blog\"  ###\n"),
        "{hash}"
    );
    let unified = project
        .djr(["diffsettings", "--output", "unified"])
        .success()
        .stdout();
    assert!(
        unified.contains("- project.debug = false\n+ project.debug = true\n"),
        "{unified}"
    );
    let all = project.djr(["diffsettings", "--all"]).success().stdout();
    assert!(all.contains("### project.append_slash = true\n"), "{all}");
    assert!(
        !all.contains("hush") && !all.contains("signs-nothing"),
        "{all}"
    );
    let json = project.djr(["diffsettings", "--json"]).success().json();
    assert_eq!(json["result"]["settings"][0]["differs"], true);
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare, and the right to mount")]
fn a_database_at_rest_is_read_where_nothing_can_be_written() {
    let project = Project::new().migrated();
    project.djr(["ensure", "group", "editors"]).success();
    assert_eq!(
        project
            .names("")
            .iter()
            .filter(|name| name.ends_with("-wal"))
            .count(),
        0
    );
    for arguments in [
        &["dumpdata", "auth.group"][..],
        &["users", "list"],
        &["migrate", "--check"],
        &["showmigrations"],
        &["check", "--database", "default"],
    ] {
        let run = on_a_read_only_disk(project.command(arguments));
        let run = run.success();
        if arguments[0] == "dumpdata" {
            assert!(run.stdout().contains("editors"), "{run}");
        }
    }
}
