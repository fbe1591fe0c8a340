//! Collected files in memory, as long as they are on disk what they were when they were read.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};
use std::time::{Duration, Instant, SystemTime};

use crate::staticfiles::StaticPath;
use crate::staticfiles::file_forms::{FileForms, FormKeys};

/// Bytes that are kept at most.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// For how long a file counts as what it was.
const UNCHANGED_FOR: Duration = Duration::from_secs(1);

/// The same for one whose name changes with its content: it may come to be compressed, or be removed.
const IMMUTABLE_FOR: Duration = Duration::from_secs(60);

/// The files of one root.
///
/// [`Self::get`] never asks the disk. Once in a while it sends one request to [`Self::look`], which does; others get the
/// file that is known meanwhile.
#[derive(Debug)]
pub(super) struct FileMemory {
    started: Instant,
    remembered: RwLock<RememberedFiles>,
}

#[derive(Debug, Default)]
struct RememberedFiles {
    files: HashMap<StaticPath, RememberedFile>,
    /// Their bytes together.
    size: u64,
}

#[derive(Debug)]
struct RememberedFile {
    known: Arc<FileForms>,
    /// When it was compared with the disk, and when it was last asked for, in milliseconds since the start.
    checked: AtomicU64,
    used: AtomicU64,
}

impl Default for FileMemory {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            remembered: RwLock::default(),
        }
    }
}

impl FileMemory {
    /// The file at `path`, if it is known and need not be compared with the disk now. Never waits.
    pub(super) fn get(&self, path: &StaticPath) -> Option<Arc<FileForms>> {
        let now = self.now();
        let remembered = self.remembered.read();
        let remembered = remembered.unwrap_or_else(PoisonError::into_inner);
        let file = remembered.files.get(path)?;
        file.used.store(now, Ordering::Relaxed);
        let checked = file.checked.load(Ordering::Relaxed);
        let is_due = now.saturating_sub(checked) >= file.interval();
        if is_due && file.claim_check(checked, now) {
            return None;
        }
        Some(Arc::clone(&file.known))
    }

    /// The file at `path` below `root` as it is on disk now; `None` where there is none. `is_immutable` says that its name
    /// is known to change with its content.
    pub(super) fn look(
        &self,
        root: &Path,
        path: &StaticPath,
        is_immutable: bool,
    ) -> Option<Arc<FileForms>> {
        let now = SystemTime::now();
        let Some(state) = FormKeys::read(root, path) else {
            self.forget(path);
            return None;
        };
        if let Some(known) = self.confirm(path, state) {
            return Some(known);
        }
        let Some(known) = FileForms::read(root, path, state, is_immutable).map(Arc::new) else {
            self.forget(path);
            return None;
        };
        if state.was_settled_at(now) {
            self.keep(path, &known);
        } else {
            self.forget(path);
        }
        Some(known)
    }

    /// The file that is known, if it is still in `state`.
    fn confirm(&self, path: &StaticPath, state: FormKeys) -> Option<Arc<FileForms>> {
        let remembered = self.remembered.read();
        let remembered = remembered.unwrap_or_else(PoisonError::into_inner);
        let file = remembered.files.get(path)?;
        if file.known.state != state {
            return None;
        }
        file.checked.store(self.now(), Ordering::Relaxed);
        Some(Arc::clone(&file.known))
    }

    fn keep(&self, path: &StaticPath, known: &Arc<FileForms>) {
        let file = RememberedFile {
            known: Arc::clone(known),
            checked: AtomicU64::new(self.now()),
            used: AtomicU64::new(self.now()),
        };
        let mut remembered = self.write();
        remembered.remove(path);
        remembered.make_room(known.cost());
        remembered.size += known.cost();
        remembered.files.insert(path.clone(), file);
    }

    fn forget(&self, path: &StaticPath) {
        let is_known = {
            let remembered = self.remembered.read();
            let remembered = remembered.unwrap_or_else(PoisonError::into_inner);
            remembered.files.contains_key(path)
        };
        if is_known {
            self.write().remove(path);
        }
    }

    fn write(&self) -> RwLockWriteGuard<'_, RememberedFiles> {
        let remembered = self.remembered.write();
        remembered.unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl RememberedFile {
    /// For how many milliseconds it counts as what it was.
    fn interval(&self) -> u64 {
        let interval = if self.known.is_immutable {
            IMMUTABLE_FOR
        } else {
            UNCHANGED_FOR
        };
        u64::try_from(interval.as_millis()).unwrap_or(u64::MAX)
    }

    /// Whether it falls to the caller to compare it with the disk, since nobody else does.
    fn claim_check(&self, checked: u64, now: u64) -> bool {
        let claimed =
            self.checked
                .compare_exchange(checked, now, Ordering::Relaxed, Ordering::Relaxed);
        claimed.is_ok()
    }
}

impl RememberedFiles {
    fn remove(&mut self, path: &StaticPath) {
        if let Some(former) = self.files.remove(path) {
            self.size -= former.known.cost();
        }
    }

