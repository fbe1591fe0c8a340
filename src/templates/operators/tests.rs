//! Operators make what Python's make: the recording of `tests/parity/record_operators.py`, replayed; and templates keep
//! what else they say.

use std::collections::BTreeMap;

use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior};
use serde_json::Value as Json;

use crate::clock::Zone;
use crate::templates::escaping;
use crate::templates::operators::comparison::equals;
use crate::templates::operators::{Rewritten, add};
use crate::templates::recorded_value::recorded_value;

const RECORDED: &str = include_str!("../../../tests/parity/golden/operators.json");

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_formatter(escaping::format);
    add(&mut environment);
    environment
}

/// The value of an expression that stands in a template.
fn evaluated(
    environment: &Environment<'_>,
    expression: &str,
    names: BTreeMap<&str, Value>,
) -> Result<Value, minijinja::Error> {
    let source = Rewritten::new(&format!("{{{{ {expression} }}}}")).text;
    let expression = source
        .trim_start_matches("{{ ")
        .trim_end_matches(" }}")
        .to_owned();
    environment.compile_expression(&expression)?.eval(names)
}

#[test]
fn values_are_compared_and_computed_with_as_in_python() {
    let (recorded, environment, zone): (Json, _, _) = (
        serde_json::from_str(RECORDED).unwrap(),
        environment(),
        Zone::utc(),
    );
    let values: Vec<_> = recorded["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| recorded_value(value, &zone))
        .collect();
    let operators = recorded["operators"].as_array().unwrap();
    let mut wrong = Vec::new();
    for row in recorded["rows"].as_array().unwrap() {
        let place = |place: usize| usize::try_from(row[place].as_u64().unwrap()).unwrap();
        let (left, right) = (place(0), place(1));
        for (operator, expected) in operators.iter().zip(row[2].as_array().unwrap()) {
            let operator = operator.as_str().unwrap();
            let names = BTreeMap::from([("a", values[left].clone()), ("b", values[right].clone())]);
            let found = evaluated(&environment, &format!("a {operator} b"), names);
            let result = recorded_value(expected, &zone);
            let is_right = match &found {
                Ok(found) if expected.is_null() => found.is_undefined(),
                Ok(found) => {
                    found.to_string() == result.to_string() || is_nan(found) && is_nan(&result)
                }
                Err(_) => expected.is_null(),
            };
            if !is_right {
                let found = found.map_or_else(|error| error.to_string(), |found| found.to_string());
                let (a, b) = (&recorded["values"][left], &recorded["values"][right]);
                wrong.push(format!("{a} {operator} {b}: {found}, not {expected}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn is_nan(value: &Value) -> bool {
    f64::try_from(value.clone()).is_ok_and(f64::is_nan)
}

#[test]
fn every_operator_of_a_template_is_rewritten_where_it_may_meet_other_values() {
    for (source, expected) in [
        ("{{ a < b }}", "{{ ((a )|operator.compare(\"<\", b)) }}"),
        ("{{ a == 'x' }}", "{{ a == 'x' }}"),
        (
            "{{ a is none and b != None }}",
            "{{ a is none and b != None }}",
        ),
        ("{{ 1 + 2 * 3 }}", "{{ 1 + 2 * 3 }}"),
        ("{{ loop.index % 2 == 0 }}", "{{ loop.index % 2 == 0 }}"),
        (
            "{{ a + b - c }}",
            "{{ ((a )|operator.compute(\"+\", b ,\"-\", c)) }}",
        ),
        (
            "{{ (a + b) * c }}",
            "{{ (((((a )|operator.compute(\"+\", b))) )|operator.compute(\"*\", c)) }}",
        ),
        ("{{ -a.b|abs }}", "{{ ((a.b)|operator.negate)|abs }}"),
        (
            "{% if a not in b %}x{% endif %}",
            "{% if ((a )|operator.compare(\"not in\",  b)) %}x{% endif %}",
        ),
        (
            "{% if a > 1 and not b <= c %}x{% endif %}",
            "{% if ((a )|operator.compare(\">\", 1)) and not ((b )|operator.compare(\"<=\", c)) %}x{% endif %}",
        ),
        (
            "{% for x in y[:5] if x.n > 1 %}{% endfor %}",
            "{% for x in ((y)|operator.slice(none,5)) if ((x.n )|operator.compare(\">\", 1)) %}{% endfor %}",
        ),
        (
            "{{ a[1:b + 1:2].c }}",
            "{{ ((a)|operator.slice(1,((b )|operator.compute(\"+\", 1)),2)).c }}",
        ),
        (
            "{{ a[:] }}{{ a[::2] }}",
            "{{ ((a)|operator.slice(none,none)) }}{{ ((a)|operator.slice(none,none,2)) }}",
        ),
        (
            "{% set x = a < b, c %}",
            "{% set x = ((a )|operator.compare(\"<\", b)), c %}",
        ),
        (
            "{% with x = a < b, y = 1 %}{% endwith %}",
            "{% with x = ((a )|operator.compare(\"<\", b)), y = 1 %}{% endwith %}",
        ),
        (
            "{{ f(x < y, k=a + b, *c) }}",
            "{{ f(((x )|operator.compare(\"<\", y)), k=((a )|operator.compute(\"+\", b)), *c) }}",
        ),
        (
            "{{ [a < b, {'k': c > d}] }}",
            "{{ [((a )|operator.compare(\"<\", b)), {'k': ((c )|operator.compare(\">\", d))}] }}",
        ),
        (
            "{{ a < b < c }}",
            "{{ ((a )|operator.compare(\"<\", b ,\"<\", c)) }}",
        ),
        (
            "{{ x if a < b else y }}",
            "{{ x if ((a )|operator.compare(\"<\", b)) else y }}",
        ),
        (
            "{% call(u) m(a < b) %}{% endcall %}",
            "{% call(u) m(((a )|operator.compare(\"<\", b))) %}{% endcall %}",
        ),
        (
            "{{ a ~ b + c }}",
            "{{ ((a ~ b )|operator.compute(\"+\", c)) }}",
        ),
        (
            "{% filter upper %}<b>{% endfilter %}",
            "{% filter upper|safe %}<b>{% endfilter %}",
        ),
        ("{{ a < }}", "{{ a < }}"),
        (
            "{# a < b #}{% raw %}{{ a < b }}{% endraw %}",
            "{# a < b #}{% raw %}{{ a < b }}{% endraw %}",
        ),
        ("plain < text", "plain < text"),
    ] {
        let rewritten = Rewritten::new(source);
        assert_eq!(rewritten.text, expected, "{source}");
    }
    let deep = format!(
        "{{{{ {}a < b{} }}}}",
        "(".repeat(100_000),
        ")".repeat(100_000)
    );
    assert_eq!(Rewritten::new(&deep).text, deep);
    let signs = format!("{{{{ {}a }}}}", "-".repeat(100_000));
    assert_eq!(Rewritten::new(&signs).text, signs);
    let nots = format!("{{{{ {}a }}}}", "not ".repeat(100_000));
    assert_eq!(Rewritten::new(&nots).text, nots);
}

#[test]
fn places_in_what_was_rewritten_are_found_in_what_was_written() {
    let source = "{{ one < two }}\n{{ three.x + four|nothing }}";
    let rewritten = Rewritten::new(source);
    for name in ["one", "two", "three", "four", "nothing"] {
        let place = rewritten.text.find(name).unwrap();
        assert_eq!(
            rewritten.place_in_source(place),
            source.find(name).unwrap(),
            "{name}"
        );
    }
    let operator = rewritten.text.find("|operator.compare").unwrap();
    assert_eq!(
        rewritten.place_in_source(operator),
        source.find('<').unwrap()
    );
    assert_eq!(
        rewritten.place_in_source(rewritten.text.len()),
        source.len()
    );
}

#[test]
fn what_cannot_be_compared_says_what_to_write() {
    let environment = environment();
    let zone = Zone::utc();
    let value = |text: &str| recorded_value(&serde_json::from_str(text).unwrap(), &zone);
    for (expression, left, right, expected) in [
        (
            "a < b",
            r#""7""#,
            "5",
            "text and a number cannot be compared by `<`: write `|int` or `|float` behind the text",
        ),
        (
            "a >= b",
            r#"{"moment": "2026-01-01T00:00:00+00:00"}"#,
            r#"{"day": "2026-01-01"}"#,
            "a moment and a day cannot be compared by `>=`: write `.date()` behind the moment",
        ),
        (
            "a * b",
            r#"{"decimal": "1.5"}"#,
            r#"{"float": "1.5"}"#,
            "a decimal number and a number do not go together with `*`: write `|float` behind the decimal number",
        ),
        ("a / b", r#"{"decimal": "1.5"}"#, "0", "division by zero"),
        (
            "a + b",
            r#"{"day": "9999-12-31"}"#,
            r#"{"duration": 86400000000}"#,
            "the result is beyond all days that there are",
        ),
    ] {
        let names = BTreeMap::from([("a", value(left)), ("b", value(right))]);
        let error = evaluated(&environment, expression, names).unwrap_err();
        assert_eq!(error.detail(), Some(expected), "{expression}");
    }
    let names = BTreeMap::from([(
        "prices",
        value(r#"[{"decimal": "1.50"}, {"decimal": "2.25"}, 1]"#),
    )]);
    for (expression, expected) in [
        ("prices|sum", "4.75"),
        ("prices|select('gt', 2)|list|length", "1"),
        ("prices|select('in', [1.5, 1])|list|length", "2"),
        ("(-prices[0])|abs", "1.50"),
        ("prices[0] in prices", "True"),
        ("prices[1:]|length", "2"),
        ("prices[::-1]|first", "1"),
        ("missing > 1", "False"),
        ("missing[:2]", "[]"),
    ] {
        let found = evaluated(&environment, expression, names.clone()).unwrap();
        assert_eq!(found.to_string(), expected, "{expression}");
    }
    assert!(equals(&Value::from(1), &Value::from(true)));
}
