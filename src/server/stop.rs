//! The end of a server.

use std::io;
use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How urgent the end is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Urgency {
    /// Serve.
    None,
    /// Requests in flight may finish.
    Soon,
    /// At once.
    Now,
}

/// Stops a server from anywhere; clones stop the same one.
#[derive(Clone, Debug)]
pub struct Stop {
    urgency: Arc<watch::Sender<Urgency>>,
    on_signals: bool,
}

impl Default for Stop {
    fn default() -> Self {
        Self {
            urgency: Arc::new(watch::Sender::new(Urgency::None)),
            on_signals: false,
        }
    }
}

impl Stop {
    /// Stops on SIGINT and SIGTERM too, at once on the second of them.
    pub fn on_signals() -> Self {
        Self {
            on_signals: true,
            ..Self::default()
        }
    }

    /// Stops gracefully; a second call stops at once.
    pub fn stop(&self) {
        self.urgency.send_modify(|urgency| {
            *urgency = match urgency {
                Urgency::None => Urgency::Soon,
                Urgency::Soon | Urgency::Now => Urgency::Now,
            };
        });
    }

    /// Waits until the end is as urgent as this.
    pub(super) async fn wait(&self, least: Urgency) {
        let mut receiver = self.urgency.subscribe();
        // The sender lives as long as `self`.
        receiver.wait_for(|urgency| *urgency >= least).await.ok();
    }

    /// Begins to listen to signals; to be called inside the runtime.
    pub(super) fn listen(&self) -> io::Result<()> {
        if !self.on_signals {
            return Ok(());
        }
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let (mut signal, stop) = (signal(kind)?, self.clone());
            tokio::spawn(async move {
                while signal.recv().await.is_some() {
                    stop.stop();
                }
            });
        }
        Ok(())
    }
}
