//! Sessions in files, one for each.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{self, Moment};
use crate::files::{self, AtomicFile, FileMode};
use crate::sessions::{
    ClearEvent, SessionCodec, SessionData, SessionEdit, SessionEngine, SessionError, SessionKey,
    SessionStore,
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

/// What a file holds, when it was written, and which one it is: whoever writes a session makes a new file.
struct SessionFile {
    text: String,
    written: Moment,
    inode: u64,
}

impl SessionFile {
    /// The file at `path`; none where there is none.
    fn read(path: &Path) -> io::Result<Option<Self>> {
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let found = file.metadata()?;
        // A file is replaced whole: what its size says is all there is, without asking for more.
        let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
        file.take(found.len()).read_to_end(&mut bytes)?;
        Ok(Some(Self {
            // Bytes that are not a text are a session that was altered.
            text: String::from_utf8(bytes).unwrap_or_default(),
            written: found.modified()?.into(),
            inode: found.ino(),
        }))
    }

    /// Whether it is what stands at `path`.
    fn is_at(&self, path: &Path) -> io::Result<bool> {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            found => {
                let found = found?;
                Ok(found.ino() == self.inode && Moment::from(found.modified()?) == self.written)
            }
        }
    }
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

    fn read(&self, key: &SessionKey) -> Result<Option<SessionFile>, SessionError> {
        SessionFile::read(&self.path(key)).map_err(|error| self.failed(error))
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
        let file = match SessionFile::read(path) {
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
        let cleared = self.for_each_ended(moment, on_event, |path, file| {
            // A request that began before the end may have written it anew since it was read.
            Ok(file.is_at(path)? && files::remove_file(path)?)
        })?;
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
    /// A file that takes the name of `key` when it is committed; until then nobody else writes that session.
    fn file(&self, key: &SessionKey) -> Result<AtomicFile, SessionError> {
        Ok(AtomicFile::create(
            &self.engine.path(key),
            FileMode::Private,
        )?)
    }

    fn write(&self, file: &mut AtomicFile, data: &SessionData) -> Result<(), SessionError> {
        let written = file.write_all(self.codec.encode(data).as_bytes());
        written.map_err(|error| self.engine.failed(error))
    }
}

impl SessionStore for FileStore {
    fn load(&self, key: &SessionKey) -> Result<Option<SessionData>, SessionError> {
        let Some(found) = self.engine.read(key)? else {
            return Ok(None);
        };
        let data = self.codec.decode(&found.text).unwrap_or_default();
        let ended = self.engine.has_ended(&data, found.written, clock::now());
        Ok((!ended).then_some(data))
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
            self.write(&mut file, data)?;
            let kept = file.commit_new_unsynced();
            if kept.map_err(|error| self.engine.failed(error))? {
                return Ok(key);
            }
        }
    }

    fn save(&self, key: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError> {
        if !self.exists(key)? {
            return Err(SessionError::Interrupted);
        }
        let mut file = self.file(key)?;
        let Some(stored) = self.engine.read(key)? else {
            return Err(SessionError::Interrupted);
        };
        let stored = self.codec.decode(&stored.text).unwrap_or_default();
        self.write(&mut file, &edit.applied_to(stored))?;
        let kept = file.commit_existing_unsynced();
        if kept.map_err(|error| self.engine.failed(error))? {
            Ok(key.clone())
        } else {
            Err(SessionError::Interrupted)
        }
    }

    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        self.engine.remove(key).map(drop)
    }
}
