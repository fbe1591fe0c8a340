//! `djr ensure`: run again, it changes nothing.

use std::thread;

use crate::support::{Invocation, Project};

const PASSWORD: &str = "Xk29!fooBAR";

fn superuser(project: &Project) -> Invocation {
    let arguments = [
        "ensure",
        "superuser",
        "--username",
        "ops",
        "--password-file",
        "-",
        "--json",
    ];
    project.command(arguments).stdin(PASSWORD)
}

fn row(project: &Project) -> (String, i64, i64, i64) {
    let sql = "SELECT password, is_superuser, is_staff, is_active FROM auth_user";
    let rows: Vec<(String, i64, i64, i64)> = project.rows(sql);
    let [row] = rows.try_into().unwrap();
    row
}

#[test]
fn a_password_that_no_login_form_could_send_is_refused() {
    let project = Project::new().migrated();
    let long = "a".repeat(200_000);
    let umlauts = "ü".repeat(70_001);
    for (text, reason) in [
        ("hush\nuser: ada\n", "several lines"),
        ("hush\0\n", "a null character"),
        ("\u{feff}hush-hush-hush\n", "a byte order mark"),
        (long.as_str(), "more than 4096 characters"),
        (umlauts.as_str(), "more than 4096 characters"),
    ] {
        let arguments = [
            "ensure",
            "superuser",
            "--username",
            "ada",
            "--password-file",
            "-",
        ];
        let refused = project.command(arguments).stdin(text).run().exited(1);
        assert!(refused.stderr().contains(reason), "{refused}");
    }
    let project = project
        .env("DJR_SUPERUSER_USERNAME", "ada")
        .env("DJR_SUPERUSER_PASSWORD", "two\nlines");
    for command in [["ensure", "superuser"], ["createsuperuser", "--noinput"]] {
        let refused = project.djr(command).exited(1);
        assert!(refused.stderr().contains("several lines"), "{refused}");
    }
    // One line end is that of whoever wrote the variable, as in a file.
    let project = project.env("DJR_SUPERUSER_PASSWORD", "correct horse battery\n");
    project.djr(["ensure", "superuser"]).success();
    let arguments = ["ensure", "superuser", "--password-file", "-"];
    let again = project
        .command(arguments)
        .stdin("correct horse battery")
        .run()
        .success();
    assert!(again.stdout().starts_with("nothing to do"), "{again}");
}

#[test]
fn makes_a_superuser_once() {
    let project = Project::new().migrated();
    let first = superuser(&project).run().success().json();
    assert_eq!(first["schema"], 1);
    assert_eq!(first["result"]["changed"], true);
    assert_eq!(first["result"]["created"], true);
    let before = row(&project);
    let again = superuser(&project).run().success().json();
    assert_eq!(again["result"]["changed"], false);
    assert_eq!(row(&project), before);
    // The hash that is there lets the password in, whatever new ones are made with.
    let project = project.setting("[auth]\npassword_hashers = [\"pbkdf2_sha256\", \"argon2\"]");
    let again = superuser(&project).run().success().json();
    assert_eq!(again["result"]["changed"], false);
    assert_eq!(row(&project), before);
}

#[test]
fn puts_right_only_what_differs() {
    let project = Project::new().migrated();
    superuser(&project).run().success();
    let sql = "UPDATE auth_user SET is_active = 0, is_superuser = 0";
    project.database().execute(sql, []).unwrap();
    let run = superuser(&project).run().success().json();
    let fields = &run["result"]["fields"];
    assert_eq!(fields.to_string(), r#"["is_active","is_superuser"]"#);
    assert_eq!((row(&project).1, row(&project).3), (1, 1));
    let run = project
        .command(["ensure", "superuser"])
        .env("DJR_SUPERUSER_USERNAME", "ops")
        .env("DJR_SUPERUSER_EMAIL", "ops@example.com")
        .env("DJR_SUPERUSER_PASSWORD", "another Xk29!");
    assert_eq!(
        run.run().success().stdout(),
        "changed `email`, `password` of the user `ops`\n"
    );
    let run = superuser(&project).run().success().json();
    assert_eq!(run["result"]["fields"][0], "password");
}

#[test]
fn keeps_the_password_where_none_is_given() {
    let project = Project::new().migrated();
    superuser(&project).run().success();
    let before = row(&project);
    let run = project.djr(["ensure", "superuser", "--username", "ops"]);
    assert!(run.success().stdout().starts_with("nothing to do"));
    assert_eq!(row(&project), before);
}

#[test]
fn checks_without_changing_anything() {
    let project = Project::new().migrated();
    let check = ["ensure", "superuser", "--username", "ops", "--check"];
    let run = project.djr(check).exited(1);
    assert_eq!(run.stdout(), "would create the user `ops`\n");
    let users: Vec<(i64,)> = project.rows("SELECT count(*) FROM auth_user");
    assert_eq!(users, [(0,)]);
    superuser(&project).run().success();
    project.djr(check).success();
    let run = project.djr([&check[..], &["--email", "a@b.cc"]].concat());
    assert_eq!(
        run.exited(1).stdout(),
        "would change `email` of the user `ops`\n"
    );
    let emails: Vec<(String,)> = project.rows("SELECT email FROM auth_user");
    assert_eq!(emails[0].0, "");
}

#[test]
fn is_one_user_after_eight_at_once() {
    let project = Project::new().migrated();
    let created: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| superuser(&project).run().success().json()))
            .collect();
        let documents = runs.into_iter().map(|run| run.join().unwrap());
        documents
            .map(|document| document["result"]["changed"] == true)
            .collect()
    });
    row(&project);
    assert_eq!(created.iter().filter(|created| **created).count(), 1);
}

