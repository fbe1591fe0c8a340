//! How long an entry still lives.

use crate::clock::{self, Moment};

/// Whole seconds until an entry `expires`, rounded up; 0 or fewer where it expired already.
pub fn seconds_left(expires: Moment) -> i64 {
    let left = expires.unix_microseconds() - clock::now().unix_microseconds();
    (left + 999_999).div_euclid(1_000_000)
}
