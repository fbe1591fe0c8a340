//! Three user models of projects' own, walked through every command.

use crate::support::user_models::{accounts, members, operators, with_tables};
use crate::support::{Invocation, Project, Terminal};

const PASSWORD: &str = "Xk29!fooBAR";

fn create(project: &Project, options: &[&str]) -> Invocation {
    let arguments = [&["createsuperuser", "--password-file", "-"], options].concat();
    project.command(arguments).stdin(PASSWORD)
}

#[track_caller]
fn refused(project: &Project, arguments: &[&str], told: &str) {
    let run = project.djr(arguments).exited(1);
    assert!(run.stderr().contains(told), "{arguments:?}: {run}");
}

#[track_caller]
fn done(project: &Project, arguments: &[&str], told: &str) {
    let run = project.djr(arguments).success();
    assert!(run.stdout().contains(told), "{arguments:?}: {run}");
}

fn import(project: &Project, options: &[&str], csv: &str) -> Invocation {
    let arguments = [&["users", "import", "-", "--format", "csv"], options].concat();
    project.command(arguments).stdin(csv)
}

#[test]
fn users_without_a_username_log_in_with_their_address() {
    let project = with_tables(members(Project::new()));
    project.djr(["check"]).success();
    let run = create(
        &project,
        &["--email", "ada@Example.COM", "--field", "display_name=Ada"],
    );
    let run = run.run().success();
    assert_eq!(run.stdout(), "created user `ada@example.com`\n");
    assert!(run.stderr().contains("has no `is_superuser`"), "{run}");
    let again = create(
        &project,
        &["--email", "ada@example.com", "--field", "display_name=Ada"],
    );
    let again = again.run().exited(1);
    assert!(
        again
            .stderr()
            .contains("a user called `ada@example.com` exists already"),
        "{again}"
    );
    let eve = project
        .command(["createsuperuser", "--noinput"])
        .env("DJANGO_SUPERUSER_EMAIL", "eve@example.com")
        .env("DJANGO_SUPERUSER_DISPLAY_NAME", "Eve");
    eve.run().success();
    let zoe = [
        "ensure",
        "superuser",
        "--email",
        "zoe@example.com",
        "--field",
        "display_name=Zoe",
    ];
    done(&project, &zoe, "created the user `zoe@example.com`");
    done(
        &project,
        &["users", "show", "eve@EXAMPLE.com"],
        "eve@example.com",
    );
    let listed = project.djr(["users", "list", "--json"]).success().json();
    let first = &listed["result"]["users"][0];
    assert_eq!(
        (&first["username"], &first["email"]),
        (&"ada@example.com".into(), &"ada@example.com".into())
    );
    assert_eq!(
        (&first["first_name"], &first["date_joined"]),
        (&().into(), &().into())
    );
    done(
        &project,
        &["users", "deactivate", "eve@example.com"],
        "changed `is_active`",
    );
    done(
        &project,
        &[
            "users",
            "set",
            "eve@example.com",
            "--email",
            "eva@example.com",
        ],
        "changed `email`",
    );
    let taken = [
        "users",
        "set",
        "eva@example.com",
        "--email",
        "ada@example.com",
    ];
    refused(
        &project,
        &taken,
        "`email`: a member with this email address exists already",
    );
    let change = ["changepassword", "ada@EXAMPLE.com", "--password-file", "-"];
    project
        .command(change)
        .stdin("another phrase 7")
        .run()
        .success();
    let dump = project.djr([
        "dumpdata",
        "people",
        "--natural-foreign",
        "--natural-primary",
    ]);
    let dump = dump.success().stdout().clone();
    project
        .djr([
            "users",
            "delete",
            "ada@example.com",
            "eva@example.com",
            "--noinput",
        ])
        .success();
    let project = project.file("people.json", &dump);
    project.djr(["loaddata", "people.json"]).success();
    let rows: Vec<(i64,)> = project.rows("SELECT count(*) FROM people_member");
    assert_eq!(rows, [(3,)]);
}

