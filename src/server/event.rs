//! What a server has to tell, and the thread that tells it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::clock::Moment;

/// Events that wait to be told; a reader that is too slow loses lines, not the server its speed.
const WAITING: usize = 16 * 1024;

/// As many lines as are written at once.
const TOLD_AT_ONCE: usize = 1024;

/// Something a server has to tell.
#[derive(Debug)]
pub enum Event {
    /// A request was answered.
    Access(Access),
    /// A request was not HTTP, or not all of it came.
    Refused {
        /// When.
        time: Moment,
        /// The status it got.
        status: u16,
        /// Why.
        reason: &'static str,
    },
    /// A view panicked.
    Panic {
        /// The request's target.
        target: String,
        /// What the panic said.
        message: String,
    },
    /// No connection could be accepted, for want of file descriptors for one.
    CannotAccept(String),
    /// More happened than could be told: so many events are missing before this one.
    Missed(usize),
}

/// A line of the access log.
#[derive(Clone, Debug)]
pub struct Access {
    /// When the request came.
    pub time: Moment,
    /// Its method.
    pub method: String,
    /// Its target, as sent.
    pub target: String,
    /// `HTTP/1.1` or `HTTP/1.0`.
    pub version: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// The bytes of its body; 0 for HEAD.
    pub size: u64,
    /// How long the answer took.
    pub duration: Duration,
}

/// Where events go.
#[derive(Clone, Debug)]
pub(super) struct Events {
    sender: SyncSender<Event>,
    missed: Arc<AtomicUsize>,
}

impl Events {
    /// Starts the thread that hands events to `sink`, as many at once as there are; it ends with the last sender.
    pub(super) fn start(sink: impl FnMut(Vec<Event>) + Send + 'static) -> (Self, JoinHandle<()>) {
        let (sender, receiver) = sync_channel(WAITING);
        let missed = Arc::new(AtomicUsize::new(0));
        let thread = {
            let missed = Arc::clone(&missed);
            thread::spawn(move || tell(&receiver, &missed, sink))
        };
        (Self { sender, missed }, thread)
    }

    /// Tells `event` soon; never waits.
    pub(super) fn send(&self, event: Event) {
        if self.sender.try_send(event).is_err() {
            self.missed.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn tell(receiver: &Receiver<Event>, missed: &AtomicUsize, mut sink: impl FnMut(Vec<Event>)) {
    while let Ok(first) = receiver.recv() {
        let mut events = vec![first];
        events.extend(receiver.try_iter().take(TOLD_AT_ONCE));
        match missed.swap(0, Ordering::Relaxed) {
            0 => {}
            missed => events.push(Event::Missed(missed)),
        }
        sink(events);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::{Event, Events, WAITING};

    #[test]
    fn tells_how_much_a_slow_reader_missed_and_never_waits() {
        let (gate, blocked) = mpsc::channel::<()>();
        let (told, outcome) = mpsc::channel();
        let (events, thread) = Events::start(move |batch| {
            blocked.recv().ok();
            for event in batch {
                told.send(matches!(event, Event::Missed(missed) if missed > 0))
                    .unwrap();
            }
        });
        for _ in 0..WAITING * 2 {
            events.send(Event::CannotAccept(String::new()));
        }
        drop((gate, events));
        thread.join().unwrap();
        let outcome: Vec<_> = outcome.iter().collect();
        assert!(outcome.len() > WAITING);
        assert!(outcome.contains(&true));
    }
}
