//! Where somebody finds what Django and other tools call by another name, or what djr does without.

/// The commands that djr does not have, and what takes their place.
const COMMANDS: &[(&[&str], &str)] = &[
    (
        &["shell_plus", "console", "repl", "python"],
        "`djr shell` is a prompt of Python with the models",
    ),
    (
        &["tests", "pytest"],
        "`djr test` runs the tests of the project",
    ),
    (
        &["testserver"],
        "`djr loaddata FIXTURE`, then `djr runserver`, with a settings file of their own: `--settings FILE`",
    ),
    (
        &[
            "serve",
            "server",
            "s",
            "start",
            "run",
            "dev",
            "runserver_plus",
        ],
        "`djr runserver` serves the site",
    ),
    (
        &["routes", "urls", "show_urls", "showurls"],
        "the urls are in the `urls.toml` of the project and of each app; `djr check` looks over them",
    ),
    (&["new", "init"], "`djr startproject NAME` makes a project"),
    (
        &["generate", "g", "scaffold", "make", "makeapp", "newapp"],
        "`djr startapp NAME` makes an app; its models are written into its `models.toml`",
    ),
    (
        &["syncdb", "upgrade", "db:migrate"],
        "`djr migrate` brings the database up to date",
    ),
    (
        &["rollback", "downgrade", "db:rollback"],
        "`djr migrate APP_LABEL MIGRATION_NAME` goes back to a migration, `djr undo` to a snapshot",
    ),
    (
        &["seed", "db:seed", "restore"],
        "`djr loaddata FIXTURE` loads rows; `djr undo` restores a snapshot",
    ),
    (
        &["backup", "dump", "export"],
        "`djr dumpdata` writes the rows; `djr migrate` takes a snapshot before rows are lost",
    ),
    (
        &["reset_db", "db:reset", "sqlflush", "truncate"],
        "`djr flush` deletes all rows",
    ),
    (
        &["sqlsequencereset"],
        "SQLite counts keys by itself: there is nothing to reset",
    ),
    (
        &[
            "users create",
            "users add",
            "users new",
            "createuser",
            "adduser",
            "useradd",
        ],
        "`djr ensure user --username NAME --password-file -` makes a user, `djr createsuperuser` one who may do everything",
    ),
    (
        &["users passwd", "users password", "users setpassword"],
        "`djr changepassword NAME` sets a password",
    ),
    (
        &["unlock", "axes_reset"],
        "`djr users unlock NAME` lets somebody try to log in again",
    ),
    (
        &["passwd", "password"],
        "`djr changepassword` sets a password",
    ),
    (
        &["login", "logout", "clearcache", "clear_cache"],
        "`djr sessions` lists and ends sessions, `djr clearsessions` deletes those that are over",
    ),
    (
        &["unused_media", "cleanup_unused_media", "orphans"],
        "`djr media orphans` lists and deletes files that no row names",
    ),
    (&["version"], "`djr --version` prints it"),
    (
        &["settings", "print_settings", "config"],
        "`djr diffsettings --all` prints the settings",
    ),
    (
        &["makemessages", "compilemessages"],
        "djr does not translate texts",
    ),
];

