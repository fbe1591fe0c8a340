//! Sessions in files, one for each.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{self, Moment};
use crate::files::{self, AtomicFile, FileMode};
use crate::sessions::{
    SessionCodec, SessionData, SessionEngine, SessionError, SessionKey, SessionStore,
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

/// What a file holds, and when it was written.
struct SessionFile {
    text: String,
    written: Moment,
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
        let read = || {
            let mut file = File::open(self.path(key))?;
            let written = file.metadata()?.modified()?.into();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            // Bytes that are not a text are a session that was altered.
            let text = String::from_utf8(bytes).unwrap_or_default();
            Ok::<_, io::Error>(SessionFile { text, written })
        };
        match read() {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed(error)),
        }
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

    /// The keys of all sessions that there are.
    fn keys(&self) -> Result<Vec<SessionKey>, SessionError> {
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| self.failed(error))?,
        };
        let mut keys = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| self.failed(error))?.file_name();
            let key = name
                .to_str()
                .and_then(|name| name.strip_prefix(&self.prefix));
            keys.extend(key.and_then(SessionKey::parse));
        }
        Ok(keys)
    }
}

impl SessionEngine for FileEngine {
    fn store(&self, keys: &SecretKeys) -> Arc<dyn SessionStore> {
        Arc::new(FileStore {
            engine: self.clone(),
            codec: SessionCodec::stored(keys),
        })
    }

    fn clear_expired(&self, now: Moment) -> Result<Option<usize>, SessionError> {
        let mut cleared = 0;
        for key in self.keys()? {
            let Some(found) = self.read(&key)? else {
                continue;
            };
            let data = SessionCodec::decode_unverified(&found.text).unwrap_or_default();
            if self.has_ended(&data, found.written, now) {
                cleared += usize::from(self.remove(&key)?);
            }
        }
        Ok(Some(cleared))
    }
}

/// Reads and writes the files.
#[derive(Debug)]
struct FileStore {
    engine: FileEngine,
    codec: SessionCodec,
}

impl FileStore {
    /// A file with `data`, which takes the name of `key` when it is committed.
    fn written(&self, key: &SessionKey, data: &SessionData) -> Result<AtomicFile, SessionError> {
        let mut file = AtomicFile::create(&self.engine.path(key), FileMode::Private)?;
        let written = file.write_all(self.codec.encode(data).as_bytes());
        written.map_err(|error| self.engine.failed(error))?;
        Ok(file)
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
            let kept = self.written(&key, data)?.commit_new_unsynced();
            if kept.map_err(|error| self.engine.failed(error))? {
                return Ok(key);
            }
        }
    }

    fn save(&self, key: &SessionKey, data: &SessionData) -> Result<SessionKey, SessionError> {
        if !self.exists(key)? {
            return Err(SessionError::Interrupted);
        }
        let kept = self.written(key, data)?.commit_existing_unsynced();
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
