//! Paths of names as a tree: `author__name` and `author__born` share their beginning.

use std::collections::BTreeMap;

/// Names, and those below them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct NameTree {
    children: BTreeMap<String, Self>,
}

/// The tree below a name that has none.
static EMPTY: NameTree = NameTree {
    children: BTreeMap::new(),
};

impl NameTree {
    /// The tree of `paths`, whose names stand between `__`.
    pub(super) fn new<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        let mut tree = Self::default();
        for path in paths {
            let mut node = &mut tree;
            for name in path.split("__") {
                node = node.children.entry(name.to_owned()).or_default();
            }
        }
        tree
    }

    /// Whether nothing is below.
    pub(super) fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// The names at the top, and what is below each.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.children
            .iter()
            .map(|(name, below)| (name.as_str(), below))
    }

    /// What is below `name`; none where the tree does not have it.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        self.children.get(name)
    }

    /// What is below `name`, which is nothing where the tree does not have it.
    pub(super) fn below(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(&EMPTY)
    }
}
