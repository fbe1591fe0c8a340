//! A feed as Atom 1.0 (RFC 4287).

use crate::clock::{Moment, Zone};
use crate::syndication::{Feed, FeedAuthor, FeedItem};
use crate::text::XmlWriter;

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// Writes `feed`.
pub(super) fn write(feed: &Feed, now: Moment) -> String {
    let mut xml = XmlWriter::new();
    let mut attributes = vec![("xmlns", NAMESPACE)];
    attributes.extend(feed.language.as_deref().map(|tag| ("xml:lang", tag)));
    xml.start("feed", &attributes);
    write_head(&mut xml, feed, now);
    for item in &feed.items {
        xml.start("entry", &[]);
        write_entry(&mut xml, item);
        xml.end();
    }
    xml.finish()
}

fn write_head(xml: &mut XmlWriter, feed: &Feed, now: Moment) {
    xml.element("title", &feed.title);
    write_link(xml, "alternate", &feed.link);
    if let Some(url) = &feed.feed_url {
        write_link(xml, "self", url);
    }
    xml.element("id", feed.guid.as_deref().unwrap_or(&feed.link));
    let latest = feed.latest_date().unwrap_or(now);
    xml.element("updated", &latest.to_isoformat());
    write_author(xml, feed.author.as_ref());
    if let Some(subtitle) = &feed.subtitle {
        xml.element("subtitle", subtitle);
    }
    write_categories(xml, &feed.categories);
    if let Some(copyright) = &feed.copyright {
        xml.element("rights", copyright);
    }
}

fn write_entry(xml: &mut XmlWriter, item: &FeedItem) {
    xml.element("title", &item.title);
    write_link(xml, "alternate", &item.link);
    if let Some(published) = item.published {
        xml.element("published", &published.to_isoformat());
    }
    if let Some(updated) = item.updated {
        xml.element("updated", &updated.to_isoformat());
    }
    write_author(xml, item.author.as_ref());
    match &item.guid {
        Some(guid) => xml.element("id", guid),
        None => xml.element("id", &tag_uri(&item.link, item.published)),
    }
    if let Some(description) = &item.description {
        xml.element_with("summary", &[("type", "html")], description);
    }
    if let Some(file) = &item.enclosure {
        let length = file.length.to_string();
        let attributes = [
            ("rel", "enclosure"),
            ("href", &file.url),
            ("length", &length),
            ("type", &file.mime_type),
        ];
        xml.element_with("link", &attributes, "");
    }
    write_categories(xml, &item.categories);
    if let Some(copyright) = &item.copyright {
        xml.element("rights", copyright);
    }
}

fn write_link(xml: &mut XmlWriter, relation: &str, url: &str) {
    xml.element_with("link", &[("rel", relation), ("href", url)], "");
}

fn write_author(xml: &mut XmlWriter, author: Option<&FeedAuthor>) {
    let Some(author) = author else {
        return;
    };
    xml.start("author", &[]);
    xml.element("name", &author.name);
    if let Some(email) = &author.email {
        xml.element("email", email);
    }
    if let Some(link) = &author.link {
        xml.element("uri", link);
    }
    xml.end();
}

fn write_categories(xml: &mut XmlWriter, categories: &[String]) {
    for category in categories {
        xml.element_with("category", &[("term", category)], "");
    }
}

/// The identity of an item that has no other (RFC 4151): its link and the day it came out.
fn tag_uri(link: &str, published: Option<Moment>) -> String {
    let day = published.map_or_else(String::new, |moment| {
        moment.format(&Zone::utc(), ",%Y-%m-%d")
    });
    let (link, fragment) = link.split_once('#').unwrap_or((link, ""));
    let (_, rest) = link.split_once("//").unwrap_or(("", link));
    let rest = rest.split('?').next().unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // What follows `;` in the last part of a path are its parameters.
    let last = path.rfind('/').unwrap_or_default();
    let end = path[last..].find(';').map_or(path.len(), |end| last + end);
    let host = host_name(authority);
    format!("tag:{host}{day}:{}/{fragment}", &path[..end])
}

/// The name of the host in `authority`, which may have a user and a port.
fn host_name(authority: &str) -> String {
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or_default(),
    };
    host.to_ascii_lowercase()
}
