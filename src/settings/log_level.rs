//! Levels of a log, as Python's `logging` has them.

/// How severe a record is.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum LogLevel {
    /// As a limit: none of its own.
    #[default]
    NotSet,
    /// For who looks for a mistake.
    Debug,
    /// As it should be.
    Info,
    /// Something that may be wrong, here or with the client.
    Warning,
    /// Something is wrong here.
    Error,
    /// Nothing works.
    Critical,
}

/// All levels by their names.
pub(super) const LEVELS: [(&str, LogLevel); 6] = [
    ("NOTSET", LogLevel::NotSet),
    ("DEBUG", LogLevel::Debug),
    ("INFO", LogLevel::Info),
    ("WARNING", LogLevel::Warning),
    ("ERROR", LogLevel::Error),
    ("CRITICAL", LogLevel::Critical),
];

impl LogLevel {
    /// Its name.
    pub fn name(self) -> &'static str {
        let found = LEVELS.iter().find(|(_, level)| *level == self);
        found.map_or("", |(name, _)| name)
    }

    /// Its number in Python.
    pub fn number(self) -> u32 {
        match self {
            Self::NotSet => 0,
            Self::Debug => 10,
            Self::Info => 20,
            Self::Warning => 30,
            Self::Error => 40,
            Self::Critical => 50,
        }
    }
}
