//! Which columns of a row are read: `only` and `defer`.

use std::collections::BTreeSet;

use crate::models::Field;
use crate::query::name_tree::NameTree;

/// The fields that were named, and whether they alone are read or they are left out.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct FieldLoading {
    names: BTreeSet<String>,
    is_only: bool,
}

impl FieldLoading {
    /// Reads `names` and nothing else; what was left out before stays so.
    pub(super) fn only(&mut self, names: BTreeSet<String>) {
        self.names = if self.is_only {
            names
        } else {
            names.difference(&self.names).cloned().collect()
        };
        self.is_only = true;
    }

    /// Leaves out `names`, too.
    pub(super) fn defer(&mut self, names: BTreeSet<String>) {
        if !self.is_only {
            self.names.extend(names);
        } else if self.names.is_subset(&names) {
            // Nothing is left that is read: what is new is left out of all.
            self.names = names.difference(&self.names).cloned().collect();
            self.is_only = false;
        } else {
            self.names = self.names.difference(&names).cloned().collect();
        }
    }

    /// Reads `field` in any case.
    pub(super) fn require(&mut self, field: &Field) {
        if self.is_only {
            self.names.insert(field.name.clone());
        } else {
            self.names.remove(&field.name);
            self.names.remove(&field.attname());
        }
    }

    /// What is read of the model itself, and below it of those that are read along.
    pub(super) fn tree(&self) -> NameTree {
        NameTree::new(self.names.iter().map(String::as_str))
    }

    /// Whether the fields of `node` are all that is read.
    pub(super) fn is_only(&self) -> bool {
        self.is_only
    }
}

/// What is read of one model.
#[derive(Clone, Copy, Debug)]
pub(super) struct LoadedFields<'t> {
    /// The names of it that were given.
    pub(super) names: &'t NameTree,
    /// Whether they alone are read.
    pub(super) is_only: bool,
}

impl<'t> LoadedFields<'t> {
    /// Whether `field` is read; the primary key always is.
    pub(super) fn contains(&self, field: &Field) -> bool {
        if field.primary_key || self.names.is_empty() {
            return true;
        }
        let named = self.named(field);
        if self.is_only {
            named.is_some()
        } else {
            named.is_none_or(|below| !below.is_empty())
        }
    }

    /// What is read of the model behind `name`.
    pub(super) fn below(&self, name: &str) -> Self {
        Self {
            names: self.names.below(name),
            ..*self
        }
    }

    fn named(&self, field: &Field) -> Option<&'t NameTree> {
        let by_attname = || self.names.get(&field.attname());
        self.names.get(&field.name).or_else(by_attname)
    }
}
