//! Who gets a page that was made for another one: nobody who should not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{found, now, pages, request, slot, text};
use crate::http::{Headers, Response, SetCookie};
use crate::page_cache::{PageCaching, PageLookup, PageTurn};

/// A page that differs by these headers.
fn page(body: &str, vary: &str) -> Response {
    let mut response = Response::html(200, body);
    response.headers.set("Vary", vary);
    response
}

#[test]
fn each_cookie_has_a_page_of_its_own() {
    let pages = pages();
    let ada = slot(&pages, &[("Cookie", "sessionid=ada")]);
    assert!(ada.keep(&mut page("for ada", "Cookie"), now()).unwrap());
    assert_eq!(found(&ada).as_deref(), Some("for ada"));
    for other in [
        &[][..],
        &[("Cookie", "")],
        &[("Cookie", "sessionid=eve")],
        &[("Cookie", "-,")],
    ] {
        assert_eq!(found(&slot(&pages, other)), None, "{other:?}");
    }
    let twice = slot(&pages, &[("Cookie", "sessionid=ada"), ("Cookie", "x=1")]);
    assert_eq!(found(&twice), None);
}

#[test]
fn headers_whose_keys_are_alike_do_not_share_a_page() {
    // In Django's keys the values of headers stand together without anything between them.
    let pages = pages();
    let vary = "X-A, X-B";
    let one = slot(&pages, &[("X-A", "ab"), ("X-B", "c")]);
    assert!(one.keep(&mut page("one", vary), now()).unwrap());
    assert_eq!(found(&slot(&pages, &[("X-A", "a"), ("X-B", "bc")])), None);
    let absent = slot(&pages, &[("X-B", "-,")]);
    assert!(absent.keep(&mut page("absent", vary), now()).unwrap());
    assert_eq!(found(&slot(&pages, &[("X-A", "-,")])), None);
    assert_eq!(found(&absent).as_deref(), Some("absent"));
}

#[test]
fn what_a_client_says_of_codings_counts_by_what_follows_from_it() {
    let pages = pages();
    let firefox = slot(&pages, &[("Accept-Encoding", "gzip, deflate, br, zstd")]);
    assert!(
        firefox
            .keep(&mut page("gzip", "Accept-Encoding"), now())
            .unwrap()
    );
    assert_eq!(
        found(&slot(&pages, &[("Accept-Encoding", "gzip")])).as_deref(),
        Some("gzip")
    );
    assert_eq!(
        found(&slot(&pages, &[("Accept-Encoding", "gzip;q=0")])),
        None
    );
    assert_eq!(
        found(&slot(&pages, &[("Accept-Encoding", "deflate")])),
        None
    );
    assert_eq!(found(&slot(&pages, &[])), None);
}

#[test]
fn a_cookie_that_is_set_is_never_handed_to_another_one() {
    let pages = pages();
    let slot = slot(&pages, &[]);
    let mut response = Response::html(200, "page");
    response.set_cookie(SetCookie::new("theme", "dark"));
    assert!(!slot.keep(&mut response, now()).unwrap());
    let mut response = Response::html(200, "page");
    response.headers.append("Set-Cookie", "theme=dark");
    assert!(!slot.keep(&mut response, now()).unwrap());
    // Nor is a cache on the way told to keep it.
    assert_eq!(response.headers.get("Cache-Control"), None);
    assert_eq!(found(&slot), None);
}

#[test]
fn an_address_is_all_of_it() {
    let pages = pages();
    let place = |uri: &str, method: &str| {
        let request = request(method, "/x/", Headers::default());
        let caching = PageCaching::default();
        pages
            .slot(&request, uri.to_owned(), &caching)
            .unwrap()
            .unwrap()
    };
    let kept = place("http://a/x/?p=1", "GET");
    assert!(kept.keep(&mut Response::html(200, "one"), now()).unwrap());
    for other in [
        "https://a/x/?p=1",
        "http://b/x/?p=1",
        "http://a/x/?p=1&q=2",
        "http://a/x/",
        "http://a/X/?p=1",
    ] {
        assert_eq!(found(&place(other, "GET")), None, "{other}");
    }
    // An answer to HEAD may be made of that to GET, but not the reverse.
    assert_eq!(
        found(&place("http://a/x/?p=1", "HEAD")).as_deref(),
        Some("one")
    );
    let head = place("http://a/head/", "HEAD");
    assert!(head.keep(&mut Response::html(200, "HEAD"), now()).unwrap());
    assert_eq!(found(&place("http://a/head/", "GET")), None);
    assert_eq!(found(&head).as_deref(), Some("HEAD"));
}

