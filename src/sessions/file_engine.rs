//! Sessions in files, one for each.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{self, Moment};
use crate::files::{self, AtomicFile, FileMode};
use crate::sessions::session_file::{FilePlace, LockedSessionFile, SessionFile};
use crate::sessions::{
    ClearEvent, KeptSession, SessionCodec, SessionData, SessionEdit, SessionEngine, SessionError,
    SessionKey, SessionStore, SessionVersion,
};
use crate::settings::CookieSettings;
use crate::signing::SecretKeys;

/// The engine `file`: a session is the file of a directory that is called by the cookie's name and the key.
#[derive(Clone, Debug)]
pub(super) struct FileEngine {
    directory: PathBuf,
    prefix: String,
    cookie_age: Duration,
}

impl FileEngine {
    /// Keeps the sessions of the cookie of `settings` in `directory`, which is made when it is first written to.
    pub(super) fn new(directory: PathBuf, settings: &CookieSettings) -> Self {
        Self {
            directory,
            prefix: settings.name.clone(),
            cookie_age: settings.age,
        }
    }

    fn path(&self, key: &SessionKey) -> PathBuf {
        self.directory
            .join(format!("{}{}", self.prefix, key.as_str()))
    }

    fn has_ended(&self, data: &SessionData, written: Moment, now: Moment) -> bool {
        data.expiry_date(written, self.cookie_age) <= now
    }

    fn failed(&self, source: io::Error) -> SessionError {
        SessionError::Directory {
            directory: self.directory.clone(),
            source,
        }
    }

    fn remove(&self, key: &SessionKey) -> Result<bool, SessionError> {
        files::remove_file(&self.path(key)).map_err(|error| self.failed(error))
    }