#[test]
fn what_users_do_not_have_is_said_by_every_option_about_it() {
    let project = with_tables(members(Project::new()));
    let eve = [
        "ensure",
        "user",
        "--username",
        "eve@example.com",
        "--field",
        "display_name=Eve",
    ];
    project.djr(eve).success();
    let of_eve =
        |command: &[&'static str]| [&["users", "set", "eve@example.com"], command].concat();
    refused(
        &project,
        &of_eve(&["--staff"]),
        "users of this project have no `is_staff`",
    );
    refused(
        &project,
        &of_eve(&["--first-name", "E"]),
        "have no `first_name`, which `--first-name`",
    );
    refused(
        &project,
        &["users", "list", "--superuser"],
        "have no `is_superuser`",
    );
    let neither = "users of this project have neither groups nor permissions";
    refused(&project, &of_eve(&["--add-group", "x"]), neither);
    refused(&project, &["groups", "list"], neither);
    refused(
        &project,
        &["permissions", "list", "--user", "eve@example.com"],
        neither,
    );
    let run = import(&project, &[], "username\nx\n").run().exited(1);
    assert!(
        run.stderr()
            .contains("users of this project log in with `email`"),
        "{run}"
    );
    let other = with_tables(operators(Project::new()));
    let ada = ["--username", "ada", "--field", "badge=7"];
    create(&other, &ada).run().success();
    refused(
        &other,
        &["users", "deactivate", "ada"],
        "have no `is_active`",
    );
}

#[test]
fn a_value_is_checked_as_its_field_says_by_every_command() {
    let project = with_tables(members(Project::new()));
    let short = "`display_name`: this is shorter than 3 characters";
    let run = create(
        &project,
        &["--email", "a@b.cc", "--field", "display_name=A"],
    )
    .run()
    .exited(1);
    assert!(run.stderr().contains(short), "{run}");
    let run = create(&project, &["--email", "a@b.cc"]).run().exited(1);
    assert!(
        run.stderr()
            .contains("the user model requires `display_name`"),
        "{run}"
    );
    let eve = [
        "ensure",
        "user",
        "--username",
        "eve@example.com",
        "--field",
        "display_name=Eve",
    ];
    project.djr(eve).success();
    let set = |fields: &[&'static str]| [&["users", "set", "eve@example.com"], fields].concat();
    refused(&project, &set(&["--field", "display_name=E"]), short);
    refused(
        &project,
        &set(&["--field", "phone=12a"]),
        "`phone`: Only digits, please.",
    );
    refused(
        &project,
        &set(&["--field", "age=-1"]),
        "`age`: this must be at least 0",
    );
    refused(
        &project,
        &set(&["--field", "club=a b"]),
        "`club`: this may have only letters",
    );
    refused(
        &project,
        &set(&["--field", "age=200"]),
        "Nobody is as old as that.",
    );
    let twice = ["--field", "age=4", "--field", "age=5"];
    refused(&project, &set(&twice), "`age` is given two values");
    refused(
        &project,
        &set(&["--email", "none"]),
        "this is not an email address",
    );
    project.djr(set(&["--field", "phone=+12"])).success();
    let csv = "email,display_name,phone,age\na@b.cc,A,12a,\nb@b.cc,Bob,+12,200\nc@b.cc,Eve,,\n";
    let run = import(&project, &[], csv).run().exited(1);
    assert_eq!(
        run.stderr(),
        "nothing was imported: 2 problems\n\
         error: -:2:1: `display_name`: this is shorter than 3 characters\n\
         error: -:2:1: `phone`: Only digits, please.\n"
    );
    let csv = "email,display_name,phone,age\nb@b.cc,Bob,,200\nc@b.cc,Eve,,\nd@b.cc,Dan,+12,\n";
    let run = import(&project, &[], csv).run().exited(1);
    assert_eq!(
        run.stderr(),
        "nothing was imported: 3 problems\n\
         error: -:2:1: `b@b.cc`: Nobody is as old as that.\n\
         error: -:3:1: `c@b.cc`: `display_name`, `club`: a member with this display name and club exists already\n\
         error: -:4:1: `d@b.cc`: `phone`: a member with this phone exists already\n"
    );
}

#[test]
fn the_key_of_a_user_may_be_a_uuid() {
    let project = with_tables(accounts(Project::new()));
    let run = create(&project, &["--username", "ada"]).run().exited(1);
    assert!(
        run.stderr().contains("hint: pass `--email ADDRESS`"),
        "{run}"
    );
    let ada = ["--username", "ada", "--email", "ada@example.com"];
    create(&project, &ada).run().success();
    let run = create(
        &project,
        &["--username", "bob", "--email", "ada@example.com"],
    );
    let run = run.run().exited(1);
    assert_eq!(
        run.stderr(),
        "error: `email`: an account with this email address exists already\n"
    );
    refused(
        &project,
        &["ensure", "user", "--username", "bob"],
        "a new user needs `email`",
    );
    let bob = [
        "ensure",
        "user",
        "--username",
        "bob",
        "--email",
        "bob@example.com",
    ];
    project.djr(bob).success();
    import(
        &project,
        &["--create-groups"],
        "username,email,groups\neve,eve@example.com,editors\n",
    )
    .run()
    .success();
    project
        .djr([
            "groups",
            "create",
            "staff",
            "--permission",
            "people.view_account",
        ])
        .success();
    project
        .djr(["users", "set", "bob", "--add-group", "staff"])
        .success();
    project
        .djr([
            "permissions",
            "grant",
            "people.add_account",
            "--user",
            "bob",
        ])
        .success();
    let shown = project
        .djr(["users", "show", "bob", "--json"])
        .success()
        .json();
    let shown = &shown["result"]["users"][0];
    assert_eq!(shown["pk"].as_str().unwrap().len(), 36, "{shown}");
    assert_eq!(shown["groups"].to_string(), "[\"staff\"]");
    assert_eq!(shown["permissions"].to_string(), "[\"people.add_account\"]");
    let keys: Vec<(i64,)> =
        project.rows("SELECT count(*) FROM people_account WHERE length(id) = 32");
    assert_eq!(keys, [(3,)]);
    done(
        &project,
        &["users", "delete", "bob", "--noinput"],
        "1 of people.Account_groups",
    );
    let left: Vec<(i64,)> = project.rows("SELECT count(*) FROM people_account_groups");
    assert_eq!(left, [(1,)]);
}

#[test]
fn a_key_that_is_given_by_hand_is_asked_for_and_stays() {
    let project = with_tables(operators(Project::new()));
    let run = create(&project, &["--username", "ada"]).run().exited(1);
    assert!(run.stderr().contains("`--field badge=VALUE`"), "{run}");
    create(&project, &["--username", "ada", "--field", "badge=007"])
        .run()
        .success();
    project
        .djr([
            "ensure",
            "user",
            "--username",
            "bob",
            "--field",
            "badge=008",
        ])
        .success();
    project
        .djr([
            "ensure",
            "user",
            "--username",
            "bob",
            "--field",
            "badge=008",
        ])
        .success();
    let stays = "`badge` is the key of `bob`, and stays `008`";
    refused(
        &project,
        &["ensure", "user", "--username", "bob", "--field", "badge=9"],
        stays,
    );
    refused(
        &project,
        &["users", "set", "bob", "--field", "badge=9"],
        stays,
    );
    let run = import(&project, &["--update"], "login,badge\nbob,9\n")
        .run()
        .exited(1);
    assert!(run.stderr().contains(stays), "{run}");
    let eve = [
        "ensure",
        "user",
        "--username",
        "eve",
        "--field",
        "badge=008",
    ];
    refused(
        &project,
        &eve,
        "`badge`: an operator with this badge exists already",
    );
    done(
        &project,
        &["users", "set", "bob", "--email", "bob@example.com"],
        "changed `mail`",
    );
    done(&project, &["users", "show", "ada"], "key          007");
    project.djr(["groups", "create", "staff"]).success();
    project
        .djr(["users", "set", "bob", "--add-group", "staff"])
        .success();
    done(&project, &["users", "list", "--group", "staff"], "bob");
}

#[test]
fn a_person_is_asked_for_what_the_model_requires_in_its_words() {
    let project = with_tables(members(Project::new()));
    let eve = [
        "ensure",
        "user",
        "--username",
        "eve@example.com",
        "--field",
        "display_name=Eve",
    ];
    project.djr(eve).success();
    let mut terminal = Terminal::start(project.command(["createsuperuser"]), "echo \"code=$?\"");
    terminal.answer("Email address:", "ada\r");
    terminal.answer("this is not an email address", "eve@example.com\r");
    terminal.answer("that email address is taken", "ada@example.com\r");
    terminal.answer("Display name:", "A\r");
    terminal.answer("this is shorter than 3 characters", "Ada\r");
    terminal.answer("Password:", "Xk29!fooBAR\r");
    terminal.answer("Password (again):", "Xk29!fooBAR\r");
    terminal.wait_for("code=0");
}
