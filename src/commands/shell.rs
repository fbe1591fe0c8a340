//! `djr shell`: Python in the project.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::PathBuf;

use clap::Args;

use crate::commands::python::{self, Program};
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Finding, Findings};
use crate::json::Json;
use crate::ui::Ui;

/// Run Python in the project, or type it
///
/// Without `--command` and a file it runs what comes from standard input, or is a prompt where that is a terminal. The
/// models are imported. An app changes what is imported by a `management/commands/shell.py`, as in Django.
#[derive(Args, Debug)]
pub(crate) struct ShellArgs {
    /// Run this code
    #[arg(short, long, value_name = "CODE", conflicts_with = "file")]
    command: Option<String>,
    /// Do not import the models
    #[arg(long)]
    no_imports: bool,
    /// The file of a program
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Arguments of the program
    #[arg(
        value_name = "ARGUMENT",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    arguments: Vec<String>,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &ShellArgs) -> Result<(), CommandError> {
    let is_prompt = args.command.is_none() && args.file.is_none();
    let input = if is_prompt && !io::stdin().is_terminal() {
        Json::String(standard_input()?)
    } else {
        Json::Null
    };
    let text = |value: Option<String>| value.map_or(Json::Null, Json::String);
    let file = args.file.as_ref();
    let file = file.map(|path| path.to_string_lossy().into_owned());
    let arguments = args.arguments.iter().cloned().map(Json::String);
    let options = [
        ("command", text(args.command.clone())),
        ("file", text(file)),
        ("arguments", Json::Array(arguments.collect())),
        ("input", input),
        ("no_imports", Json::Boolean(args.no_imports)),
        ("no_startup", Json::Boolean(true)),
        ("interface", Json::Null),
        ("verbosity", Json::Number(global.verbosity().to_string())),
        ("no_color", Json::Boolean(global.is_without_color())),
        ("skip_checks", Json::Boolean(true)),
    ];
    let options = options.map(|(name, value)| (name.to_owned(), value));
    let program = Program {
        function: "_djr_program.shell",
        options: Json::Object(options.into()),
        is_logged: true,
        works_at_once: false,
    };
    python::run(ui, global, program)
}

fn standard_input() -> Result<String, Findings> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|error| {
        Findings::from(Finding::error(
            "input",
            format!("cannot read standard input: {error}"),
        ))
    })?;
    Ok(text)
}
