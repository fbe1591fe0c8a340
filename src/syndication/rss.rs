//! A feed as RSS 2.0.

use crate::clock::{Moment, Zone};
use crate::syndication::{Feed, FeedAuthor, FeedItem};
use crate::text::XmlWriter;

/// Writes `feed`.
pub(super) fn write(feed: &Feed, now: Moment) -> String {
    let mut xml = XmlWriter::new();
    let namespace = ("xmlns:atom", "http://www.w3.org/2005/Atom");
    xml.start("rss", &[("version", "2.0"), namespace]);
    xml.start("channel", &[]);
    write_channel(&mut xml, feed, now);
    for item in &feed.items {
        xml.start("item", &[]);
        write_item(&mut xml, item);
        xml.end();
    }
    xml.finish()
}

fn write_channel(xml: &mut XmlWriter, feed: &Feed, now: Moment) {
    xml.element("title", &feed.title);
    xml.element("link", &feed.link);
    xml.element("description", &feed.description);
    if let Some(url) = &feed.feed_url {
        xml.element_with("atom:link", &[("rel", "self"), ("href", url)], "");
    }
    write_given(xml, "language", feed.language.as_deref());
    write_categories(xml, &feed.categories);
    write_given(xml, "copyright", feed.copyright.as_deref());
    let latest = feed.latest_date().unwrap_or(now);
    xml.element("lastBuildDate", &rfc2822(latest));
    write_given(xml, "ttl", feed.ttl.as_deref());
}

fn write_item(xml: &mut XmlWriter, item: &FeedItem) {
    xml.element("title", &item.title);
    xml.element("link", &item.link);
    write_given(xml, "description", item.description.as_deref());
    if let Some(author) = &item.author {
        write_author(xml, author);
    }
    let published = item.published.map(rfc2822);
    write_given(xml, "pubDate", published.as_deref());
    write_given(xml, "comments", item.comments.as_deref());
    if let Some(guid) = &item.guid {
        let permalink = match item.guid_is_permalink {
            Some(true) => &[("isPermaLink", "true")][..],
            Some(false) => &[("isPermaLink", "false")],
            None => &[],
        };
        xml.element_with("guid", permalink, guid);
    }
    if let Some(file) = &item.enclosure {
        let (length, media) = (file.length.to_string(), file.mime_type.as_str());
        let attributes = [
            ("url", file.url.as_str()),
            ("length", &length),
            ("type", media),
        ];
        xml.element_with("enclosure", &attributes, "");
    }
    write_categories(xml, &item.categories);
}

/// RSS has an element for an author with an address only; one with a name alone is a creator of Dublin Core.
fn write_author(xml: &mut XmlWriter, author: &FeedAuthor) {
    let email = author.email.as_deref().filter(|email| !email.is_empty());
    match (author.name.as_str(), email) {
        ("", None) => {}
        ("", Some(email)) => xml.element("author", email),
        (name, Some(email)) => xml.element("author", &format!("{email} ({name})")),
        (name, None) => {
            let namespace = ("xmlns:dc", "http://purl.org/dc/elements/1.1/");
            xml.element_with("dc:creator", &[namespace], name);
        }
    }
}

fn write_categories(xml: &mut XmlWriter, categories: &[String]) {
    for category in categories {
        xml.element("category", category);
    }
}

fn write_given(xml: &mut XmlWriter, name: &'static str, text: Option<&str>) {
    if let Some(text) = text {
        xml.element(name, text);
    }
}

fn rfc2822(moment: Moment) -> String {
    moment.format(&Zone::utc(), "%a, %d %b %Y %H:%M:%S %z")
}
