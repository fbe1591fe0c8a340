//! The memory of the process, while Python runs in it.
//!
//! What views keep is freed when they end, so those under way are ended where the memory of the machine would soon be
//! used up. A single allocation that the system refuses cannot be caught: what asks for much is looked at before
//! (`memory_guard`).

use std::fs;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How often the size is looked at.
const INTERVAL: Duration = Duration::from_millis(50);

/// The part of the limit by which the process must have grown before views are ended once more.
const STEP: u64 = 16;

/// Watches how large the process is.
pub(super) struct MemoryWatch {
    next_look: Option<Instant>,
    /// The size up to which nothing is done: the limit, or more where the process stays that large anyway.
    allowed: u64,
}

impl MemoryWatch {
    pub(super) const fn new() -> Self {
        Self {
            next_look: None,
            allowed: 0,
        }
    }

    /// Whether the process has grown beyond `limit` bytes since the last look.
    pub(super) fn has_grown_beyond(&mut self, limit: u64, now: Instant) -> bool {
        if self.next_look.is_some_and(|next| now < next) {
            return false;
        }
        self.next_look = Some(now + INTERVAL);
        resident_size().is_some_and(|size| self.is_too_large(size, limit))
    }

    fn is_too_large(&mut self, size: u64, limit: u64) -> bool {
        self.allowed = self.allowed.min(size).max(limit);
        if size <= self.allowed {
            return false;
        }
        self.allowed = size + limit / STEP;
        true
    }
}

/// The bytes that a process may take whose settings say `limit`, where 0 stands for the usual one.
pub(super) fn allowed(limit: u64) -> u64 {
    static USUAL: OnceLock<u64> = OnceLock::new();
    match limit {
        0 => *USUAL.get_or_init(usual_limit),
        limit => limit,
    }
}

/// The bytes that `[server] memory_limit`, in MiB, leaves to the process; 0 stands for the usual limit.
pub(super) fn bytes_left(memory_limit: u64) -> u64 {
    allowed(memory_limit << 20).saturating_sub(resident_size().unwrap_or(0))
}

/// Three quarters of the memory that the machine has, or the container that the process is in; in bytes.
fn usual_limit() -> u64 {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let of_container = [
        "/sys/fs/cgroup/memory.max",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    ];
    let of_container = of_container
        .iter()
        .filter_map(|path| number(&fs::read_to_string(path).ok()?));
    let of_machine = kibibytes("/proc/meminfo", "MemTotal:");
    let least = of_container.chain(of_machine).min();
    least.map_or(u64::MAX, |size| size / 4 * 3)
}

/// The memory of this process that is not swapped out, in bytes; `None` where the system does not tell.
fn resident_size() -> Option<u64> {
    kibibytes("/proc/self/status", "VmRSS:")
}

/// The bytes in the line of a file of the system that begins with `name`.
fn kibibytes(path: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let number: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(number * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_growth_beyond_the_limit_counts() {
        let mut watch = MemoryWatch::new();
        let mut told = |size| watch.is_too_large(size, 1600);
        assert!(!told(1600));
        assert!(told(1601), "above the limit");
        assert!(!told(1650), "no larger than it was by a step");
        assert!(told(1800), "still growing");
        assert!(!told(1800), "a large cache that stays");
        assert!(!told(100));
        assert!(told(1601), "it was small again");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_tells_sizes() {
        let size = resident_size().unwrap();
        assert!(size > 1 << 20 && size < usual_limit(), "{size}");
    }
}
