//! Work that no answer waits for.

use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// A piece of work.
type Job = Box<dyn FnOnce() + Send>;

/// Pieces of work that wait at most; whoever asks for more than is done would fill the memory.
const CAPACITY: usize = 100;

/// The stack of the thread, in bytes: mail may be sent by a class in Python.
const STACK_SIZE: usize = 16 * 1024 * 1024;

/// Work done in its order by one thread, which is there only while there is some; clones share it.
#[derive(Clone, Default)]
pub struct BackgroundTasks(Arc<Shared>);

/// When work is done.
#[derive(Clone, Copy, Default)]
enum TaskTiming {
    #[default]
    Soon,
    AtOnce,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    idle: Condvar,
    moment: TaskTiming,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    running: bool,
}

impl BackgroundTasks {
    /// Work that is done at once, by whoever asks for it, as tests want it that see only their own transaction.
    pub fn at_once() -> Self {
        Self(Arc::new(Shared {
            moment: TaskTiming::AtOnce,
            ..Shared::default()
        }))
    }

    /// Has `job` done soon; `false` where too much is waiting already.
    pub fn submit(&self, job: impl FnOnce() + Send + 'static) -> bool {
        if let TaskTiming::AtOnce = self.0.moment {
            job();
            return true;
        }
        let mut queue = self.0.lock();
        if queue.jobs.len() >= CAPACITY {
            return false;
        }
        queue.jobs.push_back(Box::new(job));
        if !queue.running {
            let shared = Arc::clone(&self.0);
            let thread = thread::Builder::new()
                .name("background".to_owned())
                .stack_size(STACK_SIZE);
            queue.running = thread.spawn(move || shared.work()).is_ok();
        }
        queue.running
    }

    /// Waits until all is done; `false` where that takes longer than `patience`.
    pub fn wait(&self, patience: Duration) -> bool {
        let queue = self.0.lock();
        let waited = self
            .0
            .idle
            .wait_timeout_while(queue, patience, |queue| queue.running);
        let (queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !queue.running
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some(job) = self.next() {
            // The next one has nothing to do with it.
            catch_unwind(AssertUnwindSafe(job)).ok();
        }
    }

    fn next(&self) -> Option<Job> {
        let mut queue = self.lock();
        let job = queue.jobs.pop_front();
        if job.is_none() {
            queue.running = false;
            self.idle.notify_all();
        }
        job
    }
}

impl fmt::Debug for BackgroundTasks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackgroundTasks(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};
    use std::time::Duration;

    use super::{BackgroundTasks, CAPACITY};

    const LONG: Duration = Duration::from_secs(30);

    #[test]
    fn does_all_in_its_order_even_after_a_panic() {
        let (background, (sender, receiver)) = (BackgroundTasks::default(), mpsc::channel());
        for number in 0..5 {
            let sender = sender.clone();
            assert!(background.submit(move || {
                assert!(number != 1, "expected");
                sender.send(number).unwrap();
            }));
        }
        assert!(background.wait(LONG));
        assert_eq!(receiver.try_iter().collect::<Vec<_>>(), [0, 2, 3, 4]);
        assert!(background.submit(move || sender.send(9).unwrap()));
        assert_eq!(receiver.recv_timeout(LONG), Ok(9));
    }

    fn blocked(background: &BackgroundTasks) -> mpsc::Sender<()> {
        let (sender, receiver): (_, Receiver<()>) = mpsc::channel();
        let (started, wait) = mpsc::channel();
        background.submit(move || {
            started.send(()).unwrap();
            receiver.recv().ok();
        });
        wait.recv_timeout(LONG).unwrap();
        sender
    }

    #[test]
    fn takes_no_more_than_it_can_hold_and_says_when_it_is_not_done() {
        let background = BackgroundTasks::default();
        let release = blocked(&background);
        for _ in 0..CAPACITY {
            assert!(background.submit(|| {}));
        }
        assert!(!background.submit(|| {}));
        assert!(!background.wait(Duration::from_millis(10)));
        drop(release);
        assert!(background.wait(LONG));
    }
}
