//! A cache in Redis, or what speaks its protocol, with the values of Django's.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ::redis::{Client, Cmd, Connection, FromRedisValue, RedisError, Value, cmd};

use crate::cache::{
    CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue, EntryVersion, Replacement,
    VersionedEntry, pickle,
};
use crate::clock::{self, Moment};
use crate::settings::CacheSettings;

/// Counts up only what is there, in one step.
const INCREMENT: &str = "if redis.call('EXISTS', KEYS[1]) == 1 then return redis.call('INCRBY', KEYS[1], ARGV[1]) end return false";

/// Replaces a value that is still the one given, in one step; returns what is there instead, or that it is done. A time of 0
/// deletes, one below keeps for ever.
const REPLACE: &str = "local found = redis.call('GET', KEYS[1]) if found ~= ARGV[1] then return found end local left = tonumber(ARGV[3]) if left == 0 then redis.call('DEL', KEYS[1]) elseif left < 0 then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', left) end return 1";

/// How many connections to a server are kept open while nobody uses them.
const MAX_IDLE: usize = 16;

/// Keeps entries in Redis: writes go to the first server, reads to one of the others, its replicas, if there are any.
#[derive(Debug)]
pub struct RedisBackend {
    primary: RedisServer,
    replicas: Vec<RedisServer>,
}

/// A server and the connections to it.
struct RedisServer {
    client: Client,
    timeout: Duration,
    idle: Mutex<Vec<Connection>>,
}

impl RedisBackend {
    /// A cache on the servers that `settings` name; fails where one of them is not an address. Nothing is connected yet.
    pub fn new(settings: &CacheSettings) -> Result<Self, CacheError> {
        let mut servers = settings
            .servers()
            .map(|url| RedisServer::new(url, settings));
        let primary = servers
            .next()
            .unwrap_or_else(|| RedisServer::new("", settings))?;
        Ok(Self {
            primary,
            replicas: servers.collect::<Result<_, _>>()?,
        })
    }

    /// The server to read `key` from.
    fn reader(&self) -> &RedisServer {
        let drawn = || usize::from(crate::crypto::random_bytes::<1>()[0]);
        match self.replicas.len() {
            0 => &self.primary,
            1 => &self.replicas[0],
            count => &self.replicas[drawn() % count],
        }
    }

    /// Keeps `value` for so many milliseconds, or for ever, where `condition` holds: `NX`, that nothing is kept under `key`,
    /// or `XX`, that something is. Returns whether it does.
    fn set_if(
        &self,
        condition: &str,
        key: &CacheKey,
        value: Vec<u8>,
        left: Option<u64>,
    ) -> Result<bool, CacheError> {
        let mut set = cmd("SET");
        set.arg(key.as_str()).arg(value).arg(condition);
        if let Some(left) = left {
            set.arg("PX").arg(left);
        }
        let answer: Option<String> = self.primary.ask(&set)?;
        Ok(answer.is_some())
    }
}

impl RedisServer {
    fn new(url: &str, settings: &CacheSettings) -> Result<Self, CacheError> {
        let client = Client::open(url).map_err(|_| CacheError::InvalidServer {
            expected: "redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]` or `redis+unix:///PATH",
        })?;
        Ok(Self {
            client,
            timeout: settings.socket_timeout,
            idle: Mutex::default(),
        })
    }

    /// Runs `command`; once more, where a connection that was idle turns out to be closed.
    fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, RedisError> {
        let idle = self.idle().pop();
        let closed = |error: &RedisError| error.is_io_error() && !error.is_timeout();
        match idle.map(|connection| self.run_on(connection, command)) {
            Some(Err(error)) if closed(&error) => self.run_on(self.connect()?, command),
            Some(outcome) => outcome,
            None => self.run_on(self.connect()?, command),
        }
    }

    fn run_on<T: FromRedisValue>(
        &self,
        mut connection: Connection,
        command: &Cmd,
    ) -> Result<T, RedisError> {
        let outcome = command.query(&mut connection);
        let answered = !outcome.as_ref().is_err_and(RedisError::is_io_error);
        let mut idle = self.idle();
        // After a timeout the answer of this command would be taken for that of the next one.
        if answered && idle.len() < MAX_IDLE {
            idle.push(connection);
        }
        outcome
    }

    fn connect(&self) -> Result<Connection, RedisError> {
        let connection = self.client.get_connection_with_timeout(self.timeout)?;
        connection.set_read_timeout(Some(self.timeout))?;
        connection.set_write_timeout(Some(self.timeout))?;
        Ok(connection)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `command` for a cache.
    fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, CacheError> {
        self.run(command).map_err(|error| CacheError::Server {
            address: self.client.get_connection_info().addr().to_string(),
            source: Box::new(error),
        })
    }
}

impl std::fmt::Debug for RedisServer {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let address = self.client.get_connection_info().addr();
        f.debug_tuple("RedisServer").field(address).finish()
    }
}

impl CacheBackend for RedisBackend {
    fn get(&self, key: &CacheKey) -> Result<CacheEntry, CacheError> {
        let value: Option<Vec<u8>> = self.reader().ask(cmd("GET").arg(key.as_str()))?;
        Ok(entry(value))
    }

