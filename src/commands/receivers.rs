//! Commands that write rows of which receivers of the project hear.

use std::sync::Arc;
use std::thread;

use crate::commands::CommandError;
use crate::diagnostic::{Finding, Findings};
use crate::project::Project;
use crate::script::{self, PythonSite, STACK_SIZE};

/// Does `work`, which is handed the Python of `project` where something of it hears of rows.
///
/// The interpreter is started only there, and for `work` alone. Where Python runs already, which has called this
/// command, nobody hears: its connection is not that of the command.
pub(crate) fn with_receivers<T: Send>(
    project: &Project,
    work: impl FnOnce(Option<&Arc<PythonSite>>) -> Result<T, CommandError> + Send,
) -> Result<T, CommandError> {
    if script::is_running() {
        return work(None);
    }
    let Some(site) = project.receivers()? else {
        return work(None);
    };
    let run = || script::run_for_command(&site, || work(Some(&site)))?;
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("python".to_owned());
        let thread = thread.stack_size(STACK_SIZE).spawn_scoped(scope, run);
        let thread = thread.map_err(|error| failed(&format!("cannot start a thread: {error}")))?;
        let done = thread.join();
        done.map_err(|_| failed("the interpreter failed, which is a mistake of djr"))?
    })
}

fn failed(message: &str) -> Findings {
    Finding::error("python", message.to_owned()).into()
}
