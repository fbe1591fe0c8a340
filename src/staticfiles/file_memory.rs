//! Small files in memory, as long as they are on disk what they were when they were read.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use crate::staticfiles::StaticPath;
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::finders::resolve;
use crate::staticfiles::served_file::{FileContent, ServedFile};

/// Bytes that are kept at most.
const MAX_SIZE: usize = 64 * 1024 * 1024;

/// Small files of one root. Each request looks whether the file is still the one that was read; nothing else of it is
/// asked again: neither where links lead nor what it holds.
#[derive(Debug, Default)]
pub(super) struct FileMemory(RwLock<RememberedFiles>);

#[derive(Debug, Default)]
struct RememberedFiles {
    files: HashMap<StaticPath, Arc<FileContent>>,
    /// Their bytes together.
    size: usize,
}

impl FileMemory {
    /// The file at `path` below `root`.
    pub(super) fn open(&self, root: &Path, path: &StaticPath) -> Option<ServedFile> {
        let metadata = fs::metadata(root.join(path.as_str())).ok()?;
        if let Some(content) = self.get(path, FileKey::of(&metadata)) {
            return Some(ServedFile::in_memory(content));
        }
        let file = ServedFile::open(&resolve(root, path)?)?;
        if let Some(content) = file.content().filter(|content| content.key.is_some()) {
            self.keep(path, Arc::clone(content));
        }
        Some(file)
    }

    fn get(&self, path: &StaticPath, key: FileKey) -> Option<Arc<FileContent>> {
        let remembered = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let content = remembered.files.get(path);
        content.filter(|content| content.key == Some(key)).cloned()
    }

    fn keep(&self, path: &StaticPath, content: Arc<FileContent>) {
        let mut remembered = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.size.saturating_add(content.size()) > MAX_SIZE {
            // A site whose small files do not all fit is served from the disk's own cache as well.
            *remembered = RememberedFiles::default();
        }
        remembered.size += content.size();
        if let Some(former) = remembered.files.insert(path.clone(), content) {
            remembered.size -= former.size();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::sync::Arc;
    use std::thread;
    use std::time::Duration;

    use super::FileMemory;
    use crate::staticfiles::StaticPath;

    #[test]
    fn a_file_is_read_once_until_another_one_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir(&root).unwrap();
        let path = StaticPath::new("a.css").unwrap();
        let memory = FileMemory::default();
        let content = |memory: &FileMemory| {
            let file = memory.open(&root, &path)?;
            file.content().cloned()
        };
        assert!(content(&memory).is_none());
        fs::write(root.join("a.css"), "one").unwrap();
        thread::sleep(Duration::from_millis(100));
        let first = content(&memory).unwrap();
        assert!(Arc::ptr_eq(&first, &content(&memory).unwrap()));
        fs::write(root.join("a.css"), "two").unwrap();
        let second = content(&memory).unwrap();
        assert!(!Arc::ptr_eq(&first, &second));
        // A link that leads out of the root is not followed, whatever was there before.
        fs::write(folder.path().join("secret"), "two").unwrap();
        fs::remove_file(root.join("a.css")).unwrap();
        symlink("../secret", root.join("a.css")).unwrap();
        assert!(content(&memory).is_none());
    }
}
