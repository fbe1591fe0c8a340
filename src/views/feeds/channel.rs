//! What an entry says of its feed as a whole.

use crate::diagnostic::Finding;
use crate::document::{Item, TableReader};
use crate::syndication::{Feed, FeedAuthor, FeedFormat};
use crate::text;
use crate::views::absolute_url::absolute_url;
use crate::views::resolve_url::{is_path_or_url, resolve_url};
use crate::views::{HttpError, Request, ViewEntry};

/// A feed without its items.
#[derive(Debug)]
pub(super) struct FeedChannel {
    pub(super) format: FeedFormat,
    /// The page of the news: the name of a url, a path or an address.
    link: String,
    /// All that is the same for every request.
    feed: Feed,
}

impl FeedChannel {
    /// Reads the keys of the feed; what is wrong with them is reported.
    pub(super) fn read(entry: &ViewEntry<'_, '_>) -> Self {
        let keys = entry.fields;
        let format = keys.item("format").map(format).transpose();
        let format = format.unwrap_or_else(|finding| {
            keys.problems().push(finding);
            None
        });
        let feed = Feed {
            title: keys.required("title").unwrap_or_default(),
            description: keys.or("description", String::new()),
            subtitle: keys.optional("subtitle"),
            language: keys.optional("language"),
            author: keys.table("author").map(author),
            categories: keys.or("categories", Vec::new()),
            copyright: keys.optional("copyright"),
            guid: keys.optional("guid"),
            ttl: keys
                .optional::<u64>("ttl")
                .map(|minutes| minutes.to_string()),
            ..Feed::default()
        };
        Self {
            format: format.unwrap_or(FeedFormat::Rss),
            link: keys.or("link", "/".to_owned()),
            feed,
        }
    }

    /// The name of a url that it leads to.
    pub(super) fn pattern_name(&self) -> Option<&str> {
        (!is_path_or_url(&self.link)).then_some(self.link.as_str())
    }

    /// The feed for `request`, without items.
    pub(super) fn feed(&self, request: &Request<'_>) -> Result<Feed, HttpError> {
        let mut feed = self.feed.clone();
        feed.link = absolute_url(request, &resolve_url(request, &self.link)?)?;
        feed.feed_url = Some(absolute_url(request, &request.path)?);
        Ok(feed)
    }
}

fn format(item: &Item) -> Result<FeedFormat, Finding> {
    let name = item.as_str().unwrap_or_default();
    let mut formats = FeedFormat::ALL.into_iter();
    let found = formats.find(|(known, _)| *known == name);
    found.map(|(_, format)| format).ok_or_else(|| {
        let names = FeedFormat::ALL.map(|(name, _)| name);
        let finding = item.error(
            "unknown-format",
            format!("`{name}` is not a format of feeds"),
        );
        finding.suggest_or(
            name,
            names,
            format!("the formats are {}", text::quoted(names)),
        )
    })
}

fn author(keys: TableReader<'_>) -> FeedAuthor {
    let author = FeedAuthor {
        name: keys.required("name").unwrap_or_default(),
        email: keys.optional("email"),
        link: keys.optional("link"),
    };
    keys.finish();
    author
}
