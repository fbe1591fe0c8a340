//! `[storages]`: how files are stored.

use std::collections::BTreeMap;

use crate::http::ContentCoding;
use crate::settings::environment::Environment;
use crate::settings::reader::SettingsReader;
use crate::settings::sections::compression::codings;
use crate::settings::sections::file_storages::{FileStorageSettings, file_storages};
use crate::settings::sections::media::MediaSettings;

/// `[storages]`, by alias.
#[derive(Clone, Debug)]
pub struct StorageSettings {
    /// `[storages.staticfiles]`.
    pub staticfiles: StaticStorageSettings,
    /// The others; `default` is always there.
    pub files: BTreeMap<String, FileStorageSettings>,
}

/// `[storages.staticfiles]`: how static files are collected.
#[derive(Clone, Debug)]
pub struct StaticStorageSettings {
    /// Which names they get.
    pub backend: StaticStorageBackend,
    /// Into which codings files are compressed.
    pub compress: Vec<ContentCoding>,
    /// Whether imports of JavaScript modules lead to names that change with the content.
    pub js_modules: bool,
    /// Whether a source map that is missing is an error.
    pub strict_source_maps: bool,
    /// How many generations of such names are kept.
    pub keep: u64,
}

/// Which names collected files get.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StaticStorageBackend {
    /// Their own.
    Plain,
    /// Also names that change with the content.
    Manifest,
}

const BACKENDS: [(&str, StaticStorageBackend); 2] = [
    ("plain", StaticStorageBackend::Plain),
    ("manifest", StaticStorageBackend::Manifest),
];

pub(in crate::settings) fn storages(
    reader: &SettingsReader<'_>,
    environment: &Environment,
    media: &MediaSettings,
) -> StorageSettings {
    let plain = StaticStorageBackend::Plain;
    StorageSettings {
        staticfiles: StaticStorageSettings {
            backend: reader.choice("storages.staticfiles.backend", &BACKENDS, plain),
            compress: codings(reader, "storages.staticfiles.compress"),
            js_modules: reader.get("storages.staticfiles.js_modules"),
            strict_source_maps: reader.get("storages.staticfiles.strict_source_maps"),
            keep: reader.get("storages.staticfiles.keep"),
        },
        files: file_storages(reader, environment, media),
    }
}
