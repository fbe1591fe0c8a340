//! `generic.list`: rows in pages (`django.views.generic.ListView`).

use std::num::NonZeroU64;
use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::pagination::{InvalidPage, Page, PageNumber, Paginator};
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::generic::list_order::ListOrder;
use crate::views::generic::list_search::ListSearch;
use crate::views::generic::model_view::{ModelView, ModelViewEntry, NameSuffixes};
use crate::views::rows::{PaginatorValue, QueryValue};
use crate::views::{HttpError, Request, ShownTemplate, View, ViewEntry};

/// Rows in pages.
#[derive(Debug)]
struct ListView {
    view: ModelView,
    pages: Option<ListPages>,
    allow_empty: bool,
    search: Option<ListSearch>,
    order: Option<ListOrder>,
}

/// How rows are divided, and which parameter asks for a page.
#[derive(Debug)]
pub(super) struct ListPages {
    paginate_by: NonZeroU64,
    orphans: u64,
    page_kwarg: String,
}

/// Reads the options of `generic.list`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let read = ModelViewEntry::new(entry)?;
    let pages = ListPages::read(&read);
    let search = ListSearch::read(&read);
    let order = ListOrder::read(&read);
    let suffixes = NameSuffixes {
        template: "_list",
        object: "_list",
    };
    let query = read.reader().rows_or_values(entry.fields);
    let view = read.view_of(query.in_order_of(read.model), &suffixes);
    let allow_empty = entry.fields.or("allow_empty", true);
    Ok(Box::new(ListView {
        view: view?,
        pages,
        allow_empty,
        search,
        order,
    }))
}

impl View for ListView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match request.method {
            Method::Get | Method::Head => self.page(request),
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }

    fn shown(&self) -> Option<ShownTemplate<'_>> {
        Some(self.view.shown("object_list"))
    }

    fn captured_names(&self) -> Vec<&str> {
        self.view.captured_names().collect()
    }
}

impl ListView {
    fn page(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let mut context = Context::default();
        let mut query = self.view.query.bind_whole(request)?;
        if let Some(search) = &self.search {
            query = search.apply(request, query, &mut context)?;
        }
        if let Some(order) = &self.order {
            query = order.apply(request, query, &mut context)?;
        }
        let query = query.map(|query| self.view.query.cut(query));
        let shape = self.view.query.shape();
        let rows = QueryValue::shaped(&request.state.rows, query, shape);
        let rows = show_pages(request, rows, self.pages.as_ref(), &mut context)?;
        if !self.allow_empty {
            self.refuse_empty(&rows)?;
        }
        let rows = Value::from_dyn_object(rows);
        self.view.render(request, "object_list", rows, context)
    }

    fn refuse_empty(&self, rows: &QueryValue) -> Result<(), HttpError> {
        if rows.count()? > 0 {
            return Ok(());
        }
        let name = self.view.model.verbose_name_plural();
        Err(HttpError::NotFound(format!(
            "there are no {name}, and `allow_empty` is false"
        )))
    }
}

impl ListPages {
    pub(super) fn read(read: &ModelViewEntry<'_, '_, '_>) -> Option<Self> {
        let fields = read.entry.fields;
        let orphans = fields.or("paginate_orphans", 0);
        let page_kwarg = fields.or("page_kwarg", "page".to_owned());
        let item = fields.item("paginate_by").cloned()?;
        let by = fields.optional::<u64>("paginate_by")?;
        let Some(paginate_by) = NonZeroU64::new(by) else {
            let finding = item.error("wrong-value", "a page holds one row at least");
            read.problems()
                .push(finding.hint("leave `paginate_by` out for all rows on one page"));
            return None;
        };
        Some(Self {
            paginate_by,
            orphans,
            page_kwarg,
        })
    }

    /// The page of `count` rows that `request` asks for; 404 where there is none.
    fn page(&self, request: &Request<'_>, count: u64) -> Result<Page, HttpError> {
        let mut paginator = Paginator::new(count, self.paginate_by);
        paginator.orphans = self.orphans;
        let captured = request
            .kwargs()
            .iter()
            .find(|(name, _)| *name == self.page_kwarg);
        let asked = match captured {
            Some((_, argument)) => Some(argument.to_string()),
            None => request.get()?.get(&self.page_kwarg).map(ToOwned::to_owned),
        };
        let page = match asked.as_deref() {
            // Django takes an empty parameter as none.
            None | Some("") => paginator.page(PageNumber::Integer(1)),
            Some("last") => {
                let last = i64::try_from(paginator.num_pages()).unwrap_or(i64::MAX);
                paginator.page(PageNumber::Integer(last))
            }
            Some(number) => paginator.page(PageNumber::Text(number)),
        };
        page.map_err(|error| {
            HttpError::NotFound(match error {
                InvalidPage::NotAnInteger(_) => {
                    "Page is not “last”, nor can it be converted to an int.".to_owned()
                }
                InvalidPage::Empty(message) => {
                    format!("Invalid page ({}): {message}", asked.unwrap_or_default())
                }
            })
        })
    }
}

/// The part of `rows` to show, and what the template is told of their page.
pub(super) fn show_pages(
    request: &Request<'_>,
    rows: QueryValue,
    pages: Option<&ListPages>,
    context: &mut Context,
) -> Result<Arc<QueryValue>, HttpError> {
    let rows = Arc::new(rows);
    let none = || Value::from(());
    let Some(pages) = pages else {
        context.set("paginator", none());
        context.set("page_obj", none());
        context.set("is_paginated", false);
        return Ok(rows);
    };
    let count = u64::try_from(rows.count()?).unwrap_or_default();
    let page = pages.page(request, count)?;
    let is_paginated = page.has_other_pages();
    let paginator = PaginatorValue::new(page.paginator.clone(), rows);
    let shown = paginator.page(page);
    let rows = Arc::clone(shown.rows());
    context.set("paginator", Value::from_object(paginator));
    context.set("page_obj", Value::from_object(shown));
    context.set("is_paginated", is_paginated);
    Ok(rows)
}
