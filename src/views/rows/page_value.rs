//! Pages of rows in templates: `page_obj`, `paginator` (`django.core.paginator`).

use std::fmt;
use std::sync::Arc;

use crate::pagination::{ELLIPSIS, InvalidPage, Page, PageNumber, PageRangeItem, Paginator};
use crate::query::Query;
use crate::templates::value::{
    Enumerator, Error, ErrorKind, Kwargs, Object, ObjectRepr, State, Value, from_args,
    unknown_method,
};
use crate::views::rows::QueryValue;

/// A paginator, and the rows that it divides.
#[derive(Clone, Debug)]
pub(in crate::views) struct PaginatorValue {
    paginator: Paginator,
    rows: Arc<QueryValue>,
}

impl PaginatorValue {
    /// `rows`, as `paginator` divides them.
    pub(in crate::views) fn new(paginator: Paginator, rows: Arc<QueryValue>) -> Self {
        Self { paginator, rows }
    }

    /// One page of it.
    pub(in crate::views) fn page(&self, page: Page) -> PageValue {
        let (bottom, top) = (page.bottom(), page.top());
        let rows = self
            .rows
            .changed_query(|query: Query| query.slice(bottom, Some(top)));
        PageValue {
            page,
            rows: Arc::new(rows),
            paginator: self.clone(),
        }
    }

    fn elided(&self, args: &[Value]) -> Result<Value, Error> {
        let (number, named): (Option<Value>, Kwargs) = from_args(args)?;
        let number = match number {
            Some(number) => number,
            None => named
                .get::<Option<Value>>("number")?
                .unwrap_or_else(|| Value::from(1)),
        };
        let sides = named.get::<Option<u64>>("on_each_side")?.unwrap_or(3);
        let ends = named.get::<Option<u64>>("on_ends")?.unwrap_or(2);
        named.assert_all_used()?;
        let range = self
            .paginator
            .elided_page_range(page_number(&number), sides, ends);
        let items = range
            .map_err(|error| invalid(&error))?
            .map(|item| match item {
                PageRangeItem::Page(number) => Value::from(number),
                PageRangeItem::Ellipsis => Value::from(ELLIPSIS),
            });
        Ok(items.collect())
    }
}

fn page_number(value: &Value) -> PageNumber<'_> {
    if let Some(text) = value.as_str() {
        return PageNumber::Text(text);
    }
    match i64::try_from(value.clone()) {
        Ok(number) => PageNumber::Integer(number),
        Err(_) => f64::try_from(value.clone()).map_or(PageNumber::Other, PageNumber::Float),
    }
}

fn invalid(error: &InvalidPage) -> Error {
    Error::new(ErrorKind::InvalidOperation, error.to_string())
}

impl Object for PaginatorValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let paginator = &self.paginator;
        Some(match key.as_str()? {
            "count" => Value::from(paginator.count),
            "num_pages" => Value::from(paginator.num_pages()),
            "per_page" => Value::from(paginator.per_page.get()),
            "orphans" => Value::from(paginator.orphans),
            "page_range" => {
                let range = paginator.page_range();
                Value::make_iterable(move || range.clone())
            }
            "object_list" => Value::from_dyn_object(Arc::clone(&self.rows)),
            "ELLIPSIS" => Value::from(ELLIPSIS),
            "get_elided_page_range" => return Some(self.elided(&[]).unwrap_or_else(Into::into)),
            _ => return None,
        })
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let number = args.first().cloned().unwrap_or_default();
        let page = match method {
            "page" => self.paginator.page(page_number(&number)),
            "get_page" => self.paginator.get_page(page_number(&number)),
            "get_elided_page_range" => return self.elided(args),
            _ => return Err(unknown_method("paginator", method)),
        };
        let page = page.map_err(|error| invalid(&error))?;
        Ok(Value::from_object(self.page(page)))
    }
}

/// A page with its rows.
#[derive(Debug)]
pub(in crate::views) struct PageValue {
    page: Page,
    rows: Arc<QueryValue>,
    paginator: PaginatorValue,
}

impl PageValue {
    /// Its rows.
    pub(in crate::views) fn rows(&self) -> &Arc<QueryValue> {
        &self.rows
    }

    fn get(&self, name: &str) -> Result<Option<Value>, Error> {
        let page = &self.page;
        Ok(Some(match name {
            "number" => Value::from(page.number),
            "object_list" => Value::from_dyn_object(Arc::clone(&self.rows)),
            "paginator" => Value::from_object(self.paginator.clone()),
            "has_next" => Value::from(page.has_next()),
            "has_previous" => Value::from(page.has_previous()),
            "has_other_pages" => Value::from(page.has_other_pages()),
            "start_index" => Value::from(page.start_index()),
            "end_index" => Value::from(page.end_index()),
            "next_page_number" => {
                Value::from(page.next_page_number().map_err(|error| invalid(&error))?)
            }
            "previous_page_number" => Value::from(
                page.previous_page_number()
                    .map_err(|error| invalid(&error))?,
            ),
            _ => return Ok(None),
        }))
    }
}

impl Object for PageValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str() {
            Some(name) => self.get(name).unwrap_or_else(|error| Some(error.into())),
            None => self.rows.get_value(key),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        self.rows.enumerate()
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let found = if args.is_empty() {
            self.get(method)?
        } else {
            None
        };
        found.ok_or_else(|| unknown_method("page_obj", method))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.page, f)
    }
}
