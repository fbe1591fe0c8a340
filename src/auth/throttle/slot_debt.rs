//! How full a bucket can be, by what was counted in slots of time.
//!
//! Where in a slot a try was, nobody knows: each counts as if it had come at the end. So a bucket is never taken
//! for fuller than it is, and the promise of `burst + t * per_hour` holds; who used up their tries waits up to a slot longer.

use std::time::Duration;

use crate::auth::throttle::token_buckets::{refill_interval, refill_time};
use crate::cache::{SlotCounts, TimeSlots};
use crate::settings::RateLimit;

/// Slots in the time that an empty bucket needs to fill.
const SLOTS: u32 = 6;

/// The slots of a bucket that fills at `rate`.
pub(super) fn time_slots(rate: RateLimit) -> TimeSlots {
    let slots = SLOTS.min(rate.burst.max(1));
    TimeSlots {
        length: micros(refill_time(rate)) / slots,
        // What was before the first one of them is not known: the bucket may have been empty, and is full by half of them.
        before: slots * 2,
    }
}

/// How long until there is a try for the last one that `counts` has; zero where there is one now.
pub(super) fn wait(counts: &SlotCounts, rate: RateLimit) -> Duration {
    let slots = time_slots(rate);
    let (full, one) = (micros(refill_time(rate)), micros(refill_interval(rate)));
    let cost = |count: u64| one.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
    let after_slot = |debt: Duration, count: u64| {
        let filled = debt.saturating_sub(slots.length);
        filled.saturating_add(cost(count)).min(full)
    };
    let debt = counts.before.iter().copied().fold(full, after_slot);
    let others = counts.current.saturating_sub(1);
    let in_slot = cost(others).saturating_add(one);
    let left = slots.length.saturating_sub(counts.elapsed);
    let now = debt.saturating_sub(counts.elapsed);
    let wait = now.saturating_add(in_slot).saturating_sub(full);
    if in_slot <= full && wait <= left {
        return wait;
    }
    left + (after_slot(debt, others) + one).saturating_sub(full)
}

fn micros(count: i64) -> Duration {
    Duration::from_micros(count.unsigned_abs())
}
