//! Any route and any path: a pattern has a name for each capture, and a path is matched or not.

use std::path::Path;

use djr::apps::Apps;
use djr::document::{Document, Problems};
use djr::urls::{UrlSource, ViewRoute, load_urls};

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let Some((first, second)) = str::from_utf8(data).ok().and_then(|text| text.split_once('\0')) else {
        return;
    };
    let (route, path) = (first, second);
    let text = format!("[[urls]]\npath = {route:?}\nview = \"view\"\n");
    let Ok(root) = Document::parse(Path::new("urls.toml"), &text) else {
        return;
    };
    let problems = Problems::default();
    let source = UrlSource {
        root: &root,
        apps: &Apps::default(),
        build: &|_, _| vec![ViewRoute::of_entry(())],
        handlers: &[],
        caches: &["default".to_owned()],
    };
    let urls = load_urls(&source, &problems);
    if let Some(found) = urls.resolve(path) {
        assert!(found.kwargs.iter().all(|(name, _)| !name.is_empty()));
    }
}
