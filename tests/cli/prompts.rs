//! Every kind of prompt, and every way out of it: the terminal is as it was.

use rustix::process::Signal;

use crate::support::{Project, Terminal};

const PASSWORD: &str = "Xk29!fooBAR";
const HIDE_CURSOR: &str = "\u{1b}[?25l";
const SHOW_CURSOR: &str = "\u{1b}[?25h";

/// What follows the command on the same terminal: all modes of it, and how the command ended.
const THEN: &str = "echo \"code=$?\"; stty -a; echo END";

/// A prompt of each kind: the command, and the question it asks.
const PROMPTS: [(&str, &[&str], &str); 4] = [
    ("line", &["createsuperuser"], "Username"),
    ("secret", &["changepassword", "alice"], "New password:"),
    ("yes or no", &["users", "delete", "alice"], "[y/N]:"),
    ("choice", &["makemigrations"], "as TOML, such as"),
];

/// A project in which every prompt of [`PROMPTS`] is asked.
fn project() -> Project {
    let models = "[Post]\nfields.title = { type = \"CharField\", max_length = 100 }\n";
    let project = Project::new().app("posts").migrated();
    let project = project.superuser("alice", PASSWORD);
    project.write("posts/models.toml", models);
    project.djr(["makemigrations", "--noinput"]).success();
    let added = format!("{models}fields.number = {{ type = \"IntegerField\" }}\n");
    project.write("posts/models.toml", &added);
    project
}

/// The modes that `stty -a` prints of a terminal that no prompt was asked on.
fn untouched(project: &Project) -> String {
    let run = project.command(["check", "--list-tags"]);
    modes(&mut Terminal::start(run, THEN))
}

fn modes(terminal: &mut Terminal) -> String {
    terminal.wait_for("speed");
    terminal.wait_for("END")
}

/// Waits for the end of a run; asserts how it ended, and that its terminal is as it was.
#[track_caller]
fn assert_ended(terminal: &mut Terminal, kind: &str, code: &str, modes_before: &str) {
    let shown = terminal.wait_for(code);
    if let Some(hidden) = shown.rfind(HIDE_CURSOR) {
        assert!(shown[hidden..].contains(SHOW_CURSOR), "{kind}: {shown:?}");
    }
    assert_eq!(modes(terminal), modes_before, "{kind}");
}

#[test]
fn keys_that_cancel_leave_the_terminal_as_it_was() {
    let project = project();
    let before = untouched(&project);
    for (kind, arguments, question) in PROMPTS {
        for key in ["x\u{3}", "\u{3}", "\u{4}", "x\u{4}"] {
            let mut terminal = Terminal::start(project.command(arguments), THEN);
            terminal.answer(question, key);
            terminal.wait_for("cancelled; nothing was changed");
            assert_ended(&mut terminal, kind, "code=130", &before);
        }
    }
}

#[test]
fn signals_leave_the_terminal_as_it_was() {
    let project = project();
    let before = untouched(&project);
    for (kind, arguments, question) in PROMPTS {
        for (signal, code) in [
            (Signal::INT, "code=130"),
            (Signal::TERM, "code=143"),
            (Signal::HUP, "code=129"),
            (Signal::QUIT, "code=131"),
        ] {
            let mut terminal = Terminal::start(project.command(arguments), THEN);
            terminal.answer(question, "x");
            terminal.signal(signal);
            assert_ended(&mut terminal, kind, code, &before);
        }
    }
}

#[test]
fn a_suspended_prompt_gives_the_terminal_back_and_goes_on_later() {
    let project = project();
    for (kind, arguments, question) in PROMPTS {
        for key in ["\u{1a}", ""] {
            let mut terminal = Terminal::start(project.command(arguments), THEN);
            let before = terminal.modes();
            terminal.answer(question, key);
            if key.is_empty() {
                assert_ne!(terminal.modes(), before, "{kind}");
                terminal.signal(Signal::TSTP);
            }
            terminal.wait_until_stopped();
            assert_eq!(terminal.modes(), before, "{kind}");
            terminal.signal(Signal::CONT);
            terminal.wait_until_modes_change(&before);
            terminal.press("\u{3}");
            terminal.wait_for("cancelled; nothing was changed");
            terminal.wait_for("code=130");
            terminal.wait_for("END");
            assert_eq!(terminal.modes(), before, "{kind}");
        }
    }
}

