//! The name a database has in the settings.

use std::fmt;

/// The name a database has in the settings: `default` in `[databases.default]`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DatabaseAlias(String);

impl DatabaseAlias {
    /// Names a database; whether there is one is the settings' business.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The alias as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a command for this database needs beside its words: ` --database other`, or nothing.
    pub fn option(&self) -> String {
        if *self == Self::default() {
            return String::new();
        }
        format!(" --database {self}")
    }
}

impl Default for DatabaseAlias {
    fn default() -> Self {
        Self::new("default")
    }
}

impl fmt::Display for DatabaseAlias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
