//! What is wrong with the arguments, reported as every other error is.

use std::any::TypeId;
use std::env;
use std::error::Error;
use std::ffi::{OsStr, OsString};

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::pointers;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::text;

/// A command line that makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct UsageError {
    message: String,
    hints: Vec<String>,
}

impl Diagnostic for UsageError {
    fn hints(&self) -> Vec<String> {
        self.hints.clone()
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Usage
    }
}

impl UsageError {
    /// What clap found wrong with the arguments of `command`, in our words.
    pub(super) fn new(command: &Command, error: &clap::Error, arguments: &[OsString]) -> Self {
        if error.kind() == ErrorKind::InvalidUtf8 {
            return Self::not_utf8(command, arguments);
        }
        let pointer = pointer(command, error);
        let correction = pointer.or_else(|| correction(command, error));
        let mut hints = correction.into_iter().collect::<Vec<_>>();
        if error.kind() == ErrorKind::InvalidSubcommand {
            let (_, path) = owner(command, error);
            hints.push(format!("`{path} --help` lists the commands"));
        } else if hints.is_empty() {
            hints.extend(usage(error));
        }
        Self {
            message: message(error),
            hints,
        }
    }

    /// The error that an argument, or the variable in its place, is not UTF-8.
    fn not_utf8(command: &Command, arguments: &[OsString]) -> Self {
        let wrong = |text: &OsStr| text.to_str().is_none();
        let mut variables = variables(command).into_iter();
        let variable = variables.find(|name| env::var_os(name).is_some_and(|value| wrong(&value)));
        let argument = arguments.iter().find(|argument| wrong(argument));
        let message = match (argument, variable) {
            (None, Some(name)) => {
                format!(
                    "environment variable {} is not UTF-8",
                    name.to_string_lossy()
                )
            }
            (Some(argument), _) => format!("`{}` is not UTF-8", argument.to_string_lossy()),
            (None, None) => "an argument is not UTF-8".to_owned(),
        };
        let hint = "set it again in a terminal whose locale is UTF-8";
        Self {
            message,
            hints: vec![hint.to_owned()],
        }
    }
}

/// Why a value is refused, without the words of Rust.
fn reason_of(reason: &(dyn Error + 'static)) -> String {
    let reason = reason.to_string();
    let range = reason.split_once(" is not in ").and_then(|(_, range)| {
        let (min, max) = range.split_once("..=")?;
        Some(format!("it must be a whole number from {min} to {max}"))
    });
    match reason.as_str() {
        _ if range.is_some() => range.unwrap_or(reason),
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "it is not a whole number".to_owned()
        }
        "number too large to fit in target type" => "it is too large".to_owned(),
        "number too small to fit in target type" => "it is too small".to_owned(),
        _ => reason,
    }
}

/// Every command below `command`, itself first.
fn all_commands(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().flat_map(all_commands);
    std::iter::once(command).chain(below).collect()
}

/// The variables that take the place of an argument, where that is text.
fn variables(command: &Command) -> Vec<&OsStr> {
    let commands = all_commands(command).into_iter();
    let arguments = commands.flat_map(Command::get_arguments);
    let texts = arguments
        .filter(|argument| argument.get_value_parser().type_id() == TypeId::of::<String>());
    texts.filter_map(clap::Arg::get_env).collect()
}

fn message(error: &clap::Error) -> String {
    let argument = named(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = named(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = named(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("there is no command `{name}`")
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("there is no option `{argument}` here")
        }
        ErrorKind::UnknownArgument => format!("one argument too many: `{argument}`"),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` lacks its value"),
        ErrorKind::InvalidValue => format!("`{argument}` cannot be `{value}`"),
        ErrorKind::ValueValidation => match error.source() {
            Some(reason) => format!("`{argument}` cannot be `{value}`: {}", reason_of(reason)),
            None => format!("`{argument}` cannot be `{value}`"),
        },
        ErrorKind::ArgumentConflict => match named(error, ContextKind::PriorArg) {
            Some(prior) if prior == argument => format!("`{argument}` is given twice"),
            Some(prior) => format!("`{argument}` and `{prior}` exclude each other"),
            None => format!("`{argument}` excludes another option"),
        },
        ErrorKind::MissingRequiredArgument => {
            let missing = several(error, ContextKind::InvalidArg);
            format!(
                "missing: {}",
                text::quoted(missing.iter().map(String::as_str))
            )
        }
        _ => first_line(error),
    }
}

/// What takes the place of something that Django or another tool has.
fn pointer(command: &Command, error: &clap::Error) -> Option<String> {
    let (owner, path) = owner(command, error);
    if let Some(name) = named(error, ContextKind::InvalidSubcommand) {
        let name = format!("{path} {name}");
        return pointers::for_command(name.trim_start_matches("djr "));
    }
    let option = named(error, ContextKind::InvalidArg)?;
    pointers::for_option(owner.get_name(), &option)
}

/// What was most likely meant.
fn correction(command: &Command, error: &clap::Error) -> Option<String> {
    if let Some(name) = named(error, ContextKind::InvalidSubcommand) {
        let (owner, path) = owner(command, error);
        return nearest_command(owner, &path, &name);
    }
    if let Some(option) = several(error, ContextKind::SuggestedArg).first() {
        return Some(did_you_mean(option));
    }
    if let Some(value) = several(error, ContextKind::SuggestedValue).first() {
        return Some(did_you_mean(value));
    }
    let valid = several(error, ContextKind::ValidValue);
    (!valid.is_empty())
        .then(|| format!("one of {}", text::quoted(valid.iter().map(String::as_str))))
}

/// The subcommand of `owner` that is nearest to `name`, or what takes the place of a nearer one of another tool.
fn nearest_command(owner: &Command, path: &str, name: &str) -> Option<String> {
    let full = |name: &str| {
        format!("{path} {name}")
            .trim_start_matches("djr ")
            .to_owned()
    };
    let known = owner.get_subcommands().map(|known| full(known.get_name()));
    let known: Vec<_> = known.collect();
    let elsewhere = pointers::command_names();
    let candidates = known.iter().map(String::as_str).chain(elsewhere);
    let nearest = text::nearest(&full(name), candidates)?;
    pointers::for_command(nearest).or_else(|| Some(did_you_mean(nearest)))
}

/// The command whose subcommand is unknown, and its full name: `djr users`.
fn owner<'c>(command: &'c Command, error: &clap::Error) -> (&'c Command, String) {
    let (mut owner, mut path) = (command, command.get_name().to_owned());
    let line = usage(error).unwrap_or_default();
    let words = line.trim_matches(|c| c != '`').trim_matches('`');
    for word in words.split(' ').skip(1) {
        let Some(next) = owner.find_subcommand(word) else {
            break;
        };
        owner = next;
        path = format!("{path} {word}");
    }
    (owner, path)
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

fn usage(error: &clap::Error) -> Option<String> {
    let ContextValue::StyledStr(usage) = error.get(ContextKind::Usage)? else {
        return None;
    };
    let usage = usage.to_string();
    let line = usage.lines().next()?;
    Some(format!(
        "usage: `{}`",
        line.trim_start_matches("Usage: ").trim()
    ))
}

fn named(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(name) => Some(name.clone()),
        ContextValue::Strings(names) => names.first().cloned(),
        _ => None,
    }
}

fn several(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(name)) => vec![name.clone()],
        Some(ContextValue::Strings(names)) => names.clone(),
        _ => Vec::new(),
    }
}

fn first_line(error: &clap::Error) -> String {
    let rendered = error.render().to_string();
    let line = rendered.lines().next().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}
