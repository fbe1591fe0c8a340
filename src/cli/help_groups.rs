//! `djr --help`: the commands in the groups a reader looks for them in.

use std::fmt::Write as _;

use clap::Command;
use clap::builder::StyledStr;

/// Every command, in exactly one group.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "Project",
        &["startproject", "startapp", "up", "check", "diffsettings"],
    ),
    (
        "Database",
        &[
            "makemigrations",
            "migrate",
            "undo",
            "showmigrations",
            "sqlmigrate",
            "squashmigrations",
            "optimizemigration",
        ],
    ),
    (
        "Data",
        &[
            "dumpdata",
            "loaddata",
            "flush",
            "dbshell",
            "inspectdb",
            "remove_stale_contenttypes",
        ],
    ),
    (
        "Users",
        &[
            "createsuperuser",
            "changepassword",
            "ensure",
            "users",
            "groups",
            "permissions",
        ],
    ),
    (
        "Sessions and cache",
        &["sessions", "clearsessions", "createcachetable"],
    ),
    ("Static files", &["collectstatic", "findstatic"]),
    ("Server", &["runserver", "sendtestemail"]),
    ("Tools", &["help"]),
];

/// Longer names overflow their column, which would otherwise be too wide for all others.
const MAX_NAME_WIDTH: usize = 18;

/// The line of `help`, which clap adds too late to be asked for its own.
const HELP_ABOUT: &str = "Print the help of a command, as its `--help` does";

/// Gives `command` a help page that shows its subcommands in groups.
pub(super) fn with_grouped_help(command: Command) -> Command {
    let page = page(&command);
    command.help_template(page)
}

fn page(command: &Command) -> StyledStr {
    let mut page = StyledStr::from("{about-with-newline}\n{usage-heading} {usage}\n");
    let styles = command.get_styles();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let usual = names()
        .map(str::len)
        .filter(|length| *length <= MAX_NAME_WIDTH);
    let longest = usual.max().unwrap_or_default();
    for (group, names) in GROUPS {
        // Writing to a string cannot fail.
        write!(page, "\n{header}{group}:{header:#}\n").ok();
        for name in *names {
            let about = about(command, name);
            writeln!(page, "  {literal}{name:longest$}{literal:#}  {about}").ok();
        }
    }
    write!(page, "\n{header}Options:{header:#}\n{{options}}").ok();
    page
}

fn names() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().flat_map(|(_, names)| names.iter().copied())
}

fn about(command: &Command, name: &str) -> String {
    match command.find_subcommand(name) {
        Some(found) => found
            .get_about()
            .map_or_else(String::new, ToString::to_string),
        None => HELP_ABOUT.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::names;
    use crate::cli::command_line;

    #[test]
    fn every_command_is_in_exactly_one_group() {
        let mut command = command_line();
        command.build();
        let mut known: Vec<_> = command
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        let mut grouped: Vec<_> = names().collect();
        known.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(grouped, known);
    }

    #[test]
    fn every_line_of_the_page_fits_a_narrow_terminal() {
        let page = command_line().term_width(80).render_help().to_string();
        for line in page.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert!(
            page.contains("\nSessions and cache:\n  sessions "),
            "{page}"
        );
    }

    #[test]
    fn every_command_and_option_says_what_it_is_for_and_ends_without_a_full_stop() {
        let line = command_line();
        let nested = line
            .get_subcommands()
            .flat_map(clap::Command::get_subcommands);
        for command in line.get_subcommands().chain(nested) {
            let about = command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(is_label(&about), "{}: `{about}`", command.get_name());
            for argument in command.get_arguments() {
                let help = argument
                    .get_help()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                assert!(
                    is_label(&help),
                    "{} {}: `{help}`",
                    command.get_name(),
                    argument.get_id()
                );
            }
        }
    }

    fn is_label(text: &str) -> bool {
        !text.is_empty() && !text.ends_with('.')
    }
}
