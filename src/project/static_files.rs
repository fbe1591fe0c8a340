//! Where the static files of a project come from and how they are served.

use crate::diagnostic::{Diagnostic as _, Finding, Findings};
use crate::http::percent::{self, safe};
use crate::project::Project;
use crate::settings::StaticStorageBackend;
use crate::staticfiles::{
    FinderDirectory, Finders, ManifestOptions, StaticFiles, StaticManifest, StaticPath,
    StaticSource,
};

impl Project {
    /// Where static files are found.
    pub fn static_finders(&self) -> Finders {
        let directories = self.settings.static_files.dirs.iter();
        let directories = directories.map(|directory| FinderDirectory {
            path: self.path(&directory.path),
            prefix: directory.prefix.as_deref().and_then(StaticPath::new),
        });
        Finders::new(directories.collect(), &self.apps)
    }

    /// The same, where this project serves static files: not without the app for them, nor where another server has
    /// them.
    pub(super) fn served_finders(&self) -> Option<Finders> {
        self.apps.get("staticfiles")?;
        let is_external = self.settings.static_files.is_external();
        (!is_external).then(|| self.static_finders())
    }

    /// How names are made that change with the content; `None` where there are to be none.
    pub fn manifest_options(&self) -> Option<ManifestOptions> {
        let storage = &self.settings.storages.staticfiles;
        (storage.backend == StaticStorageBackend::Manifest).then(|| self.reference_options())
    }

    /// How static files refer to each other, whether names change with the content or not.
    pub fn reference_options(&self) -> ManifestOptions {
        let storage = &self.settings.storages.staticfiles;
        ManifestOptions {
            url: self.settings.static_files.url.clone(),
            js_modules: storage.js_modules,
            strict_source_maps: storage.strict_source_maps,
        }
    }

    /// The names that change with the content, as they were last collected; with `debug`, pages use none.
    pub(super) fn manifest(&self) -> Result<Option<StaticManifest>, Findings> {
        let settings = &self.settings;
        if settings.project.debug || self.manifest_options().is_none() {
            return Ok(None);
        }
        let root = self.path(&settings.static_files.root);
        StaticManifest::read(&root).map_err(|error| {
            let mut finding = Finding::error("static-manifest", error.to_string());
            finding.hints = error.hints();
            finding.into()
        })
    }

    /// The files that are served as they are: static ones, those at the root of the site, then those that forms brought.
    pub(super) fn served_files(&self, manifest: Option<&StaticManifest>) -> Vec<StaticFiles> {
        let settings = &self.settings;
        let mut served = Vec::new();
        if self.apps.get("staticfiles").is_some() {
            if !settings.static_files.is_external() {
                let files = StaticFiles::new(&settings.static_files.url, self.static_source());
                served.push(match manifest {
                    Some(manifest) => files.with_manifest(manifest),
                    None => files,
                });
            }
            served.push(StaticFiles::at_root(self.static_source()));
        }
        let storages = settings.storages.files.values();
        served.extend(storages.filter_map(|storage| {
            let source = StaticSource::Media(self.path(&storage.location));
            Some(StaticFiles::new(storage.served_path()?, source))
        }));
        served
    }

    fn static_source(&self) -> StaticSource {
        if self.settings.project.debug {
            StaticSource::Finders(self.static_finders())
        } else {
            StaticSource::Root(self.path(&self.settings.static_files.root))
        }
    }
}

/// The address of the static file at `path`, below `prefix`; under the name that `manifest` has for it, if any.
pub(super) fn static_url(prefix: &str, path: &str, manifest: Option<&StaticManifest>) -> String {
    let path = path.trim_start_matches('/');
    let Some(manifest) = manifest else {
        return format!("{prefix}{}", percent::encode(path, safe::PATH));
    };
    // As Django does it with a manifest, a query and a fragment stay what they are.
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    let name = percent::encode(manifest.name(name).unwrap_or(name), safe::PATH);
    format!("{prefix}{name}{rest}")
}

#[cfg(test)]
mod tests {
    use super::static_url;
    use crate::staticfiles::StaticManifest;

    #[test]
    fn a_name_of_the_manifest_takes_the_place_of_the_files_own() {
        let text = r#"{"version": "1.1", "paths": {"a b.svg": "a b.12.svg"}}"#;
        let manifest = StaticManifest::parse(text.as_bytes()).unwrap();
        let with = |path| static_url("/static/", path, Some(&manifest));
        assert_eq!(with("a b.svg"), "/static/a%20b.12.svg");
        assert_eq!(with("/a b.svg?v=1#x"), "/static/a%20b.12.svg?v=1#x");
        assert_eq!(with("c d.svg"), "/static/c%20d.svg");
        let without = |path| static_url("https://cdn/", path, None);
        assert_eq!(without("/a b.svg"), "https://cdn/a%20b.svg");
        assert_eq!(without("a#b"), "https://cdn/a%23b");
    }
}
