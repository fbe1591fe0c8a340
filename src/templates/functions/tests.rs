//! Each tag of Django writes in Jinja's form what Django writes: the recording of `tests/parity/record_filters.py`.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};
use minijinja::{Error, State};
use serde_json::Value as Json;

use crate::clock::Zone;
use crate::http::QueryDict;
use crate::templates::functions::fragment_tests::fragments;
use crate::templates::recorded_value::recorded_value;
use crate::templates::value::{map, unknown_method};
use crate::templates::{Context, TemplateFunctions, TemplateSources, Templates};

/// The query of a request, as pages know it.
#[derive(Debug)]
struct Query(QueryDict);

impl Object for Query {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_str()?).map(Value::from)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.iter().map(|(name, _)| Value::from(name)).collect())
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        match (method, args) {
            ("getlist", [name]) => Ok(self
                .0
                .get_all(name.as_str().unwrap())
                .map(Value::from)
                .collect()),
            _ => Err(unknown_method("request.GET", method)),
        }
    }
}

fn templates() -> Templates {
    let functions = TemplateFunctions {
        url: Box::new(|name, _, _| Ok(format!("/{name}/"))),
        static_url: Arc::new(|path| format!("/static/{path}")),
        static_prefix: "/static/".to_owned(),
        media_prefix: "/media/".to_owned(),
        fragments: fragments(),
    };
    let sources = TemplateSources::new(Vec::new(), &crate::apps::Apps::default());
    Templates::new(sources, &Zone::utc(), functions)
}

fn render(source: &str, context: Context) -> String {
    let mut templates = templates();
    templates.add("page.html", source).unwrap();
    templates.render("page.html", context).unwrap().0
}

#[test]
fn every_tag_writes_what_django_writes() {
    let golden = include_str!("../../../tests/parity/golden/filters.json");
    let golden: Json = serde_json::from_str(golden).unwrap();
    let mut wrong = Vec::new();
    for row in golden["tags"].as_array().unwrap() {
        let mut context = Context::default();
        let query = QueryDict::parse(row["query"].as_str().unwrap(), 100).unwrap();
        context.set("request", map([("GET", Value::from_object(Query(query)))]));
        for (name, value) in row["values"].as_object().unwrap() {
            context.set(name.as_str(), recorded_value(value, &Zone::utc()));
        }
        let written = render(row["jinja"].as_str().unwrap(), context);
        if written != row["output"] {
            wrong.push(format!("{row}\n    djr: {written}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn random_text_has_as_many_words_as_were_asked_for() {
    let write = |call: &str| render(&format!("{{{{ {call} }}}}"), Context::default());
    assert_eq!(write("lorem(40, 'w')").split(' ').count(), 40);
    assert_eq!(write("lorem(3)").split("\n\n").count(), 3);
    assert!(!write("lorem(1, 'w', random=true)").is_empty());
    assert_eq!(write("lorem(1000000, 'w')").split(' ').count(), 10_000);
}
