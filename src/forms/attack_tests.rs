//! Forms that are sent to do harm: fields that are not the form's, too many of them, values that cost time or memory.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::clock::Zone;
use crate::document::{Document, Problems};
use crate::forms::read::{FormContext, read_fields};
use crate::forms::{Form, FormDefinition};
use crate::http::QueryDict;
use crate::http::percent::{encode, safe};

/// More than any of these may take, on a machine that is busy with other tests.
const LIMIT: Duration = Duration::from_secs(5);

fn form(fields: &str) -> Form {
    let document = Document::parse(Path::new("forms.toml"), fields).unwrap();
    let (problems, zone) = (Problems::default(), Zone::utc());
    let context = FormContext::new("app", &problems, None, &zone);
    let fields = read_fields(&context, document.root());
    problems.finish(()).unwrap();
    Form::of(&Arc::new(FormDefinition::new("app.Sample", fields)))
}

fn sent(pairs: impl IntoIterator<Item = (String, String)>) -> Arc<QueryDict> {
    let pairs = pairs.into_iter();
    let pairs = pairs.map(|(name, value)| format!("{name}={}", encode(&value, safe::NOTHING)));
    let text = pairs.collect::<Vec<_>>().join("&");
    Arc::new(QueryDict::parse(&text, usize::MAX).unwrap())
}

#[track_caller]
fn within_limit<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    done
}

#[test]
fn fields_that_are_not_the_forms_are_passed_over() {
    let form = form("title = { type = 'CharField' }\n");
    let data = [
        ("title", "a"),
        ("is_staff", "on"),
        ("id", "7"),
        ("__all__", "x"),
    ];
    let form = form.bind(sent(
        data.map(|(name, value)| (name.to_owned(), value.to_owned())),
    ));
    let names: Vec<_> = form.cleaned_data().map(|(name, _)| name).collect();
    assert_eq!((form.is_valid(), names), (true, vec!["title"]));
}

#[test]
fn a_disabled_field_keeps_what_it_starts_with() {
    let form = form("price = { type = 'IntegerField', disabled = true, initial = 100 }\n");
    let form = form.bind(sent([("price".to_owned(), "1".to_owned())]));
    assert!(form.is_valid());
    assert_eq!(
        form.value("price").unwrap().as_value(),
        Some(&crate::values::FieldValue::Integer(100))
    );
}

#[test]
fn ten_thousand_fields_are_refused_and_cost_little_where_they_are_allowed() {
    let pairs = || (0..10_000).map(|index| (format!("field{index}"), "x".repeat(20)));
    let text = pairs()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&");
    assert!(QueryDict::parse(&text, 1000).is_err());
    let fields = (0..100).map(|index| format!("field{index} = {{ type = 'CharField' }}\n"));
    let fields = fields.collect::<Vec<_>>().concat();
    let form = form(&fields);
    within_limit(|| assert!(form.bind(sent(pairs())).is_valid()));
}

#[test]
fn ten_thousand_choices_of_one_field_are_judged_in_time() {
    let form =
        form("tags = { type = 'MultipleChoiceField', choices = [['a', 'A'], ['b', 'B']] }\n");
    let all = || (0..10_000).map(|_| ("tags".to_owned(), "a".to_owned()));
    within_limit(|| assert!(form.clone().bind(sent(all())).is_valid()));
    let wrong = all().chain([("tags".to_owned(), "<c>".to_owned())]);
    assert!(!form.bind(sent(wrong)).is_valid());
}

#[test]
fn values_that_grow_when_they_are_read_are_refused() {
    let fields = "json = { type = 'JSONField' }\nnumber = { type = 'DecimalField', max_digits = 9, decimal_places = 2 }\n\
                  whole = { type = 'IntegerField', max_value = 9 }\nduration = { type = 'DurationField' }\n\
                  regex = { type = 'RegexField', regex = '^(a+)+$' }\nslug = { type = 'SlugField' }\n";
    let hostile = [
        ("json", "[".repeat(100_000)),
        ("number", "1e999999999".to_owned()),
        ("whole", "9".repeat(100_000)),
        ("duration", "9".repeat(1000)),
        ("regex", format!("{}!", "a".repeat(5000))),
        ("slug", "a ".repeat(100_000)),
    ];
    let hostile = hostile.map(|(name, value)| (name.to_owned(), value));
    let form = within_limit(|| form(fields).bind(sent(hostile)));
    for name in ["json", "number", "whole", "duration", "regex", "slug"] {
        assert!(!form.errors(name).is_empty(), "{name}");
    }
}

#[test]
fn what_was_sent_is_text_wherever_it_is_shown() {
    let fields = "title = { type = 'CharField', max_length = 3 }\n\
                  kind = { type = 'ChoiceField', choices = [['a', 'A']], widget = 'RadioSelect' }\n\
                  day = { type = 'DateField', widget = 'SelectDateWidget' }\n\
                  text = { type = 'CharField', widget = 'Textarea', max_length = 3 }\n";
    let script = "\"'></textarea><script>alert(1)</script>";
    let names = [
        "title",
        "kind",
        "day",
        "text",
        "day_year",
        "day_month",
        "day_day",
    ];
    let form = form(fields).bind(sent(names.map(|name| (name.to_owned(), script.to_owned()))));
    assert!(!form.is_valid());
    for layout in [
        crate::forms::layout::FormLayout::Div,
        crate::forms::layout::FormLayout::Table,
    ] {
        let html = form.html(layout);
        assert!(
            !html.contains("<script") && html.matches("</textarea>").count() == 1,
            "{html}"
        );
    }
}
