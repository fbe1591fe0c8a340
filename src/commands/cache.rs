//! `djr cache`: reads, writes and empties the caches of the settings.

use std::fmt;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::Value;

use crate::cache::{Cache, CacheEntry, CacheTimeout, CacheValue};
use crate::commands::confirm::confirm_destructive;
use crate::commands::options::NoInputArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::Connections;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::json::Json;
use crate::project::Project;
use crate::settings::CacheBackendName;
use crate::text;
use crate::ui::Ui;

/// Read, write and empty the caches
///
/// Keys get the prefix and the version of the cache's settings, as on pages. A cache in memory belongs to the server:
/// no command sees it.
#[derive(Args, Debug)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    action: CacheAction,
}

#[derive(Debug, Subcommand)]
enum CacheAction {
    Get(GetArgs),
    Set(SetArgs),
    Delete(DeleteArgs),
    Clear(ClearArgs),
    Stats(StatsArgs),
}

/// Which cache.
#[derive(Args, Debug)]
struct AliasArgs {
    /// The cache, by its name in the settings
    #[arg(long, value_name = "CACHE", default_value = "default")]
    alias: String,
}

/// Print the value of a key
///
/// Text is printed as it is, everything else as JSON. Exits with 1 where nothing is kept under the key.
#[derive(Args, Debug)]
struct GetArgs {
    /// The key
    key: String,
    #[command(flatten)]
    cache: AliasArgs,
}

/// Keep a value under a key
#[derive(Args, Debug)]
struct SetArgs {
    /// The key
    key: String,
    /// The value: JSON, or text if it is not JSON
    #[arg(allow_hyphen_values = true)]
    value: String,
    /// Take the value for text, whatever it looks like
    #[arg(long)]
    text: bool,
    /// Seconds that the value is kept, instead of what the settings say; `never` for ever
    #[arg(long, value_name = "SECONDS", value_parser = timeout)]
    timeout: Option<CacheTimeout>,
    #[command(flatten)]
    cache: AliasArgs,
}

/// Forget keys
#[derive(Args, Debug)]
struct DeleteArgs {
    /// The keys
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    #[command(flatten)]
    cache: AliasArgs,
}

