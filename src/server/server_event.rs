//! What happens in a server, and the thread that delivers it to the log.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::clock::Moment;
use crate::logging::AccessDetails;

/// Events that can wait to be delivered; a receiver that is too slow loses lines, so that the server never waits.
const QUEUE_CAPACITY: usize = 16 * 1024;

/// How many lines are written at once.
const BATCH_SIZE: usize = 1024;

/// How long lines are gathered that are written at once.
const GATHERING: Duration = Duration::from_millis(5);

/// Something that happened in a server.
#[derive(Debug)]
pub enum ServerEvent {
    /// A request was answered, or given up.
    Access {
        /// When it came.
        time: Moment,
        /// What it was; the status is 499 where there was no response, because the client or the server went away.
        access: AccessDetails,
    },
    /// A request was not HTTP, or not all of it came.
    Refused {
        /// When it was refused.
        time: Moment,
        /// The status it got.
        status: u16,
        /// Why it was refused.
        reason: &'static str,
    },
    /// A view panicked.
    Panic {
        /// The target of the request.
        target: String,
        /// The message of the panic.
        message: String,
    },
    /// A view does not return: its worker is given up, and another takes its place.
    WorkerLost {
        /// The target of the request.
        target: String,
    },
    /// No thread could be started in the place of one that is lost.
    CannotReplaceWorker(String),
    /// No connection could be accepted, for example because file descriptors have run out.
    CannotAccept(String),
    /// More happened than the log could take.
    Dropped {
        /// How many events are missing before this one.
        events: usize,
    },
}

/// Sends events to the thread that delivers them.
#[derive(Clone, Debug)]
pub(super) struct EventSender {
    sender: SyncSender<ServerEvent>,
    dropped: Arc<AtomicUsize>,
}

impl EventSender {
    /// Starts the thread that hands events to `sink`, as many at once as there are; it ends with the last sender.
    pub(super) fn start(
        sink: impl FnMut(Vec<ServerEvent>) + Send + 'static,
    ) -> (Self, JoinHandle<()>) {
        let (sender, receiver) = sync_channel(QUEUE_CAPACITY);
        let dropped = Arc::new(AtomicUsize::new(0));
        let thread = {
            let dropped = Arc::clone(&dropped);
            thread::spawn(move || deliver(&receiver, &dropped, sink))
        };
        (Self { sender, dropped }, thread)
    }

    /// Has `event` delivered soon; never waits.
    pub(super) fn send(&self, event: ServerEvent) {
        if self.sender.try_send(event).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn deliver(
    receiver: &Receiver<ServerEvent>,
    dropped: &AtomicUsize,
    mut sink: impl FnMut(Vec<ServerEvent>),
) {
    while let Ok(first) = receiver.recv() {
        // To wake a thread costs a request more than what is written of it.
        thread::sleep(GATHERING);
        let mut events = vec![first];
        events.extend(receiver.try_iter().take(BATCH_SIZE));
        match dropped.swap(0, Ordering::Relaxed) {
            0 => {}
            dropped => events.push(ServerEvent::Dropped { events: dropped }),
        }
        sink(events);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::{EventSender, QUEUE_CAPACITY, ServerEvent};

    #[test]
    fn says_how_many_events_a_slow_receiver_missed_and_never_waits() {
        let (gate, blocked) = mpsc::channel::<()>();
        let (told, outcome) = mpsc::channel();
        let (events, thread) = EventSender::start(move |batch| {
            blocked.recv().ok();
            for event in batch {
                told.send(matches!(event, ServerEvent::Dropped { events } if events > 0))
                    .unwrap();
            }
        });
        for _ in 0..QUEUE_CAPACITY * 2 {
            events.send(ServerEvent::CannotAccept(String::new()));
        }
        drop((gate, events));
        thread.join().unwrap();
        let outcome: Vec<_> = outcome.iter().collect();
        assert!(outcome.len() > QUEUE_CAPACITY);
        assert!(outcome.contains(&true));
    }
}
