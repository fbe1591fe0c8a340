//! What every backend that keeps values does, whatever it keeps them in.

use std::time::Duration;

use crate::cache::{
    Cache, CacheEntry, CacheError, CacheTimeout, CacheValue, EntryVersion, Replacement,
};
use crate::http::SharedBytes;

const NOW: CacheTimeout = CacheTimeout::After(Duration::ZERO);

/// Fails where `cache`, which is empty, does not do as Django's.
pub(super) fn check(cache: &Cache) {
    keeps_every_kind_of_value(cache);
    keeps_values_until_they_end(cache);
    adds_and_deletes(cache);
    counts(cache);
    replaces_only_the_version_that_was_read(cache);
    loses_no_change_of_many_threads(cache);
    reads_many_at_once(cache);
    keeps_keys_of_any_letters(cache);
    adds_once_among_many_threads(cache);
    is_cleared(cache);
}

fn values() -> Vec<CacheValue> {
    let text = |text: &str| CacheValue::from(text);
    let list = CacheValue::List(vec![1.into(), text("b"), CacheValue::None]);
    vec![
        CacheValue::None,
        true.into(),
        false.into(),
        0.into(),
        (-1).into(),
        i64::MAX.into(),
        i64::MIN.into(),
        CacheValue::BigInt("1180591620717411303424".to_owned()),
        CacheValue::BigInt("-99999999999999999999999999".to_owned()),
        CacheValue::Float(1.5),
        CacheValue::Float(-1e300),
        text(""),
        text("Ünï😀\0\r\n"),
        text("12"),
        CacheValue::Bytes(SharedBytes::default()),
        CacheValue::Bytes((0..=255).collect()),
        text(&"x".repeat(100_000)),
        CacheValue::List(vec![]),
        list.clone(),
        CacheValue::Tuple(vec![list.clone(), 2.into()]),
        CacheValue::Dict(vec![
            (1.into(), list.clone()),
            (text("a"), CacheValue::None),
        ]),
        CacheValue::Set(vec![1.into(), 2.into()]),
        CacheValue::FrozenSet(vec![text("a"), CacheValue::Tuple(vec![1.into()])]),
    ]
}

fn keeps_every_kind_of_value(cache: &Cache) {
    for (index, value) in values().into_iter().enumerate() {
        let key = format!("value{index}");
        cache
            .set(&key, value.clone(), CacheTimeout::Default)
            .unwrap();
        assert_eq!(cache.entry(&key).unwrap(), CacheEntry::Found(value));
        assert!(cache.has_key(&key).unwrap());
    }
    let unhashable = CacheValue::Set(vec![CacheValue::List(vec![])]);
    if cache
        .set("unhashable", unhashable, CacheTimeout::Default)
        .is_ok()
    {
        // Memory does not pickle.
        cache.delete("unhashable").unwrap();
    }
}

fn keeps_values_until_they_end(cache: &Cache) {
    cache.set("k", "x", NOW).unwrap();
    assert_eq!(cache.get("k").unwrap(), None);
    assert!(!cache.touch("k", CacheTimeout::Never).unwrap());
    for timeout in [
        CacheTimeout::Never,
        CacheTimeout::After(Duration::from_hours(24 * 60)),
    ] {
        cache.set("k", "x", timeout).unwrap();
        assert_eq!(cache.get("k").unwrap(), Some("x".into()));
    }
    assert!(
        cache
            .touch("k", CacheTimeout::After(Duration::from_mins(1)))
            .unwrap()
    );
    assert!(cache.touch("k", CacheTimeout::Never).unwrap());
    assert_eq!(cache.get("k").unwrap(), Some("x".into()));
    assert!(cache.touch("k", NOW).unwrap());
    assert!(!cache.has_key("k").unwrap());
}

fn adds_and_deletes(cache: &Cache) {
    assert!(cache.add("a", 1, CacheTimeout::Never).unwrap());
    assert!(!cache.add("a", 2, CacheTimeout::Never).unwrap());
    assert_eq!(cache.get("a").unwrap(), Some(1.into()));
    cache.set("a", "over", CacheTimeout::Never).unwrap();
    assert_eq!(cache.get("a").unwrap(), Some("over".into()));
    assert!(cache.replace("a", 3, CacheTimeout::Never).unwrap());
    assert_eq!(cache.get("a").unwrap(), Some(3.into()));
    assert!(cache.delete("a").unwrap());
    assert!(!cache.delete("a").unwrap());
    assert!(!cache.replace("a", 4, CacheTimeout::Never).unwrap());
    assert_eq!(cache.get("a").unwrap(), None);
    cache.set("a", 5, CacheTimeout::Never).unwrap();
    assert!(cache.replace("a", 6, NOW).unwrap());
    assert!(!cache.has_key("a").unwrap());
    assert!(!cache.replace("a", 7, CacheTimeout::Never).unwrap());
    assert!(cache.add("a", 2, CacheTimeout::Default).unwrap());
    cache.delete_many(["a", "nothing"]).unwrap();
    assert!(!cache.has_key("a").unwrap());
}

