//! Statements as text, and as SQLite runs them.

use super::{
    Aggregate, Arithmetic, CompiledSql, CreateIndex, CreateTable, DatePart, DeleteStatement,
    DropTable, InsertStatement, Join, JoinKind, OnConflict, OrderBy, SelectStatement, SetOperator,
    SqlAggregate, SqlColumnType, SqlExpression, SqlExtract, SqlFunction, SqlLookup, SqlStatement,
    TableSource, Temporal, UpdateStatement,
};
use crate::db::{SchemaTransaction, SqlValue, Sqlite};

fn sql(statement: &impl SqlStatement) -> String {
    statement.compile(&Sqlite).text().to_owned()
}

fn column(name: &str) -> SqlExpression {
    SqlExpression::column(name)
}

fn value(value: impl Into<SqlValue>) -> SqlExpression {
    SqlExpression::value(value)
}

/// Three posts: `One` (2 votes), `100%` (none), `Été` (5 votes).
fn posts() -> SchemaTransaction {
    let transaction = SchemaTransaction::in_memory().unwrap();
    let table = CreateTable::new("post")
        .column("id", SqlColumnType::AutoKey)
        .column("title", SqlColumnType::Varchar(20))
        .column("published", SqlColumnType::DateTime)
        .column("votes", SqlColumnType::Integer);
    table.execute(&transaction).unwrap();
    let insert = InsertStatement::given("post", ["title", "published", "votes"]);
    let insert = insert.compile(transaction.dialect());
    for (title, published, votes) in [
        ("One", "2024-12-30 09:05:07.25", 2),
        ("100%", "2021-01-03 23:59:59", 0),
        ("Été", "2024-02-29 00:00:00", 5),
    ] {
        let row = [title.into(), published.into(), i64::from(votes).into()];
        insert.execute(&transaction, &row).unwrap();
    }
    transaction
}

/// The titles of the posts for which `condition` is true.
fn titles(condition: SqlExpression) -> Vec<String> {
    let select = SelectStatement::from("post").columns(["title"]);
    let select = select.filter(condition);
    let select = select.order_by(OrderBy::ascending(column("id")));
    select.column_values(&posts()).unwrap()
}

/// What `expression` is in the first post, or in all of them as a group.
fn computed(expression: SqlExpression) -> SqlValue {
    let select = SelectStatement::from("post").select(expression).limit(1);
    let values = select.column_values::<SqlValue>(&posts()).unwrap();
    values.into_iter().next().unwrap()
}

#[test]
fn lookups_find_what_django_finds_on_sqlite() {
    for (lookup, other, found) in [
        (SqlLookup::Exact, "One", &["One"][..]),
        (SqlLookup::IExact, "oNE", &["One"]),
        (SqlLookup::IExact, "O_e", &[]),
        (SqlLookup::EqualIgnoringAsciiCase, "oNE", &["One"]),
        (SqlLookup::Contains, "%", &["100%"]),
        (SqlLookup::IContains, "NE", &["One"]),
        (SqlLookup::StartsWith, "1", &["100%"]),
        (SqlLookup::IStartsWith, "o", &["One"]),
        (SqlLookup::EndsWith, "té", &["Été"]),
        (SqlLookup::IEndsWith, "NE", &["One"]),
        (SqlLookup::Gt, "One", &["Été"]),
        (SqlLookup::Gte, "One", &["One", "Été"]),
        (SqlLookup::Lt, "One", &["100%"]),
        (SqlLookup::Lte, "One", &["One", "100%"]),
        (SqlLookup::IsDistinctFrom, "One", &["100%", "Été"]),
    ] {
        assert_eq!(titles(column("title").compare(lookup, value(other))), found);
        let computed =
            SqlExpression::Function(SqlFunction::Coalesce, vec![value(other), value("")]);
        let by_expression = titles(column("title").compare(lookup, computed));
        assert_eq!(by_expression, found, "{lookup:?} with an expression");
    }
}

