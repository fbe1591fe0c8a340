//! Work on many files at once.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many files a thread takes at a time: enough that threads seldom meet, few enough that all end together.
const CHUNK: usize = 16;

/// Threads where there are fewer cores: some of them wait for the disk.
const MIN_THREADS: usize = 4;

/// What `work` makes of each of `items`, in their order; the first failure ends it.
pub(super) fn map<T: Sync, R: Send, E: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    map_with(items, || (), |(), item| work(item))
}

/// The same, with a value of its own for each thread.
pub(super) fn map_with<T: Sync, V, R: Send, E: Send>(
    items: &[T],
    begin: impl Fn() -> V + Sync,
    work: impl Fn(&mut V, &T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Result<Chunk<R>, E>>> = Mutex::default();
    let run = || {
        let mut own = begin();
        loop {
            let start = next.fetch_add(CHUNK, Ordering::Relaxed);
            let Some(rest) = items.get(start..).filter(|rest| !rest.is_empty()) else {
                return;
            };
            let results: Result<Vec<R>, E> = rest
                .iter()
                .take(CHUNK)
                .map(|item| work(&mut own, item))
                .collect();
            if results.is_err() {
                next.store(items.len(), Ordering::Relaxed);
            }
            let chunk = results.map(|results| Chunk { start, results });
            done.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(chunk);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads().min(items.len().div_ceil(CHUNK)) {
            scope.spawn(run);
        }
        run();
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut chunks = done.into_iter().collect::<Result<Vec<_>, E>>()?;
    chunks.sort_unstable_by_key(|chunk| chunk.start);
    Ok(chunks.into_iter().flat_map(|chunk| chunk.results).collect())
}

/// The results of some items that follow each other.
struct Chunk<R> {
    start: usize,
    results: Vec<R>,
}

fn threads() -> usize {
    let cores = thread::available_parallelism();
    cores.map_or(1, NonZero::get).max(MIN_THREADS)
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn keeps_the_order_and_tells_a_failure() {
        for count in [0, 1, 15, 16, 17, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = map(&items, |item| Ok::<_, ()>(item * 2)).unwrap();
            assert_eq!(
                doubled,
                items.iter().map(|item| item * 2).collect::<Vec<_>>()
            );
        }
        let items: Vec<usize> = (0..1000).collect();
        let failed = map(
            &items,
            |item| if *item == 500 { Err(*item) } else { Ok(()) },
        );
        assert_eq!(failed, Err(500));
    }
}
