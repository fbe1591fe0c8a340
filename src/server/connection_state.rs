//! What a connection is doing, and how long the client may take over it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::server::ServerLimits;
use crate::server::outgoing_file::OutgoingFiles;

/// What a connection is doing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ConnectionPhase {
    /// No byte has come since the connection began or since the last response.
    Idle,
    /// The head of a request has begun to arrive.
    Head,
    /// A request is being answered.
    Busy,
}

/// The state of one connection, shared by its stream and by the handler of its requests.
#[derive(Debug)]
pub(super) struct ConnectionState {
    limits: ServerLimits,
    progress: Mutex<Progress>,
    files: Mutex<OutgoingFiles>,
}

#[derive(Debug)]
struct Progress {
    phase: ConnectionPhase,
    deadline: Instant,
    /// Bytes of a response may still wait to be sent.
    has_unsent_bytes: bool,
    /// A request was refused before all of it was read.
    has_refused_request: bool,
}

impl ConnectionState {
    pub(super) fn new(limits: &ServerLimits) -> Self {
        Self {
            limits: limits.clone(),
            progress: Mutex::new(Progress {
                phase: ConnectionPhase::Idle,
                deadline: Instant::now() + limits.head_timeout,
                has_unsent_bytes: false,
                has_refused_request: false,
            }),
            files: Mutex::default(),
        }
    }

    /// When the client must have sent something; `None` while a request is being answered.
    pub(super) fn read_deadline(&self) -> Option<Instant> {
        let progress = self.progress();
        (progress.phase != ConnectionPhase::Busy).then_some(progress.deadline)
    }

    pub(super) fn phase(&self) -> ConnectionPhase {
        self.progress().phase
    }

    /// Notes that bytes came from the client.
    pub(super) fn bytes_received(&self) {
        let mut progress = self.progress();
        if progress.phase == ConnectionPhase::Idle {
            progress.phase = ConnectionPhase::Head;
            progress.deadline = Instant::now() + self.limits.head_timeout;
        }
    }

    /// Notes that the head of a request is complete.
    pub(super) fn request_started(&self) {
        let mut progress = self.progress();
        progress.phase = ConnectionPhase::Busy;
        progress.has_unsent_bytes = true;
    }

    /// Notes that a response is complete, except for bytes in buffers.
    pub(super) fn response_finished(&self) {
        let mut progress = self.progress();
        progress.phase = ConnectionPhase::Idle;
        progress.deadline = Instant::now() + self.limits.idle_timeout;
    }

    /// Notes that a request is refused before all of it was read.
    pub(super) fn request_refused(&self) {
        self.progress().has_refused_request = true;
    }

    /// Whether the client may still be sending a request that was refused.
    pub(super) fn has_refused_request(&self) -> bool {
        self.progress().has_refused_request
    }

    /// Notes that the client took some bytes of a response.
    pub(super) fn bytes_sent(&self) {
        let mut progress = self.progress();
        if progress.phase == ConnectionPhase::Idle {
            progress.deadline = Instant::now() + self.limits.idle_timeout;
        }
    }

    /// Notes that all buffers are empty.
    pub(super) fn buffers_flushed(&self) {
        let mut progress = self.progress();
        if progress.phase != ConnectionPhase::Busy {
            progress.has_unsent_bytes = false;
        }
    }

    /// Whether bytes written now cannot belong to the response of a request that the handler was given.
    pub(super) fn expects_no_response(&self) -> bool {
        let progress = self.progress();
        progress.phase != ConnectionPhase::Busy && !progress.has_unsent_bytes
    }

    /// The files whose bytes are on their way.
    pub(super) fn files(&self) -> MutexGuard<'_, OutgoingFiles> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
