//! What the commands share that run Python: the site, a thread with a stack for it, and Ctrl-C.

mod host;
mod live_server;
mod native;

use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use crate::commands::runserver::console;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{ExitCode, Finding, Findings};
use crate::json::Json;
use crate::logging::Console;
use crate::project::{CommandSite, ProcessServices};
use crate::script::{self, STACK_SIZE};
use crate::server;
use crate::ui::Ui;
use crate::views::BackgroundTasks;

use self::host::ProgramHost;

pub(crate) use native::NativeCommands;

/// How often it is seen to that the thread of the interpreter is still there.
const LOOK_AFTER_THREAD: Duration = Duration::from_secs(1);

/// The function of djr's own Python that a command stands for, and what it is called with.
pub(crate) struct Program {
    /// As in `module.function`.
    pub(crate) function: &'static str,
    /// What it is called with, a JSON object.
    pub(crate) options: Json,
    /// Whether a person reads the log of the site.
    pub(crate) is_logged: bool,
    /// Whether what the site does in the background is done at once.
    pub(crate) works_at_once: bool,
}

/// Runs `program` over the site that the options name, until it ends; fails where it ends with another code than 0.
pub(crate) fn run(ui: &Ui, global: &GlobalArgs, program: Program) -> Result<(), CommandError> {
    let console = if program.is_logged {
        console(ui)
    } else {
        Console::new(false, |_| {})
    };
    let mut services = ProcessServices::new(console);
    if program.works_at_once {
        services.background = BackgroundTasks::at_once();
    }
    let background = services.background.clone();
    let project = global.project()?;
    let timeout = project.settings.server.shutdown_timeout;
    let site = Arc::new(CommandSite::open(project, services)?);
    let python = Arc::clone(site.python());
    python.run_for(Arc::new(ProgramHost::new(&site, global)));
    let (end, ended) = mpsc::channel();
    listen_to_interrupts(end.clone());
    let work = move || {
        let ended = script::run_own(&python, program.function, &program.options);
        // Nobody waits for what was interrupted twice.
        end.send(ended).ok();
    };
    let thread = thread::Builder::new()
        .name("python".to_owned())
        .stack_size(STACK_SIZE);
    let thread = thread
        .spawn(work)
        .map_err(|error| failed(&format!("cannot start a thread: {error}")))?;
    let code = loop {
        match ended.recv_timeout(LOOK_AFTER_THREAD) {
            Ok(ended) => break ended.map_err(Findings::from)?,
            Err(_) if thread.is_finished() => {
                let message = "the interpreter failed, which is a mistake of djr";
                let ended = ended.try_recv().map_err(|_| failed(message))?;
                break ended.map_err(Findings::from)?;
            }
            Err(_) => {}
        }
    };
    background.wait(timeout);
    match code {
        0 => Ok(()),
        code => Err(CommandError::ended(code)),
    }
}

/// Ctrl-C raises an exception in what runs; what does not hear it is not waited for when it is pressed again.
fn listen_to_interrupts(end: Sender<Result<u8, Finding>>) {
    let told = server::on_interrupt(move || {
        if !script::interrupt() {
            end.send(Ok(ExitCode::Interrupted as u8)).ok();
        }
    });
    // Where signals cannot be heard, Ctrl-C ends the process as usual.
    told.ok();
}

fn failed(message: &str) -> Findings {
    Finding::error("python", message.to_owned()).into()
}
