//! A section of a sitemap: the rows of a model (`GenericSitemap`), or pages by the names of their urls.

use std::sync::Arc;

use crate::clock::Moment;
use crate::diagnostic::Finding;
use crate::document::{Item, TableReader};
use crate::models::ModelSet as _;
use crate::sitemaps::{CHANGE_FREQUENCIES, SitemapUrl};
use crate::text;
use crate::views::absolute_url::absolute_url;
use crate::views::queries::{QueryReader, RequestQuery};
use crate::views::resolve_url::{is_path_or_url, resolve_url};
use crate::views::rows::{MomentField, QueryValue, RowValue};
use crate::views::{HttpError, Request, ViewEntry};

/// A section of a sitemap.
#[derive(Debug)]
pub(super) struct SitemapSection {
    /// Its name, by which an index asks for it.
    pub(super) name: String,
    pages: SectionPages,
    change_frequency: Option<String>,
    priority: Option<f64>,
}

/// The pages of a section.
#[derive(Debug)]
enum SectionPages {
    /// Those of the rows of a model.
    Rows(Box<SectionRows>),
    /// The names of urls, or paths.
    Urls(Vec<String>),
}

#[derive(Debug)]
struct SectionRows {
    query: RequestQuery,
    last_modified: Option<MomentField>,
}

impl SitemapSection {
    /// The section in `item`; none, with its mistakes reported, where it is not one.
    pub(super) fn read(entry: &ViewEntry<'_, '_>, name: &str, item: &Item) -> Option<Self> {
        let problems = entry.fields.problems();
        let Some(table) = item.as_table() else {
            let message = format!("`{name}` must be a table, not {}", item.value.type_name());
            problems.push(item.error("wrong-type", message));
            return None;
        };
        let keys = table.reader(problems);
        let pages = read_pages(entry, item, &keys).map_err(|finding| problems.push(finding));
        let section = Self {
            name: name.to_owned(),
            change_frequency: change_frequency(&keys),
            priority: priority(&keys),
            pages: pages.ok()?,
        };
        keys.finish();
        Some(section)
    }

    /// The names that a route has to capture for its query.
    pub(super) fn captured_names(&self) -> Vec<&str> {
        match &self.pages {
            SectionPages::Rows(rows) => rows.query.captured_names().collect(),
            SectionPages::Urls(_) => Vec::new(),
        }
    }

    /// The names of the urls that it lists.
    pub(super) fn pattern_names(&self) -> Vec<&str> {
        match &self.pages {
            SectionPages::Rows(_) => Vec::new(),
            SectionPages::Urls(urls) => {
                let names = urls.iter().filter(|url| !is_path_or_url(url));
                names.map(String::as_str).collect()
            }
        }
    }

    /// How many pages it has.
    pub(super) fn count(&self, request: &Request<'_>) -> Result<u64, HttpError> {
        match &self.pages {
            SectionPages::Rows(rows) => {
                let query = rows.query.bind(request)?;
                let count = QueryValue::new(&request.state.rows, query).count()?;
                Ok(u64::try_from(count).unwrap_or_default())
            }
            SectionPages::Urls(urls) => Ok(urls.len() as u64),
        }
    }

    /// Its pages from place `start` on, and before place `end`.
    pub(super) fn urls(
        &self,
        request: &Request<'_>,
        start: u64,
        end: Option<u64>,
    ) -> Result<Vec<SitemapUrl>, HttpError> {
        let rows = match &self.pages {
            SectionPages::Rows(rows) => rows,
            SectionPages::Urls(urls) => return self.named(request, urls, start, end),
        };
        let query = rows
            .query
            .bind(request)?
            .map(|query| query.slice(start, end));
        let Some(batch) = QueryValue::new(&request.state.rows, query).rows()? else {
            return Ok(Vec::new());
        };
        let zone = request.state.rows.registry().time_zone();
        let mut urls = Vec::with_capacity(batch.len());
        for index in 0..batch.len() {
            let row = RowValue::new(Arc::clone(&batch), index);
            let last_modified = rows.last_modified.as_ref();
            urls.push(self.url(
                absolute_url(request, &row.absolute_url_text()?)?,
                last_modified.and_then(|field| field.moment(&row, zone)),
            ));
        }
        Ok(urls)
    }

