//! `djr users list`, `show`, `set`, `activate`, `deactivate` and `delete`.

use crate::support::{Project, Terminal};

const PASSWORD: &str = "Xk29!fooBAR";

/// alice may do everything, bob is an editor, carol has left.
fn project() -> Project {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    project.djr(["groups", "create", "editors"]).success();
    for arguments in [
        &[
            "--username",
            "bob",
            "--email",
            "bob@example.com",
            "--group",
            "editors",
        ][..],
        &[
            "--username",
            "carol",
            "--inactive",
            "--first-name",
            "Caro_l",
        ],
    ] {
        project
            .djr([&["ensure", "user"], arguments].concat())
            .success();
    }
    project
}

fn listed(project: &Project, conditions: &[&str]) -> Vec<String> {
    let arguments = [&["users", "list", "--json"], conditions].concat();
    let document = project.djr(arguments).success().json();
    assert_eq!(document["schema"], 1);
    let users = document["result"]["users"].as_array().unwrap();
    let names = users.iter().map(|user| user["username"].as_str().unwrap());
    names.map(ToOwned::to_owned).collect()
}

#[test]
fn lists_those_that_every_condition_holds_for() {
    let project = project();
    let database = project.database();
    let sql = "UPDATE auth_user SET last_login = '2025-06-01 10:00:00' WHERE username = 'bob'";
    database.execute(sql, []).unwrap();
    for (conditions, expected) in [
        (&[][..], &["alice", "bob", "carol"][..]),
        (&["--superuser"], &["alice"]),
        (&["--staff"], &["alice"]),
        (&["--no-staff", "--active"], &["bob"]),
        (&["--inactive"], &["carol"]),
        (&["--group", "editors"], &["bob"]),
        (&["--search", "EXAMPLE"], &["bob"]),
        (&["--search", "o_l"], &["carol"]),
        (&["--search", "a_i"], &[]),
        (&["--never-logged-in"], &["alice", "carol"]),
        (&["--last-login-before", "2025-06-02"], &["bob"]),
        (&["--last-login-before", "2025-06-01T10:00:00Z"], &[]),
    ] {
        assert_eq!(listed(&project, conditions), expected, "{conditions:?}");
    }
    let run = project
        .djr(["users", "list", "--group", "editor"])
        .exited(1);
    assert_eq!(
        run.stderr(),
        "error: there is no group `editor`\nhint: did you mean `editors`?\n"
    );
    let run = project.djr(["users", "list", "--last-login-before", "soon"]);
    assert!(run.exited(2).stderr().contains("`soon` is not a date"));
}

#[test]
fn lists_in_columns_and_obeys_nothing_that_a_name_says() {
    let project = project();
    let sql = "UPDATE auth_user SET email = 'a\u{1b}[2J@example.com' WHERE username = 'bob'";
    project.database().execute(sql, []).unwrap();
    let run = project.djr(["users", "list", "--no-superuser"]).success();
    assert_eq!(
        run.stdout(),
        "username  email                   role      last login  groups\n\
         bob       a\\u{1b}[2J@example.com            never       editors\n\
         carol                             inactive  never\n"
    );
    let run = project
        .djr(["users", "list", "--search", "nobody"])
        .success();
    assert_eq!(
        (run.stdout(), run.stderr()),
        (String::new(), "no users\n".to_owned())
    );
}

#[test]
fn shows_a_user_without_its_password() {
    let project = project();
    let run = project.djr(["users", "show", "alice", "bob"]).success();
    assert!(
        run.stdout().starts_with("alice\n  key          1\n"),
        "{run}"
    );
    assert!(run.stdout().contains("\n  password     argon2\n"), "{run}");
    assert!(!run.stdout().contains("argon2$"), "{run}");
    let document = project
        .djr(["users", "show", "bob", "--json"])
        .success()
        .json();
    let bob = &document["result"]["users"][0];
    assert_eq!(bob["email"], "bob@example.com");
    assert_eq!(bob["groups"][0], "editors");
    assert!(bob["password"].is_null() && bob["last_login"].is_null());
    let run = project.djr(["users", "show", "bop", "zoe"]).exited(1);
    assert_eq!(
        run.stderr(),
        "error: there is no user `bop`\nhint: did you mean `bob`?\n\
         error: there is no user `zoe`\nhint: `djr users list` shows all\n"
    );
}

#[test]
fn sets_what_differs_on_all_or_on_none() {
    let project = project();
    let set = ["users", "set", "bob", "carol", "--email", "b@EXAMPLE.com"];
    let run = project.djr([&set[..], &["--add-group", "editors"]].concat());
    assert_eq!(
        run.success().stdout(),
        "changed `email` of `bob`\nchanged `email`, `groups` of `carol`\n"
    );
    let run = project.djr(set).success();
    assert_eq!(run.stdout(), "nothing to change: all 2 are so already\n");
    for wrong in [
        &["bob", "zoe", "--staff"][..],
        &["bob", "--email", "none", "--staff"],
        &["bob", "--add-group", "nobody", "--staff"],
        &["bob", "--field", "shoe=1", "--staff"],
    ] {
        let arguments = [&["users", "set"], wrong].concat();
        project.djr(arguments).exited(1);
    }
    assert_eq!(listed(&project, &["--staff"]), ["alice"]);
    project.djr(["users", "set", "bob"]).exited(2);
    project
        .djr(["users", "set", "bob", "--staff", "--no-staff"])
        .exited(2);
}

