//! `sitemaps.sitemap`: the pages of a site for search engines (`django.contrib.sitemaps`).
//!
//! One entry serves all: a sitemap of all sections where their pages fit into one, and else an index of one sitemap
//! for each section and each 50,000 pages of it, at the same path with `?section=posts&p=2`.

mod section;

use std::num::NonZeroU64;

use crate::clock::Moment;
use crate::diagnostic::Finding;
use crate::http::{Method, Response, date, percent};
use crate::models::ModelSet as _;
use crate::pagination::{InvalidPage, PageNumber, Paginator};
use crate::sitemaps::{self, SitemapIndexItem, SitemapUrl};
use crate::views::absolute_url::absolute_url;
use crate::views::sitemaps::section::SitemapSection;
use crate::views::{HttpError, RegisteredView, Request, View, ViewEntry};

/// The views of sitemaps.
pub const VIEWS: &[RegisteredView] = &[("sitemaps.sitemap", build)];

#[derive(Debug)]
struct SitemapView {
    sections: Vec<SitemapSection>,
    /// How many pages one sitemap holds at most.
    paginate_by: NonZeroU64,
}

/// A document, and when the newest of what it tells of was changed, where all of that is known.
struct SitemapDocument {
    text: String,
    last_modified: Option<Moment>,
}

/// Reads the options of `sitemaps.sitemap`.
fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let keys = entry.fields;
    let mut sections = Vec::new();
    let Some(table) = keys.table("sections") else {
        let finding = entry
            .view
            .error("missing-key", "a sitemap needs `sections`");
        let hint = "write `sections.posts = { model = \"posts.Post\" }`, or `sections.pages = { urls = [\"home\"] }`";
        return Err(finding.hint(hint));
    };
    for part in table.source().entries() {
        table.item(&part.key);
        sections.extend(SitemapSection::read(entry, &part.key, &part.item));
    }
    table.finish();
    let limit = keys.or("paginate_by", sitemaps::LIMIT);
    let Some(paginate_by) = NonZeroU64::new(limit).filter(|_| limit <= sitemaps::LIMIT) else {
        let item = keys.item("paginate_by").unwrap_or(entry.view);
        let message = format!("a sitemap holds from 1 to {} pages", sitemaps::LIMIT);
        return Err(item.error("wrong-value", message));
    };
    Ok(Box::new(SitemapView {
        sections,
        paginate_by,
    }))
}

impl View for SitemapView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match request.method {
            Method::Get | Method::Head => {
                let document = self.document(request)?;
                let mut response = Response::new(200, "application/xml", document.text);
                let headers = &mut response.headers;
                headers.set("X-Robots-Tag", "noindex, noodp, noarchive");
                if let Some(moment) = document.last_modified {
                    headers.set("Last-Modified", date::format(moment.into()));
                }
                Ok(response)
            }
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }

    fn captured_names(&self) -> Vec<&str> {
        let sections = self.sections.iter();
        sections.flat_map(SitemapSection::captured_names).collect()
    }

    fn pattern_names(&self) -> Vec<&str> {
        let sections = self.sections.iter();
        sections.flat_map(SitemapSection::pattern_names).collect()
    }
}

impl SitemapView {
    fn document(&self, request: &Request<'_>) -> Result<SitemapDocument, HttpError> {
        if let Some(name) = request.get()?.get("section") {
            let mut sections = self.sections.iter();
            let section = sections.find(|section| section.name == name);
            let section = section.ok_or_else(|| {
                HttpError::NotFound(format!("No sitemap available for section: '{name}'"))
            })?;
            return self.page_of(request, section);
        }
        let mut counts = Vec::with_capacity(self.sections.len());
        for section in &self.sections {
            counts.push(section.count(request)?);
        }
        let total = counts
            .iter()
            .fold(0_u64, |sum, count| sum.saturating_add(*count));
        if total > self.paginate_by.get() {
            return self.index(request, &counts);
        }
        let mut urls = Vec::new();
        for section in &self.sections {
            urls.extend(section.urls(request, 0, None)?);
        }
        Ok(of_urls(request, &urls))
    }

    /// One page of one section.
    fn page_of(
        &self,
        request: &Request<'_>,
        section: &SitemapSection,
    ) -> Result<SitemapDocument, HttpError> {
        let paginator = Paginator::new(section.count(request)?, self.paginate_by);
        let asked = request.get()?.get("p").unwrap_or("1").to_owned();
        let page = paginator.page(PageNumber::Text(&asked)).map_err(|error| {
            HttpError::NotFound(match error {
                InvalidPage::Empty(_) => format!("Page {asked} empty"),
                InvalidPage::NotAnInteger(_) => format!("No page '{asked}'"),
            })
        })?;
        let urls = section.urls(request, page.bottom(), Some(page.top()))?;
        Ok(of_urls(request, &urls))
    }

    /// The sitemaps of all sections, which have this many pages.
    fn index(&self, request: &Request<'_>, counts: &[u64]) -> Result<SitemapDocument, HttpError> {
        let mut items = Vec::new();
        for (section, count) in self.sections.iter().zip(counts) {
            let last_modified = section.last_modified(request)?;
            let name = percent::encode(&section.name, percent::safe::NOTHING);
            let location = absolute_url(request, &format!("{}?section={name}", request.path))?;
            let pages = Paginator::new(*count, self.paginate_by).num_pages();
            for page in 1..=pages {
                let location = match page {
                    1 => location.clone(),
                    _ => format!("{location}&p={page}"),
                };
                items.push(SitemapIndexItem {
                    location,
                    last_modified,
                });
            }
        }
        let zone = request.state.rows.registry().time_zone();
        Ok(SitemapDocument {
            last_modified: newest(items.iter().map(|item| item.last_modified)),
            text: sitemaps::write_index(&items, zone),
        })
    }
}

fn of_urls(request: &Request<'_>, urls: &[SitemapUrl]) -> SitemapDocument {
    SitemapDocument {
        last_modified: newest(urls.iter().map(|url| url.last_modified)),
        text: sitemaps::write_sitemap(urls, request.state.rows.registry().time_zone()),
    }
}

/// The newest of `moments`; none where one of them is not known.
fn newest(moments: impl Iterator<Item = Option<Moment>>) -> Option<Moment> {
    moments.collect::<Option<Vec<_>>>()?.into_iter().max()
}
