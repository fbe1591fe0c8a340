//! The server of tests: the site of a command on a port of its own, until it is told to stop.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crate::diagnostic::{Finding, Findings};
use crate::http::UploadDirectory;
use crate::middleware::Application;
use crate::project::Project;
use crate::script;
use crate::server::{self, BindAddress, Listener, ServerLimits, Shutdown};

/// Any free port, for this computer alone.
const ADDRESS: &str = "127.0.0.1:0";

/// A server that runs beside a command.
#[derive(Debug)]
pub(super) struct LiveServer {
    shutdown: Shutdown,
    thread: JoinHandle<()>,
}

impl LiveServer {
    /// Serves `application`, the site of `project`; also returns the port.
    pub(super) fn start(
        project: &Project,
        application: Arc<Application>,
    ) -> Result<(Self, u16), Findings> {
        let cannot = |error: String| Findings::from(Finding::error("live-server", error));
        let address: BindAddress = ADDRESS
            .parse()
            .map_err(|error| cannot(format!("{error}")))?;
        let listener = Listener::bind(&address).map_err(|error| cannot(error.to_string()))?;
        let port = listener.port();
        let mut limits = ServerLimits::from(&project.settings.server);
        limits.worker_stack = Some(script::STACK_SIZE).filter(|_| script::IS_BUILT_IN);
        let uploads = UploadDirectory::open(project.upload_directory());
        let shutdown = Shutdown::default();
        let stop = shutdown.clone();
        let serve = move || {
            // Whoever asks a server that failed is told by the connection that is refused.
            server::serve(listener, application, limits, uploads, &stop, |_| {}).ok();
        };
        let thread = thread::Builder::new().name("live-server".to_owned());
        let thread = thread.spawn(serve);
        let thread = thread.map_err(|error| cannot(format!("cannot start a thread: {error}")))?;
        Ok((Self { shutdown, thread }, port))
    }

    /// Ends it, and what it answers right now.
    pub(super) fn stop(self) {
        self.shutdown.request();
        self.shutdown.request();
        self.thread.join().ok();
    }
}
