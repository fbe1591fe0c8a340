//! Queries of one shape share a statement: what it finds is what a statement made for the query finds.

use std::collections::BTreeMap;

use crate::db::Connection;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{Literal, Registry};
use crate::query::kept_plans::KeptPlans;
use crate::query::one_of::is_one_of;
use crate::query::tests::Library;
use crate::query::{Query, QueryError, QuerySet};
use crate::values::FieldValue;

fn compare(field: &str, lookup: Lookup, literals: &[Literal]) -> Condition {
    Condition::Compare(Comparison {
        field: field.to_owned(),
        lookup,
        operands: literals.iter().cloned().map(Expression::Value).collect(),
    })
}

fn books(registry: &Registry, change: impl FnOnce(Query) -> Query) -> QuerySet<'_> {
    let query = Query::of(registry.get("library.Book").unwrap());
    change(query).on(registry).unwrap()
}

/// Whether `query` fits, the keys and the number of the rows that it means, or why there is no answer.
fn answers(query: &Query, registry: &Registry, connection: &Connection) -> Vec<String> {
    let set = query.clone().on(registry).unwrap();
    let mut found = vec![shown(set.keys(connection))];
    if !query.is_sliced() {
        found.extend([
            shown(set.check()),
            shown(set.count(connection)),
            shown(set.exists(connection)),
        ]);
    }
    found
}

fn shown<T: std::fmt::Debug>(answer: Result<T, QueryError>) -> String {
    format!("{:?}", answer.map_err(|error| error.to_string()))
}

fn plans(registry: &Registry) -> usize {
    registry.kept::<KeptPlans>().unwrap().queries.len()
}

/// Values of every type, wrong and hostile ones among them.
fn literals() -> Vec<Literal> {
    let text = |text: &str| Literal::String(text.to_owned());
    vec![
        Literal::Integer(2),
        Literal::Integer(-1),
        Literal::Integer(i64::MAX),
        Literal::Float(2.5),
        Literal::Float(1e300),
        Literal::Boolean(true),
        Literal::Null,
        text("2"),
        text("%_\\'\"; --"),
        text("Ada"),
        text(""),
        text("2026"),
        text("2020-02-29"),
        text("2020-02-29 12:00"),
        text("6fa459ea-ee8a-3ca4-894e-db77e160355e"),
        Literal::Datetime("2020-02-29".to_owned()),
        Literal::List(vec![Literal::Integer(1), Literal::Null]),
    ]
}

/// A field of each kind, and paths over relations and to parts of values.
fn paths(registry: &Registry) -> Vec<(&'static str, String)> {
    let mut kinds = BTreeMap::new();
    for (label, field) in ["Book", "Document"].iter().flat_map(|label| {
        let model = registry.get(&format!("library.{label}")).unwrap();
        model.columns().map(move |field| (*label, field))
    }) {
        let kind = field.kind.class_name();
        kinds.entry(kind).or_insert((label, field.name.clone()));
    }
    let more = [
        "author__name",
        "tags__slug",
        "added__year",
        "published__month",
        "reviews__stars",
    ];
    let more = more.map(|path| ("Book", path.to_owned()));
    let json = ("Document", "data__name".to_owned());
    kinds.into_values().chain(more).chain([json]).collect()
}

