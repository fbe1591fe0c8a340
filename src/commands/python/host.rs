//! What Python may ask of the command that runs it.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Weak};

use crate::checks::{self, CheckSelection, CheckTag};
use crate::commands::{CommandError, GlobalArgs, NativeCommands};
use crate::diagnostic::{self, Finding, Findings};
use crate::middleware::Application;
use crate::project::CommandSite;
use crate::script::{self, CommandHost, NativeOutcome, TypedLine};
use crate::ui::{self, EditedLine, LineEditor};

/// The file in the home directory that remembers what was typed.
const HISTORY: &str = ".djr_history";

/// What Python may ask of the command that runs it.
#[derive(Debug)]
pub(super) struct ProgramHost {
    site: Weak<CommandSite>,
    /// The options of this command line that hold for those of Python, too.
    global_words: Vec<OsString>,
    directory: PathBuf,
    settings: Option<PathBuf>,
    native: Option<NativeCommands>,
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
        }
    }
}

impl CommandHost for ProgramHost {
    fn application(&self) -> Option<Result<Arc<Application>, Findings>> {
        self.site.upgrade()?.application()
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
        let run = || (native.run)(&line);
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