#[test]
fn takes_no_password_as_an_argument() {
    let project = project();
    for command in [
        &["users", "set", "bob"][..],
        &["ensure", "superuser", "--username", "bob"],
        &["ensure", "user", "--username", "bob"],
        &["changepassword", "bob"],
    ] {
        let run = project.djr([command, &["--password", PASSWORD]].concat());
        assert!(run.exited(2).stderr().contains("`--password`"));
    }
}

#[test]
fn keeps_a_superuser_unless_somebody_insists() {
    let project = project();
    for command in [
        &["users", "deactivate", "alice"][..],
        &["users", "set", "alice", "--no-superuser"],
        &["users", "delete", "alice"],
    ] {
        let run = project.djr(command).exited(3);
        assert!(run.stderr().contains("leaves no active superuser"), "{run}");
        assert!(run.stderr().contains("hint: add `--noinput`"), "{run}");
    }
    assert_eq!(listed(&project, &["--superuser", "--active"]), ["alice"]);
    project
        .djr(["users", "deactivate", "alice", "--noinput"])
        .success();
    project
        .djr(["users", "activate", "alice", "carol"])
        .success();
    assert_eq!(listed(&project, &["--active"]), ["alice", "bob", "carol"]);
}

#[test]
fn deletes_what_hangs_on_a_user_and_tells_it_first() {
    let project = project();
    let run = project.djr(["users", "delete", "bob"]).exited(3);
    assert_eq!(
        run.stderr(),
        "error: this deletes the user `bob`, and with it 1 of auth.User_groups, and nobody is there to ask\n\
         hint: add `--noinput` to do it all the same\n"
    );
    let run = project.djr(["users", "delete", "bob", "--noinput", "--json"]);
    let document = run.success().json();
    assert_eq!(document["result"]["users"][0], "bob");
    assert_eq!(document["result"]["rows"]["auth.User_groups"], 1);
    let left: Vec<(i64,)> = project.rows("SELECT count(*) FROM auth_user_groups");
    assert_eq!(left, [(0,)]);
    let run = project.djr(["users", "delete", "--inactive", "--noinput"]);
    assert_eq!(run.success().stdout(), "deleted the user `carol`\n");
    let run = project.djr(["users", "delete", "--inactive", "--noinput"]);
    assert!(run.success().stdout().contains("none is meant"));
    project.djr(["users", "delete", "--noinput"]).exited(2);
    assert_eq!(listed(&project, &[]), ["alice"]);
}

#[test]
fn keeps_a_user_whom_rows_protect() {
    let project = project().app("blog").file(
        "blog/models.toml",
        "[Post.fields]\nauthor = { type = \"ForeignKey\", to = \"auth.User\", on_delete = \"PROTECT\" }\n",
    );
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let sql = "INSERT INTO blog_post (author_id) SELECT id FROM auth_user WHERE username = 'bob'";
    project.database().execute(sql, []).unwrap();
    let run = project
        .djr(["users", "delete", "bob", "--noinput"])
        .exited(3);
    assert!(
        run.stderr()
            .contains("1 of `blog.post` refer to it in `author`"),
        "{run}"
    );
    assert_eq!(listed(&project, &["--search", "bob"]), ["bob"]);
}

#[test]
fn asks_a_person_before_it_deletes() {
    let project = project();
    for (answer, code, left) in [("n\r", "code=3", 1), ("y\r", "code=0", 0)] {
        let run = project.command(["users", "delete", "bob"]);
        let mut terminal = Terminal::start(run, "echo \"code=$?\"");
        terminal.wait_for("this deletes the user `bob`");
        terminal.answer("Delete them for good? [y/N]:", answer);
        terminal.wait_for(code);
        assert_eq!(listed(&project, &["--search", "bob"]).len(), left);
    }
}

#[test]
fn reads_a_database_that_it_may_not_write() {
    let project = project();
    drop(
        project
            .database()
            .query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())),
    );
    let path = project.path("db.sqlite3");
    let before = std::fs::read(&path).unwrap();
    project.djr(["users", "list"]).success();
    project.djr(["users", "show", "bob"]).success();
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_user_is_made_by_another_command_which_is_named() {
    let project = Project::new();
    for command in [
        &["users", "create", "ada"][..],
        &["users", "add"],
        &["createuser"],
    ] {
        let run = project.djr(command).exited(2);
        assert!(
            run.stderr()
                .contains("hint: `djr ensure user --username NAME"),
            "{run}"
        );
    }
}

#[test]
fn a_value_of_a_wrong_type_is_told_with_its_column_table_and_user() {
    let project = Project::new()
        .migrated()
        .superuser("ada", "correct horse 1");
    let sql = "UPDATE auth_user SET is_staff = 'zero'";
    project.database().execute(sql, []).unwrap();
    for command in [&["users", "list"][..], &["users", "show", "ada"]] {
        let run = project.djr(command).exited(1).to_string();
        let expected =
            "error: `is_staff` of `auth_user` of the user 1 holds 'zero', which is not a boolean";
        assert!(run.contains(expected), "{run}");
    }
}