#[test]
fn gives_groups_permissions_and_users_groups() {
    let project = Project::new().migrated();
    let group = [
        "ensure",
        "group",
        "editors",
        "--permission",
        "auth.add_user",
    ];
    let run = project.djr(group).success();
    assert_eq!(run.stdout(), "created the group `editors`\n");
    let run = project.djr(group).success();
    assert!(run.stdout().starts_with("nothing to do"), "{run}");
    let exact = [
        "ensure",
        "group",
        "editors",
        "--permission",
        "auth.view_user",
        "--exact",
    ];
    let run = project.djr(exact).success();
    assert_eq!(
        run.stdout(),
        "changed `permissions` of the group `editors`\n"
    );
    let held: Vec<(String,)> = project.rows(
        "SELECT codename FROM auth_permission p JOIN auth_group_permissions g ON g.permission_id = p.id",
    );
    assert_eq!(held, [("view_user".to_owned(),)]);
    let user = [
        "ensure",
        "user",
        "--username",
        "bob",
        "--group",
        "editors",
        "--staff",
    ];
    project.djr(user).success();
    let run = project.djr(user).success();
    assert!(run.stdout().starts_with("nothing to do"), "{run}");
    let run = project.djr(["ensure", "user", "--username", "bob", "--exact-groups"]);
    assert_eq!(
        run.success().stdout(),
        "changed `groups` of the user `bob`\n"
    );
    let run = project.djr(["ensure", "group", "e", "--permission", "auth.ad_user"]);
    let stderr = run.exited(1).stderr();
    assert!(stderr.contains("did you mean `auth.add_user`?"), "{stderr}");
}

#[test]
fn names_what_is_missing() {
    let project = Project::new().migrated();
    let run = project.djr(["ensure", "superuser"]).exited(1);
    assert!(run.stderr().contains("DJR_SUPERUSER_USERNAME"), "{run}");
    project.djr(["ensure", "user"]).exited(2);
    let run = project
        .djr(["ensure", "user", "--username", "a b"])
        .exited(1);
    assert!(
        run.stderr().contains("a username has only letters"),
        "{run}"
    );
    let run = Project::new()
        .djr(["ensure", "superuser", "--username", "a"])
        .exited(1);
    assert!(run.stderr().contains("hint: run `djr migrate`"), "{run}");
}

const CACHES: &str = "[caches.default]\nbackend = 'database'\nlocation = 'kept'\n[caches.pages]\nbackend = 'database'\nlocation = 'pages'\n";

#[test]
fn makes_the_tables_of_caches_that_are_missing() {
    let project = Project::new().migrated();
    let run = project.djr(["ensure", "cachetable"]).success();
    assert!(run.stdout().contains("no cache of the settings"), "{run}");
    let project = project.setting(CACHES);
    project.djr(["createcachetable", "pages"]).success();
    let check = ["ensure", "cachetable", "--check"];
    let run = project.djr(check).exited(1);
    assert_eq!(run.stdout(), "would create the cache table `kept`\n");
    let run = project.djr(["ensure", "cachetable", "--json"]).success();
    let expected = serde_json::json!({
        "changed": true, "kind": "cachetable", "checked": false,
        "tables": [{ "name": "kept", "created": true }, { "name": "pages", "created": false }],
    });
    assert_eq!(run.json()["result"], expected);
    let run = project.djr(check).success();
    assert_eq!(run.stdout(), "nothing to do: every cache table is there\n");
    let run = project.djr(["ensure", "cachetable", "other"]).success();
    assert_eq!(run.stdout(), "created the cache table `other`\n");
    let run = project.djr(["ensure", "cachetable", "auth_user"]).exited(3);
    assert!(run.stderr().contains("is not a cache table"), "{run}");
}

#[test]
fn makes_each_cache_table_once_for_eight_at_once() {
    let project = Project::new().setting(CACHES);
    let changed: usize = thread::scope(|scope| {
        let run = || {
            let run = project.djr(["ensure", "cachetable", "--json"]).success();
            let result = &run.json()["result"];
            let tables = result["tables"].as_array().unwrap().clone();
            tables
                .iter()
                .filter(|table| table["created"] == true)
                .count()
        };
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(changed, 2);
    let run = project.djr(["ensure", "cachetable", "--check"]).success();
    assert!(run.stdout().contains("nothing to do"), "{run}");
}
