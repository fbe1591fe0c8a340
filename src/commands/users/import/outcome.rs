//! What `djr users import` prints.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::diagnostic::Location;
use crate::serializers::RecordPosition;
use crate::text;

/// A place in the file; standard input is called `-`.
pub(super) fn location_in(path: &Path, position: RecordPosition) -> Location {
    Location {
        path: path.to_owned(),
        line: position.line,
        column: position.column,
    }
}

/// What was, or in a dry run would be, done.
#[derive(Debug, Default, Serialize)]
pub(super) struct ImportUsersOutcome {
    pub(super) changed: bool,
    pub(super) dry_run: bool,
    pub(super) created: usize,
    pub(super) updated: usize,
    pub(super) unchanged: usize,
    pub(super) groups_created: Vec<String>,
}

impl fmt::Display for ImportUsersOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.created > 0 || self.updated + self.unchanged == 0 {
            parts.push(format!("created {}", text::count(self.created, "user")));
        }
        if self.updated > 0 {
            parts.push(format!("updated {}", self.updated));
        }
        if self.unchanged > 0 {
            parts.push(format!("left {} as they were", self.unchanged));
        }
        if !self.groups_created.is_empty() {
            let groups = text::quoted(self.groups_created.iter().map(String::as_str));
            parts.push(format!("created the groups {groups}"));
        }
        if self.dry_run {
            f.write_str("a dry run: nothing is written, otherwise ")?;
        }
        f.write_str(&parts.join(", "))
    }
}