#[test]
fn conditions_nest_as_they_are_meant() {
    let one = || column("title").equals(value("One"));
    let popular = || column("votes").compare(SqlLookup::Gt, value(1));
    let both = SqlExpression::All(vec![
        SqlExpression::Any(vec![one(), popular()]),
        one().negated(),
    ]);
    assert_eq!(titles(both.clone()), ["Été"]);
    assert_eq!(
        sql(&DeleteStatement::from("post").filter(both)),
        r#"DELETE FROM "post" WHERE ("title" = ? OR "votes" > ?) AND NOT ("title" = ?)"#
    );
    assert_eq!(titles(SqlExpression::All(Vec::new())).len(), 3);
    assert!(titles(SqlExpression::Any(Vec::new())).is_empty());
    assert_eq!(
        titles(column("votes").is_in([2.into(), 5.into()])),
        ["One", "Été"]
    );
    assert!(titles(column("votes").is_in([])).is_empty());
    let range = SqlExpression::Range(Box::new([column("votes"), value(1), value(2)]));
    assert_eq!(titles(range), ["One"]);
    assert!(titles(SqlExpression::IsNull(Box::new(column("votes")), true)).is_empty());
    assert_eq!(
        titles(SqlExpression::IsNull(Box::new(SqlExpression::Null), true)).len(),
        3
    );
    assert_eq!(
        titles(SqlExpression::IsNull(Box::new(column("votes")), false)).len(),
        3
    );
    let unusual = SqlExpression::Function(SqlFunction::HasNonAscii, vec![column("title")]);
    assert_eq!(titles(unusual), ["Été"]);
    assert!(titles(SqlExpression::Boolean(false)).is_empty());
}

#[test]
fn queries_within_a_query() {
    let popular = || {
        let select = SelectStatement::from_alias("post", "other");
        select.filter(SqlExpression::column_of("other", "votes").compare(SqlLookup::Gt, value(1)))
    };
    let ids = popular().select(SqlExpression::column_of("other", "id"));
    assert_eq!(titles(column("id").is_in_query(ids)), ["One", "Été"]);
    let same = popular().select(SqlExpression::Integer(1)).filter(
        SqlExpression::column_of("other", "id").equals(SqlExpression::column_of("post", "id")),
    );
    assert_eq!(titles(SqlExpression::exists(same)), ["One", "Été"]);
    let count = popular().select(SqlExpression::count_rows());
    assert_eq!(computed(SqlExpression::subquery(count)), 2.into());
}

#[test]
fn functions_and_parts_of_dates() {
    let title = || column("title");
    for (function, arguments, expected) in [
        (SqlFunction::Lower, vec![title()], "one".into()),
        (SqlFunction::Upper, vec![title()], "ONE".into()),
        (SqlFunction::Length, vec![title()], 3.into()),
        (
            SqlFunction::Substr,
            vec![title(), value(2), value(1)],
            SqlValue::from("n"),
        ),
        (
            SqlFunction::Concat,
            vec![title(), SqlExpression::Null, value("!")],
            "One!".into(),
        ),
    ] {
        assert_eq!(
            computed(SqlExpression::Function(function, arguments)),
            expected
        );
    }
    for (part, expected) in [
        (DatePart::Date, SqlValue::from("2024-12-30")),
        (DatePart::Time, "09:05:07.250000".into()),
        (DatePart::Year, 2024.into()),
        (DatePart::IsoYear, 2025.into()),
        (DatePart::Quarter, 4.into()),
        (DatePart::Month, 12.into()),
        (DatePart::Week, 1.into()),
        (DatePart::WeekDay, 2.into()),
        (DatePart::IsoWeekDay, 1.into()),
        (DatePart::Day, 30.into()),
        (DatePart::Hour, 9.into()),
        (DatePart::Minute, 5.into()),
        (DatePart::Second, 7.into()),
    ] {
        let extracted = SqlExpression::Extract(Box::new(SqlExtract {
            part,
            temporal: Temporal::Moment,
            of: column("published"),
            zone: "UTC".to_owned(),
        }));
        assert_eq!(computed(extracted), expected, "{part:?}");
    }
}