#[test]
fn values_of_others_under_the_keys_are_no_pages() {
    let pages = pages();
    let slot = slot(&pages, &[]);
    let mut response = Response::html(200, "page");
    response.headers.set("X-Text", "a: b\t\u{e9}");
    assert!(slot.keep(&mut response, now()).unwrap());
    let PageLookup::Found(again) = slot.find(now()).unwrap() else {
        panic!("nothing found");
    };
    assert_eq!(again.headers.get("X-Text"), Some("a: b\t\u{e9}"));
    let cache = pages.caches_for_tests().get("default").unwrap();
    let key = format!(
        "djr.{}",
        slot.keys.of_page(&slot.method, &slot.headers, &[])
    );
    let Some(crate::cache::CacheValue::Bytes(kept)) = cache.get(&key).unwrap() else {
        panic!("no bytes under {key}");
    };
    // A page that was cut, or changed in its middle, is a miss or a page, and nothing else.
    for end in 0..kept.len() {
        let cut = crate::cache::CacheValue::Bytes(kept[..end].to_vec().into());
        cache
            .set(&key, cut, crate::cache::CacheTimeout::Never)
            .unwrap();
        let body = slot.find(now()).unwrap();
        if let PageLookup::Found(page) = body {
            assert!("page".starts_with(&text(&page)), "{end}");
        }
    }
    cache
        .set(&key, "<h1>", crate::cache::CacheTimeout::Never)
        .unwrap();
    assert_eq!(found(&slot), None);
}

#[test]
fn a_site_whose_files_changed_finds_none_of_its_old_pages() {
    let pages = pages().of_this_version();
    let kept = slot(&pages, &[]);
    assert!(kept.keep(&mut Response::html(200, "old"), now()).unwrap());
    assert_eq!(found(&kept).as_deref(), Some("old"));
    assert_eq!(found(&slot(&pages.of_this_version(), &[])), None);
}

#[test]
fn of_many_requests_one_makes_the_page() {
    let pages = Arc::new(pages());
    let made = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let (pages, made) = (Arc::clone(&pages), Arc::clone(&made));
            thread::spawn(move || {
                let slot = slot(&pages, &[]);
                let PageLookup::Missing(key) = slot.find(now()).unwrap() else {
                    return;
                };
                let turn = pages.turn(&slot, &key);
                if found(&slot).is_some() {
                    return;
                }
                made.fetch_add(1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(100));
                slot.keep(&mut Response::html(200, "page"), now()).unwrap();
                drop(turn);
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

#[test]
fn nobody_waits_for_a_page_that_is_not_for_others() {
    let pages = Arc::new(pages());
    let place = slot(&pages, &[]);
    let own = pages.turn(&place, "key");
    assert!(matches!(own, PageTurn::Own(..)));
    pages.not_kept("key".to_owned());
    let other = Arc::clone(&pages);
    let waited = thread::spawn(move || {
        let begun = Instant::now();
        let turn = other.turn(&slot(&other, &[]), "key");
        assert!(matches!(turn, PageTurn::Everybody));
        begun.elapsed()
    });
    assert!(waited.join().unwrap() < Duration::from_secs(1));
    drop(own);
}

#[test]
fn one_that_fails_holds_nobody_up() {
    let pages = Arc::new(pages());
    let failing = Arc::clone(&pages);
    let failed = thread::spawn(move || {
        let place = slot(&failing, &[]);
        let _turn = failing.turn(&place, "key");
        panic!("a view that panics");
    });
    assert!(failed.join().is_err());
    let begun = Instant::now();
    assert!(matches!(
        pages.turn(&slot(&pages, &[]), "key"),
        PageTurn::Own(..)
    ));
    assert!(begun.elapsed() < Duration::from_secs(1));
}
