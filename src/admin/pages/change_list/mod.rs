//! The rows of a model (`ModelAdmin.changelist_view`).
//!
//! 1. `list_request` reads from the address what was searched for, sorted by, and which page is meant.
//! 2. `list_query` makes the query of it; what the page shows is counted and read.
//! 3. `cells` are the values of the columns, which the template prints.

mod cells;
mod filters;
mod list_query;
mod list_request;

pub(in crate::admin::pages) use cells::cell;

use std::sync::Arc;

use crate::admin::options::{ModelAdmin, SortKey};
use crate::admin::pages::change_list::cells::rows_value;
use crate::admin::pages::change_list::filters::OpenFilter;
use crate::admin::pages::change_list::list_query::{list_query, sort_keys};
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::Response;
use crate::pagination::{PageRangeItem, Paginator};
use crate::query::Query;
use crate::templates::value::{Value, map};
use crate::text;
use crate::views::{HttpError, RowBatch};

/// The rows of a model.
#[derive(Debug)]
pub(in crate::admin) struct ChangeListPage(pub(in crate::admin) Arc<ModelAdmin>);

impl AdminPage for ChangeListPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let admin = &self.0;
        let may = request.permissions(admin, None)?;
        request.require(may.view)?;
        let asked = ListRequest::read(request, admin)?;
        let filters = OpenFilter::all(request, admin, &asked)?;
        let found = ListRows::read(request, admin, &asked, &filters)?;
        let names: Vec<_> = filters.iter().flat_map(OpenFilter::names).collect();
        let is_filtered = filters.iter().any(|filter| filter.condition().is_some());
        let clear = is_filtered.then(|| asked.with_all(&names, &[]));
        let shown = filters.iter().filter_map(|filter| filter.value(&asked));
        let name = admin.model.verbose_name();
        let title = if may.change {
            format!("Select {name} to change")
        } else {
            format!("Select {name} to view")
        };
        let add_url = request.url(&admin.url_name("add"), &[])?;
        let context = request
            .page_context(&title)?
            .with("headers", headers(admin, &asked))
            .with("rows", rows_value(request, admin, &found.batch)?)
            .with("result_count", found.count)
            .with("full_result_count", found.full_count)
            .with("pages", found.pages(&asked)?)
            .with("query", asked.search.as_str())
            .with("search_fields", !admin.list.search.is_empty())
            .with("search_help_text", admin.list.search_help_text.as_str())
            .with("kept", asked.kept_parameters("q"))
            .with("has_add_permission", may.add)
            .with("has_change_permission", may.change)
            .with("filters", shown.collect::<Value>())
            .with("clear_query", clear)
            .with("show_all_query", found.show_all_query(admin, &asked))
            .with("add_url", add_url);
        request.render_of_model(admin, "change_list.html", context)
    }
}

/// The rows of a page, and how many there are in all.
struct ListRows {
    batch: Arc<RowBatch>,
    /// Those that were searched for.
    count: u64,
    /// All rows; none where they are not counted.
    full_count: Option<u64>,
    paginator: Paginator,
}

impl ListRows {
    fn read(
        request: &AdminRequest<'_, '_>,
        admin: &ModelAdmin,
        asked: &ListRequest,
        filters: &[OpenFilter],
    ) -> Result<Self, HttpError> {
        let conditions: Vec<_> = filters.iter().filter_map(OpenFilter::condition).collect();
        let is_narrowed = !asked.terms.is_empty() || !conditions.is_empty();
        let query = list_query(request, admin, asked, &conditions);
        let count = count(request, &query)?;
        let full_count = match admin.list.show_full_result_count {
            true if is_narrowed => Some(self::count(request, &Query::of(&admin.model))?),
            true => Some(count),
            false => None,
        };
        let paginator = Paginator::new(count, admin.list.per_page);
        let shown = if asked.shows_all && count <= admin.list.max_show_all {
            query
        } else {
            let start = (asked.page - 1).saturating_mul(admin.list.per_page.get());
            query.slice(start, Some(start.saturating_add(admin.list.per_page.get())))
        };
        Ok(Self {
            batch: RowBatch::fetch(&request.request.state.rows, &shown)?,
            count,
            full_count,
            paginator,
        })
    }

    /// Where all rows are on one page, unless they are or are too many.
    fn show_all_query(&self, admin: &ModelAdmin, asked: &ListRequest) -> Option<String> {
        let has_pages = self.paginator.num_pages() > 1 && !asked.shows_all;
        (has_pages && self.count <= admin.list.max_show_all).then(|| asked.with("all", "1"))
    }

    /// The numbers of the pages, with gaps; none where all rows are on one.
    fn pages(&self, asked: &ListRequest) -> Result<Value, HttpError> {
        if self.paginator.num_pages() < 2 || asked.shows_all {
            return Ok(Value::from(Vec::<Value>::new()));
        }
        let number = asked.page.min(self.paginator.num_pages());
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let range =
            self.paginator
                .elided_page_range(crate::pagination::PageNumber::Integer(number), 3, 2);
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

fn count(request: &AdminRequest<'_, '_>, query: &Query) -> Result<u64, HttpError> {
    let registry = &request.request.state.models;
    let connections = request.request.connections;
    let count: Result<_, crate::query::QueryError> =
        connections.with(|connection| query.clone().on(registry)?.count(connection));
    Ok(u64::try_from(count?).unwrap_or_default())
}

/// What stands above the columns, and where a click on it leads.
fn headers(admin: &ModelAdmin, asked: &ListRequest) -> Value {
    let keys = sort_keys(admin, asked);
    let columns = admin.list.columns.iter().enumerate();
    let headers = columns.map(|(at, column)| {
        let number = at + 1;
        let place = keys.iter().position(|key| key.column == number);
        let key = place.map(|place| keys[place]);
        let next = SortKey {
            column: number,
            is_descending: key.is_some_and(|key| !key.is_descending),
        };
        // A click makes the column the first that rows are sorted by.
        let others = keys.iter().copied().filter(|key| key.column != number);
        let order: Vec<_> = [next]
            .into_iter()
            .chain(others)
            .map(SortKey::text)
            .collect();
        let without = keys.iter().copied().filter(|key| key.column != number);
        let without: Vec<_> = without.map(SortKey::text).collect();
        let none = || Value::from(());
        map([
            ("text", Value::from(text::capitalized(&column.header))),
            ("name", Value::from(column.name.as_str())),
            ("is_sortable", Value::from(!column.order.is_empty())),
            ("is_sorted", Value::from(place.is_some())),
            (
                "is_descending",
                key.map_or_else(none, |key| Value::from(key.is_descending)),
            ),
            (
                "priority",
                place.map_or_else(none, |place| Value::from(place + 1)),
            ),
            ("query", Value::from(asked.with("o", &order.join(".")))),
            (
                "remove_query",
                Value::from(asked.with("o", &without.join("."))),
            ),
        ])
    });
    headers.collect()
}