#[test]
fn computations_groups_and_cases() {
    let arithmetic =
        |operator, left, right| SqlExpression::Arithmetic(operator, Box::new([left, right]));
    let sum = arithmetic(Arithmetic::Add, column("votes"), value(4));
    let product = arithmetic(Arithmetic::Multiply, sum, value(3));
    let less = arithmetic(Arithmetic::Subtract, product, value(2));
    assert_eq!(
        computed(arithmetic(Arithmetic::Divide, less, value(4))),
        4.into()
    );
    for (function, expected) in [
        (Aggregate::Avg, SqlValue::from(7.0 / 3.0)),
        (Aggregate::Count, 3.into()),
        (Aggregate::Max, 5.into()),
        (Aggregate::Min, 0.into()),
        (Aggregate::Sum, 7.into()),
    ] {
        let aggregate = SqlExpression::aggregate(function, column("votes"));
        assert_eq!(computed(aggregate), expected, "{function:?}");
    }
    let some = SqlExpression::Aggregate(Box::new(SqlAggregate {
        function: Aggregate::Count,
        of: Some(column("title")),
        distinct: true,
        filter: Some(column("votes").compare(SqlLookup::Gt, value(1))),
    }));
    assert_eq!(computed(some), 2.into());
    let case = SqlExpression::Case {
        when: vec![(column("votes").equals(value(2)), value("two"))],
        otherwise: Some(Box::new(value("other"))),
    };
    assert_eq!(computed(case.clone()), "two".into());
    let grouped = SelectStatement {
        distinct: true,
        group_by: vec![case.clone()],
        having: Some(
            SqlExpression::count_rows().compare(SqlLookup::Gte, SqlExpression::Integer(2)),
        ),
        ..SelectStatement::from("post").select(case)
    };
    assert_eq!(
        grouped.column_values::<String>(&posts()).unwrap(),
        ["other"]
    );
}

#[test]
fn joins_sets_and_slices() {
    let posts = posts();
    let of = SqlExpression::column_of;
    let same = of("b", "id").equals(of("a", "votes"));
    let mut joined = SelectStatement::from_alias("post", "a")
        .select(of("b", "title"))
        .order_by(OrderBy {
            nulls_first: Some(false),
            ..OrderBy::descending(of("b", "title"))
        });
    joined.joins.push(Join {
        kind: JoinKind::LeftOuter,
        source: TableSource::with_alias("post", "b"),
        on: same.clone(),
    });
    let found = joined.column_values::<Option<String>>(&posts).unwrap();
    assert_eq!(found, [Some("100%".to_owned()), None, None]);
    joined.order_by[0].nulls_first = Some(true);
    assert_eq!(
        joined.column_values::<Option<String>>(&posts).unwrap()[0],
        None
    );
    let inner = SelectStatement::from_alias("post", "a").select(of("b", "title"));
    let inner = inner.join("post", "b", same);
    assert_eq!(inner.column_values::<String>(&posts).unwrap(), ["100%"]);

    let ids = || SelectStatement::from("post").columns(["id"]);
    let few = || ids().filter(column("votes").equals(value(2)));
    for (operator, expected) in [
        (SetOperator::Union, &[1, 2, 3][..]),
        (SetOperator::UnionAll, &[1, 1, 2, 3]),
        (SetOperator::Intersect, &[1]),
        (SetOperator::Except, &[2, 3]),
    ] {
        let mut all = ids().order_by(OrderBy::ascending(column("id")));
        all.combined.push((operator, few()));
        assert_eq!(all.column_values::<i64>(&posts).unwrap(), expected);
    }
    assert_eq!(
        ids()
            .union_all(few())
            .column_values::<i64>(&posts)
            .unwrap()
            .len(),
        4
    );
    let mut slice = ids().order_by(OrderBy::descending(column("id")));
    slice.offset = Some(SqlExpression::count(1));
    assert_eq!(slice.column_values::<i64>(&posts).unwrap(), [2, 1]);
    assert_eq!(slice.limit(1).column_values::<i64>(&posts).unwrap(), [2]);
}