#[test]
fn a_statement_that_is_found_answers_as_one_that_is_made() {
    let library = Library::filled();
    let (registry, connection) = (&library.registry, &library.connection);
    let mut asked = 0;
    for (label, path) in paths(registry) {
        let model = registry.get(&format!("library.{label}")).unwrap();
        for (_, lookup) in Lookup::ALL {
            for literal in literals() {
                let operands = if lookup == Lookup::Range {
                    vec![Literal::Integer(1), literal]
                } else {
                    vec![literal]
                };
                let condition = compare(&path, lookup, &operands);
                for query in [
                    Query::of(model).filter(condition.clone()).order_by(["pk"]),
                    Query::of(model)
                        .exclude(condition)
                        .order_by(["pk"])
                        .slice(1, Some(3)),
                ] {
                    let made = answers(&query, &registry.clone(), connection);
                    let found = answers(&query, registry, connection);
                    assert_eq!(found, made, "{query:?}");
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 10_000, "{asked}");
    assert!((1..4000).contains(&plans(registry)), "{}", plans(registry));
}

#[test]
fn values_share_a_statement_and_what_is_written_otherwise_does_not() {
    let library = Library::filled();
    let (registry, connection) = (&library.registry, &library.connection);
    let counted = |condition: Condition| {
        let before = plans(registry);
        let count = books(registry, |query| query.filter(condition)).count(connection);
        (count.unwrap(), plans(registry) - before)
    };
    let pages = |lookup, numbers: &[Literal]| compare("pages", lookup, numbers);
    let number = Literal::Integer;
    let title = |text: &str| {
        compare(
            "title",
            Lookup::Contains,
            &[Literal::String(text.to_owned())],
        )
    };
    let ids = |ids: &[i64]| {
        let ids: Vec<_> = ids.iter().copied().map(FieldValue::Integer).collect();
        is_one_of("pk", &ids)
    };
    let all = counted(Condition::All(Vec::new())).0;
    let (first, made) = counted(pages(Lookup::Gte, &[number(0)]));
    assert!(first > 0 && made == 1);
    assert_eq!(counted(pages(Lookup::Gte, &[number(1_000_000)])), (0, 0));
    // `None` is `IS NULL`, which is another statement, and finds what no number does.
    let (without, made) = counted(pages(Lookup::Exact, &[Literal::Null]));
    assert_eq!((without, made), (all - first, 1));
    assert_eq!(counted(pages(Lookup::Exact, &[number(-7)])), (0, 1));
    assert_eq!(
        counted(pages(Lookup::Exact, &[Literal::Null])),
        (without, 0)
    );
    // Lists have a statement for each length.
    assert_eq!(counted(ids(&[1, 2])), (2, 1));
    assert_eq!(counted(ids(&[2, 1_000_000])), (1, 0));
    assert_eq!(counted(ids(&[1, 2, 3])), (3, 1));
    assert_eq!(counted(ids(&[])), (0, 1));
    let as_list = |list: &[i64]| {
        let list = list.iter().copied().map(Literal::Integer).collect();
        compare("id", Lookup::In, &[Literal::List(list)])
    };
    assert_eq!(counted(as_list(&[3, 2, 1])), (3, 1));
    assert_eq!(counted(as_list(&[3, 2, -1])), (2, 0));
    // A pattern is made of the value for each run.
    assert_eq!(counted(title("%")).1, 1);
    let (escaped, made) = counted(title("A\\B"));
    assert!(escaped > 0 && made == 0, "{escaped}");
    assert_eq!(counted(title("no such title")), (0, 0));
    // So many values are not kept.
    let many: Vec<_> = (0..1000).collect();
    assert_eq!(counted(ids(&many)), (all, 0));
}

#[test]
fn pages_share_a_statement() {
    let library = Library::filled();
    let (registry, connection) = (&library.registry, &library.connection);
    let ordered = |query: Query| {
        query
            .order_by(["title", "pk"])
            .select_related(["author", "publisher"])
    };
    let all = books(registry, ordered).instances(connection).unwrap();
    let before = plans(registry);
    for start in 1..all.len() + 2 {
        let start = u64::try_from(start).unwrap();
        let page = books(registry, |query| {
            ordered(query).slice(start, Some(start + 2))
        });
        let page = page.instances(connection).unwrap();
        let expected: Vec<_> = all
            .iter()
            .skip(usize::try_from(start).unwrap())
            .take(2)
            .collect();
        assert_eq!(page.iter().collect::<Vec<_>>(), expected);
    }
    assert_eq!(plans(registry) - before, 1);
}

#[test]
fn what_is_read_along_is_joined_late_only_where_that_changes_nothing() {
    let library = Library::filled();
    let (registry, connection) = (&library.registry, &library.connection);
    let is_late = |change: &dyn Fn(Query) -> Query| {
        let query = books(registry, |query| change(query).slice(5, Some(8)));
        let sql = query.sql(connection).unwrap();
        sql.contains("IN (SELECT")
    };
    let keyed = |query: Query| query.order_by(["title", "pk"]);
    assert!(is_late(&|query| keyed(query).select_related(["author"])));
    assert!(is_late(&|query| query
        .order_by(["-pk"])
        .select_related(["translator", "publisher__owner"])));
    let never: [&dyn Fn(Query) -> Query; 6] = [
        // Nothing is joined.
        &|query| keyed(query),
        // Two rows may have the same place.
        &|query| query.order_by(["title"]).select_related(["author"]),
        // The order, and the condition, need what is joined.
        &|query| {
            query
                .order_by(["author__name", "pk"])
                .select_related(["author"])
        },
        &|query| {
            let condition = compare(
                "author__name",
                Lookup::Contains,
                &[Literal::String("a".into())],
            );
            keyed(query).select_related(["author"]).filter(condition)
        },
        &|query| keyed(query).select_related(["author"]).distinct(),
        &|query| query.order_by(["?"]).select_related(["author"]),
    ];
    for (index, change) in never.iter().enumerate() {
        assert!(!is_late(change), "{index}");
    }
    let first = books(registry, |query| {
        keyed(query).select_related(["author"]).slice(0, Some(3))
    });
    assert!(!first.sql(connection).unwrap().contains("IN (SELECT"));
}

#[test]
fn a_table_that_changes_meanwhile_is_read_as_it_is() {
    let library = Library::filled();
    let (registry, connection) = (&library.registry, &library.connection);
    let found = || {
        let first = books(registry, |query| {
            query.filter(is_one_of("pk", &[FieldValue::Integer(1)]))
        });
        let rows = first.instances(connection);
        rows.map(|rows| rows[0].get("title").cloned())
            .map_err(|error| error.to_string())
    };
    let execute = |sql: &str| connection.execute(sql, &[]).unwrap();
    let title = found().unwrap();
    execute("ALTER TABLE library_book ADD COLUMN more TEXT DEFAULT 'x'");
    assert_eq!(found(), Ok(title.clone()));
    execute("ALTER TABLE library_book RENAME COLUMN title TO heading");
    let error = found().unwrap_err();
    assert!(error.contains("title"), "{error}");
    execute("ALTER TABLE library_book RENAME COLUMN heading TO title");
    assert_eq!(found(), Ok(title.clone()));
    // A table of another file under the same name does not come before it.
    execute("ATTACH ':memory:' AS other");
    execute("CREATE TABLE other.\"library_book\" (id INTEGER PRIMARY KEY, title TEXT)");
    assert_eq!(found(), Ok(title));
}
