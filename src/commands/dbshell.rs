//! `djr dbshell`: SQLite's own prompt on the project's database, or a small one where there is none.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use crate::commands::options::DatabaseArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::{Database, DatabaseError, Durability, SqlShell, SqlShellOutput};
use crate::diagnostic::{Finding, Findings};
use crate::ui::Ui;

/// The program that is used where it is installed.
const CLIENT: &str = "sqlite3";

/// Open an SQL prompt on the database
///
/// That of `sqlite3` where it is installed, with the arguments behind `--`;
/// otherwise a small one that knows statements, `.tables`, `.schema` and `.quit`.
#[derive(Args, Debug)]
pub(crate) struct DbShellArgs {
    /// Arguments for `sqlite3`, behind `--`
    #[arg(last = true, value_name = "ARGUMENT")]
    arguments: Vec<OsString>,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &DbShellArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let database = args.database.find(&project)?;
    // The prompt would make the file, and no migration would be in it.
    if !database.path().exists() {
        return Err(DatabaseError::Missing(database.path().to_owned()).into());
    }
    if let Some(client) = client() {
        // An absolute path cannot be taken for an option.
        let path = std::path::absolute(database.path()).unwrap_or(database.path().to_owned());
        let error = Command::new(&client).arg(path).args(&args.arguments).exec();
        let message = format!("cannot start `{}`: {error}", client.display());
        return Err(Findings::from(Finding::error("client", message)).into());
    }
    small_prompt(ui, &database, &args.arguments)
}

/// Where SQLite's own prompt is installed.
fn client() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let mut places = env::split_paths(&path).map(|place| place.join(CLIENT));
    places.find(|place| place.is_file())
}

fn small_prompt(ui: &Ui, database: &Database, arguments: &[OsString]) -> Result<(), CommandError> {
    let connection = database.open(Durability::Full)?;
    let mut shell = SqlShell::new(&connection);
    if !arguments.is_empty() {
        for argument in arguments {
            shell.line(&argument.to_string_lossy())?;
            let answer = shell.finish()?;
            print(ui, &answer);
        }
        return Ok(());
    }
    let interactive = io::stdin().is_terminal();
    if interactive {
        ui.status("`sqlite3` is not installed; a statement ends in `;`, .quit ends the prompt");
    }
    let mut incomplete = false;
    loop {
        if interactive {
            ui.write_prompt(if incomplete { "   ...> " } else { "djr> " });
        }
        let mut line = String::new();
        if io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|error| unreadable(&error))?
            == 0
        {
            break;
        }
        match shell.line(line.trim_end_matches('\n')) {
            Ok(SqlShellOutput::Quit) => return Ok(()),
            Ok(answer) => {
                incomplete = answer == SqlShellOutput::Incomplete;
                print(ui, &answer);
            }
            Err(error) if interactive => {
                incomplete = false;
                ui.report(&error);
            }
            Err(error) => return Err(error.into()),
        }
    }
    print(ui, &shell.finish()?);
    Ok(())
}

fn print(ui: &Ui, answer: &SqlShellOutput) {
    if let SqlShellOutput::Lines(lines) = answer {
        let mut out = ui.output();
        for line in lines {
            // Nobody is left to read it.
            writeln!(out, "{line}").ok();
        }
    }
}

fn unreadable(error: &io::Error) -> Findings {
    Finding::error("input", format!("cannot read standard input: {error}")).into()
}
