//! What a person is asked, on a terminal.

use crate::support::{Project, Terminal};

const PASSWORD: &str = "Xk29!fooBAR";

/// What follows the command on the same terminal.
const THEN: &str = "echo \"code=$?\"; stty -a; echo END";

fn users(project: &Project) -> Vec<(String, String)> {
    project.rows("SELECT username, email FROM auth_user ORDER BY id")
}

#[test]
fn asks_for_everything_and_again_where_an_answer_is_wrong() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    // A name that is taken is not offered.
    let run = project.command(["createsuperuser"]).env("LOGNAME", "alice");
    let mut terminal = Terminal::start(run, THEN);
    terminal.answer("Username:", "alice\r");
    terminal.answer("that username is taken", "b b\r");
    terminal.answer("a username has only letters", "bxo\u{7f}b\r");
    terminal.answer("Email address:", "bad\r");
    terminal.answer("this is not an email address", "Bob@Example.COM\r");
    terminal.answer("Password:", "secret one\r");
    terminal.answer("Password (again):", "secret two\r");
    terminal.wait_for("the two passwords differ");
    terminal.answer("Password:", "\r");
    terminal.wait_for("a password is needed");
    terminal.answer("Password:", "1234567\r");
    terminal.answer("Password (again):", "1234567\r");
    terminal.wait_for("this password is too short");
    terminal.answer("all the same? [y/N]:", "n\r");
    terminal.answer("Password:", "letmein99\r");
    terminal.answer("Password (again):", "letmein99\r");
    terminal.answer("all the same? [y/N]:", "y\r");
    terminal.wait_for("created superuser `bxb`");
    terminal.wait_for("code=0");
    let bob = ("bxb".to_owned(), "Bob@example.com".to_owned());
    assert_eq!(users(&project)[1], bob);
}

#[test]
fn offers_the_login_name_and_shows_no_password() {
    let project = Project::new().migrated();
    let run = project
        .command(["createsuperuser", "--email", ""])
        .env("LOGNAME", "Al Ice");
    let mut terminal = Terminal::start(run, THEN);
    terminal.answer("Username (leave blank to use `alice`):", "\r");
    terminal.answer("Password:", &format!("{PASSWORD}\r"));
    terminal.answer("Password (again):", &format!("{PASSWORD}\r"));
    let shown = terminal.wait_for("created superuser `alice`");
    assert!(!shown.contains(PASSWORD), "{shown}");
}

#[test]
fn leaves_everything_as_it_was_when_it_is_cancelled() {
    let project = Project::new().migrated();
    let run = project.command(["createsuperuser", "--username", "a", "--email", ""]);
    let mut terminal = Terminal::start(run, THEN);
    terminal.answer("Password:", "abc\u{3}");
    terminal.wait_for("cancelled; nothing was changed");
    terminal.wait_for("code=130");
    let modes = terminal.wait_for("END");
    for mode in [" echo ", "isig icanon iexten"] {
        assert!(modes.contains(mode), "{modes}");
    }
    assert!(users(&project).is_empty());
}

#[test]
fn is_cancelled_at_every_question() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    for (arguments, question) in [
        (&["createsuperuser"][..], "Username"),
        (&["createsuperuser", "--username", "a"], "Email address:"),
        (&["changepassword", "alice"], "New password:"),
        (&["users", "delete", "alice"], "[y/N]:"),
    ] {
        for key in ["x\u{3}", "\u{4}"] {
            let mut terminal = Terminal::start(project.command(arguments), THEN);
            terminal.answer(question, key);
            terminal.wait_for("cancelled; nothing was changed");
            terminal.wait_for("code=130");
            let modes = terminal.wait_for("END");
            for mode in [" echo ", "isig icanon iexten"] {
                assert!(modes.contains(mode), "{modes}");
            }
        }
    }
    assert_eq!(users(&project).len(), 1);
}

#[test]
fn makes_up_a_password_for_the_first_superuser_and_shows_it_once() {
    let project = Project::empty();
    project.djr(["startproject", "blog", "."]).success();
    let run = project.command(["up", "127.0.0.1:0", "--verbosity", "0"]);
    let mut terminal = Terminal::start(run.env("LOGNAME", "carol"), THEN);
    terminal.answer("Username (leave blank to use `carol`):", "\r");
    terminal.answer("Email address:", "\r");
    terminal.answer("Password (leave blank for a random one):", "\r");
    terminal.wait_for("the password of `carol` is ");
    let shown = terminal.wait_for(" (shown only now");
    let password = shown.trim_end_matches(" (shown only now");
    assert_eq!(password.len(), 20, "{shown}");
    let carol = ("carol".to_owned(), String::new());
    assert_eq!(users(&project), [carol]);
}

#[test]
fn gives_up_on_a_new_password_after_three_attempts() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    let run = project.command(["changepassword", "alice"]);
    let mut terminal = Terminal::start(run, THEN);
    for _ in 0..3 {
        terminal.answer("New password:", "alice\r");
        terminal.answer("New password (again):", "alice\r");
        terminal.wait_for("too similar to the username");
    }
    terminal.wait_for("stays as it was after 3 attempts");
    terminal.wait_for("code=1");
}

#[test]
fn rows_are_deleted_for_good_only_after_a_yes() {
    let project = Project::new().migrated().superuser("alice", PASSWORD);
    for (answer, told, code, left) in [
        ("n", "not confirmed; nothing was changed", "code=3", 1),
        ("y", "deleted", "code=0", 0),
    ] {
        let run = project.command(["flush"]);
        let mut terminal = Terminal::start(run, THEN);
        terminal.wait_for("this deletes all rows in");
        terminal.answer("Delete them for good? [y/N]:", &format!("{answer}\r"));
        terminal.wait_for(told);
        terminal.wait_for(code);
        assert_eq!(users(&project).len(), left);
    }
}

#[test]
fn stale_content_types_are_deleted_app_by_app_after_a_yes() {
    let project = Project::new().migrated();
    let insert = "INSERT INTO django_content_type (app_label, model) VALUES ('auth', 'gone'), ('sessions', 'lost')";
    project.database().execute(insert, ()).unwrap();
    let named = ["remove_stale_contenttypes", "auth.gone", "sessions.lost"];
    let run = project.command(named);
    let mut terminal = Terminal::start(run, THEN);
    terminal.wait_for("content type `auth.gone`");
    terminal.answer("delete these content types of `auth`? [y/N]:", "n\r");
    terminal.wait_for("content type `sessions.lost`");
    terminal.answer("delete these content types of `sessions`? [y/N]:", "y\r");
    terminal.wait_for("deleted `sessions.lost`");
    terminal.wait_for("code=0");
    let left = "SELECT app_label, model FROM django_content_type WHERE model IN ('gone', 'lost')";
    let left = project.rows::<(String, String)>(left);
    assert_eq!(left, [("auth".to_owned(), "gone".to_owned())]);
}
