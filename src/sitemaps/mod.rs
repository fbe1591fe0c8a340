//! Sitemaps (`django.contrib.sitemaps`): what a site tells search engines of its pages, and an index of them.

#[cfg(test)]
mod tests;

use crate::clock::{Moment, Zone};
use crate::text::escape_html;

/// The most pages that one sitemap may hold, by the protocol of sitemaps.
pub const LIMIT: u64 = 50_000;

/// How often a page changes, in the words of the protocol.
pub const CHANGE_FREQUENCIES: [&str; 7] = [
    "always", "hourly", "daily", "weekly", "monthly", "yearly", "never",
];

/// A page in a sitemap.
#[derive(Clone, Debug, Default)]
pub struct SitemapUrl {
    /// Its absolute URL.
    pub location: String,
    /// When it was changed.
    pub last_modified: Option<Moment>,
    /// One of [`CHANGE_FREQUENCIES`].
    pub change_frequency: Option<String>,
    /// From 0.0 to 1.0.
    pub priority: Option<f64>,
}

/// A sitemap in an index.
#[derive(Clone, Debug, Default)]
pub struct SitemapIndexItem {
    /// Its absolute URL.
    pub location: String,
    /// When the newest of its pages was changed.
    pub last_modified: Option<Moment>,
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The sitemap of `urls`; days are those of `zone`.
pub fn write_sitemap(urls: &[SitemapUrl], zone: &Zone) -> String {
    let mut text = DECLARATION.to_owned();
    text.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
    text.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for url in urls {
        text.push_str("<url>");
        push_element(&mut text, "loc", &url.location);
        if let Some(changed) = url.last_modified {
            push_element(&mut text, "lastmod", &changed.format(zone, "%Y-%m-%d"));
        }
        if let Some(frequency) = &url.change_frequency {
            push_element(&mut text, "changefreq", frequency);
        }
        if let Some(priority) = url.priority {
            push_element(&mut text, "priority", &format!("{priority:?}"));
        }
        text.push_str("</url>");
    }
    text.push_str("\n</urlset>\n");
    text
}

/// The index of `sitemaps`; moments are shown in `zone`.
pub fn write_index(sitemaps: &[SitemapIndexItem], zone: &Zone) -> String {
    let mut text = DECLARATION.to_owned();
    text.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for sitemap in sitemaps {
        text.push_str("<sitemap>");
        push_element(&mut text, "loc", &sitemap.location);
        if let Some(changed) = sitemap.last_modified {
            push_element(&mut text, "lastmod", &isoformat(changed, zone));
        }
        text.push_str("</sitemap>");
    }
    text.push_str("\n</sitemapindex>\n");
    text
}

/// Escaped as Django's templates do.
fn push_element(text: &mut String, name: &str, content: &str) {
    text.extend(["<", name, ">", &escape_html(content), "</", name, ">"]);
}

fn isoformat(moment: Moment, zone: &Zone) -> String {
    let has_fraction = moment.unix_microseconds() % 1_000_000 != 0;
    let pattern = if has_fraction {
        "%Y-%m-%dT%H:%M:%S.%6f%:z"
    } else {
        "%Y-%m-%dT%H:%M:%S%:z"
    };
    moment.format(zone, pattern)
}
