//! The entries of a cache in memory, in the order in which they were last used.

use std::collections::{BTreeMap, HashMap};

use crate::cache::backends::entry_limits::EntryLimits;
use crate::cache::{CacheEntry, CacheError, CacheKey, CacheValue, EntryVersion, VersionedEntry};
use crate::clock::Moment;

/// The entries; the caller says what time it is.
#[derive(Debug, Default)]
pub(super) struct LocmemEntries {
    by_key: HashMap<CacheKey, LocmemEntry>,
    /// The keys by the number of their last use.
    by_use: BTreeMap<u64, CacheKey>,
    uses: u64,
}

#[derive(Debug)]
struct LocmemEntry {
    value: CacheValue,
    expires: Option<Moment>,
    last_use: u64,
    /// The number of the use that wrote the value.
    written: u64,
}

impl LocmemEntry {
    fn has_expired(&self, now: Moment) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

impl LocmemEntries {
    pub(super) fn get(&mut self, key: &CacheKey, now: Moment) -> Option<CacheValue> {
        let entry = self.by_key.get_mut(key)?;
        if entry.has_expired(now) {
            self.delete(key);
            return None;
        }
        // The key moves to the end of the order as it is.
        if let Some(key) = self.by_use.remove(&entry.last_use) {
            self.uses += 1;
            self.by_use.insert(self.uses, key);
            entry.last_use = self.uses;
        }
        Some(entry.value.clone())
    }

    /// The value, and the number of the write that it comes from.
    pub(super) fn get_versioned(&mut self, key: &CacheKey, now: Moment) -> VersionedEntry {
        let written = self.by_key.get(key).map(|entry| entry.written);
        match (self.get(key, now), written) {
            (Some(value), Some(written)) => VersionedEntry {
                entry: CacheEntry::of(value),
                version: EntryVersion::Number(written),
            },
            _ => VersionedEntry::MISSING,
        }
    }

    /// As in Django, a full cache is culled even if `key` is in it.
    pub(super) fn set(
        &mut self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
        limits: EntryLimits,
    ) {
        if self.by_key.len() >= limits.max_entries {
            self.cull(limits.cull_frequency);
        }
        self.delete(key);
        let last_use = self.next_use(key);
        let entry = LocmemEntry {
            value,
            expires,
            last_use,
            written: last_use,
        };
        self.by_key.insert(key.clone(), entry);
    }

    /// Whether there is such an entry; one that expired is forgotten.
    pub(super) fn has_key(&mut self, key: &CacheKey, now: Moment) -> bool {
        let Some(entry) = self.by_key.get(key) else {
            return false;
        };
        let has_expired = entry.has_expired(now);
        if has_expired {
            self.delete(key);
        }
        !has_expired
    }

    pub(super) fn touch(&mut self, key: &CacheKey, expires: Option<Moment>, now: Moment) -> bool {
        if !self.has_key(key, now) {
            return false;
        }
        if let Some(entry) = self.by_key.get_mut(key) {
            entry.expires = expires;
        }
        true
    }

    /// The sum keeps the moment at which the entry expires.
    pub(super) fn incr(
        &mut self,
        key: &CacheKey,
        delta: i64,
        now: Moment,
    ) -> Result<i64, CacheError> {
        let entry = self.get(key, now);
        let entry = entry.map_or(CacheEntry::Missing, CacheEntry::of);
        let sum = entry.counted(key, delta)?;
        if let Some(entry) = self.by_key.get_mut(key) {
            entry.value = CacheValue::Int(sum);
            entry.written = entry.last_use;
        }
        Ok(sum)
    }

    /// Returns whether there was such an entry, expired or not, as in Django.
    pub(super) fn delete(&mut self, key: &CacheKey) -> bool {
        let removed = self.by_key.remove(key);
        if let Some(entry) = &removed {
            self.by_use.remove(&entry.last_use);
        }
        removed.is_some()
    }

    pub(super) fn clear(&mut self) {
        self.by_key.clear();
        self.by_use.clear();
    }

    fn cull(&mut self, cull_frequency: usize) {
        let Some(count) = self.by_key.len().checked_div(cull_frequency) else {
            return self.clear();
        };
        for _ in 0..count {
            if let Some((_, key)) = self.by_use.pop_first() {
                self.by_key.remove(&key);
            }
        }
    }

    fn next_use(&mut self, key: &CacheKey) -> u64 {
        self.uses += 1;
        self.by_use.insert(self.uses, key.clone());
        self.uses
    }
}

#[cfg(test)]
mod tests {
    use super::LocmemEntries;
    use crate::cache::CacheKey;
    use crate::cache::backends::entry_limits::EntryLimits;
    use crate::clock::Moment;

    fn key(number: usize) -> CacheKey {
        CacheKey::new("", 1, &number.to_string())
    }

    fn at(seconds: i64) -> Moment {
        Moment::from_unix_seconds(seconds)
    }

    /// The numbers of the keys that are left of 0 to 9.
    fn left(entries: &mut LocmemEntries) -> Vec<usize> {
        (0..10)
            .filter(|number| entries.has_key(&key(*number), at(0)))
            .collect()
    }

    fn filled(limits: EntryLimits) -> LocmemEntries {
        let mut entries = LocmemEntries::default();
        for number in 0..6 {
            entries.set(&key(number), 1.into(), None, limits);
        }
        entries
    }

    #[test]
    fn the_least_recently_used_are_culled() {
        let limits = EntryLimits {
            max_entries: 6,
            cull_frequency: 3,
        };
        let mut entries = filled(limits);
        entries.get(&key(0), at(0));
        entries.incr(&key(1), 1, at(0)).unwrap();
        assert!(entries.touch(&key(2), None, at(0)));
        entries.set(&key(6), 1.into(), None, limits);
        // A touch is not a use.
        assert_eq!(left(&mut entries), [0, 1, 4, 5, 6]);
        assert_eq!(entries.by_key.len(), entries.by_use.len());
    }

    #[test]
    fn a_full_cache_is_culled_for_a_key_that_it_has() {
        let limits = EntryLimits {
            max_entries: 6,
            cull_frequency: 2,
        };
        let mut entries = filled(limits);
        entries.set(&key(5), 2.into(), None, limits);
        assert_eq!(left(&mut entries), [3, 4, 5]);
        assert_eq!(entries.get(&key(5), at(0)), Some(2.into()));
    }

    #[test]
    fn a_cull_frequency_of_zero_culls_all() {
        let limits = EntryLimits {
            max_entries: 6,
            cull_frequency: 0,
        };
        let mut entries = filled(limits);
        entries.set(&key(6), 1.into(), None, limits);
        assert_eq!(left(&mut entries), [6]);
    }

    #[test]
    fn entries_expire_and_sums_keep_their_moment() {
        let limits = EntryLimits {
            max_entries: 6,
            cull_frequency: 3,
        };
        let mut entries = LocmemEntries::default();
        entries.set(&key(0), 1.into(), Some(at(10)), limits);
        assert_eq!(entries.incr(&key(0), 4, at(9)).unwrap(), 5);
        assert_eq!(entries.get(&key(0), at(9)), Some(5.into()));
        assert_eq!(entries.get(&key(0), at(10)), None);
        assert!(!entries.touch(&key(0), None, at(10)));
        assert!(entries.by_use.is_empty());
        entries.set(&key(0), 1.into(), Some(at(10)), limits);
        assert!(entries.touch(&key(0), None, at(9)));
        assert!(entries.has_key(&key(0), at(1_000_000)));
    }
}
