//! Which way a migration goes.

/// Whether a migration is applied or undone.
///
/// In a remake Django puts the column it changes last when it applies, and
/// first, behind an automatic key, when it undoes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// It is applied.
    Forwards,
    /// It is undone.
    Backwards,
}
