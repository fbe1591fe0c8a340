//! How a server is told to shut down.

use std::io;
use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How far a shutdown has come.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum ShutdownPhase {
    /// No shutdown was requested.
    Running,
    /// Requests in flight may finish.
    Graceful,
    /// Everything ends at once.
    Immediate,
}

/// Shuts a server down from any thread; clones shut down the same server.
#[derive(Clone, Debug)]
pub struct Shutdown {
    phase: Arc<watch::Sender<ShutdownPhase>>,
    on_signals: bool,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self {
            phase: Arc::new(watch::Sender::new(ShutdownPhase::Running)),
            on_signals: false,
        }
    }
}

impl Shutdown {
    /// A shutdown that SIGINT and SIGTERM request too.
    pub fn on_signals() -> Self {
        Self {
            on_signals: true,
            ..Self::default()
        }
    }

    /// Requests a graceful shutdown; a second call ends everything at once.
    pub fn request(&self) {
        self.phase.send_modify(|phase| {
            *phase = match phase {
                ShutdownPhase::Running => ShutdownPhase::Graceful,
                ShutdownPhase::Graceful | ShutdownPhase::Immediate => ShutdownPhase::Immediate,
            };
        });
    }

    /// Waits until the shutdown has come to `phase`.
    pub(super) async fn wait_for(&self, phase: ShutdownPhase) {
        let mut receiver = self.phase.subscribe();
        // The sender lives as long as `self`, so that waiting cannot fail.
        receiver.wait_for(|current| *current >= phase).await.ok();
    }

    /// Begins to listen to signals; must be called inside the runtime.
    pub(super) fn listen_to_signals(&self) -> io::Result<()> {
        if !self.on_signals {
            return Ok(());
        }
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let (mut signal, shutdown) = (signal(kind)?, self.clone());
            tokio::spawn(async move {
                while signal.recv().await.is_some() {
                    shutdown.request();
                }
            });
        }
        Ok(())
    }
}
