//! Parts of pages that are kept.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use serde_json::Value as Json;

use super::FragmentCache;
use super::fragment_cache::fragment_key;
use crate::apps::Apps;
use crate::cache::{CachePlaces, CacheTimeout, CacheValue, Caches};
use crate::clock::Zone;
use crate::db::Connections;
use crate::settings::Settings;
use crate::templates::value::{Object, ObjectRepr, Value};
use crate::templates::{Context, TemplateFunctions, TemplateSources, Templates};

/// Caches in memory called `default` and `pages`.
pub(in crate::templates) fn caches() -> Arc<Caches> {
    let settings = Settings::parse("[project]\nname = \"x\"\n[caches.pages]\nlocation = \"pages\"");
    let places = CachePlaces {
        root: PathBuf::new(),
        connections: Connections::new([].into()),
    };
    Arc::new(Caches::new(&settings.unwrap().caches, places))
}

/// Parts of pages in caches of their own.
pub(in crate::templates) fn fragments() -> FragmentCache {
    FragmentCache::new(caches(), |_| ())
}

fn templates(caches: &Arc<Caches>, source: &str) -> Templates {
    let functions = TemplateFunctions {
        url: Box::new(|name, _, _| Ok(format!("/{name}/"))),
        static_url: Arc::new(|path| format!("/static/{path}")),
        static_prefix: "/static/".to_owned(),
        media_prefix: "/media/".to_owned(),
        fragments: FragmentCache::new(Arc::clone(caches), |error| panic!("{error}")),
    };
    let sources = TemplateSources::new(Vec::new(), &Apps::default());
    let mut templates = Templates::new(sources, &Zone::utc(), functions);
    templates.add("page.html", source).unwrap();
    templates
}

/// A recorded value.
fn value(recorded: &Json) -> Value {
    match recorded {
        Json::String(text) => Value::from(text.as_str()),
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => number
            .as_i64()
            .map_or_else(|| Value::from(number.as_f64()), Value::from),
        _ => Value::from(()),
    }
}

/// What `source` writes for a value `text`.
fn render(caches: &Arc<Caches>, source: &str, text: &str) -> String {
    let context = Context::default().with("text", text).with("empty", ());
    let rendered = templates(caches, source).render("page.html", context);
    rendered.unwrap().0
}

fn wrong(source: &str) -> String {
    let templates = templates(&caches(), source);
    let error = templates.render("page.html", Context::default());
    error.unwrap_err().to_string()
}

#[test]
fn keys_are_those_of_django() {
    let text = include_str!("../../../tests/vectors/cache.json");
    let vectors: Json = serde_json::from_str(text).unwrap();
    let cases = vectors["fragment_keys"].as_array().unwrap();
    assert_eq!(cases.len(), 10);
    for case in cases {
        let vary: Vec<_> = case["vary"].as_array().into_iter().flatten().collect();
        let vary: Vec<_> = vary.into_iter().map(value).collect();
        let key = fragment_key(case["name"].as_str().unwrap(), &vary);
        assert_eq!(key, case["key"].as_str().unwrap());
    }
}

#[test]
fn a_part_is_made_once_for_each_value_that_it_varies_on() {
    let caches = caches();
    let page = r#"{% call cache(500, "part", text[0]) %}<b>{{ text }}</b>{% endcall %}"#;
    assert_eq!(render(&caches, page, "a<1>"), "<b>a&lt;1&gt;</b>");
    assert_eq!(render(&caches, page, "a<2>"), "<b>a&lt;1&gt;</b>");
    assert_eq!(render(&caches, page, "b"), "<b>b</b>");
    // As Django keeps it: text, under its key, which another page finds too.
    let cache = caches.get("default").unwrap();
    let kept = cache
        .get(&fragment_key("part", &[Value::from("a")]))
        .unwrap();
    assert_eq!(kept, Some(CacheValue::from("<b>a&lt;1&gt;</b>")));
    let other = r#"({% call cache(1, "part", "b") %}new{% endcall %})"#;
    assert_eq!(render(&caches, other, ""), "(<b>b</b>)");
}

