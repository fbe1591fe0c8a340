//! Which file is collected under a name, and why.

use crate::staticfiles::collection::Collector;
use crate::staticfiles::manifest::{FileReference, ManifestOptions, references};
use crate::staticfiles::{FinderMatch, StaticFilesError, StaticPath};

/// Which file is collected under a name, and why.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The files of that name, the one that is collected first; none where it is nowhere.
    pub matches: Vec<FinderMatch>,
    /// The pattern by which it is left out all the same.
    pub ignored_by: Option<String>,
    /// What it refers to.
    pub references: Vec<FileReference>,
}

impl Collector {
    /// Which file is collected as `path`, and what it refers to by these rules.
    pub fn explain(
        &self,
        path: &StaticPath,
        options: &ManifestOptions,
    ) -> Result<Explanation, StaticFilesError> {
        let listing = self.finders.list(&self.options.ignore)?;
        let files: Vec<_> = listing.found.iter().map(|file| &file.path).collect();
        let matches: Vec<_> = self.finders.matches(path).collect();
        let listed = listing.found.iter().find(|file| file.path == *path);
        let asset = listed.map(|file| &file.asset);
        let asset = asset.or_else(|| matches.first().map(|first| &first.asset));
        let references = match asset {
            Some(asset) => references(path, asset, &files, options)?,
            None => Vec::new(),
        };
        Ok(Explanation {
            matches,
            ignored_by: self.options.ignore.matching(path),
            references,
        })
    }
}
