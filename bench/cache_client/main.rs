//! A client of djr's caches for `bench/caches.py`: `cache_client ALIAS write`, `read` or `time SECONDS`, in the directory
//! of a project with `caches.toml` and the values in `values.json`. An example, so that no installation has it.

use std::error::Error;
use std::fs;
use std::io::{Write as _, stdout};
use std::path::Path;
use std::time::{Duration, Instant};

use djr::cache::{Cache, CacheError, CacheTimeout, CacheValue};
use djr::db::Connections;
use djr::json::Json;
use djr::project::Project;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let project = Project::open(None, Some(Path::new("caches.toml")))?;
    let caches = project.caches(&Connections::new(project.databases()))?;
    let values = values(&fs::read_to_string("values.json")?)?;
    let answer = match arguments[..] {
        [alias, "write"] => {
            write(&caches.get(alias)?, &values)?;
            String::new()
        }
        [alias, "read"] => read(&caches.get(alias)?, &values)?,
        [alias, "time", seconds] => time(&caches.get(alias)?, &values, seconds.parse()?)?,
        _ => return Err("a cache, and `write`, `read` or `time SECONDS`".into()),
    };
    writeln!(stdout(), "{answer}")?;
    Ok(())
}

/// The values by their keys.
fn values(document: &str) -> Result<Vec<(String, CacheValue)>, Box<dyn Error>> {
    let Some(Json::Object(values)) = Json::parse(document) else {
        return Err("values.json is not an object".into());
    };
    let values = values.into_iter();
    Ok(values
        .map(|(key, value)| (key, CacheValue::from_json(value)))
        .collect())
}

fn write(cache: &Cache, values: &[(String, CacheValue)]) -> Result<(), CacheError> {
    for (key, value) in values {
        cache.set(key, value.clone(), CacheTimeout::Default)?;
    }
    Ok(())
}

/// What is kept under each key, as a JSON object.
fn read(cache: &Cache, values: &[(String, CacheValue)]) -> Result<String, CacheError> {
    let mut found = Vec::new();
    for (key, _) in values {
        let value = cache.get(key)?.unwrap_or(CacheValue::None);
        found.push((key.clone(), value));
    }
    let found = found
        .iter()
        .map(|(key, value)| (key.clone(), value.to_json()));
    Ok(Json::Object(found.collect()).to_python())
}

/// Writes and reads all values in turn until the time is over; says how many of each in a second, as JSON.
fn time(
    cache: &Cache,
    values: &[(String, CacheValue)],
    seconds: f64,
) -> Result<String, Box<dyn Error>> {
    write(cache, values)?;
    let (mut writing, mut reading) = (Duration::ZERO, Duration::ZERO);
    let mut rounds = 0_u32;
    while (writing + reading).as_secs_f64() < seconds {
        let started = Instant::now();
        write(cache, values)?;
        writing += started.elapsed();
        let started = Instant::now();
        for (key, _) in values {
            cache.get(key)?.ok_or("a value has gone")?;
        }
        reading += started.elapsed();
        rounds += 1;
    }
    let count = f64::from(rounds) * f64::from(u32::try_from(values.len())?);
    let (set, get) = (count / writing.as_secs_f64(), count / reading.as_secs_f64());
    Ok(format!("{{\"set\": {set}, \"get\": {get}}}"))
}
