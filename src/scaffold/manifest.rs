//! `scaffold.toml`: the names and modes that the embedded files cannot carry themselves.

use std::path::Path;

use crate::diagnostic::Findings;
use crate::document::{Document, Problems};

/// The name of the manifest, which does not become a file of the project.
pub(super) const FILE_NAME: &str = "scaffold.toml";

/// What a scaffold says about its files.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// Parts of paths, and the templates of what they become.
    pub(super) renames: Vec<(String, String)>,
    /// Directories that are empty at first.
    pub(super) directories: Vec<String>,
    /// Files for their owner alone.
    pub(super) private: Vec<String>,
    /// Files whose content is different each time.
    pub(super) generated: Vec<String>,
    /// The file that is written after all others.
    pub(super) last: Option<String>,
}

impl Manifest {
    /// Reads `text`, the manifest at `path`.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, Findings> {
        let document = Document::parse(path, text)?;
        let problems = Problems::default();
        let fields = document.root().reader(&problems);
        let mut manifest = Self::default();
        if let Some(renames) = fields.item("renames").and_then(|item| item.as_table()) {
            let renamed = |entry: &crate::document::TableEntry| {
                Some((entry.key.clone(), entry.item.as_str()?.to_owned()))
            };
            manifest.renames = renames.entries().iter().filter_map(renamed).collect();
        }
        if let Some(files) = fields.item("files").and_then(|item| item.as_table()) {
            let fields = files.reader(&problems);
            manifest.directories = fields.optional("directories").unwrap_or_default();
            manifest.private = fields.optional("private").unwrap_or_default();
            manifest.generated = fields.optional("generated").unwrap_or_default();
            manifest.last = fields.optional("last");
            fields.finish();
        }
        fields.finish();
        problems.finish(manifest)
    }
}
