//! `djr createsuperuser`, without a person; what one is asked is in `tests/cli/terminal.rs`.

use std::thread;

use insta::assert_snapshot;

use crate::support::{Invocation, Project};

const PASSWORD: &str = "Xk29!fooBAR";

fn named(project: &Project) -> Invocation {
    project
        .command(["createsuperuser", "--noinput"])
        .env("DJR_SUPERUSER_USERNAME", "alice")
        .env("DJR_SUPERUSER_EMAIL", "A@Example.COM")
        .env("DJR_SUPERUSER_PASSWORD", PASSWORD)
}

fn users(project: &Project) -> Vec<(String, String, String)> {
    project.rows("SELECT username, email, password FROM auth_user ORDER BY id")
}

#[test]
fn takes_everything_from_the_environment() {
    let project = Project::new().migrated();
    let run = named(&project).run().success();
    assert_eq!(run.stdout(), "created superuser `alice`\n");
    assert_eq!(run.stderr(), "");
    let [(username, email, password)] = users(&project).try_into().unwrap();
    assert_eq!((&*username, &*email), ("alice", "A@example.com"));
    assert!(password.starts_with("argon2$argon2id$"), "{password}");
    let flags: Vec<(i64, i64, i64, String, Option<String>)> = project
        .rows("SELECT is_superuser, is_staff, is_active, date_joined, last_login FROM auth_user");
    assert_eq!(flags, [(1, 1, 1, "2026-01-02 03:04:05".to_owned(), None)]);
}

#[test]
fn reads_djangos_variables_after_its_own() {
    let project = Project::new().migrated();
    project
        .command(["createsuperuser", "--noinput", "--json"])
        .env("DJANGO_SUPERUSER_USERNAME", "theirs")
        .env("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
        .env("DJR_SUPERUSER_USERNAME", "ours")
        .run()
        .success();
    assert_eq!(users(&project)[0].0, "ours");
}

#[test]
fn prefers_options_and_reads_the_password_from_standard_input() {
    let project = Project::new().migrated();
    let arguments = [
        "createsuperuser",
        "--username",
        "bob",
        "--password-file",
        "-",
        "--json",
    ];
    let run = project.command(arguments).stdin(&format!("{PASSWORD}\r\n"));
    let report = run.run().success().json();
    assert_eq!(report["result"]["username"], "bob");
    assert_eq!(report["result"]["has_password"], true);
    project
        .command(["changepassword", "bob", "--password-file", "-"])
        .stdin("bob\n")
        .run()
        .exited(1);
}

#[test]
fn makes_a_user_without_a_password_where_none_is_given() {
    let project = Project::new().migrated();
    let run = project.djr(["createsuperuser", "--noinput", "--username", "alice"]);
    let expected = "created superuser `alice` without a password; \
                    `djr changepassword alice` sets one\n";
    assert_eq!(run.success().stdout(), expected);
    assert!(users(&project)[0].2.starts_with('!'));
}

#[test]
fn lets_nobody_in_with_an_empty_password() {
    let project = Project::new().migrated();
    let run = project
        .command([
            "createsuperuser",
            "--username",
            "alice",
            "--password-file",
            "-",
        ])
        .stdin("\n");
    let run = run.run().exited(1);
    assert_eq!(run.stderr(), "error: the password in `-` is empty\n");
    assert!(users(&project).is_empty());
    named(&project)
        .env("DJR_SUPERUSER_PASSWORD", "")
        .run()
        .success();
    assert!(users(&project)[0].2.starts_with('!'));
}

#[test]
fn warns_of_a_weak_password_and_takes_it() {
    let project = Project::new().migrated();
    let run = named(&project)
        .env("DJR_SUPERUSER_PASSWORD", "1234567")
        .run();
    let stderr = run.success().stderr();
    for warning in ["too short", "easy to guess", "entirely numeric"] {
        assert!(stderr.contains(warning), "{stderr}");
    }
    assert!(!stderr.contains("1234567"), "{stderr}");
}

#[test]
fn says_what_to_pass_where_nobody_can_be_asked() {
    let project = Project::new().migrated();
    let run = project.djr(["createsuperuser"]).exited(1);
    assert_eq!(
        run.stderr(),
        "error: there is no terminal to ask for the username and the password\n\
         hint: pass `--username NAME --password-file FILE`; `-` reads standard input\n\
         hint: or pass `--noinput` and set `DJR_SUPERUSER_USERNAME` and `DJR_SUPERUSER_PASSWORD`\n"
    );
    let run = project.djr(["createsuperuser", "--noinput"]).exited(1);
    assert!(run.stderr().contains("`--noinput` needs a username"));
}

#[test]
fn refuses_names_that_are_taken_or_none() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    let run = named(&project).run().exited(1);
    assert_eq!(
        run.stderr(),
        "error: a user called `alice` exists already\n\
         hint: `djr changepassword alice` gives it a new password\n"
    );
    for (username, email) in [("a b", ""), ("", ""), ("bob", "nobody"), ("bob", " b@c.de")] {
        let arguments = ["createsuperuser", "--noinput", "--username", username];
        let arguments = [&arguments[..], &["--email", email]].concat();
        project.djr(arguments).exited(1);
    }
    assert_eq!(users(&project).len(), 1);
}

#[test]
fn names_the_command_that_makes_the_tables() {
    let project = Project::new();
    let run = named(&project).run().exited(1);
    assert!(run.stderr().contains("hint: run `djr migrate`"), "{run}");
}

#[test]
fn takes_no_password_as_an_argument() {
    let project = Project::new().migrated();
    let run = project.djr(["createsuperuser", "--username", "a", "--password", PASSWORD]);
    assert_snapshot!(run, @"
    exit code: 2
    ----- stderr -----
    error: there is no option `--password` here
    hint: did you mean `--password-file`?
    ");
    assert!(users(&project).is_empty());
}

#[test]
fn is_made_once_by_eight_at_once() {
    let project = Project::new().migrated();
    let codes: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| named(&project).run().code()))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(users(&project).len(), 1);
    let made = codes.iter().filter(|code| **code == Some(0)).count();
    let refused = codes.iter().filter(|code| **code == Some(1)).count();
    assert_eq!((made, refused), (1, 7));
}
