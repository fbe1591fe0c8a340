//! The types of columns in djr's own tables.

/// The type of a column.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SqlColumnType {
    /// A key that counts up and is never given twice.
    AutoKey,
    /// Text of so many characters at most.
    Varchar(u16),
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A moment.
    DateTime,
}
