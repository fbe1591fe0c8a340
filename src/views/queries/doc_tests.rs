//! The queries of docs/queries.md run.

use std::path::Path;

use crate::document::{Document, Item, Problems};
use crate::models::expression::QueryStep;
use crate::query::tests::Library;
use crate::query::{NamedExpression, Query};
use crate::views::queries::query_reader::QueryReader;

const PAGE: &str = include_str!("../../../docs/queries.md");

/// The TOML blocks of the page.
fn blocks() -> Vec<&'static str> {
    let blocks = PAGE.split("```toml\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap())
        .collect()
}

/// Runs the query of an entry, which finds nothing in an empty database.
fn run(library: &Library, name: &str, item: &Item) {
    let (problems, table) = (Problems::default(), item.as_table().unwrap());
    let model = table.get("model").and_then(Item::as_str).unwrap();
    let model = crate::models::ModelKey::parse(model).unwrap();
    let reader = QueryReader {
        registry: &library.registry,
        model: library.registry.shared(&model).unwrap(),
        problems: &problems,
    };
    let keys = table.reader(&problems);
    keys.item("model");
    let query = reader.rows_or_values(&keys);
    let dates = reader.dates(&keys, query.template());
    let aggregates = reader.aggregates(&keys, query.template());
    keys.finish();
    problems.finish(()).unwrap();
    let query: Query = query.cut(dates.unwrap_or_else(|| query.template().clone()));
    let (has_values, set) = (query.has_values(), query.on(&library.registry).unwrap());
    let connection = &library.connection;
    if let Some(aggregates) = aggregates {
        let expressions = aggregates.steps.iter().map(|step| match step {
            QueryStep::Annotate {
                name, expression, ..
            } => NamedExpression {
                name: name.clone(),
                expression: expression.clone(),
            },
            other => panic!("{other:?}"),
        });
        let expressions: Vec<_> = expressions.collect();
        set.aggregate(connection, &expressions).unwrap();
    } else if has_values {
        assert!(set.values(connection).unwrap().rows.is_empty(), "{name}");
    } else {
        assert!(set.instances(connection).unwrap().is_empty(), "{name}");
    }
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
            run(&library, &entry.key, &entry.item);
            count += 1;
        }
    }
    assert!(count > 25, "{count}");
}
