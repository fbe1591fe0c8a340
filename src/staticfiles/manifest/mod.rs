//! Names of static files that change with their content, and `staticfiles.json`, which leads to them
//! (`django.contrib.staticfiles.storage.ManifestStaticFilesStorage`).

mod explain;
mod hashed_name;
mod post_process;
#[cfg(test)]
mod recorded_tests;
mod reference_search;
mod references;
mod rewrite_patterns;

pub use explain::FileReference;
pub(super) use explain::references;
pub(super) use hashed_name::{digits_in_name, is_of};
pub(super) use post_process::ProcessedFile;
#[cfg(test)]
use post_process::ProcessedFiles;
pub(super) use reference_search::{ReferenceSearch, ReferringFile, SearchedFile};

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use md5::{Digest as _, Md5};

use crate::crypto::hex;
use crate::json::python::quoted;
use crate::staticfiles::StaticFilesError;

/// The name of the manifest in the root.
pub const MANIFEST_NAME: &str = "staticfiles.json";

/// The version of its format that is written.
const VERSION: &str = "1.1";

/// How many bytes of a file are read at once to be hashed.
const HASHED_AT_ONCE: usize = 64 * 1024;

/// The MD5 of a content.
pub(super) type ContentHash = [u8; 16];

/// The hash of `bytes`.
pub(super) fn content_hash(bytes: &[u8]) -> ContentHash {
    Md5::digest(bytes).into()
}

/// The hash of the content of `file`.
pub(super) fn hash_of_file(file: &File) -> io::Result<ContentHash> {
    let mut hasher = Md5::new();
    let mut chunk = vec![0; HASHED_AT_ONCE];
    let mut position = 0;
    loop {
        let size = file.read_at(&mut chunk, position)?;
        if size == 0 {
            return Ok(hasher.finalize().into());
        }
        hasher.update(&chunk[..size]);
        position += u64::try_from(size).map_err(io::Error::other)?;
    }
}

/// How names that change with the content are made.
#[derive(Clone, Debug)]
pub struct ManifestOptions {
    /// `[static] url`: references that begin with it are to static files.
    pub url: String,
    /// Whether imports of JavaScript modules are followed.
    pub js_modules: bool,
    /// Whether a source map that is missing is an error.
    pub strict_source_maps: bool,
}

/// Which name a file is served by.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct StaticManifest(HashMap<String, String>);

impl StaticManifest {
    /// The manifest in `root`; `None` where there is none.
    pub fn read(root: &Path) -> Result<Option<Self>, StaticFilesError> {
        let path = root.join(MANIFEST_NAME);
        match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StaticFilesError::reading(&path)(error)),
            Ok(bytes) => match Self::parse(&bytes) {
                Some(manifest) => Ok(Some(manifest)),
                None => Err(StaticFilesError::NotAManifest(path)),
            },
        }
    }

    /// The manifest that `bytes` are, in a version that is known.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let document: serde_json::Value = serde_json::from_slice(bytes).ok()?;
        if !matches!(document.get("version")?.as_str()?, "1.0" | VERSION) {
            return None;
        }
        let Some(paths) = document.get("paths") else {
            return Some(Self::default());
        };
        let names = paths.as_object()?.iter();
        let names = names.map(|(path, name)| Some((path.clone(), name.as_str()?.to_owned())));
        names.collect::<Option<_>>().map(Self)
    }

    /// The name that the file at `path` is served by.
    pub fn name(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Each path with the name it is served by.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.0.iter();
        names.map(|(path, name)| (path.as_str(), name.as_str()))
    }
}

/// `staticfiles.json` as Django writes it for `files`, in their order.
pub(super) fn manifest_text(files: &[ProcessedFile]) -> String {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_unstable_by(|left, right| left.path.cmp(&right.path));
    let pairs = sorted.into_iter().map(|file| {
        let (path, name) = (quoted(file.path.as_str()), quoted(file.name.as_str()));
        format!("[{path}, {name}]")
    });
    let pairs = pairs.collect::<Vec<_>>().join(", ");
    let hash = hex(&content_hash(format!("[{pairs}]").as_bytes()));
    let paths = files.iter().map(|file| {
        let (path, name) = (quoted(file.path.as_str()), quoted(file.name.as_str()));
        format!("{path}: {name}")
    });
    let paths = paths.collect::<Vec<_>>().join(", ");
    let hash = &hash[..12];
    format!("{{\"paths\": {{{paths}}}, \"version\": \"{VERSION}\", \"hash\": \"{hash}\"}}")
}

#[cfg(test)]
mod tests {
    use super::StaticManifest;

    #[test]
    fn reads_the_versions_of_django() {
        let read = |text: &str| StaticManifest::parse(text.as_bytes());
        let manifest = read(r#"{"paths": {"a.css": "a.1.css"}, "version": "1.0"}"#).unwrap();
        assert_eq!(manifest.name("a.css"), Some("a.1.css"));
        assert_eq!(manifest.name("b.css"), None);
        assert_eq!(
            read(r#"{"version": "1.1", "hash": ""}"#),
            Some(StaticManifest::default())
        );
        for wrong in [
            "",
            "[]",
            "{}",
            r#"{"version": "2.0", "paths": {}}"#,
            r#"{"version": 1.1, "paths": {}}"#,
            r#"{"version": "1.1", "paths": []}"#,
            r#"{"version": "1.1", "paths": {"a": 1}}"#,
            r#"{"version": "1.1", "paths": {"a": "b"#,
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
