//! The types of columns that SQLite writes in its own way (`DatabaseWrapper.data_types`).

/// The definition of a key that counts up and is never given twice (`AutoField`).
pub const AUTO_KEY: &str = "integer NOT NULL PRIMARY KEY AUTOINCREMENT";

/// The type of a moment (`DateTimeField`).
pub const DATETIME: &str = "datetime";
