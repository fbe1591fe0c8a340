//! How many entries a cache keeps.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, TryLockError};
use std::time::Duration;

use crate::settings::CacheSettings;

/// How many entries are kept (Django's `MAX_ENTRIES` and `CULL_FREQUENCY`).
#[derive(Clone, Copy, Debug)]
pub(super) struct EntryLimits {
    /// From this many on, some are culled before another one is kept.
    pub(super) max_entries: usize,
    /// One in this many is culled; 0 culls all.
    pub(super) cull_frequency: usize,
}

impl EntryLimits {
    pub(super) fn new(settings: &CacheSettings) -> Self {
        Self {
            max_entries: settings.max_entries,
            cull_frequency: settings.cull_frequency,
        }
    }

    /// How many of `count` entries are too many: as many as a write would cull, and more where that is not enough.
    pub(super) fn too_many(self, count: usize) -> usize {
        match count.saturating_sub(self.max_entries) {
            0 => 0,
            over => self.excess(count).map_or(count, |culled| culled.max(over)),
        }
    }

    /// How many of `count` entries are culled; `None` is all.
    pub(super) fn excess(self, count: usize) -> Option<usize> {
        count.checked_div(self.cull_frequency)
    }
}

/// How long a write may take to make room; what is left then is for the next ones.
pub(super) const CULL_TIME: Duration = Duration::from_millis(10);

/// When a write is to make room: not before the entries, whose counting takes long where there are many, can be too many.
///
/// Several processes that write may leave a tenth too much each.
#[derive(Debug, Default)]
pub(super) struct CullSchedule {
    writes_left: AtomicUsize,
    unfinished: Mutex<UnfinishedCull>,
}

/// How far a cull is that takes longer than one write may.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct UnfinishedCull {
    /// How many more entries are to go.
    pub(super) excess: usize,
    /// Of how many.
    pub(super) count: usize,
}

impl CullSchedule {
    /// The turn to make room before the next entry is written; `None` where there is no need to, or another thread is at it.
    pub(super) fn turn(&self) -> Option<MutexGuard<'_, UnfinishedCull>> {
        let one_less = |left: usize| left.checked_sub(1);
        let ordering = Ordering::Relaxed;
        let taken = self.writes_left.fetch_update(ordering, ordering, one_less);
        if taken.is_ok() {
            return None;
        }
        match self.unfinished.try_lock() {
            Ok(unfinished) => Some(unfinished),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// `count` entries are there, where `limits` apply.
    pub(super) fn counted(&self, count: usize, limits: EntryLimits) {
        let room = limits.max_entries.saturating_sub(count);
        let most = limits.max_entries / 10;
        self.writes_left.store(room.min(most), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::{CullSchedule, EntryLimits};

    #[test]
    fn no_more_than_the_settings_allow_are_left() {
        let limits = |cull_frequency| EntryLimits {
            max_entries: 100,
            cull_frequency,
        };
        assert_eq!([0, 99, 100].map(|count| limits(3).too_many(count)), [0; 3]);
        assert_eq!(limits(3).too_many(101), 33);
        assert_eq!(limits(3).too_many(1000), 900);
        assert_eq!(limits(1000).too_many(101), 1);
        assert_eq!(limits(0).too_many(101), 101);
    }

    #[test]
    fn room_is_made_before_entries_can_be_too_many() {
        let limits = EntryLimits {
            max_entries: 100,
            cull_frequency: 3,
        };
        let schedule = CullSchedule::default();
        let is_due = || schedule.turn().is_some();
        assert!(is_due());
        schedule.counted(98, limits);
        assert_eq!([false, false, true], [(); 3].map(|()| is_due()));
        schedule.counted(0, limits);
        assert_eq!((0..20).take_while(|_| !is_due()).count(), 10);
        schedule.counted(200, limits);
        assert!(is_due());
    }

    #[test]
    fn one_thread_at_a_time_makes_room() {
        let schedule = CullSchedule::default();
        let turn = schedule.turn();
        assert!(turn.is_some() && schedule.turn().is_none());
        drop(turn);
        assert!(schedule.turn().is_some());
    }
}
