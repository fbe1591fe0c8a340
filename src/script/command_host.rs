//! What Python may ask of the command that runs it, and of nobody else.

use std::fmt::Debug;
use std::io;
use std::sync::Arc;

use crate::apps::{AppSource, Apps};
use crate::diagnostic::{Finding, Findings};
use crate::mail::EmailMessage;
use crate::middleware::Application;

/// The command that runs Python: it stands above this room, which therefore knows it by this trait alone.
pub trait CommandHost: Debug + Send + Sync {
    /// The site, composed when it is first asked for; `None` while that is under way.
    ///
    /// Fails with everything that is wrong where something is wrong in settings or urls.
    fn application(&self) -> Option<Result<Arc<Application>, Findings>>;

    /// Lays settings, as TOML, and the file of urls, unless that is empty, over those of the project.
    ///
    /// Fails where they are not TOML.
    fn override_settings(&self, settings: String, urls: String) -> Result<(), Findings>;

    /// Takes the mail that the site has sent, oldest first, where that stays in memory.
    fn take_mail(&self) -> Vec<EmailMessage>;

    /// Serves the site to everyone on this computer; returns the port.
    fn serve(&self) -> Result<u16, Findings>;

    /// Ends what [`Self::serve`] began.
    fn stop_serving(&self);

    /// Starts another djr of this project with these words; returns its number.
    fn start_process(&self, words: &[String]) -> io::Result<usize>;

    /// The exit code of the process of this number; `None` while it runs.
    fn ended_process(&self, number: usize) -> Option<i32>;

    /// The next line that a person types behind `prompt`.
    fn read_line(&self, prompt: &str) -> io::Result<TypedLine>;

    /// Runs one of djr's own commands; what it prints is handed back where `captures` says so.
    fn run_native(&self, words: &[String], captures: bool) -> NativeOutcome;

    /// The names of djr's own commands.
    fn native_commands(&self) -> Vec<String>;

    /// What the checks of these tags find; all of them where there is none.
    fn check(&self, tags: &[String]) -> Vec<Finding>;
}

/// What a person did at a prompt.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TypedLine {
    /// Typed a line, or several that were pasted.
    Text(String),
    /// Pressed Ctrl-C.
    Interrupted,
    /// Pressed Ctrl-D, or there is nothing more to read.
    End,
}

/// How a command of djr's own ended.
#[derive(Clone, Debug, Default)]
pub struct NativeOutcome {
    /// The exit code.
    pub code: u8,
    /// What went wrong, if anything did.
    pub error: Option<String>,
    /// What it printed as its result, if that was captured.
    pub stdout: String,
    /// What it told beside that, if that was captured.
    pub stderr: String,
}

/// A command of the project: `<app>/management/commands/NAME.py`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OwnCommand {
    /// What is typed behind `djr`.
    pub name: String,
    /// The label of its app.
    pub app: String,
    /// Its help, where the file has it as a plain text.
    pub help: Option<String>,
}

/// Where the commands of an app are, below its directory.
const COMMANDS: &str = "management/commands";

/// The commands of `apps`; of two with one name that of the app which comes first counts, as in Django.
///
/// The files are read and not run.
pub fn own_commands(apps: &Apps) -> Vec<OwnCommand> {
    let mut found: Vec<OwnCommand> = Vec::new();
    for app in apps
        .iter()
        .filter(|app| matches!(app.source, AppSource::Disk(_)))
    {
        for file in app.list(COMMANDS).unwrap_or_default() {
            let Some(name) = file.strip_suffix(".py") else {
                continue;
            };
            let is_known = found.iter().any(|known| known.name == name);
            if name.starts_with('_') || is_known {
                continue;
            }
            let source = app.read(&format!("{COMMANDS}/{file}")).ok().flatten();
            let source = source.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            found.push(OwnCommand {
                name: name.to_owned(),
                app: app.label.to_string(),
                help: source.as_deref().and_then(super::plain_help::plain_help),
            });
        }
    }
    found
}
