//! What the rows of a query are in a template.

/// Rows, or values of them.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(in crate::views) enum RowShape {
    /// Rows of the model.
    #[default]
    Rows,
    /// Values by name (`values`).
    Mappings,
    /// Values one behind the other (`values_list`).
    Tuples,
    /// One value each.
    Values,
}
