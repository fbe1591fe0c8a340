//! Queries as entries of `urls.toml` hold them: read as everywhere, and looked at with the place of each mistake.

use std::path::Path;

use crate::document::{Document, Item, Problems, Table};
use crate::models::expression::read;
use crate::models::read::ReadContext;
use crate::query::Query;
use crate::query::tests::Library;
use crate::views::queries::query_reader::QueryReader;
use crate::views::rows::RowShape;

const CASES: &str = include_str!("../../../tests/parity/queries/computed.toml");
const ANSWERS: &str = include_str!("../../../tests/parity/golden/computed.json");

/// What is said of the query in `text`, line by line, and what its rows are.
fn read_query(library: &Library, table: &Table) -> (Query, RowShape, Vec<String>) {
    let problems = Problems::default();
    let name = table.get("model").and_then(Item::as_str).unwrap();
    let name = name.rsplit('.').next().unwrap();
    let mut models = library.registry.models();
    let model = models.find(|model| model.name == name).unwrap();
    let reader = QueryReader {
        registry: &library.registry,
        model,
        problems: &problems,
    };
    let keys = table.reader(&problems);
    keys.item("model");
    let query = reader.rows_or_values(&keys);
    reader.dates(&keys, query.template());
    reader.aggregates(&keys, query.template());
    keys.finish();
    let said = problems.into_findings().into_iter().map(|finding| {
        let hints = finding.hints.iter().map(|hint| format!("; {hint}"));
        let place = finding
            .location
            .as_ref()
            .map(|place| format!("{}:{}", place.line, place.column));
        format!(
            "{} {}{}",
            place.unwrap_or_default(),
            finding.message,
            hints.collect::<String>()
        )
    });
    let said = said.collect();
    (query.cut(query.template().clone()), query.shape(), said)
}

