//! What real Django's paginator answers (`tests/parity/record_pagination.py`).

use std::num::NonZeroU64;

use serde_json::{Value, json};

use crate::pagination::{
    ELLIPSIS, InvalidPage, Page, PageNumber, PageRangeItem, Paginator, PaginatorMessages,
};

fn recorded() -> Value {
    serde_json::from_str(include_str!("../../tests/parity/golden/pagination.json")).unwrap()
}

fn paginator(count: &Value, per_page: &Value) -> Paginator {
    let per_page = NonZeroU64::new(per_page.as_u64().unwrap()).unwrap();
    Paginator::new(count.as_u64().unwrap(), per_page)
}

fn number(value: &Value) -> PageNumber<'_> {
    match value {
        Value::String(text) => PageNumber::Text(text),
        Value::Bool(value) => PageNumber::Integer((*value).into()),
        Value::Number(number) if number.as_i64().is_some() => {
            PageNumber::Integer(number.as_i64().unwrap())
        }
        // Beyond 64 bits, or with a point.
        Value::Number(number) => PageNumber::Float(number.as_f64().unwrap()),
        _ => PageNumber::Other,
    }
}

fn told<T>(outcome: Result<T, InvalidPage>, show: impl FnOnce(T) -> Value) -> Value {
    match outcome {
        Ok(value) => show(value),
        Err(InvalidPage::NotAnInteger(message)) => json!({"PageNotAnInteger": message}),
        Err(InvalidPage::Empty(message)) => json!({"EmptyPage": message}),
    }
}

fn number_of(outcome: Result<Page, InvalidPage>) -> Value {
    told(outcome, |page| json!(page.number))
}

fn page(page: &Page) -> Value {
    let (bottom, top) = (page.bottom(), page.top());
    json!({
        "objects": if bottom < top { json!([bottom, top]) } else { json!([]) },
        "repr": page.to_string(),
        "has_next": page.has_next(),
        "has_previous": page.has_previous(),
        "has_other_pages": page.has_other_pages(),
        "next": told(page.next_page_number(), |number| json!(number)),
        "previous": told(page.previous_page_number(), |number| json!(number)),
        "start_index": page.start_index(),
        "end_index": page.end_index(),
    })
}

#[test]
fn pages_and_their_numbers_are_those_of_django() {
    for row in recorded()["lists"].as_array().unwrap() {
        let mut paginator = paginator(&row["count"], &row["per_page"]);
        paginator.orphans = row["orphans"].as_u64().unwrap();
        paginator.allow_empty_first_page = row["allow_empty_first_page"].as_bool().unwrap();
        assert_eq!(json!(paginator.num_pages()), row["num_pages"], "{row}");
        for asked in row["asked"].as_array().unwrap() {
            let [asked, strict, forgiving] = asked.as_array().unwrap().as_slice() else {
                panic!("{asked}");
            };
            assert_eq!(&number_of(paginator.page(number(asked))), strict, "{asked}");
            let forgiven = number_of(paginator.get_page(number(asked)));
            assert_eq!(&forgiven, forgiving, "{asked}");
        }
        for (number, expected) in row["pages"].as_object().unwrap() {
            let found = paginator.page(PageNumber::Text(number)).unwrap();
            assert_eq!(&page(&found), expected, "{paginator:?}");
        }
    }
}

#[test]
fn ranges_of_pages_are_elided_as_in_django() {
    for row in recorded()["ranges"].as_array().unwrap() {
        let paginator = paginator(&row["pages"], &json!(1));
        let range = paginator.elided_page_range(
            number(&row["number"]),
            row["on_each_side"].as_u64().unwrap(),
            row["on_ends"].as_u64().unwrap(),
        );
        let range = told(range, |range| {
            let items = range.map(|item| match item {
                PageRangeItem::Page(number) => json!(number),
                PageRangeItem::Ellipsis => json!(ELLIPSIS),
            });
            items.collect()
        });
        assert_eq!(range, row["range"], "{row}");
    }
}

#[test]
fn messages_of_ones_own_take_the_place_of_the_usual_ones() {
    let mut paginator = paginator(&json!(0), &json!(3));
    paginator.allow_empty_first_page = false;
    paginator.messages = PaginatorMessages {
        invalid_page: "no number".to_owned(),
        min_page: "too small".to_owned(),
        no_results: "too big".to_owned(),
    };
    for row in recorded()["messages"].as_array().unwrap() {
        let found = number_of(paginator.page(number(&row["asked"])));
        assert_eq!(found, row["page"], "{row}");
    }
}

#[test]
fn the_greatest_numbers_do_no_harm() {
    let per_page = NonZeroU64::MAX;
    for (count, per_page) in [
        (u64::MAX, NonZeroU64::MIN),
        (u64::MAX, per_page),
        (0, per_page),
    ] {
        let mut paginator = Paginator::new(count, per_page);
        for orphans in [0, u64::MAX] {
            paginator.orphans = orphans;
            let page = paginator.get_page(PageNumber::Integer(i64::MAX)).unwrap();
            assert!(page.bottom() <= page.top(), "{page:?}");
            let range = paginator.elided_page_range(PageNumber::Integer(1), u64::MAX, u64::MAX);
            assert_eq!(range.unwrap().next(), Some(PageRangeItem::Page(1)));
        }
    }
}