    /// Makes room for `size` bytes, and a quarter more than that: files that nobody asked for the longest time go.
    fn make_room(&mut self, size: u64) {
        if self.size + size <= MAX_SIZE {
            return;
        }
        let used = |file: &RememberedFile| file.used.load(Ordering::Relaxed);
        let mut paths: Vec<_> = self
            .files
            .iter()
            .map(|(path, file)| (used(file), path.clone()))
            .collect();
        paths.sort();
        for (_, path) in paths {
            if self.size + size <= MAX_SIZE / 4 * 3 {
                return;
            }
            self.remove(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;
    use std::sync::Arc;
    use std::thread;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::{FileMemory, MAX_SIZE, UNCHANGED_FOR};
    use crate::staticfiles::StaticPath;
    use crate::staticfiles::file_forms::FileForms;

    /// A root with a file `a.css` that was written long enough ago, and what is known of it.
    struct Fixture {
        folder: TempDir,
        root: PathBuf,
        path: StaticPath,
        memory: FileMemory,
    }

    impl Fixture {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("root");
            fs::create_dir(&root).unwrap();
            let fixture = Self {
                folder,
                root,
                path: StaticPath::new("a.css").unwrap(),
                memory: FileMemory::default(),
            };
            fixture.write("a.css", "one");
            fixture
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.root.join(name), text).unwrap();
            thread::sleep(Duration::from_millis(100));
        }

        /// What is on disk.
        fn look(&self) -> Option<Arc<FileForms>> {
            self.memory.look(&self.root, &self.path, false)
        }

        /// What is in memory.
        fn get(&self) -> Option<Arc<FileForms>> {
            self.memory.get(&self.path)
        }
    }

    #[test]
    fn a_file_is_read_once_until_another_one_is_there() {
        let fixture = Fixture::new();
        assert!(fixture.get().is_none());
        let first = fixture.look().unwrap();
        assert!(Arc::ptr_eq(&first, &fixture.get().unwrap()));
        assert!(Arc::ptr_eq(&first, &fixture.look().unwrap()));
        fixture.write("a.css", "two");
        assert!(Arc::ptr_eq(&first, &fixture.get().unwrap()));
        let second = fixture.look().unwrap();
        assert!(!Arc::ptr_eq(&first, &second));
        assert!(Arc::ptr_eq(&second, &fixture.get().unwrap()));
        // A link that leads out of the root is not followed, whatever was there before.
        fs::write(fixture.folder.path().join("secret"), "two").unwrap();
        fs::remove_file(fixture.root.join("a.css")).unwrap();
        symlink("../secret", fixture.root.join("a.css")).unwrap();
        assert!(fixture.look().is_none());
        assert!(fixture.get().is_none());
    }

    #[test]
    fn one_request_a_second_looks_whether_a_file_has_changed() {
        let fixture = Fixture::new();
        let first = fixture.look().unwrap();
        thread::sleep(UNCHANGED_FOR + Duration::from_millis(20));
        assert!(fixture.get().is_none(), "this request looks");
        let meanwhile = fixture.get().expect("others need not wait for it");
        assert!(Arc::ptr_eq(&first, &meanwhile));
        assert!(Arc::ptr_eq(&first, &fixture.look().unwrap()));
    }

    #[test]
    fn a_name_with_the_hash_of_the_content_is_not_looked_at_again() {
        let mut fixture = Fixture::new();
        // The MD5 of `one`.
        for (name, is_immutable) in [("a.f97c5d29941b.css", true), ("a.f97c5d29941c.css", false)] {
            fixture.write(name, "one");
            fixture.path = StaticPath::new(name).unwrap();
            assert_eq!(fixture.look().unwrap().is_immutable, is_immutable, "{name}");
        }
        fixture.path = StaticPath::new("a.f97c5d29941b.css").unwrap();
        thread::sleep(UNCHANGED_FOR + Duration::from_millis(20));
        assert!(fixture.get().is_some());
    }

    #[test]
    fn what_nobody_asked_for_the_longest_time_makes_room() {
        let fixture = Fixture::new();
        let size = MAX_SIZE / 40;
        let text = "x".repeat(usize::try_from(size).unwrap());
        let path = |number: u64| StaticPath::new(&format!("{number}.css")).unwrap();
        for number in 0..40 {
            fs::write(fixture.root.join(path(number).as_str()), &text).unwrap();
        }
        fixture.write("a.css", &"x".repeat(1000));
        for number in 0..40 {
            fixture.memory.look(&fixture.root, &path(number), false);
        }
        thread::sleep(Duration::from_millis(10));
        assert!(fixture.memory.get(&path(0)).is_some());
        fixture.look().unwrap();
        assert!(fixture.get().is_some() && fixture.memory.get(&path(0)).is_some());
        assert!(fixture.memory.get(&path(1)).is_none());
        assert!(fixture.memory.get(&path(39)).is_some());
        assert!(fixture.memory.write().size <= MAX_SIZE / 4 * 3);
    }
}
