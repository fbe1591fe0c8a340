//! Any route and any path: a pattern has a name for each capture, and a path is matched or not.
#![no_main]

use std::path::Path;

use djr::apps::Apps;
use djr::document::{Document, Problems};
use djr::urls::{UrlSource, load_urls};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (route, path) = input;
    let text = format!("[[urls]]\npath = {route:?}\nview = \"view\"\n");
    let Ok(root) = Document::parse(Path::new("urls.toml"), &text) else {
        return;
    };
    let problems = Problems::default();
    let source = UrlSource {
        root: &root,
        apps: &Apps::default(),
        build: &|_, _| Some(()),
    };
    let urls = load_urls(&source, &problems);
    if let Some(found) = urls.resolve(path) {
        assert!(found.kwargs.iter().all(|(name, _)| !name.is_empty()));
    }
});
