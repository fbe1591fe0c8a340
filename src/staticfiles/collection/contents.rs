//! Where the contents of collected files are read from, once those that are copied lie aside.

use std::path::{Path, PathBuf};

use crate::staticfiles::collection::CollectedFile;
use crate::staticfiles::collection::destination::wanted_link;
use crate::staticfiles::collection::staging::Staging;
use crate::staticfiles::{Asset, StaticPath};

/// The contents of the collected files.
///
/// They are those of the copies, not of the sources: whatever happens to a source meanwhile, a file under a name that was made
/// of its content, or one that is compressed, has the content of the copy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contents<'r> {
    pub(super) files: &'r [CollectedFile],
    pub(super) root: &'r Path,
    pub(super) staging: &'r Staging,
    /// Whether the root has links to the sources in place of copies.
    pub(super) links: bool,
}

impl Contents<'_> {
    /// Where the content of the file of this index is.
    pub(super) fn asset(&self, index: usize) -> Asset {
        match (&self.files[index].asset, self.copy(index)) {
            (Asset::Disk(_), Some(place)) => Asset::Disk(place),
            (asset, _) => asset.clone(),
        }
    }

    /// The copy of the file of this index; `None` where that is a link.
    pub(super) fn copy(&self, index: usize) -> Option<PathBuf> {
        let file = &self.files[index];
        if wanted_link(&file.asset, self.links).is_some() {
            return None;
        }
        Some(if file.is_copied() {
            self.staging.place(&file.path)
        } else {
            self.root.join(file.path.as_str())
        })
    }

    /// The names of the files.
    pub(super) fn paths(&self) -> impl Iterator<Item = &StaticPath> {
        self.files.iter().map(|file| &file.path)
    }
}
