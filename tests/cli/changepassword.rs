//! `djr changepassword`, without a person.

use crate::support::Project;

const PASSWORD: &str = "Xk29!fooBAR";

fn password(project: &Project) -> String {
    let rows: Vec<(String,)> = project.rows("SELECT password FROM auth_user");
    rows.into_iter().next().unwrap().0
}

#[test]
fn gives_a_new_password() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    let before = password(&project);
    let run = project
        .command(["changepassword", "alice", "--password-file", "-"])
        .stdin("  another one, with spaces \n");
    let run = run.run().success();
    assert_eq!(run.stdout(), "changed the password of `alice`\n");
    assert_ne!(password(&project), before);
}

#[test]
fn changes_that_of_the_login_name_by_default() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    let before = password(&project);
    let project = project.file("password", "Xk29!fooBAZ");
    project
        .command(["changepassword", "--password-file", "password"])
        .env("LOGNAME", "alice")
        .run()
        .success();
    assert_ne!(password(&project), before);
    let run = project
        .djr(["changepassword", "--password-file", "password"])
        .exited(1);
    // The machine's own list of users knows who runs this.
    assert!(run.stderr().contains("there is no user `"), "{run}");
}

#[test]
fn keeps_the_old_one_where_the_new_one_is_weak_or_missing() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    let before = password(&project);
    for (input, problem) in [
        ("alice1\n", "too similar to the username"),
        ("12345678\n", "easy to guess"),
        ("\n", "is empty"),
        ("", "is empty"),
    ] {
        let run = project
            .command(["changepassword", "alice", "--password-file", "-"])
            .stdin(input);
        let run = run.run().exited(1);
        assert!(run.stderr().contains(problem), "{run}");
    }
    let run = project.djr(["changepassword", "alice"]).exited(1);
    assert!(run.stderr().contains("`--password-file FILE`"), "{run}");
    assert_eq!(password(&project), before);
}

#[test]
fn tells_upper_from_lower_case() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    let run = project
        .command(["changepassword", "Alice", "--password-file", "-"])
        .stdin(PASSWORD);
    let run = run.run().exited(1);
    assert!(run.stderr().contains("there is no user `Alice`"), "{run}");
}
