//! What entries of `urls.toml` say of pages and caches.

use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::document::{Document, Problems};
use crate::http::Headers;
use crate::page_cache::{CachingRule, PageCaching};

/// The rule of an entry in an included file, and what is wrong with it.
fn read_over(inherited: &CachingRule, text: &str) -> (CachingRule, Vec<String>) {
    let document = Document::parse(Path::new("urls.toml"), text).unwrap();
    let problems = Problems::default();
    let fields = document.root().reader(&problems);
    let aliases = ["default".to_owned(), "pages".to_owned()];
    let rule = CachingRule::read(&fields, inherited, &aliases);
    fields.finish();
    let findings = problems.into_findings();
    let lines = findings.iter();
    let lines = lines.map(|finding| format!("{finding} {}", finding.hints.join(" ")));
    (rule, lines.collect())
}

fn read(text: &str) -> (CachingRule, Vec<String>) {
    read_over(&CachingRule::default(), text)
}

fn headers_of(text: &str) -> Vec<(String, String)> {
    let (rule, findings) = read(text);
    assert!(findings.is_empty(), "{findings:?}");
    let mut headers = Headers::default();
    rule.apply(&mut headers, SystemTime::UNIX_EPOCH);
    headers
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn a_page_is_kept_for_seconds_in_a_cache() {
    assert_eq!(read("").0, CachingRule::default());
    let kept = |seconds| PageCaching {
        timeout: Some(Duration::from_secs(seconds)),
        ..PageCaching::default()
    };
    assert_eq!(read("cache = 300").0.cache, Some(kept(300)));
    let (rule, findings) = read("cache = { seconds = 5, alias = \"pages\", key_prefix = \"a\" }");
    assert!(findings.is_empty(), "{findings:?}");
    let caching = PageCaching {
        alias: Some("pages".to_owned()),
        key_prefix: Some("a".to_owned()),
        ..kept(5)
    };
    assert_eq!(rule.cache, Some(caching));
}

#[test]
fn headers_are_written_in_the_order_of_the_file() {
    let control = |value: &str| ("Cache-Control".to_owned(), value.to_owned());
    assert_eq!(
        headers_of("cache_control = { public = true, max_age = 60, no_cache = \"Set-Cookie\" }"),
        [control("public, max-age=60, no-cache=\"Set-Cookie\"")]
    );
    assert_eq!(
        headers_of("vary = [\"Cookie\", \"X-Theme\"]"),
        [("Vary".to_owned(), "Cookie, X-Theme".to_owned())]
    );
    assert_eq!(headers_of("vary = \"Cookie\"")[0].1, "Cookie");
    let never = headers_of("never_cache = true");
    assert!(never.contains(&control(
        "max-age=0, no-cache, no-store, must-revalidate, private"
    )));
}

#[test]
fn an_entry_has_the_last_word_over_the_file_that_includes_it() {
    let (outer, _) = read("cache = 60\nvary = [\"Cookie\"]");
    let (inner, _) = read_over(&outer, "vary = [\"X-Theme\"]");
    assert_eq!(inner.cache, outer.cache);
    assert_eq!(inner.vary, ["Cookie", "X-Theme"]);
    let (never, _) = read_over(&outer, "never_cache = true");
    assert!(never.never_cache && never.cache.is_none());
    let (again, _) = read_over(&never, "cache = 5");
    assert!(!again.never_cache && again.cache.is_some());
}

#[test]
fn mistakes_are_told_with_their_place_and_what_was_meant() {
    for (text, expected) in [
        ("cache = \"5\"", "must be a whole number of seconds"),
        ("cache = 0", "never_cache = true"),
        ("cache = true", "must be a whole number of seconds"),
        ("cache = 9999999999", "from 1 to 3153600000"),
        ("cache = { alias = \"pages\" }", "missing key `seconds`"),
        (
            "cache = { seconds = 5, alias = \"page\" }",
            "did you mean `pages`?",
        ),
        ("cache = { second = 5 }", "did you mean `seconds`?"),
        (
            "cache = { seconds = 5, key_prefix = \"a b\" }",
            "has no spaces",
        ),
        (
            "cache = 5\nnever_cache = true",
            "`never_cache` forbids that",
        ),
        (
            "cache = 5\ncache_control = { private = true }",
            "the page is never kept",
        ),
        ("cache = 5\nvary = [\"*\"]", "sent with `Vary: *`"),
        ("never_cache = 1", "must be `true` or `false`"),
        ("vary = [1]", "`vary` must be a string"),
        ("vary = [\"a b\"]", "is not the name of a header"),
        ("vary = [\"\"]", "is not the name of a header"),
        ("vary = [\"Cookies\"]", "did you mean `Cookie`?"),
        ("cache_control = 5", "must be a table"),
        ("cache_control = { maxage = 5 }", "did you mean `max_age`?"),
        (
            "cache_control = { max_age = true }",
            "a whole number of seconds",
        ),
        (
            "cache_control = { max_age = -1 }",
            "a whole number of seconds",
        ),
        ("cache_control = { public = false }", "or it is left out"),
        (
            "cache_control = { no_cache = \"a\\\"b\" }",
            "names of header fields",
        ),
        (
            "cache_control = { public = true, private = true }",
            "`public` and `private`",
        ),
    ] {
        let (_, findings) = read(text);
        let is_told = findings.iter().any(|finding| finding.contains(expected));
        assert!(is_told, "{text}: {findings:?}");
        let has_place = |finding: &String| finding.starts_with("urls.toml:");
        assert!(findings.iter().all(has_place), "{text}: {findings:?}");
    }
}
