//! What a feed says, whatever its format.

use crate::clock::Moment;

/// The format of a feed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FeedFormat {
    /// RSS 2.0 (`Rss201rev2Feed`).
    Rss,
    /// Atom 1.0 (RFC 4287, `Atom1Feed`).
    Atom,
}

/// A feed. Its links are absolute.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// The page that it is of.
    pub link: String,
    /// What it is about; Atom has `subtitle` instead.
    pub description: String,
    /// A sentence below the title, in Atom.
    pub subtitle: Option<String>,
    /// The tag of its language, such as `en-us`.
    pub language: Option<String>,
    /// Who writes it, in Atom.
    pub author: Option<FeedAuthor>,
    /// What it is about, in words.
    pub categories: Vec<String>,
    /// Where it can be read itself.
    pub feed_url: Option<String>,
    /// Who has the rights.
    pub copyright: Option<String>,
    /// Its identity in Atom, where that is not its link.
    pub guid: Option<String>,
    /// Minutes until it should be read again.
    pub ttl: Option<String>,
    /// The items, in order.
    pub items: Vec<FeedItem>,
}

/// One piece of news.
#[derive(Clone, Debug, Default)]
pub struct FeedItem {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub link: String,
    /// Its text, as HTML.
    pub description: Option<String>,
    /// Who wrote it.
    pub author: Option<FeedAuthor>,
    /// When it came out.
    pub published: Option<Moment>,
    /// When it was changed.
    pub updated: Option<Moment>,
    /// The page with its comments.
    pub comments: Option<String>,
    /// Its identity.
    pub guid: Option<String>,
    /// Whether its identity is a link, in RSS.
    pub guid_is_permalink: Option<bool>,
    /// What it is about, in words.
    pub categories: Vec<String>,
    /// Who has the rights, in Atom.
    pub copyright: Option<String>,
    /// A file with it.
    pub enclosure: Option<Enclosure>,
}

/// Who wrote something.
#[derive(Clone, Debug, Default)]
pub struct FeedAuthor {
    /// The name.
    pub name: String,
    /// The address for mail.
    pub email: Option<String>,
    /// The page.
    pub link: Option<String>,
}

/// A file that comes with an item.
#[derive(Clone, Debug)]
pub struct Enclosure {
    /// Where it is.
    pub url: String,
    /// Its size in bytes.
    pub length: u64,
    /// Its media type.
    pub mime_type: String,
}

impl FeedFormat {
    /// All of them, by the names that settings give them.
    pub const ALL: [(&'static str, Self); 2] = [("rss", Self::Rss), ("atom", Self::Atom)];

    /// The value of the header `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
        }
    }
}

impl Feed {
    /// When its newest item came out or was changed.
    pub fn latest_date(&self) -> Option<Moment> {
        let dates = self.items.iter();
        dates
            .flat_map(|item| [item.updated, item.published])
            .flatten()
            .max()
    }
}
