//! How far a connection is, and how long it may stay there.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::server::Limits;

/// How far a connection is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Phase {
    /// Nothing came since the connection began or since the last answer.
    Idle,
    /// A head has begun.
    Head,
    /// A request is being answered.
    Busy,
}

/// The phase of one connection; the stream and the service tell each other here.
#[derive(Debug)]
pub(super) struct Deadlines {
    limits: Limits,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    deadline: Instant,
    /// Bytes of an answer may still wait to be sent.
    unsent: bool,
    /// A request was refused before all of it was read.
    refused: bool,
}

impl Deadlines {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            limits: limits.clone(),
            state: Mutex::new(State {
                phase: Phase::Idle,
                deadline: Instant::now() + limits.head_timeout,
                unsent: false,
                refused: false,
            }),
        }
    }

    /// Until when the client must send, if it is its turn.
    pub(super) fn reading(&self) -> Option<Instant> {
        let state = self.state();
        (state.phase != Phase::Busy).then_some(state.deadline)
    }

    pub(super) fn phase(&self) -> Phase {
        self.state().phase
    }

    /// Bytes came.
    pub(super) fn received(&self) {
        let mut state = self.state();
        if state.phase == Phase::Idle {
            state.phase = Phase::Head;
            state.deadline = Instant::now() + self.limits.head_timeout;
        }
    }

    /// A head is complete.
    pub(super) fn begun(&self) {
        let mut state = self.state();
        state.phase = Phase::Busy;
        state.unsent = true;
    }

    /// An answer is complete, up to what waits in buffers.
    pub(super) fn answered(&self) {
        let mut state = self.state();
        state.phase = Phase::Idle;
        state.deadline = Instant::now() + self.limits.idle_timeout;
    }

    /// A request is refused before all of it was read.
    pub(super) fn refused(&self) {
        self.state().refused = true;
    }

    /// Whether the client may still be sending what nobody reads.
    pub(super) fn is_refused(&self) -> bool {
        self.state().refused
    }

    /// The client took some of an answer.
    pub(super) fn sent(&self) {
        let mut state = self.state();
        if state.phase == Phase::Idle {
            state.deadline = Instant::now() + self.limits.idle_timeout;
        }
    }

    /// All buffers are empty.
    pub(super) fn flushed(&self) {
        let mut state = self.state();
        if state.phase != Phase::Busy {
            state.unsent = false;
        }
    }

    /// Whether what is written now answers no request that was handed out.
    pub(super) fn nothing_to_answer(&self) -> bool {
        let state = self.state();
        state.phase != Phase::Busy && !state.unsent
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
