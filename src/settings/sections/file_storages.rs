//! `[storages.ALIAS]`: where files of rows are kept.

use std::collections::BTreeMap;
use std::fmt;

use crate::settings::environment::Environment;
use crate::settings::reader::SettingsReader;
use crate::settings::sections::media::MediaSettings;
use crate::settings::sections::s3::{S3_KEYS, S3StorageSettings, s3};
use crate::settings::sections::static_files::url_mistake;

/// The alias in `[storages]` that is not one of these: it says how static files are collected.
const STATICFILES: &str = "staticfiles";

/// `[storages.ALIAS]`: a place of files.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FileStorageSettings {
    /// What keeps them.
    pub backend: FileStorageBackend,
    /// The directory, below that of the project unless it is absolute; of a service the prefix of all names.
    pub location: String,
    /// What stands before their names in addresses, with a slash at its end; empty where nobody may ask for them.
    pub base_url: String,
    /// Who may read a file, whatever the umask says.
    pub file_permissions_mode: u32,
    /// Who may read a directory that is made for a file; `None` leaves it to the umask.
    pub directory_permissions_mode: Option<u32>,
    /// Bytes of a file at most.
    pub max_file_size: Option<u64>,
    /// Whether a file stays when no row names it any more.
    pub keep: bool,
    /// The dotted name of the class that keeps them, where it is one of the project.
    pub class: Option<String>,
    /// The keys that it is made with: of `location` and `base_url` those that the settings say.
    pub options: Vec<&'static str>,
    /// The bucket, of `s3` alone.
    pub s3: Option<S3StorageSettings>,
}

impl FileStorageSettings {
    /// Whether the files are in a directory.
    pub fn is_directory(&self) -> bool {
        self.backend == FileStorageBackend::Filesystem
    }

    /// The path that this site serves the files below; none where nobody may ask for them or another server has them.
    pub fn served_path(&self) -> Option<&str> {
        let url = self.base_url.as_str();
        let is_local = url.starts_with('/') && !url.starts_with("//");
        // A class that keeps files elsewhere has nothing there.
        let is_own = self.class.is_some() && !self.location.is_empty();
        ((self.is_directory() || is_own) && is_local).then_some(url)
    }
}

/// What keeps files.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FileStorageBackend {
    /// A directory.
    Filesystem,
    /// The memory of the process.
    Memory,
    /// A service that speaks the protocol of S3.
    S3,
    /// A class of the project.
    Class,
}

const BACKENDS: [(&str, FileStorageBackend); 3] = [
    ("filesystem", FileStorageBackend::Filesystem),
    ("memory", FileStorageBackend::Memory),
    ("s3", FileStorageBackend::S3),
];

/// Keys that mean something to directories alone.
const FILESYSTEM_KEYS: [&str; 2] = ["file_permissions_mode", "directory_permissions_mode"];

impl fmt::Display for FileStorageBackend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = BACKENDS.iter().find(|(_, backend)| backend == self);
        f.write_str(name.map_or("class", |(name, _)| name))
    }
}

/// The storages of files, `default` always among them; `media` says what that has where it says nothing itself.
pub(super) fn file_storages(
    reader: &SettingsReader<'_>,
    environment: &Environment,
    media: &MediaSettings,
) -> BTreeMap<String, FileStorageSettings> {
    let aliases = reader.aliases("storages").into_iter();
    aliases
        .filter(|alias| alias != STATICFILES)
        .map(|alias| {
            let mut storage = storage(reader, &alias, media);
            storage.s3 = bucket(reader, environment, &alias, storage.backend);
            (alias, storage)
        })
        .collect()
}

/// The bucket of the storage `alias`; of another backend its keys are only looked at.
fn bucket(
    reader: &SettingsReader<'_>,
    environment: &Environment,
    alias: &str,
    backend: FileStorageBackend,
) -> Option<S3StorageSettings> {
    let path = |key: &str| format!("storages.{alias}.{key}");
    let is_s3 = backend == FileStorageBackend::S3;
    if !is_s3 && !S3_KEYS.iter().any(|key| reader.is_set(&path(key))) {
        return None;
    }
    let bucket = s3(reader, environment, alias);
    let message = format!("storage `{alias}` needs `bucket_name`");
    let is_named = !is_s3 || !bucket.bucket_name.is_empty();
    reader.check(&path("backend"), is_named, message);
    is_s3.then_some(bucket)
}

fn storage(reader: &SettingsReader<'_>, alias: &str, media: &MediaSettings) -> FileStorageSettings {
    let path = |key: &str| format!("storages.{alias}.{key}");
    let filesystem = FileStorageBackend::Filesystem;
    let class = reader.own_name(&path("backend"));
    let said = |key: &&'static str| reader.is_set(&path(key));
    let mut storage = FileStorageSettings {
        backend: match class {
            Some(_) => FileStorageBackend::Class,
            None => reader.choice(&path("backend"), &BACKENDS, filesystem),
        },
        class,
        options: ["location", "base_url"].into_iter().filter(said).collect(),
        location: reader.get(&path("location")),
        base_url: reader.get(&path("base_url")),
        file_permissions_mode: reader.get(&path("file_permissions_mode")),
        directory_permissions_mode: Some(reader.get(&path("directory_permissions_mode")))
            .filter(|bits| *bits > 0),
        max_file_size: Some(reader.get(&path("max_file_size"))).filter(|size| *size > 0),
        keep: reader.get(&path("keep")),
        s3: None,
    };
    if alias == "default" && (storage.backend == filesystem || storage.class.is_some()) {
        let unless_set = |key: &str, value: &mut String, other: &str| {
            if !reader.is_set(&path(key)) {
                other.clone_into(value);
            }
        };
        unless_set(
            "location",
            &mut storage.location,
            &media.root.to_string_lossy(),
        );
        unless_set("base_url", &mut storage.base_url, &media.url);
    }
    check(reader, alias, &storage);
    storage
}

fn check(reader: &SettingsReader<'_>, alias: &str, storage: &FileStorageSettings) {
    let path = |key: &str| format!("storages.{alias}.{key}");
    if storage.backend == FileStorageBackend::Filesystem {
        let at = ["location", "backend"].map(path);
        let at = at.iter().find(|path| reader.is_set(path));
        let place = at.map_or("storages", String::as_str);
        let is_path = !storage.location.trim().is_empty() && !storage.location.contains('\0');
        let message = format!("storage `{alias}` needs `location`, its directory");
        // That of `default` is `[media] root`, which is read where it stands.
        reader.check(place, is_path || alias == "default", message);
    }
    if reader.is_set(&path("base_url")) && !storage.base_url.is_empty() {
        reader.check_with(&path("base_url"), &storage.base_url, url_mistake);
    }
    let is_s3 = storage.backend == FileStorageBackend::S3;
    let of_directories = FILESYSTEM_KEYS
        .iter()
        .map(|key| (key, storage.backend == FileStorageBackend::Filesystem));
    let of_buckets = S3_KEYS.iter().map(|key| (key, is_s3));
    let known = of_directories.chain(of_buckets);
    for (key, is_read) in known.chain([(&"base_url", !is_s3)]) {
        let fits = is_read || !reader.is_set(&path(key));
        let message = format!(
            "`storages.{alias}.{key}` means nothing with `backend = \"{}\"`",
            storage.backend
        );
        reader.check(&path(key), fits, message);
    }
}