#[test]
fn a_query_of_an_entry_is_the_one_that_every_other_reader_reads() {
    let library = Library::filled();
    let cases = Document::parse(Path::new("computed.toml"), CASES).unwrap();
    let recorded: serde_json::Value = serde_json::from_str(ANSWERS).unwrap();
    let answers = recorded["answers"].as_array().unwrap();
    let crate::document::Value::Array(cases) = &cases.root().get("query").unwrap().value else {
        panic!("the cases are a list");
    };
    let mut wrong = Vec::new();
    for (case, expected) in cases.iter().zip(answers) {
        let fields = case.as_table().unwrap();
        let table = fields.get("query").and_then(Item::as_table).unwrap();
        let (found, _, said) = read_query(&library, table);
        let problems = Problems::default();
        let context = ReadContext::new("library", &problems).for_queries();
        let plain = read::query(&context, fields.get("query").unwrap());
        let plain = plain.map(Query::from);
        let is_wrong_there = expected.get("error").is_some()
            || fields.get("differs").is_some()
            || fields.get("aggregate").is_some();
        let is_right = match said.as_slice() {
            [] => plain.as_ref() == Some(&found),
            _ => is_wrong_there,
        };
        if !is_right {
            let line = case.origin.location().line;
            wrong.push(format!("{line}: {said:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What is said of the query in `text`, with line and column.
#[track_caller]
pub(super) fn said_of(library: &Library, text: &str) -> Vec<String> {
    let text = format!("query = {text}\n");
    let document = Document::parse(Path::new("urls.toml"), &text).unwrap();
    let table = document
        .root()
        .get("query")
        .and_then(Item::as_table)
        .unwrap();
    read_query(library, table).2
}

#[test]
fn every_mistake_is_told_where_it_is_with_the_nearest_name() {
    let library = Library::filled();
    for (text, at, expected) in [
        (
            r#"{ model = "library.Book", filter = { titel = "x" } }"#,
            "titel",
            "`library.book` has no field `titel`; did you mean `title`?",
        ),
        (
            r#"{ model = "library.Book", filter = { title__icontain = "x" } }"#,
            "title__icontain",
            "nothing is called `icontain` behind `title`; did you mean `icontains`?",
        ),
        (
            r#"{ model = "library.Book", filter = { added__yaer = 2 } }"#,
            "added__yaer",
            "nothing is called `yaer` behind `added`; did you mean `year`?",
        ),
        (
            r#"{ model = "library.Book", filter = { pages = "many" } }"#,
            r#"pages = "many""#,
            "`pages` cannot be compared with",
        ),
        (
            r#"{ model = "library.Book", annotate = { n = { Count = "review" } } }"#,
            r#""review""#,
            "`library.book` has no field `review`; did you mean `reviews`?",
        ),
        (
            r#"{ model = "library.Book", annotate = { stars = { Avg = "reviews__stars" } }, filter = { star__gt = 3 } }"#,
            "star__gt",
            "`library.book` has no field `star`; did you mean `stars`?",
        ),
        (
            r#"{ model = "library.Book", annotate = { stars = { Avg = "reviews__stars" } }, order_by = ["-starz"] }"#,
            r#""-starz""#,
            "`library.book` has no field `starz`; did you mean `stars`?",
        ),
        (
            r#"{ model = "library.Book", annotate = { title = { Lower = "title" } } }"#,
            "title = { Lower",
            "`library.book` has a field that is called `title`",
        ),
        (
            r#"{ model = "library.Book", annotate = { x = { Lowr = "title" } } }"#,
            "Lowr",
            "`Lowr` is not an expression; did you mean `Lower`?",
        ),
        (
            r#"{ model = "library.Book", annotate = { x = { add = ["price", "weight"] } } }"#,
            "x = { add",
            "this is made of",
        ),
        (
            r#"{ model = "library.Book", values = ["titel"] }"#,
            r#""titel""#,
            "`library.book` has no field `titel`",
        ),
        (
            r#"{ model = "library.Book", values_list = ["title", "pages"], flat = true }"#,
            "true }",
            "`flat` needs a `values_list` of one field",
        ),
        (
            r#"{ model = "library.Book", flat = true }"#,
            "true }",
            "`flat` belongs to `values_list`",
        ),
        (
            r#"{ model = "library.Book", alias = { x = { Lower = "title" } }, values = ["x"] }"#,
            r#""x""#,
            "`x` is an alias",
        ),
        (
            r#"{ model = "library.Book", union = { model = "library.Bok" } }"#,
            r#""library.Bok""#,
            "there is no model `library.Bok`; did you mean `library.Book`?",
        ),
        (
            r#"{ model = "library.Book", union = { model = "library.Book", filter = { titel = 1 } } }"#,
            "titel",
            "`library.book` has no field `titel`",
        ),
        (
            r#"{ model = "library.Book", filter = { Exists = { model = "library.Review", filter = { book = { OuterRef = "pkk" }, stars = 5 } } } }"#,
            r#""pkk""#,
            "`library.book` has no field `pkk`",
        ),
        (
            r#"{ model = "library.Book", filter = { Exists = { model = "library.Review", filter = { book = { OuterRef = "pk" }, star = 5 } } } }"#,
            "star = 5",
            "`library.review` has no field `star`; did you mean `stars`?",
        ),
        (
            r#"{ model = "library.Book", only = ["titel"] }"#,
            r#""titel""#,
            "`library.book` has no field `titel`",
        ),
        (
            r#"{ model = "library.Book", defer = ["titel"] }"#,
            r#""titel""#,
            "`library.book` has no field `titel`",
        ),
        (
            r#"{ model = "library.Book", select_related = ["autor"] }"#,
            r#""autor""#,
            "`library.book` has no relation to one row `autor`; did you mean `author`?",
        ),
        (
            r#"{ model = "library.Book", filter = { author = { request = "usr" } } }"#,
            r#""usr""#,
            "a request has no `usr`; write `user`",
        ),
        (
            r#"{ model = "library.Book", filter = { xor = [{ pages = 1 }, { titel = "x" }] } }"#,
            r#"titel = "x""#,
            "`library.book` has no field `titel`",
        ),
        (
            r#"{ model = "library.Book", filter = { xor = { pages = 1 } } }"#,
            "{ pages = 1 }",
            "`xor` must be a list of conditions",
        ),
        (
            r#"{ model = "library.Book", annotate = { n = { Cout = "reviews" } } }"#,
            "Cout",
            "`Cout` is not an expression; did you mean `Count`?",
        ),
        (
            r#"{ model = "library.Book", prefetch_related = ["tagz"] }"#,
            r#""tagz""#,
            "`library.book` has no relation `tagz`",
        ),
        (
            r#"{ model = "library.Book", prefetch_related = [{ path = "reviews", query = { model = "library.Review", filter = { star = 1 } } }] }"#,
            "star = 1",
            "`library.review` has no field `star`",
        ),
        (
            r#"{ model = "library.Book", prefetch_related = [{ path = "reviews", to_attr = "title" }] }"#,
            r#""title" }]"#,
            "`Book` has a field `title` already",
        ),
        (
            r#"{ model = "library.Book", prefetch_related = [{ path = "reviews", limit = 3, query = { model = "library.Review", limit = 3 } }] }"#,
            "limit = 3",
            "unknown key `limit`",
        ),
        (
            r#"{ model = "library.Book", dates = { field = "publishd", kind = "year" } }"#,
            r#""publishd""#,
            "`library.book` has no field `publishd`; did you mean `published`?",
        ),
        (
            r#"{ model = "library.Book", dates = { field = "published", kind = "hour" } }"#,
            r#""hour""#,
            "`hour` is not a kind",
        ),
        (
            r#"{ model = "library.Book", dates = { field = "title", kind = "year" } }"#,
            r#""title""#,
            "`",
        ),
        (
            r#"{ model = "library.Book", aggregate = { total = { Sum = "prize" } } }"#,
            r#""prize""#,
            "`library.book` has no field `prize`; did you mean `price`?",
        ),
        (
            r#"{ model = "library.Book", aggregate = { total = { Lower = "title" } } }"#,
            "total =",
            "`total` is not an aggregate",
        ),
        (
            r#"{ model = "library.Book", order_by = [{ desc = "pages", nulls_frist = true }] }"#,
            "nulls_frist",
            "unknown key `nulls_frist`; did you mean `nulls_first`?",
        ),
        (
            r#"{ model = "library.Book", fliter = { title = "x" } }"#,
            "fliter",
            "unknown key `fliter`; did you mean `filter`?",
        ),
        (
            r#"{ model = "library.Book", calls = [{ limit = 5 }, { filter = { title = "x" } }] }"#,
            "",
            "`filter` cannot come after a slice",
        ),
        (
            r#"{ model = "library.Book", filter = { id__in = { Subquery = { model = "library.Book", values = ["titel"] } } } }"#,
            r#""titel""#,
            "`library.book` has no field `titel`",
        ),
        (r#"{ model = "library.Book", filter = [] }"#, "", ""),
        (
            r#"{ model = "library.Book", annotate = [] }"#,
            "[] }",
            "annotations must be a table of names",
        ),
        (
            r#"{ model = "library.Book", prefetch_related = [1] }"#,
            "1] }",
            "`prefetch_related` must be a list of names and tables",
        ),
        (
            r#"{ model = "library.Book", only = [1] }"#,
            "1] }",
            "`only` must be a list of names",
        ),
        (
            r#"{ model = "library.Book", aggregate = 1 }"#,
            "1 }",
            "`aggregate` must be a table",
        ),
    ] {
        let said = said_of(&library, text).join("\n");
        let is_right = if expected.is_empty() {
            said.is_empty()
        } else {
            let place = format!("query = {text}").find(at).unwrap() + 1;
            let expected = format!("1:{place} {expected}");
            let is_there = at.is_empty() || said.starts_with(&expected);
            is_there
                && said.contains(expected.split_once(' ').unwrap().1)
                && said.lines().count() == 1
        };
        assert!(is_right, "{text}\n{said}\n{expected}");
    }
    let all = said_of(
        &library,
        r#"{ model = "library.Book", filter = { titel = 1, pagse = 2 }, annotate = { n = { Count = "x" } }, order_by = ["n", "pagse"] }"#,
    );
    // What a call with a mistake would have added is not missed by those behind it.
    assert_eq!(all.len(), 3, "{all:#?}");
}
