//! The examples of `docs/templates.md` show what the page says, and it names all there is.
//!
//! `DJR_BLESS=1` writes what they show into the page.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use minijinja::value::Value;

use crate::apps::Apps;
use crate::clock::{self, Moment, Zone};
use crate::templates::functions::fragment_tests::fragments;
use crate::templates::value::map;
use crate::templates::value::{DecimalValue, DurationValue, TemporalValue, ZonedTime};
use crate::templates::{
    Context, TemplateFunctions, TemplateSources, Templates, built_in_names, filters,
};
use crate::values::Decimal;

fn templates() -> Templates {
    let functions = TemplateFunctions {
        url: Box::new(|name, args, _| Ok(format!("/{name}s/{}/", args.join("/")))),
        static_url: std::sync::Arc::new(|path| format!("/static/{path}")),
        static_prefix: "/static/".to_owned(),
        media_prefix: "/media/".to_owned(),
        fragments: fragments(),
    };
    let zone = Zone::named("Europe/Vienna").unwrap();
    let sources = TemplateSources::new(Vec::new(), &Apps::default());
    Templates::new(sources, &zone, functions)
}

fn moment(moment: Moment) -> Value {
    let zone = Zone::named("Europe/Vienna").unwrap();
    Value::from_object(TemporalValue(ZonedTime::moment(moment, &zone)))
}

/// What the examples know.
fn context() -> Context {
    let published = Moment::from_sql("2026-11-20 17:22:29").unwrap();
    let post = map([
        ("published_at", moment(published)),
        (
            "updated_at",
            moment(published.after(Duration::from_secs(777_600))),
        ),
        (
            "price",
            Value::from_object(DecimalValue(Decimal::parse("1234.50").unwrap())),
        ),
        (
            "reading_time",
            Value::from_object(DurationValue(93_600_000_000)),
        ),
    ]);
    let years = [2026, 2025, 2026].map(|year| map([("year", year)]));
    let hours = Duration::from_secs(3 * 3600 + 1);
    Context::default()
        .with("post", post)
        .with("posts", years.into_iter().collect::<Value>())
        .with("three_hours_ago", moment(clock::now().before(hours)))
        .with("request", map([("GET", map([("q", "a"), ("page", "2")]))]))
}

/// A row of a table: the name in code if it is, the example, and what it shows.
fn cells(line: &str) -> Option<[String; 3]> {
    let line = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let cells: Vec<_> = line
        .replace("\\|", "\u{0}")
        .split(" | ")
        .map(|cell| cell.replace('\u{0}', "|"))
        .collect();
    let cells: [String; 3] = cells.try_into().ok()?;
    let is_example = cells[1].starts_with("`{") || cells[1].starts_with("`[{");
    is_example.then_some(cells)
}

fn code(cell: &str) -> Option<&str> {
    let inner = cell.strip_prefix('`')?.strip_suffix('`')?;
    Some(
        inner
            .strip_prefix("` ")
            .and_then(|inner| inner.strip_suffix(" `"))
            .unwrap_or(inner),
    )
}

fn shown(example: &str) -> String {
    let mut templates = templates();
    templates.add("page.html", example).unwrap();
    let page = templates.render("page.html", context());
    page.unwrap_or_else(|error| panic!("{example}: {error}")).0
}

/// What changes from day to day is told in words.
fn is_fixed(name: &str) -> bool {
    name != "`now`"
}

#[test]
fn the_examples_of_the_page_show_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let mut blessed = String::new();
    let mut count = 0;
    for line in page.lines() {
        let row = cells(line).filter(|[name, ..]| is_fixed(name));
        let Some([name, example, said]) = row else {
            blessed.extend([line, "\n"]);
            continue;
        };
        let example = code(&example).unwrap();
        let shows = shown(example);
        count += 1;
        if std::env::var_os("DJR_BLESS").is_some() {
            let cells = [name, format!("`{example}`"), format!("`{shows}`")];
            let cells = cells.map(|cell| cell.replace('|', "\\|"));
            blessed.extend(["| ", &cells.join(" | "), " |\n"]);
        } else {
            assert_eq!(Some(shows.as_str()), code(&said), "{example}");
        }
    }
    assert!(count > 100, "only {count} examples");
    if std::env::var_os("DJR_BLESS").is_some() {
        std::fs::write(path, blessed).unwrap();
    }
}

#[test]
fn the_page_names_every_filter_and_function() {
    let page = include_str!("../../docs/templates.md");
    let named: BTreeSet<_> = page
        .lines()
        .filter_map(|line| code(line.strip_prefix("| ")?.split(" | ").next()?))
        .collect();
    let templates = templates();
    let functions = templates.environment.globals().map(|(name, _)| name);
    let filters = filters::all().map(|spec| spec.name);
    let filters = filters.chain(built_in_names::FILTERS.iter().copied());
    for name in filters.chain(functions) {
        assert!(
            named.contains(name),
            "docs/templates.md does not name `{name}`"
        );
    }
}
