//! What keeps a list from being shown.

use crate::http::FormError;
use crate::query::QueryError;
use crate::views::HttpError;

/// What keeps a list from being shown.
#[derive(Debug)]
pub(super) enum ListError {
    /// The address asks for what there cannot be (`IncorrectLookupParameters`).
    IncorrectLookup,
    /// Something else.
    Http(HttpError),
}

impl From<HttpError> for ListError {
    fn from(error: HttpError) -> Self {
        Self::Http(error)
    }
}

impl From<FormError> for ListError {
    fn from(error: FormError) -> Self {
        Self::Http(error.into())
    }
}

/// A query that the address has a part in is wrong because of it, unless the database fails.
impl From<QueryError> for ListError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Database(_) => Self::Http(error.into()),
            _ => Self::IncorrectLookup,
        }
    }
}
