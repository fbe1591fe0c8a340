//! What a stylesheet or script refers to, for a person who wonders.

use std::str;

use crate::diagnostic::Location;
use crate::staticfiles::manifest::ManifestOptions;
use crate::staticfiles::manifest::references::{Target, Targets};
use crate::staticfiles::manifest::rewrite_patterns::ReferencePatterns;
use crate::staticfiles::{Asset, StaticFilesError, StaticPath};

/// A reference in a file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FileReference {
    /// Where it stands.
    pub location: Location,
    /// What is written there.
    pub url: String,
    /// The file or directory it leads to; `None` for another server or another part of the site.
    pub target: Option<String>,
    /// Whether that is there.
    pub is_found: bool,
}

/// The references in the file at `path`, one of the collected `files`.
pub(in crate::staticfiles) fn references(
    path: &StaticPath,
    asset: &Asset,
    files: &[&StaticPath],
    options: &ManifestOptions,
) -> Result<Vec<FileReference>, StaticFilesError> {
    let Some(patterns) = ReferencePatterns::of(path, options.js_modules) else {
        return Ok(Vec::new());
    };
    let bytes = asset.read()?;
    let Ok(text) = str::from_utf8(&bytes) else {
        return Ok(Vec::new());
    };
    let targets = Targets::new(files.iter().copied(), &options.url);
    let place = asset.display_path();
    let mut references = Vec::new();
    patterns.rewrite(text, &mut |reference| {
        let offset = text.find(reference.text);
        let location = offset.map(|offset| Location::of(place, text, offset));
        let target = targets
            .resolve(path, reference.url)
            .map(|found| found.target);
        references.push(FileReference {
            location: location.unwrap_or_else(|| Location::whole(place)),
            url: reference.url.trim().to_owned(),
            is_found: !matches!(target, Some(Target::Missing(_))),
            target: target.map(|target| match target {
                Target::File(index) => files[index].to_string(),
                Target::Directory(name) | Target::Missing(name) => name,
            }),
        });
        None
    });
    references.sort_by(|left, right| left.location.cmp(&right.location));
    Ok(references)
}
