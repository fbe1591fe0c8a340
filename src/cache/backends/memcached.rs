//! A cache in memcached, with the values of Django's `PyMemcacheCache` and `PyLibMCCache`.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use memcache::exp::{Error, Get, GetResult, Meta, MetaClient, MutationStatus, Ttl};

use crate::cache::backends::rendezvous::MurmurRendezvous;
use crate::cache::{
    CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue, EntryVersion, Replacement,
    VersionedEntry, pickle, seconds_left,
};
use crate::clock::Moment;
use crate::http::SharedBytes;
use crate::settings::CacheSettings;
use crate::zlib;

/// What the clients of Python write beside a value: what it is.
mod flags {
    pub(super) const BYTES: u32 = 0;
    pub(super) const PICKLE: u32 = 1;
    pub(super) const INTEGER: u32 = 2;
    pub(super) const LONG: u32 = 4;
    pub(super) const ZLIB: u32 = 8;
    pub(super) const TEXT: u32 = 16;
}

/// The most bytes of an answer in the older protocol that are read.
const LONGEST_ANSWER: u64 = 65_536;

/// Keeps entries on one or several servers, each key on the one that Django's default client takes for it.
pub struct MemcachedBackend {
    client: MetaClient,
    servers: Vec<String>,
    timeout: Duration,
}

impl MemcachedBackend {
    /// A cache on the servers that `settings` name, `HOST:PORT` each; fails where one of them has no address. Nothing is
    /// connected yet.
    pub fn new(settings: &CacheSettings) -> Result<Self, CacheError> {
        let servers: Vec<String> = settings.servers().map(ToOwned::to_owned).collect();
        let timeout = settings.socket_timeout;
        let builder = MetaClient::builder()
            .router(MurmurRendezvous)
            .connect_timeout(Some(timeout))
            .io_timeout(Some(timeout));
        let client = builder.connect_multiple(&servers);
        Ok(Self {
            client: client.map_err(|source| failed(&servers, source))?,
            servers,
            timeout,
        })
    }

    fn failed(&self, source: Error) -> CacheError {
        failed(&self.servers, source)
    }

