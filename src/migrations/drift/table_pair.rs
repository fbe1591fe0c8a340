//! A table as it should be, and as it is.

use crate::inspectdb::TableDeclaration;

/// A table as it should be, and as it is.
#[derive(Clone, Copy)]
pub(super) struct TablePair<'p> {
    pub(super) expected: &'p TableDeclaration,
    pub(super) live: &'p TableDeclaration,
}

impl TablePair<'_> {
    /// The place of something in the table, in the name of a difference.
    pub(super) fn place(self, within: &str) -> String {
        format!("{}.{within}", self.expected.name)
    }
}
