//! The scaffolds in the binary: the directories in `scaffolds/projects` and `scaffolds/apps`.

use include_dir::{Dir, DirEntry, include_dir};

use crate::scaffold::ScaffoldKind;
use crate::scaffold::source::{ScaffoldTree, SourceError};

static PROJECTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffolds/projects");
static APPS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffolds/apps");

/// The one that is taken where none is named.
pub const DEFAULT: &str = "default";

/// A scaffold in the binary.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    files: &'static Dir<'static>,
}

/// All scaffolds for `kind`, the default one first.
pub(super) fn all(kind: ScaffoldKind) -> Vec<BuiltIn> {
    let directory = match kind {
        ScaffoldKind::Project => &PROJECTS,
        ScaffoldKind::App => &APPS,
    };
    let named = |files: &'static Dir<'static>| {
        let name = files.path().to_str()?;
        Some(BuiltIn { name, files })
    };
    let mut all: Vec<_> = directory.dirs().filter_map(named).collect();
    all.sort_by_key(|built_in| (built_in.name != DEFAULT, built_in.name));
    all
}

/// The scaffold for `kind` called `name`.
pub(super) fn find(kind: ScaffoldKind, name: &str) -> Option<BuiltIn> {
    let mut all = all(kind).into_iter();
    all.find(|built_in| built_in.name == name)
}

impl BuiltIn {
    /// Its files.
    pub(super) fn tree(self) -> Result<ScaffoldTree, SourceError> {
        let mut tree = ScaffoldTree::default();
        self.add(&mut tree, self.files)?;
        Ok(tree)
    }

    fn add(
        self,
        tree: &mut ScaffoldTree,
        directory: &'static Dir<'static>,
    ) -> Result<(), SourceError> {
        for entry in directory.entries() {
            match entry {
                DirEntry::Dir(directory) => self.add(tree, directory)?,
                DirEntry::File(file) => {
                    let path = file.path().strip_prefix(self.name);
                    let content = file.contents().into();
                    tree.add(path.unwrap_or(file.path()), content, false)?;
                }
            }
        }
        Ok(())
    }
}
