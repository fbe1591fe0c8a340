//! The keys `cache`, `never_cache`, `vary` and `cache_control` of an entry in `urls.toml`.

use std::time::Duration;

use crate::diagnostic::Finding;
use crate::document::{Item, Problems, TableReader, Value};
use crate::http::CacheDirective;
use crate::page_cache::{CachingRule, PageCaching};
use crate::settings::page_key_prefix_mistake;
use crate::text;

/// The longest time that a page is kept, as that of a cache's settings.
const LONGEST: i64 = 3_153_600_000;

/// Headers that pages are often made from: what is nearly one of them was meant to be one.
const COMMON_HEADERS: [&str; 11] = [
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cookie",
    "Host",
    "Origin",
    "Referer",
    "Save-Data",
    "User-Agent",
    "X-Requested-With",
];

/// What stands behind a directive of `Cache-Control`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum DirectiveKind {
    Flag,
    Seconds,
    /// Nothing, or names of header fields.
    FlagOrFields,
}

/// The directives of responses (RFC 9111, 5.2.2; RFC 5861; RFC 8246).
const DIRECTIVES: [(&str, DirectiveKind); 13] = [
    ("max_age", DirectiveKind::Seconds),
    ("s_maxage", DirectiveKind::Seconds),
    ("stale_while_revalidate", DirectiveKind::Seconds),
    ("stale_if_error", DirectiveKind::Seconds),
    ("public", DirectiveKind::Flag),
    ("private", DirectiveKind::FlagOrFields),
    ("no_cache", DirectiveKind::FlagOrFields),
    ("no_store", DirectiveKind::Flag),
    ("no_transform", DirectiveKind::Flag),
    ("must_revalidate", DirectiveKind::Flag),
    ("must_understand", DirectiveKind::Flag),
    ("proxy_revalidate", DirectiveKind::Flag),
    ("immutable", DirectiveKind::Flag),
];

impl CachingRule {
    /// The rule of the entry that `fields` read, over that of the entries that include it; a cache is one of `aliases`.
    ///
    /// What is wrong is reported.
    #[must_use]
    pub fn read(fields: &TableReader<'_>, inherited: &Self, aliases: &[String]) -> Self {
        let mut rule = inherited.clone();
        let problems = fields.problems();
        let cache = fields.item("cache").and_then(|item| {
            let caching = caching(item, problems, aliases)?;
            Some((item, caching))
        });
        let never = fields.optional::<bool>("never_cache");
        if let Some((item, caching)) = &cache {
            if never == Some(true) {
                let message = "`cache` keeps the page and `never_cache` forbids that";
                problems.push(item.error("contradiction", message));
            }
            rule.cache = Some(caching.clone());
            rule.never_cache = false;
        }
        if let Some(never) = never {
            rule.never_cache = never;
            rule.cache = rule.cache.filter(|_| !never);
        }
        if let Some(item) = fields.item("vary") {
            let names = item.listed().iter();
            rule.vary
                .extend(names.filter_map(|item| header_name(item, problems)));
        }
        if let Some(table) = fields.table("cache_control") {
            rule.cache_control = directives(&table);
            table.finish();
        }
        if let Some(finding) = cache.and_then(|(item, _)| useless(item, &rule)) {
            problems.push(finding);
        }
        rule
    }
}

/// `cache = 300`, or a table with more.
fn caching(item: &Item, problems: &Problems, aliases: &[String]) -> Option<PageCaching> {
    let Some(table) = item.as_table() else {
        return seconds(item, "cache", problems).map(|timeout| PageCaching {
            timeout: Some(timeout),
            ..PageCaching::default()
        });
    };
    let fields = table.reader(problems);
    let timeout = match fields.item("seconds") {
        Some(item) => seconds(item, "seconds", problems),
        None => fields.required::<i64>("seconds").and(None),
    };
    let alias = fields
        .item("alias")
        .and_then(|item| alias(item, problems, aliases));
    let key_prefix = fields
        .item("key_prefix")
        .and_then(|item| key_prefix(item, problems));
    fields.finish();
    timeout.map(|timeout| PageCaching {
        timeout: Some(timeout),
        alias,
        key_prefix,
    })
}

fn seconds(item: &Item, key: &str, problems: &Problems) -> Option<Duration> {
    let found = match item.value {
        Value::Integer(number) if (1..=LONGEST).contains(&number) => u64::try_from(number).ok(),
        _ => None,
    };
    if found.is_none() {
        let message = format!("`{key}` must be a whole number of seconds from 1 to {LONGEST}");
        let finding = item.error("wrong-type", message);
        problems.push(match item.value {
            Value::Integer(0) => {
                finding.hint("`never_cache = true` keeps a page out of all caches")
            }
            _ => finding,
        });
    }
    found.map(Duration::from_secs)
}

