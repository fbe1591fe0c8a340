//! Feeds as Django writes them, recorded by `tests/parity/record_feeds.py`.

use serde_json::Value;

use super::{Enclosure, Feed, FeedAuthor, FeedFormat, FeedItem, write_feed};
use crate::clock::Moment;

fn text(of: &Value, key: &str) -> Option<String> {
    of[key].as_str().map(ToOwned::to_owned)
}

fn moment(of: &Value, key: &str) -> Option<Moment> {
    of[key]
        .as_str()
        .map(|text| Moment::from_isoformat(text).unwrap())
}

fn texts(of: &Value, key: &str) -> Vec<String> {
    let list = of[key].as_array().into_iter().flatten();
    list.map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn author(of: &Value) -> Option<FeedAuthor> {
    let author = of.get("author")?;
    Some(FeedAuthor {
        name: text(author, "name").unwrap(),
        email: text(author, "email"),
        link: text(author, "link"),
    })
}

fn item(of: &Value) -> FeedItem {
    let file = of.get("enclosure");
    FeedItem {
        title: text(of, "title").unwrap(),
        link: text(of, "link").unwrap(),
        description: text(of, "description"),
        author: author(of),
        published: moment(of, "published"),
        updated: moment(of, "updated"),
        comments: text(of, "comments"),
        guid: text(of, "guid"),
        guid_is_permalink: of["guid_is_permalink"].as_bool(),
        categories: texts(of, "categories"),
        copyright: text(of, "copyright"),
        enclosure: file.map(|file| Enclosure {
            url: text(file, "url").unwrap(),
            length: file["length"].as_u64().unwrap(),
            mime_type: text(file, "mime_type").unwrap(),
        }),
    }
}

fn feed(of: &Value, items: &Value) -> Feed {
    Feed {
        title: text(of, "title").unwrap(),
        link: text(of, "link").unwrap(),
        description: text(of, "description").unwrap(),
        subtitle: text(of, "subtitle"),
        language: text(of, "language"),
        author: author(of),
        categories: texts(of, "categories"),
        feed_url: text(of, "feed_url"),
        copyright: text(of, "copyright"),
        guid: text(of, "guid"),
        ttl: text(of, "ttl"),
        items: items.as_array().unwrap().iter().map(item).collect(),
    }
}

#[test]
fn feeds_are_those_of_django() {
    let golden = include_str!("../../tests/parity/golden/feeds.json");
    let recorded: Value = serde_json::from_str(golden).unwrap();
    let now = moment(&recorded, "now").unwrap();
    let cases = recorded["feeds"].as_array().unwrap();
    assert!(cases.len() > 10);
    for case in cases {
        let feed = feed(&case["feed"], &case["items"]);
        for (name, format) in FeedFormat::ALL {
            assert_eq!(
                write_feed(&feed, format, now),
                case[name].as_str().unwrap(),
                "{name}"
            );
        }
    }
}
