//! Which constraint a row broke, in the words of the database.

use crate::db::DatabaseError;

/// The constraint that a row broke.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ViolatedConstraint {
    /// Another row has the same in these columns.
    Unique(Vec<String>),
    /// Another row is alike in the unique index of this name.
    UniqueIndex(String),
    /// The check of this name, or of this text where it has none, does not hold.
    Check(String),
    /// This column has no value.
    NotNull(String),
    /// It refers to a row that is not there.
    ForeignKey,
}

impl DatabaseError {
    /// The constraint that the row broke; none where something else is wrong.
    pub fn violated_constraint(&self) -> Option<ViolatedConstraint> {
        let Self::Statement { source, .. } = self else {
            return None;
        };
        let message = source.to_string();
        if message == "FOREIGN KEY constraint failed" {
            return Some(ViolatedConstraint::ForeignKey);
        }
        let (kind, what) = message.split_once(" constraint failed: ")?;
        let column = |name: &str| {
            let (_, column) = name.rsplit_once('.').unwrap_or(("", name));
            column.to_owned()
        };
        let index = what
            .strip_prefix("index '")
            .and_then(|name| name.strip_suffix('\''));
        Some(match (kind, index) {
            ("UNIQUE", Some(name)) => ViolatedConstraint::UniqueIndex(name.to_owned()),
            ("UNIQUE", None) => ViolatedConstraint::Unique(what.split(", ").map(column).collect()),
            ("CHECK", _) => ViolatedConstraint::Check(what.to_owned()),
            ("NOT NULL", _) => ViolatedConstraint::NotNull(column(what)),
            _ => return None,
        })
    }
}
