//! The queries of docs/queries.md run.

use std::path::Path;

use crate::document::{Document, Problems};
use crate::models::ModelSet as _;
use crate::models::expression::read;
use crate::models::read::ReadContext;
use crate::query::Query;
use crate::query::tests::Library;

const PAGE: &str = include_str!("../../docs/queries.md");

/// The TOML blocks of the page.
fn blocks() -> Vec<&'static str> {
    let blocks = PAGE.split("```toml\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap())
        .collect()
}

#[test]
fn every_query_of_the_page_runs_on_its_models() {
    let blocks = blocks();
    let (models, queries) = blocks.split_first().unwrap();
    let models = models.replace("blog.", "library.");
    let names = ["author", "tag", "post", "comment", "post_tags"];
    let columns = "id INTEGER PRIMARY KEY, name, born, slug, title, status, author_id, published, likes, \
                   post_id, tag_id, text, spam";
    let script = names.map(|name| format!("CREATE TABLE library_{name} ({columns})").into());
    let library = Library::of(&models, "UTC", &script);
    let mut count = 0;
    for block in queries {
        let block = block.replace("blog.", "library.");
        let document = Document::parse(Path::new("queries.md"), &block).unwrap();
        for entry in document.root().entries() {
            let problems = Problems::default();
            let context = ReadContext::new("library", &problems).for_queries();
            let query = read::query(&context, &entry.item);
            problems.finish(()).unwrap();
            let query = Query::from(query.unwrap());
            assert!(library.registry.find(query.model()).is_some());
            let rows = query.on(&library.registry).unwrap();
            rows.check().unwrap();
            let found = rows.instances(&library.connection);
            assert!(found.unwrap().is_empty(), "{}", entry.key);
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}
