//! Values that know where they were written.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Finding, Location};

/// A file's path and text, shared by all values read from it.
#[derive(Debug)]
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    /// `None` for a place that has no lines.
    pub(super) text: Option<String>,
}

/// The place a value was written at.
#[derive(Clone)]
pub struct Origin {
    pub(super) source: Arc<SourceFile>,
    pub(super) offset: usize,
}

impl Origin {
    /// The place as file, line and column.
    pub fn location(&self) -> Location {
        match &self.source.text {
            Some(text) => Location::of(&self.source.path, text, self.offset),
            None => Location::whole(&self.source.path),
        }
    }

    /// A place outside any file, such as an environment variable; messages show `name` alone.
    pub fn named(name: &str) -> Self {
        Self {
            source: Arc::new(SourceFile {
                path: PathBuf::from(name),
                text: None,
            }),
            offset: 0,
        }
    }

    /// The file the value was read from.
    pub fn path(&self) -> &Path {
        &self.source.path
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.location())
    }
}

/// A value of one of TOML's types.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A date, a time or both, as written.
    Datetime(String),
    /// A list.
    Array(Vec<Item>),
    /// Keys and values.
    Table(Table),
}

impl Value {
    /// The same value, whose items and entries all stand at `origin`.
    #[must_use]
    pub fn at(self, origin: &Origin) -> Self {
        match self {
            Self::Array(items) => {
                let items = items.into_iter();
                Self::Array(items.map(|item| item.at(origin)).collect())
            }
            Self::Table(table) => Self::Table(Table {
                entries: table
                    .entries
                    .into_iter()
                    .map(|entry| TableEntry {
                        key: entry.key,
                        origin: origin.clone(),
                        item: entry.item.at(origin),
                    })
                    .collect(),
                origin: origin.clone(),
            }),
            other => other,
        }
    }

    /// The type with its article, for messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Boolean(_) => "a boolean",
            Self::Datetime(_) => "a date or time",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Item {
    /// The value.
    pub value: Value,
    /// Its place.
    pub origin: Origin,
}

impl Item {
    /// The text `text`, written at `origin`.
    pub fn text(text: impl Into<String>, origin: Origin) -> Self {
        Self {
            value: Value::String(text.into()),
            origin,
        }
    }

    fn at(self, origin: &Origin) -> Self {
        Self {
            value: self.value.at(origin),
            origin: origin.clone(),
        }
    }

    /// An error about this value.
    pub fn error(&self, code: &'static str, message: impl Into<String>) -> Finding {
        Finding::error(code, message).at(self.origin.location())
    }

    /// The table in this item, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The items of a list; one that stands alone is a list of itself.
    pub fn listed(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The text in this item, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct TableEntry {
    /// The key, unquoted.
    pub key: String,
    /// The key's place.
    pub origin: Origin,
    /// The value.
    pub item: Item,
}

impl TableEntry {
    /// An error about this key.
    pub fn error(&self, code: &'static str, message: impl Into<String>) -> Finding {
        Finding::error(code, message).at(self.origin.location())
    }
}

/// Keys and values, in the order of the file.
#[derive(Clone, Debug)]
pub struct Table {
    pub(super) entries: Vec<TableEntry>,
    pub(super) origin: Origin,
}

impl Table {
    /// A table at `origin` with nothing in it.
    pub fn empty(origin: Origin) -> Self {
        Self {
            entries: Vec::new(),
            origin,
        }
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[TableEntry] {
        &self.entries
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Item> {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        entry.map(|entry| &entry.item)
    }

    /// Where the table begins.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// This table with the entries of `below` that it lacks, which come first.
    #[must_use]
    pub fn laid_over(&self, below: &Self) -> Self {
        let lacking = below.entries.iter();
        let lacking = lacking.filter(|entry| self.get(&entry.key).is_none());
        Self {
            entries: lacking.chain(&self.entries).cloned().collect(),
            origin: self.origin.clone(),
        }
    }

    /// [`Table::laid_over`], and the tables within both likewise.
    #[must_use]
    pub fn merged_over(&self, below: &Self) -> Self {
        let merge = |entry: &TableEntry| {
            let mut merged = entry.clone();
            let lower = below.get(&entry.key).and_then(Item::as_table);
            if let (Some(upper), Some(lower)) = (entry.item.as_table(), lower) {
                merged.item.value = Value::Table(upper.merged_over(lower));
            }
            merged
        };
        let merged = Self {
            entries: self.entries.iter().map(merge).collect(),
            origin: self.origin.clone(),
        };
        merged.laid_over(below)
    }

    /// Replaces the value at the end of `path`, a key of this table and those of the tables within; where one of them
    /// is missing, nothing happens.
    pub fn set(&mut self, path: &[String], item: Item) {
        let Some((first, rest)) = path.split_first() else {
            return;
        };
        let mut entries = self.entries.iter_mut();
        let Some(entry) = entries.find(|entry| entry.key == *first) else {
            return;
        };
        match &mut entry.item.value {
            _ if rest.is_empty() => entry.item = item,
            Value::Table(inner) => inner.set(rest, item),
            _ => {}
        }
    }

    /// This table without these keys.
    #[must_use]
    pub fn without(&self, keys: &[&str]) -> Self {
        let mut table = self.clone();
        let is_kept = |entry: &TableEntry| !keys.contains(&entry.key.as_str());
        table.entries.retain(is_kept);
        table
    }

    /// This table with `inner` as the value of `key`, which it has.
    #[must_use]
    pub fn with_table(mut self, key: &str, inner: Self) -> Self {
        let mut entries = self.entries.iter_mut();
        if let Some(entry) = entries.find(|entry| entry.key == key) {
            entry.item.value = Value::Table(inner);
        }
        self
    }

    /// This table with `item` as the value of `key`, which it lacks.
    #[must_use]
    pub fn with_item(mut self, key: &str, item: Item) -> Self {
        self.entries.push(TableEntry {
            key: key.to_owned(),
            origin: item.origin.clone(),
            item,
        });
        self
    }

    /// The entry of `key`.
    pub fn entry(&self, key: &str) -> Option<&TableEntry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}
