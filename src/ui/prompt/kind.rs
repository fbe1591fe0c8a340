//! What is asked for.

/// What is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PromptKind {
    /// A line of text.
    Line,
    /// A line of text that is not shown.
    Secret,
    /// One of several answers; the cursor is hidden meanwhile.
    Choice,
}
