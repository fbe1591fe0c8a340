//! What is wrong with the arguments, reported as every other error is.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

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
    pub(super) fn new(command: &Command, error: &clap::Error) -> Self {
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
            Some(reason) => format!("`{argument}` cannot be `{value}`: {reason}"),
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
