//! Commands of the project: `<app>/management/commands/NAME.py` makes `djr NAME`.

use std::ffi::OsString;

use crate::commands::python::{self, Program};
use crate::commands::{CommandError, GlobalArgs};
use crate::json::Json;
use crate::project::Project;
use crate::script;
use crate::ui::Ui;

/// A command of the project.
#[derive(Clone, Debug)]
pub(crate) struct ProjectCommand {
    /// What is typed behind `djr`.
    pub(crate) name: String,
    /// The label of its app.
    pub(crate) app: String,
    /// Its help, where the file has it as a plain text.
    pub(crate) help: Option<String>,
}

/// The options behind the name that djr reads itself, as in `djr NAME --settings FILE`.
const OPTIONS: [&str; 2] = ["--settings", "--project"];

/// The commands of the project that `global` names; none where there is no project, or none that can be read.
pub(crate) fn own_commands(global: &GlobalArgs) -> Vec<ProjectCommand> {
    let (directory, settings) = global.paths();
    let project = Project::examine(directory, settings);
    let Ok((project, _)) = project else {
        return Vec::new();
    };
    let found = script::own_commands(&project.apps).into_iter();
    let found = found.map(|command| ProjectCommand {
        name: command.name,
        app: command.app,
        help: command.help,
    });
    found.collect()
}

/// What of `words`, those behind the name of a command, djr reads itself.
pub(crate) fn words_of_djr(words: &[OsString]) -> Vec<OsString> {
    let mut found = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        if OPTIONS.contains(&&*text) {
            found.push(word.clone());
            found.extend(words.next().cloned());
        } else if OPTIONS.iter().any(|name| {
            text.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('='))
        }) {
            found.push(word.clone());
        }
    }
    found
}

/// Runs `command` with the words behind its name.
pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    command: &ProjectCommand,
    words: &[OsString],
) -> Result<(), CommandError> {
    let text = |text: &str| Json::String(text.to_owned());
    let words = words.iter().map(|word| text(&word.to_string_lossy()));
    let options = [
        ("name", text(&command.name)),
        ("app", text(&command.app)),
        ("words", Json::Array(words.collect())),
    ];
    let options = options.map(|(name, value)| (name.to_owned(), value));
    let program = Program {
        function: "_djr_program.own",
        options: Json::Object(options.into()),
        is_logged: true,
        works_at_once: false,
    };
    python::run(ui, global, program)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::words_of_djr;

    #[test]
    fn the_settings_behind_the_name_are_read() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        let found = words_of_djr(&words(
            "a --settings b.toml --project=c --settingsx d --settings",
        ));
        assert_eq!(found, words("--settings b.toml --project=c --settings"));
    }
}
