//! What the command line says about itself, and about what it does not understand.

use insta::assert_snapshot;

use crate::support::Project;

#[test]
fn prints_its_version_anywhere() {
    let version = concat!("djr ", env!("CARGO_PKG_VERSION"), "\n");
    let empty = Project::empty();
    assert_eq!(empty.djr(["--version"]).success().stdout(), version);
    assert_eq!(empty.djr(["-V"]).success().stdout(), version);
}

#[test]
fn help_of_a_command_is_the_same_both_ways() {
    let empty = Project::empty();
    let asked = empty.djr(["help", "migrate"]).success().stdout();
    assert_eq!(asked, empty.djr(["migrate", "--help"]).success().stdout());
    assert!(asked.contains("Usage: djr migrate"), "{asked}");
}

#[test]
fn names_the_nearest_command() {
    assert_snapshot!(Project::empty().djr(["migrat"]), @"
    exit code: 2
    ----- stderr -----
    error: there is no command `migrat`
    hint: did you mean `migrate`?
    hint: `djr --help` lists the commands
    ");
}

#[test]
fn points_from_the_commands_and_options_of_other_tools_to_its_own() {
    let empty = Project::empty();
    for (arguments, hint) in [
        (&["shell_plus"][..], "`djr shell` is a prompt of Python"),
        (&["serve"], "`djr runserver` serves the site"),
        (&["serv"], "`djr runserver` serves the site"),
        (
            &["runserver", "--port", "8001"],
            "the address is an argument: `djr runserver 8001`",
        ),
        (
            &["runserver", "--port=8001"],
            "the address is an argument: `djr runserver 8001`",
        ),
        (
            &["migrate", "--skip-checks"],
            "leave it out: the checks are `djr check`",
        ),
        (&["users", "lst"], "did you mean `users list`?"),
    ] {
        let stderr = empty.djr(arguments).exited(2).stderr();
        assert!(stderr.contains(&format!("\nhint: {hint}")), "{stderr}");
    }
}

#[test]
fn colours_a_pipe_only_when_it_is_told_to() {
    let empty = Project::empty();
    let plain = empty.djr(["migrate"]).exited(1).stderr();
    let coloured = empty.djr(["migrate", "--force-color"]).exited(1).stderr();
    assert!(!plain.contains('\u{1b}'), "{plain}");
    assert!(
        coloured.contains("\u{1b}[1m\u{1b}[31merror:"),
        "{coloured:?}"
    );
}

#[test]
fn names_the_nearest_option() {
    assert_snapshot!(Project::empty().djr(["migrate", "--jsn"]), @"
    exit code: 2
    ----- stderr -----
    error: there is no option `--jsn` here
    hint: did you mean `--json`?
    ");
}

#[test]
fn says_which_values_an_option_takes() {
    assert_snapshot!(Project::empty().djr(["migrate", "--verbosity", "7"]), @"
    exit code: 2
    ----- stderr -----
    error: `--verbosity <LEVEL>` cannot be `7`: it must be a whole number from 0 to 3
    ");
}

#[test]
fn tells_a_program_of_wrong_usage_in_json() {
    assert_snapshot!(Project::empty().djr(["migrat", "--json"]), @r#"
    exit code: 2
    ----- stderr -----
    {"schema":1,"error":{"code":"usage","message":"there is no command `migrat`","causes":[],"hints":["did you mean `migrate`?","`djr --help` lists the commands"],"findings":[]}}
    "#);
}

#[test]
fn without_a_command_prints_the_help_as_an_error() {
    let empty = Project::empty();
    let transcript = empty.djr([]).exited(2);
    assert_eq!(transcript.stdout(), "");
    assert_eq!(
        transcript.stderr(),
        empty.djr(["--help"]).success().stdout()
    );
}

#[test]
fn a_number_that_an_option_cannot_take_is_told_without_the_words_of_rust() {
    let project = Project::empty();
    for option in ["--lock-timeout", "--verbosity", "--indent"] {
        let command = if option == "--indent" {
            "dumpdata"
        } else {
            "migrate"
        };
        for value in [
            "-1",
            "x",
            "",
            "1.5",
            "9223372036854775807",
            "99999999999999999999999",
        ] {
            let run = project.djr([command, option, value]).exited(2);
            let told = run.stderr();
            assert!(
                told.contains(&format!("cannot be `{value}`: it ")) || value.is_empty(),
                "{run}"
            );
            for word in ["..=", "target type", "digit", "is not in", "no option `-1`"] {
                assert!(!told.contains(word), "{run}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn an_argument_or_the_variable_in_its_place_that_is_not_utf8_is_named() {
    use std::os::unix::ffi::OsStrExt as _;
    let project = Project::new();
    let latin = std::ffi::OsStr::from_bytes(b"\xe9");
    for command in ["runserver", "up"] {
        let run = project
            .command([command])
            .env("PORT", latin)
            .run()
            .exited(2);
        assert!(
            run.stderr()
                .starts_with("error: environment variable PORT is not UTF-8\nhint: set it again"),
            "{run}"
        );
    }
    let mut command = project.command(["users", "show"]).into_command();
    let run = command.arg(latin).output().unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(
        told.starts_with("error: `\u{fffd}` is not UTF-8\n"),
        "{told}"
    );
}
