//! The two places of an entry, and what may be done there.

use crate::http::Method;

/// Which rows a path is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum EntryPlace {
    /// All there are.
    List,
    /// One.
    Detail,
}

/// The actions of the methods at a place, in the order in which methods are told.
const LIST_ACTIONS: [(Method, &str); 2] = [(Method::Get, "list"), (Method::Post, "create")];
const DETAIL_ACTIONS: [(Method, &str); 4] = [
    (Method::Get, "retrieve"),
    (Method::Put, "update"),
    (Method::Patch, "partial_update"),
    (Method::Delete, "destroy"),
];

impl EntryPlace {
    /// The methods that may be used at the place, in the order in which they are told, and the action of each.
    pub(super) fn actions(self) -> &'static [(Method, &'static str)] {
        match self {
            Self::List => &LIST_ACTIONS,
            Self::Detail => &DETAIL_ACTIONS,
        }
    }
}
