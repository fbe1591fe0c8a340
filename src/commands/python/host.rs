//! What Python may ask of the command that runs it.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use crate::checks::{self, CheckSelection, CheckTag};
use crate::commands::python::live_server::LiveServer;
use crate::commands::{CommandError, GlobalArgs, NativeCommands};
use crate::diagnostic::{self, Finding, Findings};
use crate::mail::EmailMessage;
use crate::middleware::Application;
use crate::project::{CommandSite, SettingsOverride};
use crate::script::{self, CommandHost, NativeOutcome, TypedLine};
use crate::ui::{self, EditedLine, LineEditor};

/// The file in the home directory that remembers what was typed.
const HISTORY: &str = ".djr_history";

/// How long mail is waited for that the site sends in the background.
const MAIL_PATIENCE: Duration = Duration::from_secs(10);

/// What Python may ask of the command that runs it.
#[derive(Debug)]
pub(super) struct ProgramHost {
    site: Weak<CommandSite>,
    /// The options of this command line that hold for those of Python, too.
    global_words: Vec<OsString>,
    directory: PathBuf,
    settings: Option<PathBuf>,
    native: Option<NativeCommands>,
    live_server: Mutex<Option<LiveServer>>,
    processes: Mutex<Vec<Child>>,
}

impl ProgramHost {
    pub(super) fn new(site: &Arc<CommandSite>, global: &GlobalArgs) -> Self {
        let directory = site.project().root.clone();
        let settings = global.paths().1.map(ToOwned::to_owned);
        let mut global_words = vec!["--project".into(), directory.clone().into()];
        if let Some(settings) = &settings {
            global_words.extend(["--settings".into(), settings.clone().into()]);
        }
        Self {
            site: Arc::downgrade(site),
            global_words,
            directory,
            settings,
            native: global.native,
            live_server: Mutex::default(),
            processes: Mutex::default(),
        }
    }
}

impl ProgramHost {
    fn processes(&self) -> MutexGuard<'_, Vec<Child>> {
        let processes = self.processes.lock();
        processes.unwrap_or_else(PoisonError::into_inner)
    }

    fn live_server(&self) -> MutexGuard<'_, Option<LiveServer>> {
        let server = self.live_server.lock();
        server.unwrap_or_else(PoisonError::into_inner)
    }
}

impl CommandHost for ProgramHost {
    fn application(&self) -> Option<Result<Arc<Application>, Findings>> {
        self.site.upgrade()?.application()
    }

    fn override_settings(&self, settings: String, urls: String) -> Result<(), Findings> {
        let over = SettingsOverride { settings, urls };
        let site = self.site.upgrade();
        site.map_or(Ok(()), |site| site.override_settings(over))
    }

    fn take_mail(&self) -> Vec<EmailMessage> {
        let site = self.site.upgrade();
        site.map_or_else(Vec::new, |site| site.take_mail(MAIL_PATIENCE))
    }

    fn serve(&self) -> Result<u16, Findings> {
        let gone = || Findings::from(Finding::error("live-server", "the site is gone"));
        let site = self.site.upgrade().ok_or_else(gone)?;
        let application = site.application().ok_or_else(gone)??;
        let (server, port) = LiveServer::start(site.project(), application)?;
        *self.live_server() = Some(server);
        Ok(port)
    }

    fn stop_serving(&self) {
        let server = self.live_server().take();
        if let Some(server) = server {
            server.stop();
        }
    }

    fn start_process(&self, words: &[String]) -> io::Result<usize> {
        let started = Command::new(std::env::current_exe()?)
            .args(words)
            .args(&self.global_words)
            .stdin(Stdio::null())
            .spawn()?;
        let mut processes = self.processes();
        processes.push(started);
        Ok(processes.len() - 1)
    }

    fn ended_process(&self, number: usize) -> Option<i32> {
        let mut processes = self.processes();
        let Some(process) = processes.get_mut(number) else {
            return Some(-1);
        };
        match process.try_wait() {
            Ok(status) => status.map(|status| status.code().unwrap_or(-1)),
            Err(_) => Some(-1),
        }
    }

    fn read_line(&self, prompt: &str) -> io::Result<TypedLine> {
        let history = std::env::home_dir().map(|home| home.join(HISTORY));
        // It listens to Ctrl-C for as long as it lives, which must be heard by what runs after the line.
        let mut editor = LineEditor::open(history, script::completions)?;
        Ok(match editor.read(prompt)? {
            EditedLine::Text(line) => TypedLine::Text(line),
            EditedLine::Interrupted => TypedLine::Interrupted,
            EditedLine::End => TypedLine::End,
        })
    }

    fn run_native(&self, words: &[String], captures: bool) -> NativeOutcome {
        let Some(native) = self.native else {
            return NativeOutcome::default();
        };
        let mut line = vec![OsString::from("djr")];
        line.extend(words.iter().map(OsString::from));
        line.extend(self.global_words.clone());
        // Within a transaction of Python's the command is a part of that, or it would wait for its end.
        let site = self.site.upgrade();
        let run = || match &site {
            Some(site) => {
                let connections = site.python().connections();
                connections.share_transactions(|| (native.run)(&line))
            }
            None => (native.run)(&line),
        };
        if !captures {
            return outcome(run());
        }
        let (ended, printed) = ui::capture(run);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        NativeOutcome {
            stdout: text(printed.stdout),
            stderr: text(printed.stderr),
            ..outcome(ended)
        }
    }

    fn native_commands(&self) -> Vec<String> {
        self.native.map_or_else(Vec::new, |native| (native.names)())
    }

    fn check(&self, tags: &[String]) -> Vec<Finding> {
        let known = CheckTag::ALL.into_iter();
        let selection = CheckSelection {
            tags: known
                .filter(|tag| tags.iter().any(|name| name == tag.name()))
                .collect(),
            deploy: false,
        };
        let report = checks::run(Some(&self.directory), self.settings.as_deref(), &selection);
        match report {
            Ok(checked) => checked.report.findings().to_vec(),
            Err(findings) => findings.into_inner(),
        }
    }
}

/// How a command ended, with everything that is to be said of an error.
fn outcome(ended: Result<(), CommandError>) -> NativeOutcome {
    let Err(error) = ended else {
        return NativeOutcome::default();
    };
    let told = error.diagnostic();
    let mut lines = vec![diagnostic::messages(&told).join(": ")];
    lines.extend(
        told.findings()
            .iter()
            .map(|finding| finding.message.clone()),
    );
    lines.extend(told.hints().iter().map(|hint| format!("hint: {hint}")));
    NativeOutcome {
        code: told.exit_code() as u8,
        error: Some(lines.join("\n")),
        ..NativeOutcome::default()
    }
}
