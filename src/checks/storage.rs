//! Sessions, caches and counts: whether what is to be kept is kept, where all who need it find it and nobody else.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Finding;
use crate::files;
use crate::project::Project;
use crate::settings::{CacheBackendName, CacheSettings, SessionEngineName, Settings};
use crate::staticfiles::resolve_links;

/// The least entries of a cache for counts: whoever tries that many names makes it forget.
const ENOUGH_ENTRIES: usize = 10_000;

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let mut findings = Vec::new();
    findings.extend(sessions_in_a_cache(settings));
    findings.extend(counts_in_a_cache(settings));
    findings.extend(directories(project));
    findings
}

/// A cache that forgets what the engine `cache` or `cached_db` trusts it with.
fn sessions_in_a_cache(settings: &Settings) -> Option<Finding> {
    let sessions = &settings.sessions;
    let (engine, alias) = (sessions.engine, &sessions.cache_alias);
    let backend = settings.caches.get(alias)?.backend;
    let message = match (engine, backend) {
        (SessionEngineName::Cache, CacheBackendName::Locmem) => format!(
            "sessions are in the cache `{alias}`, the memory of one process: a restart ends all, and other processes do not know them"
        ),
        (SessionEngineName::Cache, CacheBackendName::Dummy) => {
            format!("sessions are in the cache `{alias}`, which keeps nothing: nobody can log in")
        }
        (SessionEngineName::CachedDatabase, CacheBackendName::Dummy) => format!(
            "copies of sessions are in the cache `{alias}`, which keeps nothing: it only takes time"
        ),
        (SessionEngineName::CachedDatabase, CacheBackendName::Locmem) => format!(
            "copies of sessions are in the cache `{alias}`, the memory of one process: neither other processes nor `djr sessions end` reach them to log somebody out"
        ),
        _ => return None,
    };
    let hint = "name a cache in a table, in files, in redis or memcached by `cache_alias`, or use `engine = \"database\"`";
    Some(warning(settings, "sessions.engine", message).hint(hint))
}

/// A cache of `[auth.throttle]` that is not shared, or forgets.
fn counts_in_a_cache(settings: &Settings) -> Option<Finding> {
    let alias = settings.auth.throttle.cache.as_ref()?;
    let cache = settings.caches.get(alias)?;
    let (message, hint) = match cache.backend {
        CacheBackendName::Locmem | CacheBackendName::Dummy => (
            format!("the cache `{alias}` is not shared: each process counts attempts for itself"),
            "leave `cache` out, or name a cache in redis, memcached, a table or files".to_owned(),
        ),
        _ if forgets_counts(cache) => (
            format!(
                "the cache `{alias}` keeps {} entries: whoever tries that many names makes it forget what was counted",
                cache.max_entries
            ),
            format!("set `max_entries` of `[caches.{alias}]` to {ENOUGH_ENTRIES} or more"),
        ),
        _ => return None,
    };
    Some(warning(settings, "auth.throttle.cache", message).hint(hint))
}

fn forgets_counts(cache: &CacheSettings) -> bool {
    let is_limited = matches!(
        cache.backend,
        CacheBackendName::Database | CacheBackendName::File
    );
    is_limited && cache.max_entries < ENOUGH_ENTRIES
}

/// The directories that sessions and caches are in, which the server must be able to write and visitors not to read.
fn directories(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let mut places = Vec::new();
    if settings.sessions.engine == SessionEngineName::File {
        places.push((
            "sessions.file_path".to_owned(),
            settings.sessions.file_path.clone(),
        ));
    }
    for (alias, cache) in &settings.caches {
        if cache.backend == CacheBackendName::File {
            places.push((
                format!("caches.{alias}.location"),
                PathBuf::from(&cache.location),
            ));
        }
    }
    let found = places.iter().flat_map(|(key, directory)| {
        [
            public(project, key, directory),
            unwritable(project, key, directory),
        ]
    });
    found.flatten().collect()
}

/// Files that everybody may read.
fn public(project: &Project, key: &str, directory: &Path) -> Option<Finding> {
    let settings = &project.settings;
    let statics = [&settings.static_files.root].into_iter();
    let statics = statics.chain(
        settings
            .static_files
            .dirs
            .iter()
            .map(|directory| &directory.path),
    );
    let media = ("[media] root", &settings.media.root);
    let served = statics
        .map(|directory| ("[static]", directory))
        .chain([media]);
    let path = resolve_links(&project.path(directory));
    let mut served =
        served.filter(|(_, served)| path.starts_with(resolve_links(&project.path(served))));
    let (table, around) = served.next()?;
    let message = format!(
        "`{key}` is `{}`, inside of `{}` of `{table}`, which everybody may read",
        directory.display(),
        around.display()
    );
    let mut finding = Finding::error("public-directory", message);
    finding.location = settings.location(key);
    Some(finding.hint("choose a directory that is not served"))
}

/// A directory that cannot be made or written to by who checks, which need not be who serves.
fn unwritable(project: &Project, key: &str, directory: &Path) -> Option<Finding> {
    let path = project.path(directory);
    let existing = path.ancestors().find(|path| path.exists())?;
    let is_directory = fs::metadata(existing).is_ok_and(|found| found.is_dir());
    if is_directory && files::is_writable(existing) {
        return None;
    }
    let message = format!(
        "`{key}` is `{}`, which cannot be written to",
        directory.display()
    );
    let hint = "the user who runs the server must be able to make files there";
    Some(warning(&project.settings, key, message).hint(hint))
}

fn warning(settings: &Settings, key: &str, message: String) -> Finding {
    let mut finding = Finding::warning("unfit-storage", message);
    finding.location = settings.location(key);
    finding
}
