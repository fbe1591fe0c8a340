//! What runs where the first word is none of djr's commands: a command of the project, if it has one of that name.

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::commands::GlobalArgs;
use crate::commands::own::{self, ProjectCommand};

/// Reads the options that every command accepts from a whole command line.
pub(super) type ParseGlobal = fn(&[OsString]) -> Option<GlobalArgs>;

/// Runs the command of the project that `arguments` name; `None` where there is none.
pub(super) fn run(
    arguments: &[OsString],
    error: &clap::Error,
    parse: ParseGlobal,
) -> Option<ExitCode> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let at = arguments.iter().position(|word| word == name.as_str())?;
    let (before, behind) = (&arguments[..at], &arguments[at + 1..]);
    let asks_for_help = before.last().is_some_and(|word| word == "help");
    let before = before
        .strip_suffix(&[OsString::from("help")])
        .unwrap_or(before);
    let help = [OsString::from("--help")];
    let words = if asks_for_help { &help[..] } else { behind };
    let global = parse(&line(before, words))?;
    let commands = own::own_commands(&global);
    let command = commands.iter().find(|command| command.name == *name)?;
    let ui = global.ui();
    Some(match own::run(&ui, &global, command, words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => match error.ended_with() {
            Some(code) => code.into(),
            None => ui.report(error.diagnostic()),
        },
    })
}

/// A command line of the options before a command of the project, and of those behind it that are djr's.
fn line(before: &[OsString], behind: &[OsString]) -> Vec<OsString> {
    let mut line = before.to_vec();
    // Any command that needs nothing takes the place of the unknown one.
    line.push("diffsettings".into());
    line.extend(own::words_of_djr(behind));
    line
}

/// `command` with the commands of the project, for names that are mistyped.
pub(super) fn with_own_commands(command: Command, own: Vec<ProjectCommand>) -> Command {
    let known: Vec<String> = command
        .get_subcommands()
        .map(|known| known.get_name().to_owned())
        .collect();
    let own = own.into_iter().filter(|own| !known.contains(&own.name));
    own.fold(command, |command, own| {
        let about = own.help.unwrap_or_default();
        // The line is built once in a process, and its names live as long as that.
        let name: &'static str = own.name.leak();
        command.subcommand(Command::new(name).about(about))
    })
}

/// The commands of the project, by the options that stand before the first word.
pub(super) fn of_project(arguments: &[OsString], parse: ParseGlobal) -> Vec<ProjectCommand> {
    let first = [OsStr::new("djr").to_owned()];
    let global = parse(&line(&first, arguments));
    global.map_or_else(Vec::new, |global| own::own_commands(&global))
}
