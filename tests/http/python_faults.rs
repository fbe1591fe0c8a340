//! What goes wrong in Python: it costs the request, and neither the worker nor the server.

use std::time::{Duration, Instant};

use crate::page_cache::get;
use crate::support::{Project, Server};

const URLS: &str = r#"
[[urls]]
path = "fine/"
view = "shop.views.fine"
[[urls]]
path = "loop/"
view = "shop.views.endless"
[[urls]]
path = "stubborn/"
view = "shop.views.stubborn"
[[urls]]
path = "recursion/"
view = "shop.views.recursion"
[[urls]]
path = "native/"
view = "shop.views.native"
[[urls]]
path = "zero/"
view = "shop.views.zero"
[[urls]]
path = "page/"
view = "shop.views.page"
"#;

const VIEWS: &str = r#"
import re

from django.http import HttpResponse
from django.shortcuts import render

from . import deep


def fine(request):
    return HttpResponse("fine")


def endless(request):
    while True:
        pass


def stubborn(request):
    while True:
        try:
            while True:
                pass
        except Exception:
            pass


def recursion(request):
    return recursion(request)


def native(request):
    return HttpResponse(str(re.match("(a+)+$", "a" * 64 + "b")))


def zero(request):
    return HttpResponse(deep.share(1, 0))


def page(request):
    return render(request, "shop/page.html", {"deep": deep})
"#;

const DEEP: &str = "def share(of, among):\n    return of / among\n";

/// A site whose views do what a view should not.
fn site() -> Project {
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"shop\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]",
        )
        .setting("[server]\nworkers = 1\nview_timeout = 1")
        .file("urls.toml", URLS)
        .file("shop/views.py", VIEWS)
        .file("shop/deep.py", DEEP)
        .file(
            "shop/templates/shop/page.html",
            "<p>\n{{ deep.share(1, 0) }}\n</p>\n",
        )
}

/// The status of `path`, and how long it took.
fn timed(server: &Server, path: &str) -> (u16, Duration) {
    let started = Instant::now();
    (get(server, path).status, started.elapsed())
}

#[test]
fn an_endless_view_ends_when_its_time_is_over() {
    let project = site();
    let server = project.serve();
    for path in ["/loop/", "/stubborn/", "/recursion/", "/loop/"] {
        let (status, took) = timed(&server, path);
        assert_eq!(status, 500, "{path}");
        assert!(took < Duration::from_secs(4), "{path}: {took:?}");
        assert_eq!(get(&server, "/fine/").text(), "fine", "after {path}");
    }
}

#[test]
fn a_worker_whose_native_call_does_not_return_is_replaced() {
    let project = site();
    let server = project.serve();
    let (status, took) = timed(&server, "/native/");
    assert_eq!(status, 503);
    assert!(took < Duration::from_secs(12), "{took:?}");
    assert_eq!(get(&server, "/fine/").text(), "fine");
    server.line_with("a view does not return at /native/");
}

#[test]
fn the_page_of_an_error_shows_the_names_of_each_call_what_was_sent_and_the_calls_as_text() {
    let project = site().file(
        "shop/deep.py",
        "def share(of, among):\n    api_key, basket = \"hush\", {\"tea\": of}\n    return basket[\"tea\"] / among\n",
    );
    let server = project.serve();
    let text = get(&server, "/zero/?colour=green&password=hush").text();
    for shown in [
        "<dt>basket</dt><dd>{&#x27;tea&#x27;: 1}</dd>",
        "<dt>api_key</dt><dd>********</dd>",
        "<dt>request</dt>",
        "<h2>GET</h2>",
        "<dt>colour</dt><dd>green</dd>",
        "<dt>password</dt><dd>********</dd>",
        "<dt>Version</dt><dd>djr ",
        "<textarea readonly",
    ] {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
    let copied = text.split("<textarea").nth(1).unwrap();
    let copied = copied.split("</textarea>").next().unwrap();
    assert!(
        copied.ends_with("ZeroDivisionError: division by zero\n"),
        "{copied}"
    );
    assert!(!text.contains("<script"), "{text}");
    assert!(!text.contains("<dd>hush"), "{text}");
}

#[test]
fn an_error_names_file_line_and_column_and_the_calls() {
    let project = site();
    let server = project.serve();
    let page = get(&server, "/zero/");
    assert_eq!(page.status, 500);
    let text = page.text();
    for shown in [
        "ZeroDivisionError: division by zero",
        "shop/deep.py:2:12",
        "shop/views.py:37:25, in zero",
        "return of / among",
    ] {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
    let line = server.line_with("Internal Server Error: /zero/");
    assert!(
        line.contains("shop/deep.py:2:12: ZeroDivisionError"),
        "{line}"
    );
    let text = get(&server, "/page/").text();
    for shown in [
        "ZeroDivisionError: division by zero",
        "shop/deep.py:2:12",
        "shop/templates/shop/page.html:2",
        "shop/views.py:41:12, in page",
    ] {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
}

#[test]
fn a_file_that_breaks_while_it_is_served_says_what_is_broken() {
    let project = site();
    let server = project.serve();
    assert_eq!(get(&server, "/fine/").text(), "fine");
    project.write("shop/deep.py", "def share(of, among)\n    return 1\n");
    let page = get(&server, "/fine/");
    assert_eq!(page.status, 500);
    let text = page.text();
    assert!(text.contains("SyntaxError"), "{text}");
    assert!(text.contains("shop/deep.py:1:21"), "{text}");
    project.write(
        "shop/deep.py",
        "def share(of, among):\n    return 'shared'\n",
    );
    assert_eq!(get(&server, "/zero/").text(), "shared");
}

#[test]
fn check_finds_what_is_named_in_python_and_is_not_there() {
    let project = site()
        .file("urls.toml", "[[urls]]\npath = 'a/'\nview = 'shop.views.fien'\n[[urls]]\npath = 'b/'\nview = 'shop.view.fine'\n")
        .file("shop/middleware.py", "import json\n\ndef broken(get_response):\n    return json.loads('{')\n")
        .replaced("[project]", "[project]\nmiddleware = [\"security\", \"shop.middleware.broken\"]");
    let told = project.djr(["check"]).to_string();
    for line in [
        "urls.toml:3:8: there is no `fien` in the module `shop.views`",
        "did you mean `fine`?",
        "urls.toml:6:8: there is no module `shop.view`",
        "shop/middleware.py:4:12: JSONDecodeError",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
}