#[test]
fn insertions_heed_the_rows_in_their_way() {
    let transaction = SchemaTransaction::in_memory().unwrap();
    let table = CreateTable::new("tag")
        .column("app", SqlColumnType::Text)
        .column("name", SqlColumnType::Text)
        .column("count", SqlColumnType::Integer)
        .clustered_by(["app", "name"]);
    assert_eq!(
        sql(&table),
        r#"CREATE TABLE "tag" ("app" text NOT NULL, "name" text NOT NULL, "count" integer NOT NULL, PRIMARY KEY ("app", "name")) WITHOUT ROWID"#
    );
    table.execute(&transaction).unwrap();
    let row = |count: i64| [value("a"), value("b"), value(count)];
    let insert = |count| {
        let insert = InsertStatement::into("tag");
        insert.columns(["app", "name", "count"]).row(row(count))
    };
    let count = || {
        let select = SelectStatement::from("tag").columns(["count"]);
        select.column_values::<i64>(&transaction).unwrap()
    };
    assert_eq!(insert(1).execute(&transaction).unwrap(), 1);
    assert!(insert(2).execute(&transaction).is_err());
    assert_eq!(insert(2).or_ignore().execute(&transaction).unwrap(), 0);
    assert_eq!(count(), [1]);
    let updated = insert(3).or_update(["app", "name"]).returning(["count"]);
    assert_eq!(updated.column_values::<i64>(&transaction).unwrap(), [3]);
    let kept = OnConflict {
        target: vec!["app".to_owned(), "name".to_owned()],
        update: Vec::new(),
    };
    insert(4).on_conflict(kept).execute(&transaction).unwrap();
    assert_eq!(count(), [3]);
    let more = SelectStatement::from("tag")
        .columns(["app"])
        .select(value("c"))
        .select(SqlExpression::Integer(7));
    let copy = InsertStatement::into("tag").columns(["app", "name", "count"]);
    copy.query(more).execute(&transaction).unwrap();
    assert_eq!(count(), [3, 7]);
    assert_eq!(
        sql(&InsertStatement::given("tag", Vec::<String>::new())),
        r#"INSERT INTO "tag" DEFAULT VALUES"#
    );
    DropTable("tag".to_owned()).execute(&transaction).unwrap();
    assert!(!transaction.has_table("tag").unwrap());
}

#[test]
fn values_that_are_given_stand_among_those_that_are_held() {
    let posts = posts();
    let update = UpdateStatement::new("post")
        .set("title", SqlExpression::Given)
        .set("votes", value(9))
        .filter(column("id").equals(SqlExpression::Given))
        .filter(column("votes").equals(value(2)));
    let update: CompiledSql = update.compile(posts.dialect());
    assert_eq!(
        update.execute(&posts, &["Two".into(), 1.into()]).unwrap(),
        1
    );
    assert_eq!(
        update.execute(&posts, &["Six".into(), 3.into()]).unwrap(),
        0
    );
    let select = SelectStatement::from("post").columns(["title"]);
    let select = select.filter(column("votes").equals(SqlExpression::Given));
    let select = select.compile(posts.dialect());
    let row = select.first_row(&posts, &[9.into()]).unwrap().unwrap();
    assert_eq!(row.get::<String>(0).unwrap(), "Two");
}

#[test]
fn a_table_and_its_index_as_django_writes_them() {
    let table = CreateTable::new("my\"cache")
        .key_column("cache_key", SqlColumnType::Varchar(255))
        .column("expires", SqlColumnType::DateTime)
        .multiline();
    assert_eq!(
        sql(&table),
        "CREATE TABLE \"my\"\"cache\" (\n    \"cache_key\" varchar(255) NOT NULL PRIMARY KEY,\n    \
         \"expires\" datetime NOT NULL\n)"
    );
    let index = CreateIndex {
        name: "by_expiry".to_owned(),
        table: "cache".to_owned(),
        columns: vec!["expires".to_owned()],
    };
    assert_eq!(
        sql(&index),
        r#"CREATE INDEX "by_expiry" ON "cache" ("expires")"#
    );
}