    /// Sends `command` to one server, in the older protocol, and returns what is found in the lines of its answer: the
    /// client has no words for these commands.
    fn command<T>(
        &self,
        server: &str,
        command: &str,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<T, CacheError> {
        let answer = self.answer(server, command, find);
        answer.map_err(|source| CacheError::Server {
            address: server.to_owned(),
            source: Box::new(source),
        })
    }

    fn answer<T>(
        &self,
        server: &str,
        command: &str,
        find: impl Fn(&str) -> Option<T>,
    ) -> io::Result<T> {
        let address = server.to_socket_addrs()?.next();
        let address = address.ok_or(io::ErrorKind::AddrNotAvailable)?;
        let mut stream = TcpStream::connect_timeout(&address, self.timeout)?;
        stream.set_read_timeout(Some(self.timeout))?;
        stream.set_write_timeout(Some(self.timeout))?;
        stream.write_all(format!("{command}\r\n").as_bytes())?;
        for line in BufReader::new(stream.take(LONGEST_ANSWER)).lines() {
            let line = line?;
            if let Some(found) = find(&line) {
                return Ok(found);
            }
            if line == "END" || line.contains("ERROR") {
                return Err(io::Error::other(line));
            }
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

impl std::fmt::Debug for MemcachedBackend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("MemcachedBackend")
            .field(&self.servers)
            .finish()
    }
}

fn failed(servers: &[String], source: Error) -> CacheError {
    CacheError::Server {
        address: servers.join(", "),
        source: Box::new(source),
    }
}

impl CacheBackend for MemcachedBackend {
    fn get(&self, key: &CacheKey) -> Result<CacheEntry, CacheError> {
        key.validate()?;
        let found = self.client.get(key.as_str()).send();
        Ok(found_entry(found.map_err(|error| self.failed(error))?))
    }

    fn get_many(&self, keys: &[CacheKey]) -> Result<Vec<CacheEntry>, CacheError> {
        keys.iter().try_for_each(CacheKey::validate)?;
        let questions = keys.iter().map(|key| Get::new(key.as_str()));
        let answers = self.client.run_many(questions);
        let found = answers.map_err(|error| self.failed(error))?.into_iter();
        found
            .map(|answer| Ok(found_entry(answer.map_err(|error| self.failed(error))?)))
            .collect()
    }

    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError> {
        key.validate()?;
        let Some(ttl) = time_to_live(expires) else {
            self.delete(key)?;
            return Ok(());
        };
        let (bytes, flags) = stored(value)?;
        let set = self.client.set(key.as_str(), bytes).client_flags(flags);
        let outcome = set.ttl(ttl).send();
        outcome.map(drop).map_err(|error| self.failed(error))
    }

    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        key.validate()?;
        let Some(ttl) = time_to_live(expires) else {
            return Ok(!self.has_key(key)?);
        };
        let (bytes, flags) = stored(value)?;
        let set = self.client.set(key.as_str(), bytes).client_flags(flags);
        let outcome = set.ttl(ttl).add().send();
        let outcome = outcome.map_err(|error| self.failed(error))?;
        Ok(outcome.applied())
    }

    fn replace(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        key.validate()?;
        let Some(ttl) = time_to_live(expires) else {
            return self.delete(key);
        };
        let (bytes, flags) = stored(value)?;
        let set = self.client.set(key.as_str(), bytes).client_flags(flags);
        let outcome = set.ttl(ttl).replace().send();
        let outcome = outcome.map_err(|error| self.failed(error))?;
        Ok(outcome.applied())
    }

    fn get_versioned(&self, key: &CacheKey) -> Result<VersionedEntry, CacheError> {
        key.validate()?;
        let question = self.client.get(key.as_str()).meta(Meta::default().cas());
        let found = question.send().map_err(|error| self.failed(error))?;
        Ok(VersionedEntry {
            version: found
                .item
                .cas
                .map_or(EntryVersion::Unknown, EntryVersion::Number),
            entry: found_entry(found),
        })
    }

    fn replace_version(
        &self,
        key: &CacheKey,
        version: &EntryVersion,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<Replacement, CacheError> {
        let (Some(ttl), Some(number)) = (time_to_live(expires), version.number()) else {
            let replaced = self.replace(key, value, expires)?;
            return Ok(Replacement::of_any(replaced));
        };
        key.validate()?;
        let (bytes, flags) = stored(value)?;
        let set = self.client.set(key.as_str(), bytes).client_flags(flags);
        let outcome = set.ttl(ttl).compare_cas(number).send();
        match outcome.map_err(|error| self.failed(error))?.status {
            MutationStatus::Applied => Ok(Replacement::Done),
            _ => Ok(self.get_versioned(key)?.into_replacement()),
        }
    }

    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError> {
        key.validate()?;
        let Some(ttl) = time_to_live(expires) else {
            return self.delete(key);
        };
        let touched = self.client.get(key.as_str()).without_value().touch(ttl);
        let touched = touched.send().map_err(|error| self.failed(error))?;
        Ok(touched.hit())
    }

    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError> {
        key.validate()?;
        let deleted = self.client.delete(key.as_str()).send();
        Ok(deleted.map_err(|error| self.failed(error))?.applied())
    }

    /// memcached counts from 0 up: less than that is 0.
    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError> {
        key.validate()?;
        let request = match delta {
            0.. => self.client.increment(key.as_str()),
            _ => self.client.decrement(key.as_str()),
        };
        let counted = match request.delta(delta.unsigned_abs()).send() {
            Err(error) if is_rejection(&error) => {
                return Err(CacheError::NotAnInteger(key.clone()));
            }
            counted => counted.map_err(|error| self.failed(error))?,
        };
        let sum = counted.value.filter(|_| counted.applied());
        let sum = sum.ok_or_else(|| CacheError::KeyNotFound(key.clone()))?;
        i64::try_from(sum).map_err(|_| CacheError::Overflow(key.clone()))
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn clear(&self) -> Result<(), CacheError> {
        for server in &self.servers {
            self.command(server, "flush_all", |line| (line == "OK").then_some(()))?;
        }
        Ok(())
    }

    /// memcached counts what was flushed until its place is needed.
    fn entries(&self) -> Result<Option<u64>, CacheError> {
        let items = |line: &str| line.strip_prefix("STAT curr_items ")?.trim().parse().ok();
        let counts = self.servers.iter();
        let counts = counts.map(|server| self.command::<u64>(server, "stats", items));
        counts.sum::<Result<_, _>>().map(Some)
    }
}

/// Whether the server refused what was asked; whatever is asked of it to be counted is refused for not being a number.
fn is_rejection(error: &Error) -> bool {
    match error {
        Error::Rejected(_) => true,
        Error::Ambiguous { source, .. } => is_rejection(source),
        _ => false,
    }
}

/// The bytes and what they are.
fn stored(value: CacheValue) -> Result<(Vec<u8>, u32), CacheError> {
    Ok(match value {
        CacheValue::Bytes(bytes) => (bytes.into_vec(), flags::BYTES),
        CacheValue::Text(text) => (text.into_bytes(), flags::TEXT),
        CacheValue::Int(number) => (number.to_string().into_bytes(), flags::INTEGER),
        CacheValue::BigInt(digits) => (digits.into_bytes(), flags::INTEGER),
        value => (pickle::dumps(value)?, flags::PICKLE),
    })
}

fn found_entry(found: GetResult) -> CacheEntry {
    match found.value {
        Some(bytes) => entry(bytes, found.client_flags.unwrap_or_default()),
        None => CacheEntry::Missing,
    }
}

fn entry(bytes: Vec<u8>, flags: u32) -> CacheEntry {
    let whole = match flags & flags::ZLIB {
        0 => Some(bytes),
        _ => zlib::decompress(&bytes, usize::MAX),
    };
    let Some(bytes) = whole else {
        return CacheEntry::Unreadable(SharedBytes::default());
    };
    match flags & !flags::ZLIB {
        flags::PICKLE => pickle::entry(bytes),
        flags => value(&bytes, flags).map_or_else(
            || CacheEntry::Unreadable(SharedBytes::default()),
            CacheEntry::Found,
        ),
    }
}

fn value(bytes: &[u8], flags: u32) -> Option<CacheValue> {
    match flags {
        flags::BYTES => Some(CacheValue::Bytes(bytes.to_vec().into())),
        flags::TEXT => std::str::from_utf8(bytes).ok().map(CacheValue::from),
        flags::INTEGER | flags::LONG => {
            // A number that was counted down keeps its length, filled up with spaces.
            CacheValue::from_digits(std::str::from_utf8(bytes).ok()?.trim_end())
        }
        _ => None,
    }
}

/// How long an entry lives, in whole seconds as memcached counts; `None` where it expired already.
fn time_to_live(expires: Option<Moment>) -> Option<Ttl> {
    let Some(expires) = expires else {
        return Some(Ttl::NEVER);
    };
    let seconds = seconds_left(expires);
    let seconds = u32::try_from(seconds.min(u32::MAX.into())).ok()?;
    (seconds > 0).then(|| Ttl::secs(seconds))
}
