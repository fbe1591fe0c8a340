//! What is asked of the rows that a query means.

use crate::models::expression::RowQuery;
use crate::query::Query;
use crate::query::query_builder::SelectRelated;

/// What is asked of the rows that a query means.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Question {
    /// The rows, with those that `select_related` names.
    Rows,
    /// What `values` selects of them.
    Values,
    /// How many there are.
    Count,
    /// Whether there is one.
    Existence,
}

impl Question {
    /// As much of `query` as matters for the answer.
    pub(super) fn part_of(self, query: &Query) -> Query {
        match self {
            Self::Rows | Self::Values => Query {
                rows: query.rows.clone(),
                loading: query.loading.clone(),
                followed: query.followed.clone(),
                prefetches: Vec::new(),
                beside: query.beside.clone(),
                part: query.part.clone(),
            },
            Self::Count => unordered(query),
            Self::Existence => unordered(query).slice(0, Some(1)),
        }
    }
}

/// The rows in any order, with nothing read along.
fn unordered(query: &Query) -> Query {
    let rows = &query.rows;
    Query {
        followed: SelectRelated::None,
        beside: None,
        loading: query.loading.clone(),
        part: query.part.clone(),
        prefetches: Vec::new(),
        rows: RowQuery {
            order: Some(Vec::new()),
            model: rows.model.clone(),
            steps: rows.steps.clone(),
            combined: rows.combined.clone(),
            ..*rows
        },
    }
}