    fn get_many(&self, keys: &[CacheKey]) -> Result<Vec<CacheEntry>, CacheError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<&str> = keys.iter().map(CacheKey::as_str).collect();
        let values: Vec<Option<Vec<u8>>> = self.reader().ask(cmd("MGET").arg(keys))?;
        Ok(values.into_iter().map(entry).collect())
    }

    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError> {
        let mut set = cmd("SET");
        set.arg(key.as_str()).arg(stored(value)?);
        match milliseconds_left(expires) {
            None => {}
            Some(0) => {
                self.delete(key)?;
                return Ok(());
            }
            Some(left) => {
                set.arg("PX").arg(left);
            }
        }
        self.primary.ask(&set)
    }

    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let value = stored(value)?;
        match milliseconds_left(expires) {
            Some(0) => Ok(!self.has_key(key)?),
            left => self.set_if("NX", key, value, left),
        }
    }

    fn replace(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let value = stored(value)?;
        match milliseconds_left(expires) {
            Some(0) => self.delete(key),
            left => self.set_if("XX", key, value, left),
        }
    }

    fn get_versioned(&self, key: &CacheKey) -> Result<VersionedEntry, CacheError> {
        // A replica may be behind.
        let value: Option<Vec<u8>> = self.primary.ask(cmd("GET").arg(key.as_str()))?;
        Ok(versioned(value))
    }

    fn replace_version(
        &self,
        key: &CacheKey,
        version: &EntryVersion,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<Replacement, CacheError> {
        let left = milliseconds_left(expires).map(|left| i64::try_from(left).unwrap_or(i64::MAX));
        let mut replace = cmd("EVAL");
        replace.arg(REPLACE).arg(1).arg(key.as_str());
        replace.arg(version.bytes().unwrap_or_default());
        replace.arg(stored(value)?).arg(left.unwrap_or(-1));
        Ok(match self.primary.ask::<Value>(&replace)? {
            Value::Int(_) => Replacement::Done,
            Value::BulkString(bytes) => versioned(Some(bytes)).into_replacement(),
            _ => Replacement::Missing,
        })
    }

    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError> {
        match milliseconds_left(expires) {
            // It says whether there was an end before, not whether there is a key.
            None => {
                let there = self.has_key(key)?;
                self.primary.ask::<i64>(cmd("PERSIST").arg(key.as_str()))?;
                Ok(there)
            }
            Some(0) => self.delete(key),
            Some(left) => self.primary.ask(cmd("PEXPIRE").arg(key.as_str()).arg(left)),
        }
    }

    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError> {
        self.primary.ask(cmd("DEL").arg(key.as_str()))
    }

    fn has_key(&self, key: &CacheKey) -> Result<bool, CacheError> {
        self.primary.ask(cmd("EXISTS").arg(key.as_str()))
    }

    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError> {
        let mut increment = cmd("EVAL");
        increment.arg(INCREMENT).arg(1).arg(key.as_str()).arg(delta);
        match self.primary.run::<Option<i64>>(&increment) {
            Ok(sum) => sum.ok_or_else(|| CacheError::KeyNotFound(key.clone())),
            Err(error) if error.is_io_error() => self.primary.ask(&increment),
            Err(error) if error.to_string().contains("overflow") => {
                Err(CacheError::Overflow(key.clone()))
            }
            Err(_) => Err(CacheError::NotAnInteger(key.clone())),
        }
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn clear(&self) -> Result<(), CacheError> {
        self.primary.ask(&cmd("FLUSHDB"))
    }

    fn entries(&self) -> Result<Option<u64>, CacheError> {
        self.primary.ask(&cmd("DBSIZE")).map(Some)
    }

    fn close(&self) {
        for server in self.replicas.iter().chain([&self.primary]) {
            server.idle().clear();
        }
    }
}

/// As Django stores it: integers as digits, which Redis counts up, and all else as pickles.
fn stored(value: CacheValue) -> Result<Vec<u8>, CacheError> {
    match value {
        CacheValue::Int(number) => Ok(number.to_string().into_bytes()),
        CacheValue::BigInt(digits) => Ok(digits.into_bytes()),
        value => pickle::dumps(value),
    }
}

fn entry(stored: Option<Vec<u8>>) -> CacheEntry {
    let Some(bytes) = stored else {
        return CacheEntry::Missing;
    };
    let digits = std::str::from_utf8(&bytes).ok();
    let number = digits.and_then(CacheValue::from_digits);
    number.map_or_else(|| pickle::entry(bytes), CacheEntry::Found)
}

/// Its bytes are its version.
fn versioned(stored: Option<Vec<u8>>) -> VersionedEntry {
    VersionedEntry {
        entry: entry(stored.clone()),
        version: stored.map_or(EntryVersion::Unknown, EntryVersion::Bytes),
    }
}

/// How long until an entry `expires`; 0 where it did already.
fn milliseconds_left(expires: Option<Moment>) -> Option<u64> {
    let left = expires?.unix_microseconds() - clock::now().unix_microseconds();
    Some(u64::try_from(left.div_euclid(1000)).unwrap_or_default())
}