fn alias(item: &Item, problems: &Problems, aliases: &[String]) -> Option<String> {
    let name = text_of(item, "alias", problems)?;
    if !aliases.contains(&name) {
        let finding = item.error("unknown-cache", format!("`[caches]` has no `{name}`"));
        let known = || aliases.iter().map(String::as_str);
        let hint = format!("the caches are {}", text::quoted(known()));
        problems.push(finding.suggest_or(&name, known(), hint));
        return None;
    }
    Some(name)
}

fn key_prefix(item: &Item, problems: &Problems) -> Option<String> {
    let prefix = text_of(item, "key_prefix", problems)?;
    if let Some(mistake) = page_key_prefix_mistake(&prefix) {
        problems.push(item.error("bad-key", mistake));
        return None;
    }
    Some(prefix)
}

fn text_of(item: &Item, key: &str, problems: &Problems) -> Option<String> {
    let text = item.as_str().map(ToOwned::to_owned);
    if text.is_none() {
        let message = format!("`{key}` must be a string, not {}", item.value.type_name());
        problems.push(item.error("wrong-type", message));
    }
    text
}

fn header_name(item: &Item, problems: &Problems) -> Option<String> {
    let name = text_of(item, "vary", problems)?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        let message = format!("`{name}` is not the name of a header");
        problems.push(item.error("bad-header", message));
        return None;
    }
    let is_common = COMMON_HEADERS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(&name));
    if let (false, Some(hint)) = (is_common, text::did_you_mean(&name, COMMON_HEADERS)) {
        let mut finding = Finding::warning("unknown-header", format!("no browser sends `{name}`"));
        finding = finding.at(item.origin.location()).hint(hint);
        problems.push(finding);
    }
    Some(name)
}

fn directives(table: &TableReader<'_>) -> Vec<CacheDirective> {
    let problems = table.problems();
    let mut found = Vec::new();
    for (key, kind) in DIRECTIVES {
        let Some(item) = table.item(key) else {
            continue;
        };
        let name = key.replace('_', "-");
        match directive(item, kind) {
            Some(value) => found.push(CacheDirective { name, value }),
            None => problems.push(item.error("wrong-type", expectation(key, kind))),
        }
    }
    // They are written in the order of the file.
    let entries = table.source().entries();
    let place = |directive: &CacheDirective| {
        let key = directive.name.replace('-', "_");
        entries.iter().position(|entry| entry.key == key)
    };
    found.sort_by_key(place);
    let has = |name: &str| found.iter().any(|directive| directive.name == name);
    if has("public") && has("private") {
        let message = "`cache_control` is `public` and `private`";
        let item = table.item("private");
        if let Some(item) = item {
            problems.push(item.error("contradiction", message));
        }
    }
    found
}

/// The value of a directive, if it is one of its kind: `Some(None)` is a directive without one.
#[expect(clippy::option_option, reason = "both are meant")]
fn directive(item: &Item, kind: DirectiveKind) -> Option<Option<String>> {
    match (&item.value, kind) {
        (Value::Boolean(true), DirectiveKind::Flag | DirectiveKind::FlagOrFields) => Some(None),
        (Value::Integer(number), DirectiveKind::Seconds) if (0..=LONGEST).contains(number) => {
            Some(Some(number.to_string()))
        }
        (Value::String(names), DirectiveKind::FlagOrFields) if is_field_list(names) => {
            Some(Some(format!("\"{names}\"")))
        }
        _ => None,
    }
}

fn is_field_list(names: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_, ".contains(character);
    !names.trim().is_empty() && names.chars().all(plain)
}

fn expectation(key: &str, kind: DirectiveKind) -> String {
    match kind {
        DirectiveKind::Flag => format!("`{key}` is `true`, or it is left out"),
        DirectiveKind::Seconds => format!("`{key}` must be a whole number of seconds"),
        DirectiveKind::FlagOrFields => {
            format!("`{key}` is `true`, or the names of header fields in a string")
        }
    }
}

/// The warning for a page that is said to be kept and never is.
fn useless(item: &Item, rule: &CachingRule) -> Option<Finding> {
    let is_forbidden = |directive: &&CacheDirective| {
        ["private", "no-cache", "no-store"].contains(&directive.name.as_str())
    };
    let directive = rule.cache_control.iter().find(is_forbidden);
    let name = match directive {
        Some(directive) => directive.name.as_str(),
        None if rule.vary.iter().any(|name| name == "*") => "Vary: *",
        None => return None,
    };
    let message = format!("the page is never kept, as it is sent with `{name}`");
    Some(Finding::warning("useless-cache", message).at(item.origin.location()))
}