#[test]
fn a_part_is_in_the_cache_that_it_names_and_for_as_long_as_it_says() {
    let caches = caches();
    let page = |call: &str| format!("{{% call cache({call}) %}}{{{{ text }}}}{{% endcall %}}");
    for (call, is_kept) in [
        ("500, \"a\", using=\"pages\"", true),
        ("none, \"b\"", true),
        ("\"60\", \"c\"", true),
        ("1.5, \"d\"", true),
        ("true, \"e\"", true),
        ("0, \"f\"", false),
        ("-5, \"g\"", false),
        ("\"0\", \"h\"", false),
        ("1e300, \"i\"", true),
    ] {
        assert_eq!(render(&caches, &page(call), "one"), "one", "{call}");
        let second = render(&caches, &page(call), "two");
        assert_eq!(second == "one", is_kept, "{call}");
    }
    let key = fragment_key("a", &[]);
    assert!(caches.get("pages").unwrap().has_key(&key).unwrap());
    assert!(!caches.get("default").unwrap().has_key(&key).unwrap());
}

#[test]
fn a_page_without_a_part_that_can_be_kept_says_what_is_missing() {
    for (page, expected) in [
        ("{{ cache(5, 'a') }}", "`cache` needs a block"),
        ("{% call cache(5) %}x{% endcall %}", "seconds and a name"),
        ("{% call cache('soon', 'a') %}x{% endcall %}", "not `soon`"),
        (
            "{% call cache(nothing, 'a') %}x{% endcall %}",
            "a number of seconds",
        ),
        (
            "{% call cache([], 'a') %}x{% endcall %}",
            "a number of seconds",
        ),
        (
            "{% call cache(5, 'a', using='fast') %}x{% endcall %}",
            "`[caches]` has no `fast`",
        ),
        ("{% call cache(5, 'a', for='x') %}x{% endcall %}", "for"),
        ("{% call cache(5, 'a') %}{{ [] + 1 }}{% endcall %}", "+"),
    ] {
        let told = wrong(page);
        assert!(told.contains(expected), "{page}: {told}");
    }
}

#[test]
fn what_another_program_keeps_under_the_key_is_not_shown() {
    let caches = caches();
    let cache = caches.get("default").unwrap();
    let page = r#"{% call cache(500, "part") %}{{ text }}{% endcall %}"#;
    cache
        .set(&fragment_key("part", &[]), 5, CacheTimeout::Never)
        .unwrap();
    assert_eq!(render(&caches, page, "one"), "one");
    assert_eq!(
        cache.get(&fragment_key("part", &[])).unwrap(),
        Some(CacheValue::Int(5))
    );
}

#[test]
fn parts_within_parts_are_kept_each_by_itself() {
    let caches = caches();
    let page = r#"{% call cache(500, "outer", text) %}[{{ text }}{% call cache(500, "inner") %}{{ text }}{% endcall %}]{% endcall %}"#;
    assert_eq!(render(&caches, page, "a"), "[aa]");
    assert_eq!(render(&caches, page, "b"), "[ba]");
}

#[test]
fn many_pages_at_once_make_a_part_once() {
    let caches = caches();
    let made = Arc::new(AtomicUsize::new(0));
    let barrier = Arc::new(Barrier::new(6));
    let threads: Vec<_> = (0..6)
        .map(|_| {
            let (caches, made, barrier) =
                (Arc::clone(&caches), Arc::clone(&made), Arc::clone(&barrier));
            thread::spawn(move || {
                let page = r#"{% call cache(500, "part") %}{{ slow }}{% endcall %}"#;
                let templates = templates(&caches, page);
                let mut context = Context::default();
                context.set("slow", Value::from_object(Slow(made)));
                barrier.wait();
                templates.render("page.html", context).unwrap().0
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), "slow");
    }
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

/// A value that takes long to be shown.
#[derive(Debug)]
struct Slow(Arc<AtomicUsize>);

impl Object for Slow {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fetch_add(1, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(100));
        f.write_str("slow")
    }
}