fn counts(cache: &Cache) {
    let missing = cache.incr("n", 1).unwrap_err();
    assert!(matches!(missing, CacheError::KeyNotFound(_)), "{missing:?}");
    cache.set("n", 5, CacheTimeout::Never).unwrap();
    assert_eq!(cache.incr("n", 6).unwrap(), 11);
    assert_eq!(cache.decr("n", 9).unwrap(), 2);
    assert_eq!(cache.get("n").unwrap(), Some(2.into()));
    for value in [
        CacheValue::from("x"),
        CacheValue::Float(1.0),
        CacheValue::List(vec![]),
    ] {
        cache.set("n", value, CacheTimeout::Never).unwrap();
        let error = cache.incr("n", 1).unwrap_err();
        assert!(matches!(error, CacheError::NotAnInteger(_)), "{error:?}");
    }
}

/// Where the backend tells versions, which all but those of one's own do.
fn replaces_only_the_version_that_was_read(cache: &Cache) {
    let replace = |version: &EntryVersion, value: i64, timeout| {
        cache.replace_version("v", version, value, timeout).unwrap()
    };
    assert_eq!(cache.versioned("v").unwrap().entry, CacheEntry::Missing);
    let never = CacheTimeout::Never;
    cache.set("v", 1, never).unwrap();
    let first = cache.versioned("v").unwrap();
    assert_eq!(first.entry, CacheEntry::Found(1.into()));
    if first.version == EntryVersion::Unknown {
        return;
    }
    assert_eq!(replace(&first.version, 2, never), Replacement::Done);
    let Replacement::Changed(second) = replace(&first.version, 3, never) else {
        panic!("{:?}", cache.versioned("v"));
    };
    assert_eq!(second.entry, CacheEntry::Found(2.into()));
    assert_eq!(replace(&second.version, 4, never), Replacement::Done);
    let third = cache.versioned("v").unwrap();
    cache.delete("v").unwrap();
    assert_eq!(replace(&third.version, 5, never), Replacement::Missing);
    assert_eq!(cache.get("v").unwrap(), None);
    cache.set("v", 6, never).unwrap();
    let last = cache.versioned("v").unwrap();
    assert_eq!(replace(&last.version, 7, NOW), Replacement::Done);
    assert!(!cache.has_key("v").unwrap());
    assert_eq!(replace(&last.version, 8, never), Replacement::Missing);
}

fn loses_no_change_of_many_threads(cache: &Cache) {
    cache.set("sum", 0, CacheTimeout::Never).unwrap();
    if cache.versioned("sum").unwrap().version == EntryVersion::Unknown {
        return;
    }
    let add_one = || {
        let mut found = cache.versioned("sum").unwrap();
        loop {
            let sum = found.entry.into_value().unwrap().as_integer().unwrap() + 1;
            let timeout = CacheTimeout::After(Duration::from_mins(1));
            match cache.replace_version("sum", &found.version, sum, timeout) {
                Ok(Replacement::Changed(newer)) => found = newer,
                outcome => break assert_eq!(outcome.unwrap(), Replacement::Done),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..10).for_each(|_| add_one()));
        }
    });
    assert_eq!(cache.get("sum").unwrap(), Some(40.into()));
}

fn reads_many_at_once(cache: &Cache) {
    let pairs = [
        ("m1", 1.into()),
        ("m2", CacheValue::None),
        ("m3", "x".into()),
    ];
    cache
        .set_many(pairs.clone(), CacheTimeout::Default)
        .unwrap();
    assert_eq!(
        cache.get_many(&["m1", "nothing", "m2", "m3"]).unwrap(),
        pairs
    );
    assert_eq!(cache.get_many(&[]).unwrap(), []);
}

fn keeps_keys_of_any_letters(cache: &Cache) {
    let long = "k".repeat(240);
    for (number, key) in (0..).zip(["ключ", "日本", "a:b/c%d'\"", &long]) {
        cache.set(key, number, CacheTimeout::Default).unwrap();
        assert_eq!(cache.get(key).unwrap(), Some(number.into()), "{key}");
        assert!(cache.delete(key).unwrap());
    }
}

fn adds_once_among_many_threads(cache: &Cache) {
    let added: usize = std::thread::scope(|scope| {
        let work = || {
            let added = cache.add("count", 0, CacheTimeout::Never).unwrap();
            for _ in 0..25 {
                cache.incr("count", 1).unwrap();
            }
            usize::from(added)
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    });
    assert_eq!(added, 1);
    assert_eq!(cache.get("count").unwrap(), Some(100.into()));
}

fn is_cleared(cache: &Cache) {
    cache.set("k", 1, CacheTimeout::Never).unwrap();
    let entries = cache.entries().unwrap();
    assert!(entries.is_none_or(|entries| entries > 20), "{entries:?}");
    cache.clear().unwrap();
    assert!(!cache.has_key("k").unwrap());
    assert_eq!(cache.get("value0").unwrap(), None);
}
