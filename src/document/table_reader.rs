//! A table read key by key.

use std::cell::RefCell;

use crate::diagnostic::Finding;
use crate::document::{FromItem, Item, Problems, Table};

/// The keys of one table, while they are read; [`TableReader::finish`] reports those nobody requested for.
#[must_use = "call `finish`, so that unknown keys are reported"]
#[derive(Debug)]
pub struct TableReader<'t> {
    table: &'t Table,
    problems: &'t Problems,
    requested: RefCell<Vec<&'t str>>,
}

impl Table {
    /// Starts reading this table's keys into types.
    pub fn reader<'t>(&'t self, problems: &'t Problems) -> TableReader<'t> {
        TableReader::new(self, problems)
    }
}

impl<'t> TableReader<'t> {
    fn new(table: &'t Table, problems: &'t Problems) -> Self {
        Self {
            table,
            problems,
            requested: RefCell::default(),
        }
    }

    /// The raw value of `key`, which counts as requested for.
    pub fn item(&self, key: &'t str) -> Option<&'t Item> {
        self.requested.borrow_mut().push(key);
        self.table.get(key)
    }

    /// The value of `key`; `None` where it is missing or, which is reported, of another type.
    pub fn optional<T: FromItem>(&self, key: &'t str) -> Option<T> {
        let item = self.item(key)?;
        T::from_item(key, item)
            .map_err(|finding| self.problems.push(finding))
            .ok()
    }

    /// The value of `key`, or `default`.
    pub fn or<T: FromItem>(&self, key: &'t str, default: T) -> T {
        self.optional(key).unwrap_or(default)
    }

    /// The value of `key`; reported where it is missing.
    pub fn required<T: FromItem>(&self, key: &'t str) -> Option<T> {
        if self.table.get(key).is_none() {
            self.report_missing(key);
        }
        self.optional(key)
    }

    /// The table under `key`, to be read and finished like this one.
    pub fn table(&self, key: &'t str) -> Option<Self> {
        let item = self.item(key)?;
        if let Some(table) = item.as_table() {
            return Some(table.reader(self.problems));
        }
        let message = format!("`{key}` must be a table, not {}", item.value.type_name());
        self.problems.push(item.error("wrong-type", message));
        None
    }

    /// The keys that were requested for so far, each once.
    pub fn requested(&self) -> Vec<&'t str> {
        let mut requested: Vec<&str> = Vec::new();
        for key in self.requested.borrow().iter() {
            if !requested.contains(key) {
                requested.push(key);
            }
        }
        requested
    }

    /// The table being read.
    pub fn source(&self) -> &'t Table {
        self.table
    }

    /// Where to report what else is wrong.
    pub fn problems(&self) -> &'t Problems {
        self.problems
    }

    /// Reports every key that was not requested for, with the nearest one that was.
    pub fn finish(self) {
        let requested = self.requested.into_inner();
        for entry in self.table.entries() {
            if requested.contains(&entry.key.as_str()) {
                continue;
            }
            let mut finding = entry.error("unknown-key", format!("unknown key `{}`", entry.key));
            finding = finding.suggest(&entry.key, requested.iter().copied());
            self.problems.push(finding);
        }
    }

    fn report_missing(&self, key: &str) {
        let message = format!("missing key `{key}`");
        let location = self.table.origin().location();
        self.problems
            .push(Finding::error("missing-key", message).at(location));
    }
}