/// The options that djr does not have: their commands, or none for all, and what takes their place.
const OPTIONS: &[(&[&str], &[&str], &str)] = &[
    (
        &[],
        &["--traceback"],
        "leave it out: every error prints its causes",
    ),
    (
        &[],
        &["--pythonpath"],
        "leave it out: modules come from the project, which `--project DIR` names",
    ),
    (
        &[],
        &["--skip-checks"],
        "leave it out: the checks are `djr check`, other commands do not wait for them",
    ),
    (
        &["diffsettings"],
        &["--default"],
        "leave it out: settings are compared with djr's defaults",
    ),
    (
        &["inspectdb"],
        &["--include-partitions"],
        "leave it out: tables of SQLite do not have partitions",
    ),
    (
        &["makemigrations", "squashmigrations"],
        &["--no-header"],
        "leave it out: migrations are written without a date in them",
    ),
    (
        &["makemigrations"],
        &["--scriptable"],
        "`--json` prints the paths of the files for a program",
    ),
    (
        &["migrate"],
        &["--run-syncdb"],
        "`djr makemigrations` writes the migrations of an app that has none yet",
    ),
    (
        &["runserver", "up"],
        &[
            "--port",
            "-p",
            "--host",
            "--bind",
            "-b",
            "--address",
            "--addr",
            "-a",
        ],
        "the address is an argument: `djr runserver 8001`, `djr runserver 0.0.0.0:8001`",
    ),
    (
        &["runserver", "up"],
        &["--ipv6", "-6"],
        "the address says it: `djr runserver '[::1]:8000'`",
    ),
    (
        &["runserver", "up"],
        &["--noreload", "--no-reload", "--reload"],
        "with `debug = true` changes show at the next request, with `debug = false` they do not",
    ),
    (
        &["runserver", "up"],
        &["--nothreading", "--workers", "-w", "--threads"],
        "`[server]` in `djr.toml` says how many requests are served at once",
    ),
    (
        &["runserver", "up"],
        &["--nostatic", "--insecure"],
        "leave it out: static files are served in development and in production",
    ),
    (
        &["shell"],
        &["--interface", "-i", "--no-startup"],
        "leave it out: there is one prompt, and it reads no start file",
    ),
    (
        &["test"],
        &["--top-level-directory", "-t", "--no-faulthandler"],
        "leave it out: tests are found in the directory of the project",
    ),
];

/// What takes the place of the command `name`, as a hint; `None` for a name of no other tool.
pub(super) fn for_command(name: &str) -> Option<String> {
    let found = COMMANDS.iter().find(|(names, _)| names.contains(&name));
    found.map(|(_, hint)| (*hint).to_owned())
}

/// Every name that has a pointer.
pub(super) fn command_names<'n>() -> impl Iterator<Item = &'n str> {
    COMMANDS.iter().flat_map(|(names, _)| names.iter().copied())
}

/// What takes the place of `option` of `command`, as a hint.
///
/// An option with its value, `--port=8001`, is found by its name.
pub(super) fn for_option(command: &str, option: &str) -> Option<String> {
    let name = option.split_once('=').map_or(option, |(name, _)| name);
    let found = OPTIONS.iter().find(|(commands, names, _)| {
        (commands.is_empty() || commands.contains(&command)) && names.contains(&name)
    });
    found.map(|(_, _, hint)| (*hint).to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{OPTIONS, command_names, for_command, for_option};
    use crate::cli::command_line;

    /// Every command of Django 5.2 with its options, recorded by `tests/parity/record_commands.py`.
    fn django() -> BTreeMap<String, Vec<String>> {
        serde_json::from_str(include_str!("../../tests/parity/golden/commands.json")).unwrap()
    }

    fn options(command: &clap::Command) -> Vec<String> {
        let arguments = command.get_arguments();
        let names = arguments.flat_map(|argument| {
            let long = argument.get_long_and_visible_aliases().unwrap_or_default();
            let short = argument.get_short_and_visible_aliases().unwrap_or_default();
            let long = long.into_iter().map(|name| format!("--{name}"));
            long.chain(short.into_iter().map(|name| format!("-{name}")))
                .collect::<Vec<_>>()
        });
        names.collect()
    }

    #[test]
    fn every_command_and_option_of_django_is_there_or_has_a_pointer() {
        let mut line = command_line();
        line.build();
        for (name, wanted) in django() {
            let Some(command) = line.find_subcommand(&name) else {
                assert!(for_command(&name).is_some(), "{name}");
                continue;
            };
            let known = options(command);
            for option in wanted {
                let found = known.contains(&option) || for_option(&name, &option).is_some();
                assert!(found, "{name} {option}");
            }
        }
    }

    #[test]
    fn no_pointer_hides_what_is_there() {
        let mut line = command_line();
        line.build();
        for name in command_names() {
            assert!(line.find_subcommand(name).is_none(), "{name}");
        }
        for (commands, pointed, _) in OPTIONS {
            let any = commands.is_empty();
            let known = line.get_subcommands();
            let known = known.filter(|known| any || commands.contains(&known.get_name()));
            for option in known.flat_map(options) {
                assert!(!pointed.contains(&option.as_str()), "{option}");
            }
        }
    }

    #[test]
    fn an_option_with_its_value_is_found_by_its_name() {
        let hint = for_option("runserver", "--port=8001").unwrap();
        assert!(hint.contains("`djr runserver 8001`"), "{hint}");
        assert_eq!(for_option("migrate", "--port"), None);
    }
}
