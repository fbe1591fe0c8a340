//! Feeds of news (`django.utils.feedgenerator`): a [`Feed`] and its items, written as RSS 2.0 or Atom 1.0.

mod atom;
mod feed;
mod rss;

#[cfg(test)]
mod tests;

use crate::clock::Moment;

pub use feed::{Enclosure, Feed, FeedAuthor, FeedFormat, FeedItem};

/// The document of `feed`; `now` is when a feed without dated items was changed.
pub fn write_feed(feed: &Feed, format: FeedFormat, now: Moment) -> String {
    match format {
        FeedFormat::Rss => rss::write(feed, now),
        FeedFormat::Atom => atom::write(feed, now),
    }
}
