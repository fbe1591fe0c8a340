//! Which migrations are only recorded.

/// Which migrations are only recorded, and not run.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum FakeMode {
    /// None: all of them run.
    #[default]
    Never,
    /// All of them.
    All,
    /// The initial migrations of apps whose tables are there already.
    Initial,
}
