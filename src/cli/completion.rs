//! What a shell proposes after TAB: commands, options, and names of the project on the disk.
//!
//! The scripts in `completions/` call `djr` with `COMPLETE=SHELL` and the words that stand before the cursor.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use clap::{Arg, Command};
use clap_complete::CompleteEnv;
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};

use crate::commands::{NameKind, ProjectNames};

/// What is completed by names of the project: arguments by the name of their value.
const NAMED_VALUES: &[(&str, NameKind)] = &[
    ("APP_LABEL", NameKind::App),
    ("LABEL", NameKind::AppOrModel),
    ("MIGRATION_NAME", NameKind::Migration),
    ("START_MIGRATION_NAME", NameKind::Migration),
    ("ALIAS", NameKind::Database),
    ("CACHE", NameKind::Cache),
    ("STORAGE", NameKind::Storage),
    ("USERNAME", NameKind::User),
    ("GROUP", NameKind::Group),
    ("PERMISSION", NameKind::Permission),
    ("FIXTURE", NameKind::Fixture),
    ("TABLE", NameKind::Table),
    ("CACHE_TABLE", NameKind::CacheTable),
    ("SNAPSHOT", NameKind::Snapshot),
];

/// Prints what completes `arguments` of `command_line` if a shell asks for it by `COMPLETE`; whether it did.
///
/// # Errors
///
/// An unknown shell, or a standard output that cannot be written.
pub(super) fn complete(
    arguments: &[OsString],
    command_line: impl Fn() -> Command,
) -> Result<bool, clap::Error> {
    let directory = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| with_names(command_line(), ProjectNames::new(arguments)))
        .bin("djr")
        .try_complete(arguments, directory.as_deref())
}

/// Lets every argument of `command` propose the names of its kind.
fn with_names(command: Command, names: ProjectNames) -> Command {
    add_names(command, &Arc::new(names))
}

fn add_names(command: Command, names: &Arc<ProjectNames>) -> Command {
    let command = command.mut_args(|argument| match kind_of(&argument) {
        Some(kind) => argument.add(completer(kind, Arc::clone(names))),
        None => argument,
    });
    command.mut_subcommands(|subcommand| add_names(subcommand, names))
}

/// What the values of `argument` name.
fn kind_of(argument: &Arg) -> Option<NameKind> {
    let name = value_name(argument)?;
    let found = NAMED_VALUES.iter().find(|(known, _)| *known == name)?;
    Some(found.1)
}

/// The name of the value of `argument`; the one that clap gives a positional argument is its own.
fn value_name(argument: &Arg) -> Option<String> {
    if !argument.get_action().takes_values() {
        return None;
    }
    let name = argument.get_value_names().and_then(<[_]>::first);
    let own = || argument.get_id().as_str().to_uppercase();
    Some(name.map_or_else(own, ToString::to_string))
}

fn completer(kind: NameKind, names: Arc<ProjectNames>) -> ArgValueCompleter {
    ArgValueCompleter::new(move |current: &OsStr| {
        let start = current.to_string_lossy();
        let found = names.starting_with(kind, &start);
        let mut candidates: Vec<_> = found.into_iter().map(CompletionCandidate::new).collect();
        if kind == NameKind::Fixture {
            candidates.extend(PathCompleter::file().complete(current));
        }
        candidates
    })
}

#[cfg(test)]
mod tests {
    use super::{NAMED_VALUES, kind_of, value_name};
    use crate::cli::command_line;

    /// Values that are not the name of something the project has already, or of too many things.
    const FREE_VALUES: &[&str] = &[
        "ADDRESS",
        "ADDRPORT",
        "APP.MODEL",
        "ARGUMENT",
        "CODE",
        "DATE",
        "EMAIL",
        "ENDING",
        "FIELD",
        "FIELD=VALUE",
        "ID",
        "KEY",
        "KEY=VALUE",
        "KEYS",
        "LEVEL",
        "N",
        "NAME",
        "NAME=VALUE",
        "NEW_NAME",
        "OLD=NEW",
        "OLD[=NEW]",
        "PATH",
        "PATTERN",
        "REF",
        "SECONDS",
        "SOURCE",
        "TEST_LABEL",
        "TEXT",
        "TIME",
        "VALUE",
    ];

    fn every_argument(command: &clap::Command) -> Vec<(String, clap::Arg)> {
        let own = command.get_arguments().cloned();
        let own = own.map(|argument| (command.get_name().to_owned(), argument));
        let below = command.get_subcommands().flat_map(every_argument);
        own.chain(below).collect()
    }

    #[test]
    fn every_value_is_completed_or_known_to_be_free() {
        let mut used = Vec::new();
        for (command, argument) in every_argument(&command_line()) {
            let Some(name) = value_name(&argument) else {
                continue;
            };
            let is_path = argument.get_value_hint() == clap::ValueHint::AnyPath;
            let is_choice = !argument.get_possible_values().is_empty();
            let is_free = FREE_VALUES.contains(&name.as_str());
            let is_named = kind_of(&argument).is_some();
            assert!(
                is_named || is_free || is_path || is_choice,
                "{command}: {name}"
            );
            used.push(name);
        }
        let listed = NAMED_VALUES.iter().map(|(name, _)| *name);
        for name in listed.chain(FREE_VALUES.iter().copied()) {
            assert!(used.iter().any(|used| used == name), "{name} is not used");
        }
    }
}