#[test]
fn lines_are_edited_and_hold_any_letter() {
    let project = project();
    let mut terminal = Terminal::start(project.command(["createsuperuser"]), THEN);
    terminal.answer("Username", "züoe\u{7f}\u{7f}\u{1b}[De\u{1b}[C\u{1b}[Cx\r");
    terminal.answer("Email address:", "\r");
    terminal.answer("Password:", &format!("wrong\u{15}{PASSWORD}\r"));
    terminal.answer("Password (again):", &format!("{PASSWORD}\r"));
    let shown = terminal.wait_for("created superuser `zeüx`");
    assert!(!shown.contains(PASSWORD), "{shown}");
}

#[test]
fn keys_typed_ahead_answer_the_next_question() {
    let project = project();
    let mut terminal = Terminal::start(project.command(["createsuperuser"]), THEN);
    terminal.answer("Username", "bob\rbob@example.com\r");
    terminal.answer("Password:", &format!("{PASSWORD}\r{PASSWORD}\r"));
    terminal.wait_for("created superuser `bob`");
    terminal.wait_for("code=0");
}

#[test]
fn a_choice_is_made_with_the_arrows() {
    let project = project();
    let mut terminal = Terminal::start(project.command(["makemigrations"]), THEN);
    terminal.answer("as TOML, such as", "\u{1b}[B\r");
    terminal.answer("Value:", "7\r");
    terminal.wait_for("code=0");
    let file = project.read("posts/migrations/0002_post_number.toml");
    assert!(file.contains("default = 7"), "{file}");
    // A question that is not answered writes nothing.
    let models = project.read("posts/models.toml").replace("number", "other");
    project.write(
        "posts/models.toml",
        &(models + "fields.third = { type = \"IntegerField\" }\n"),
    );
    let mut terminal = Terminal::start(project.command(["makemigrations"]), THEN);
    terminal.answer("renamed to `other`", "n\r");
    terminal.answer("renamed to `third`", "n\r");
    terminal.answer("as TOML, such as", "\u{1b}[A\r");
    terminal.wait_for("cancelled; nothing was changed");
    terminal.wait_for("code=130");
}

#[test]
fn ctrl_u_and_ctrl_w_take_back_what_was_typed() {
    let project = project();
    let mut terminal = Terminal::start(project.command(["createsuperuser"]), THEN);
    terminal.answer("Username", "wröng\u{15}carol\r");
    terminal.answer(
        "Email address:",
        "carol@a.example bob\u{17}\u{17}carol@b.example\r",
    );
    terminal.answer("Password:", &format!("{PASSWORD}\r{PASSWORD}\r"));
    terminal.wait_for("created superuser `carol`");
    let carol = ("carol".to_owned(), "carol@b.example".to_owned());
    let users = "SELECT username, email FROM auth_user WHERE username <> 'alice'";
    assert_eq!(project.rows::<(String, String)>(users), [carol]);
}

#[test]
fn a_yes_or_no_that_is_mistyped_is_asked_again() {
    let project = project();
    for (answers, told, code) in [
        (&["ye", "maybe", "yn", "yes"][..], "deleted", "code=0"),
        (&["Y"], "deleted", "code=0"),
        (&["nope", "no"], "not confirmed", "code=3"),
        (&["N"], "not confirmed", "code=3"),
        (&["q", ""], "not confirmed", "code=3"),
    ] {
        let made = ["ensure", "user", "--username", "bob"];
        project.djr(made).success();
        let run = project.command(["users", "delete", "bob"]);
        let mut terminal = Terminal::start(run, THEN);
        let (last, mistyped) = answers.split_last().unwrap();
        for answer in mistyped {
            terminal.answer("[y/N]:", &format!("{answer}\r"));
            terminal.wait_for(&format!("`{answer}` is neither `yes` nor `no`"));
        }
        terminal.answer("[y/N]:", &format!("{last}\r"));
        terminal.wait_for(told);
        terminal.wait_for(code);
    }
}

#[test]
fn cancelling_the_last_question_of_up_says_what_stays() {
    let place = Project::empty();
    let run = place.command(["startproject", "blog", "--up", "--address", "127.0.0.1:0"]);
    let mut terminal = Terminal::start(run, "echo \"code=$?\"");
    terminal.answer("Username", "\u{3}");
    let shown = terminal.wait_for("code=130");
    assert!(
        shown.contains("there is no superuser yet, what was done before stays"),
        "{shown:?}"
    );
    assert!(
        shown.contains("`djr up` in the project's directory"),
        "{shown:?}"
    );
    assert!(place.path("blog/db.sqlite3").exists());
}
