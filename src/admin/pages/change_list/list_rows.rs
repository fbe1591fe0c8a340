//! The rows of a page, and how many there are in all.

use std::sync::Arc;

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::pagination::{PageNumber, PageRangeItem, Paginator};
use crate::query::{Query, QueryError};
use crate::templates::value::{Value, map};
use crate::views::{HttpError, RowBatch};

/// A page of a list.
pub(super) struct ListRows {
    /// The rows.
    pub(super) batch: Arc<RowBatch>,
    /// Those that were searched for.
    pub(super) count: u64,
    /// All rows; none where they are not counted.
    pub(super) full_count: Option<u64>,
    paginator: Paginator,
    /// The query of these rows alone.
    pub(super) query: Query,
}

impl ListRows {
    /// Reads the page that `asked` means of the rows of `query`; fails where there is no such page.
    pub(super) fn read(
        request: &AdminRequest<'_, '_>,
        admin: &ModelAdmin,
        asked: &ListRequest,
        query: Query,
        is_narrowed: bool,
    ) -> Result<Self, ListError> {
        let count = count(request, &query)?;
        let full_count = match admin.list.show_full_result_count {
            true if is_narrowed => Some(self::count(request, &Query::of(&admin.model))?),
            true => Some(count),
            false => None,
        };
        let paginator = Paginator::new(count, admin.list.per_page);
        let query = if asked.shows_all && count <= admin.list.max_show_all {
            query
        } else if asked.page > paginator.num_pages().max(1) {
            return Err(ListError::IncorrectLookup);
        } else {
            let start = (asked.page - 1).saturating_mul(admin.list.per_page.get());
            query.slice(start, Some(start.saturating_add(admin.list.per_page.get())))
        };
        Ok(Self {
            batch: RowBatch::fetch(&request.request.state.rows, &query)?,
            query,
            count,
            full_count,
            paginator,
        })
    }

    /// Where all rows are on one page, unless they are or are too many.
    pub(super) fn show_all_query(&self, admin: &ModelAdmin, asked: &ListRequest) -> Option<String> {
        let has_pages = self.paginator.num_pages() > 1 && !asked.shows_all;
        (has_pages && self.count <= admin.list.max_show_all).then(|| asked.with("all", "1"))
    }

    /// The numbers of the pages, with gaps; none where all rows are on one.
    pub(super) fn pages(&self, asked: &ListRequest) -> Result<Value, HttpError> {
        if self.paginator.num_pages() < 2 || asked.shows_all {
            return Ok(Value::from(Vec::<Value>::new()));
        }
        let number = asked.page.min(self.paginator.num_pages());
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let range = self
            .paginator
            .elided_page_range(PageNumber::Integer(number), 3, 2);
        let range = range.map_err(|error| HttpError::NotFound(error.to_string()))?;
        let pages = range.map(|item| match item {
            PageRangeItem::Page(number) => map([
                ("number", Value::from(number)),
                ("is_current", Value::from(number == asked.page)),
                ("query", Value::from(asked.with("p", &number.to_string()))),
            ]),
            PageRangeItem::Ellipsis => map([("number", Value::from("…"))]),
        });
        Ok(pages.collect())
    }
}

fn count(request: &AdminRequest<'_, '_>, query: &Query) -> Result<u64, ListError> {
    let registry = &request.request.state.models;
    let connections = request.request.connections;
    let count: Result<_, QueryError> =
        connections.with(|connection| query.clone().on(registry)?.count(connection));
    Ok(u64::try_from(count?).unwrap_or_default())
}