    /// The keys of all sessions that there are, one at a time: there may be millions.
    fn keys(&self) -> Result<impl Iterator<Item = Result<SessionKey, SessionError>>, SessionError> {
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            entries => Some(entries.map_err(|error| self.failed(error))?),
        };
        let key = |entry: io::Result<fs::DirEntry>| match entry {
            Ok(entry) => {
                let name = entry.file_name();
                let key = name.to_str()?.strip_prefix(&self.prefix)?;
                SessionKey::parse(key).map(Ok)
            }
            Err(error) => Some(Err(self.failed(error))),
        };
        Ok(entries.into_iter().flatten().filter_map(key))
    }

    /// Hands over the file of every session that ended by `moment`; returns how many of these are done with.
    fn for_each_ended(
        &self,
        moment: Moment,
        on_event: &mut dyn FnMut(ClearEvent<'_>),
        mut each: impl FnMut(&Path, &SessionFile) -> io::Result<bool>,
    ) -> Result<Option<u64>, SessionError> {
        let mut done = 0;
        for key in self.keys()? {
            let path = self.path(&key?);
            if let Some(file) = self.ended(&path, moment, on_event) {
                done += u64::from(each(&path, &file).map_err(|error| self.failed(error))?);
            }
            on_event(ClearEvent::Done(1));
        }
        Ok(Some(done))
    }

    /// The file at `path`, if its session ended by `moment`. One that cannot be read is told and left alone, as by Django:
    /// the others must not wait for it.
    fn ended(
        &self,
        path: &Path,
        moment: Moment,
        on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Option<SessionFile> {
        let file = match SessionFile::read_at_rest(path) {
            Ok(file) => file?,
            Err(source) => {
                let source = &source;
                on_event(ClearEvent::Unreadable { path, source });
                return None;
            }
        };
        let data = SessionCodec::decode_unverified(&file.text);
        if data.is_none() {
            on_event(ClearEvent::Damaged(path));
        }
        self.has_ended(&data.unwrap_or_default(), file.written, moment)
            .then_some(file)
    }
}

/// Removes the file at `path` if it is as it was when it was read: a request that began before the end may have written it
/// anew. Whoever is to write it waits, and finds that it is gone.
fn remove_unchanged(path: &Path, read: &SessionFile) -> io::Result<bool> {
    let Some(file) = LockedSessionFile::open_to_remove(path)? else {
        return Ok(false);
    };
    let is_unchanged = file.read()? == *read && read.place(path)? == FilePlace::Same;
    Ok(is_unchanged && files::remove_file(path)?)
}

impl SessionEngine for FileEngine {
    fn store(&self, keys: &SecretKeys) -> Arc<dyn SessionStore> {
        Arc::new(FileStore {
            engine: self.clone(),
            codec: SessionCodec::stored(keys),
        })
    }

    fn clear_expired(
        &self,
        moment: Moment,
        on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        let count = u64::try_from(self.keys()?.count()).unwrap_or(u64::MAX);
        on_event(ClearEvent::Found(count));
        let cleared = self.for_each_ended(moment, on_event, remove_unchanged)?;
        if count > 0 {
            // What is left of writers that were killed; where the directory has other owners, theirs is not ours to remove.
            files::remove_leftovers(&self.directory).ok();
        }
        Ok(cleared)
    }

    fn count_expired(
        &self,
        moment: Moment,
        on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        self.for_each_ended(moment, on_event, |_, _| Ok(true))
    }
}

/// Reads and writes the files.
#[derive(Debug)]
struct FileStore {
    engine: FileEngine,
    codec: SessionCodec,
}

impl FileStore {
    /// A file that takes the name of `key` when it is committed.
    fn file(&self, key: &SessionKey) -> Result<AtomicFile, SessionError> {
        Ok(AtomicFile::create(
            &self.engine.path(key),
            FileMode::Private,
        )?)
    }

    /// What is kept under `key`, and its file; none where there is none.
    ///
    /// A text that was written over while it was read is read again.
    fn read(&self, key: &SessionKey) -> io::Result<Option<(SessionData, SessionFile)>> {
        let path = self.engine.path(key);
        let Some(file) = SessionFile::read(&path)? else {
            return Ok(None);
        };
        if let Some(data) = self.codec.decode(&file.text) {
            return Ok(Some((data, file)));
        }
        let file = SessionFile::read_at_rest(&path)?;
        Ok(file.map(|file| (self.codec.decode(&file.text).unwrap_or_default(), file)))
    }

    /// Keeps `edit` of what is in `file`; returns what stands in its place afterwards: the session is kept if that is the
    /// file of this key.
    fn write_edit(
        &self,
        key: &SessionKey,
        file: &LockedSessionFile,
        edit: SessionEdit<'_>,
    ) -> Result<FilePlace, SessionError> {
        let failed = |error| self.engine.failed(error);
        let old = file.read().map_err(failed)?;
        let text = if edit.version().text() == Some(&*old.text) {
            self.codec.encode(edit.data())
        } else {
            let stored = self.codec.decode(&old.text).unwrap_or_default();
            self.codec.encode(&edit.applied_to(stored))
        };
        let path = self.engine.path(key);
        if file.write_over(&old.text, &text).map_err(failed)? {
            return old.place(&path).map_err(failed);
        }
        let place = old.place(&path).map_err(failed)?;
        if place != FilePlace::Same {
            return Ok(place);
        }
        let mut new_file = self.file(key)?;
        self.write(&mut new_file, &text)?;
        let is_kept = new_file.commit_existing_unsynced().map_err(failed)?;
        Ok(if is_kept {
            FilePlace::Same
        } else {
            FilePlace::Empty
        })
    }

    fn write(&self, file: &mut AtomicFile, text: &str) -> Result<(), SessionError> {
        let written = file.write_all(text.as_bytes());
        written.map_err(|error| self.engine.failed(error))
    }
}

impl SessionStore for FileStore {
    fn load_kept(&self, key: &SessionKey) -> Result<Option<KeptSession>, SessionError> {
        let found = self.read(key).map_err(|error| self.engine.failed(error))?;
        Ok(found.and_then(|(data, file)| {
            let ended = self.engine.has_ended(&data, file.written, clock::now());
            let version = SessionVersion::Text(file.text);
            (!ended).then_some(KeptSession { data, version })
        }))
    }

    fn exists(&self, key: &SessionKey) -> Result<bool, SessionError> {
        let exists = self.engine.path(key).try_exists();
        exists.map_err(|error| self.engine.failed(error))
    }

    fn create(&self, data: &SessionData) -> Result<SessionKey, SessionError> {
        let made = files::create_private_directory(&self.engine.directory);
        made.map_err(|error| self.engine.failed(error))?;
        loop {
            let key = SessionKey::random();
            let mut file = self.file(&key)?;
            self.write(&mut file, &self.codec.encode(data))?;
            let kept = file.commit_new_unsynced();
            if kept.map_err(|error| self.engine.failed(error))? {
                return Ok(key);
            }
        }
    }

    /// Whoever has the file locked is the only one who writes it. One that was replaced meanwhile is not the one to write.
    fn save(&self, key: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError> {
        let path = self.engine.path(key);
        loop {
            let file = LockedSessionFile::open(&path).map_err(|error| self.engine.failed(error))?;
            let file = file.ok_or(SessionError::Interrupted)?;
            match self.write_edit(key, &file, edit)? {
                FilePlace::Same => return Ok(key.clone()),
                FilePlace::Empty => return Err(SessionError::Interrupted),
                FilePlace::Another => {}
            }
        }
    }

    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        self.engine.remove(key).map(drop)
    }
}
