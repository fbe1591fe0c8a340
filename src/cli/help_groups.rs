//! `djr --help`: the commands in the groups a reader looks for them in.

use std::fmt::Write as _;

use clap::Command;
use clap::builder::StyledStr;

use crate::commands::own::ProjectCommand;
use crate::ui;

/// Every command, in exactly one group.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "Project",
        &[
            "startproject",
            "startapp",
            "update",
            "destroy",
            "up",
            "check",
            "diffsettings",
        ],
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
        &[
            "sessions",
            "clearsessions",
            "cache",
            "createcachetable",
            "maintain",
        ],
    ),
    (
        "Static files and media",
        &["collectstatic", "findstatic", "media"],
    ),
    ("Python", &["shell", "test"]),
    ("Server", &["runserver", "sendtestemail"]),
    ("Tools", &["help"]),
];

/// A longer name stands above its description, whose column would be too narrow otherwise.
const MAX_NAME_WIDTH: usize = 18;

/// The line of `help`, which clap adds too late to be asked for its own.
const HELP_ABOUT: &str = "Print the help of a command, as its `--help` does";

/// The widest line of a help page, as clap has it.
const MAX_WIDTH: usize = 100;

/// A description that has less room than this beside its command stands below it.
const MIN_ABOUT_WIDTH: usize = 24;

/// How far a description is indented that stands below its command.
const BELOW: usize = 6;

/// Gives `command` a help page that shows its subcommands in groups, as wide as the terminal.
pub(super) fn with_grouped_help(command: Command, own: &[ProjectCommand]) -> Command {
    let width = ui::terminal_width().unwrap_or(MAX_WIDTH);
    let page = page(&command, width.min(MAX_WIDTH), own);
    command.help_template(page)
}

fn page(command: &Command, width: usize, own: &[ProjectCommand]) -> StyledStr {
    let mut page = StyledStr::from("{about-with-newline}\n{usage-heading} {usage}\n");
    let styles = command.get_styles();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let columns = Columns::of(width);
    for (group, names) in GROUPS {
        // Writing to a string cannot fail.
        write!(page, "\n{header}{group}:{header:#}\n").ok();
        for name in *names {
            let about = columns.lines(name, &about(command, name));
            writeln!(page, "  {literal}{name}{literal:#}{about}").ok();
        }
    }
    let mut app = "";
    for command in own {
        if app != command.app {
            app = &command.app;
            write!(page, "\n{header}App {app}:{header:#}\n").ok();
        }
        let name = &command.name;
        let about = columns.lines(name, &plain(command.help.as_deref().unwrap_or_default()));
        writeln!(page, "  {literal}{name}{literal:#}{about}").ok();
    }
    write!(page, "\n{header}Options:{header:#}\n{{options}}").ok();
    page
}

/// `text` without what clap would take for a part of the page.
fn plain(text: &str) -> String {
    text.replace(['{', '}'], "")
}

/// Where the descriptions of commands stand.
struct Columns {
    indent: usize,
    width: usize,
    is_below: bool,
}

impl Columns {
    /// For a page of `width` columns.
    fn of(width: usize) -> Self {
        let usual = names()
            .map(str::len)
            .filter(|length| *length <= MAX_NAME_WIDTH);
        let beside = usual.max().unwrap_or_default() + 4;
        let is_below = width < beside + MIN_ABOUT_WIDTH;
        let indent = if is_below { BELOW } else { beside };
        Self {
            indent,
            width: width.saturating_sub(indent),
            is_below,
        }
    }

    /// What follows `name` on its line, which is indented by two, and on the lines below it.
    fn lines(&self, name: &str, about: &str) -> String {
        let newline = format!("\n{:indent$}", "", indent = self.indent);
        let before = match self.indent.checked_sub(2 + name.len()) {
            Some(gap) if gap >= 2 && !self.is_below => " ".repeat(gap),
            _ => newline.clone(),
        };
        before + &wrapped(about, self.width).join(&newline)
    }
}

/// The words of `text` in lines of at most `width`; a longer word has a line of its own.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
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
    use super::{names, page};
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
        for width in [30, 40, 60, 80] {
            let page = page(&command_line(), width, &[]).to_string();
            let mut written = page.lines().filter(|line| !line.contains('{'));
            let long = written.find(|line| line.chars().count() > width);
            assert_eq!(long, None, "{width}");
            assert!(page.contains("\nSessions and cache:\n  sessions"), "{page}");
        }
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