/// Forget everything in a cache
///
/// That is all of its table, directory or server, whatever else uses the same one: as in Django, the prefix does not count.
#[derive(Args, Debug)]
struct ClearArgs {
    #[command(flatten)]
    cache: AliasArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

/// Count the entries of each cache
#[derive(Args, Debug)]
struct StatsArgs {
    /// Only this cache, by its name in the settings
    #[arg(long, value_name = "CACHE")]
    alias: Option<String>,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &CacheArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    match &args.action {
        CacheAction::Get(args) => get(ui, &project, args),
        CacheAction::Set(args) => set(ui, &project, args),
        CacheAction::Delete(args) => delete(ui, &project, args),
        CacheAction::Clear(args) => clear(ui, &project, args),
        CacheAction::Stats(args) => stats(ui, &project, args),
    }
}

fn get(ui: &Ui, project: &Project, args: &GetArgs) -> Result<(), CommandError> {
    match args.cache.find(project)?.entry(&args.key)? {
        CacheEntry::Found(value) => Ok(ui.result(&FoundValue::new(&value))?),
        CacheEntry::Missing => Err(CacheCommandError::Missing(args.key.clone()).into()),
        CacheEntry::Unreadable(_) => Err(CacheCommandError::Unreadable(args.key.clone()).into()),
    }
}

fn set(ui: &Ui, project: &Project, args: &SetArgs) -> Result<(), CommandError> {
    let parsed = Some(&args.value).filter(|_| !args.text);
    let parsed = parsed.and_then(|text| Json::parse(text));
    let value = parsed.map_or_else(|| args.value.clone().into(), CacheValue::from_json);
    let timeout = args.timeout.unwrap_or(CacheTimeout::Default);
    args.cache.find(project)?.set(&args.key, value, timeout)?;
    Ok(ui.result(&KeysOutcome::new("kept", 1))?)
}

fn delete(ui: &Ui, project: &Project, args: &DeleteArgs) -> Result<(), CommandError> {
    let cache = args.cache.find(project)?;
    let mut deleted = 0;
    for key in &args.keys {
        deleted += usize::from(cache.delete(key)?);
    }
    Ok(ui.result(&KeysOutcome::new("deleted", deleted))?)
}

fn clear(ui: &Ui, project: &Project, args: &ClearArgs) -> Result<(), CommandError> {
    let cache = args.cache.find(project)?;
    let alias = &args.cache.alias;
    let question = format!("Forget everything in the cache `{alias}`?");
    let consequence = "forgets all that is kept there, whatever its prefix";
    confirm_destructive(ui, &args.input, consequence, &question)?;
    cache.clear()?;
    Ok(ui.result(&ClearOutcome {
        cleared: alias.clone(),
    })?)
}

fn stats(ui: &Ui, project: &Project, args: &StatsArgs) -> Result<(), CommandError> {
    let caches = project.caches(&Connections::new(project.databases()))?;
    let known = &project.settings.caches;
    let aliases = match &args.alias {
        Some(alias) => vec![alias],
        None => known.keys().collect(),
    };
    let mut table = ui.table("caches", &["cache", "backend", "entries"]);
    for alias in aliases {
        let entries = caches.get(alias)?.entries()?;
        let backend = known.get(alias).map(|cache| {
            let class = cache.class.clone();
            class.unwrap_or_else(|| cache.backend.to_string())
        });
        let listed = CacheStatistics {
            alias: alias.clone(),
            backend: backend.unwrap_or_default(),
            entries,
        };
        table.row(listed.cells(), &listed)?;
    }
    table.end()?;
    Ok(())
}

impl AliasArgs {
    /// The cache, if other processes see what is kept in it.
    fn find(&self, project: &Project) -> Result<Cache, CommandError> {
        let cache = project
            .caches(&Connections::new(project.databases()))?
            .get(&self.alias)?;
        match project.settings.caches.get(&self.alias) {
            Some(settings) if !settings.backend.is_shared() => {
                let (alias, backend) = (self.alias.clone(), settings.backend);
                Err(CacheCommandError::NotShared { alias, backend }.into())
            }
            _ => Ok(cache),
        }
    }
}

/// What `--timeout` says.
fn timeout(text: &str) -> Result<CacheTimeout, String> {
    if text == "never" {
        return Ok(CacheTimeout::Never);
    }
    let seconds = text
        .parse()
        .map_err(|_| "not a number of seconds, and not `never`")?;
    Ok(CacheTimeout::After(Duration::from_secs(seconds)))
}

/// Why a command about a cache has nothing to do.
#[derive(Debug, thiserror::Error)]
enum CacheCommandError {
    #[error("nothing is kept under `{0}`")]
    Missing(String),
    #[error("the value of `{0}` was written by another program, and is not plain data")]
    Unreadable(String),
    #[error("the cache `{alias}` is not shared: its backend is `{backend}`")]
    NotShared {
        alias: String,
        backend: CacheBackendName,
    },
}

impl Diagnostic for CacheCommandError {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "cache-key-not-found",
            Self::Unreadable(_) => "cache-value-unreadable",
            Self::NotShared { .. } => "cache-not-shared",
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NotShared { .. } => vec![
                "name a cache of the backend `database`, `file`, `redis` or `memcached` by `--alias`"
                    .to_owned(),
            ],
            _ => Vec::new(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Missing(_) => ExitCode::Failed,
            Self::Unreadable(_) | Self::NotShared { .. } => ExitCode::Refused,
        }
    }
}

#[derive(Debug, Serialize)]
struct FoundValue {
    value: Value,
    #[serde(skip)]
    shown: String,
}

impl FoundValue {
    fn new(value: &CacheValue) -> Self {
        let json = value.to_json();
        let written = json.to_python();
        Self {
            // What JSON does not have, such as `NaN`, is text there.
            value: serde_json::from_str(&written).unwrap_or(Value::String(written)),
            shown: match json {
                Json::String(text) => text,
                json => json.to_python_unicode(),
            },
        }
    }
}

impl fmt::Display for FoundValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

#[derive(Debug, Serialize)]
struct KeysOutcome {
    #[serde(skip)]
    verb: &'static str,
    keys: usize,
}

impl KeysOutcome {
    fn new(verb: &'static str, keys: usize) -> Self {
        Self { verb, keys }
    }
}

impl fmt::Display for KeysOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.keys {
            0 => f.write_str("no such key"),
            keys => write!(f, "{} {}", self.verb, text::count(keys, "key")),
        }
    }
}

#[derive(Debug, Serialize)]
struct ClearOutcome {
    cleared: String,
}

impl fmt::Display for ClearOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cleared the cache `{}`", self.cleared)
    }
}

#[derive(Debug, Serialize)]
struct CacheStatistics {
    alias: String,
    backend: String,
    /// None where the backend cannot tell, or keeps them in the memory of the server.
    entries: Option<u64>,
}

impl CacheStatistics {
    fn cells(&self) -> [String; 3] {
        let entries = self.entries.map(|entries| entries.to_string());
        [
            self.alias.clone(),
            self.backend.clone(),
            entries.unwrap_or_else(|| "-".to_owned()),
        ]
    }
}