    /// When the newest of its pages was changed.
    pub(super) fn last_modified(&self, request: &Request<'_>) -> Result<Option<Moment>, HttpError> {
        let SectionPages::Rows(rows) = &self.pages else {
            return Ok(None);
        };
        let (Some(field), Some(query)) = (&rows.last_modified, rows.query.bind(request)?) else {
            return Ok(None);
        };
        if query.is_sliced() {
            return Ok(None);
        }
        let newest = query
            .order_by([format!("-{}", field.name())])
            .slice(0, Some(1));
        let Some(batch) = QueryValue::new(&request.state.rows, Some(newest)).rows()? else {
            return Ok(None);
        };
        let zone = request.state.rows.registry().time_zone();
        Ok(field.moment(&RowValue::new(batch, 0), zone))
    }

    fn named(
        &self,
        request: &Request<'_>,
        urls: &[String],
        start: u64,
        end: Option<u64>,
    ) -> Result<Vec<SitemapUrl>, HttpError> {
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let end = end.map_or(urls.len(), place).min(urls.len());
        let names = urls.get(place(start)..end).unwrap_or_default().iter();
        let url = |name: &String| {
            let location = absolute_url(request, &resolve_url(request, name)?)?;
            Ok(self.url(location, None))
        };
        names.map(url).collect()
    }

    fn url(&self, location: String, last_modified: Option<Moment>) -> SitemapUrl {
        SitemapUrl {
            location,
            last_modified,
            change_frequency: self.change_frequency.clone(),
            priority: self.priority,
        }
    }
}

fn read_pages(
    entry: &ViewEntry<'_, '_>,
    item: &Item,
    keys: &TableReader<'_>,
) -> Result<SectionPages, Finding> {
    if let Some(urls) = keys.optional::<Vec<String>>("urls") {
        return Ok(SectionPages::Urls(urls));
    }
    let Some(named) = keys.item("model") else {
        let finding = item.error("missing-key", "a section needs a `model` or `urls`");
        return Err(finding.hint("write `model = \"app.Model\"`, or `urls = [\"home\"]`"));
    };
    let found = entry.model_at(named)?;
    if found.model.options.url_template.is_none() {
        let message = format!("the rows of `{}` have no page", found.model.name);
        let finding = named.error("missing-url", message);
        return Err(finding.hint("say where it is with the option `url` of the model"));
    }
    let reader = QueryReader {
        registry: found.registry,
        model: found.model,
        problems: keys.problems(),
    };
    Ok(SectionPages::Rows(Box::new(SectionRows {
        // Pages of rows without an order could overlap.
        query: reader.query(keys).ordered(found.model),
        last_modified: MomentField::read(&reader, keys, "lastmod"),
    })))
}

fn change_frequency(keys: &TableReader<'_>) -> Option<String> {
    let item = keys.item("changefreq")?;
    let named: String = keys.optional("changefreq")?;
    if CHANGE_FREQUENCIES.contains(&named.as_str()) {
        return Some(named);
    }
    let finding = item.error("wrong-value", format!("`{named}` says not how often"));
    let words = format!("it is one of {}", text::quoted(CHANGE_FREQUENCIES));
    keys.problems()
        .push(finding.suggest_or(&named, CHANGE_FREQUENCIES, words));
    None
}

fn priority(keys: &TableReader<'_>) -> Option<f64> {
    let item = keys.item("priority")?;
    let number: f64 = keys.optional("priority")?;
    if (0.0..=1.0).contains(&number) {
        return Some(number);
    }
    let message = format!("a priority is a number from 0.0 to 1.0, which {number} is not");
    keys.problems().push(item.error("wrong-value", message));
    None
}
