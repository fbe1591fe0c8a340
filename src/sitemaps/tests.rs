//! Sitemaps as Django's templates write them, recorded by `tests/parity/record_feeds.py`.

use serde_json::Value;

use super::{SitemapIndexItem, SitemapUrl, write_index, write_sitemap};
use crate::clock::{Moment, Zone};

fn url(of: &Value) -> SitemapUrl {
    let moment = of["last_modified"].as_str();
    SitemapUrl {
        location: of["location"].as_str().unwrap().to_owned(),
        last_modified: moment.map(|text| Moment::from_isoformat(text).unwrap()),
        change_frequency: of["change_frequency"].as_str().map(ToOwned::to_owned),
        priority: of["priority"].as_f64(),
    }
}

/// The document without the lines that Django's templates leave empty.
fn without_empty_lines(document: &str) -> String {
    let lines = document.lines().filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn sitemaps_are_those_of_django() {
    let golden = include_str!("../../tests/parity/golden/feeds.json");
    let recorded: Value = serde_json::from_str(golden).unwrap();
    let cases = recorded["sitemaps"].as_array().unwrap();
    assert!(cases.len() > 5);
    for case in cases {
        let zone = Zone::named(case["zone"].as_str().unwrap()).unwrap();
        let urls: Vec<_> = case["urls"].as_array().unwrap().iter().map(url).collect();
        let sitemap = without_empty_lines(case["sitemap"].as_str().unwrap());
        assert_eq!(without_empty_lines(&write_sitemap(&urls, &zone)), sitemap);
        let items = urls.into_iter().map(|url| SitemapIndexItem {
            location: url.location,
            last_modified: url.last_modified,
        });
        let index = without_empty_lines(case["index"].as_str().unwrap());
        let items: Vec<_> = items.collect();
        assert_eq!(without_empty_lines(&write_index(&items, &zone)), index);
    }
}
