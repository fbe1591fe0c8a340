//! Every place in which the code of a project can be wrong: the request gets 500, the page and the log say where, and the
//! worker goes on.

use crate::page_cache::{get, visitor};
use crate::support::{Project, Server};

const VIEWS: &str = r#"
import logging

from django.core.signals import got_request_exception, request_finished, request_started
from django.dispatch import receiver
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.functional import lazy
from django.views import View

heard = []
log = logging.getLogger("shop.views")


@receiver(request_started)
def started(sender, environ, **kwargs):
    heard.append(f"started {environ['PATH_INFO']}")
    if environ["PATH_INFO"] == "/receiver/":
        raise ValueError("in a receiver")


@receiver(request_finished)
def finished(sender, **kwargs):
    heard.append("finished")


@receiver(got_request_exception)
def failed(sender, request, **kwargs):
    import sys

    heard.append(f"failed {request.path} {sys.exc_info()[0].__name__}")


def fine(request):
    log.info("not told")
    return HttpResponse("fine")


def told(request):
    text = " | ".join(heard)
    heard.clear()
    return HttpResponse(text)


def logs(request):
    log.warning("paid %s by %s", 5, "ada", extra={"order": 7, "by": "ada"})
    logging.getLogger("django.request").error("odd", extra={"request": request, "status_code": 418})
    try:
        {}["none"]
    except KeyError:
        log.exception("caught")
    log.warning("bad arguments %s %s", 1)
    print("printed")
    return HttpResponse("logged")


class Broken(View):
    def get(self, request):
        return self.missing()


def template(request):
    def fails():
        raise ValueError("in a lazy value")

    return render(request, "shop/lazy.html", {"lazy": lazy(fails, str)()})


def filtered(request):
    return render(request, "shop/filtered.html")


def late(request):
    return TemplateResponse(request, "shop/missing.html")


def stream(request):
    def pieces():
        yield "begin "
        yield 1 / 0

    return StreamingHttpResponse(pieces())


def endless(request):
    def pieces():
        number = 0
        while True:
            yield "x" * 65536
            number += 1

    return StreamingHttpResponse(pieces())


def not_response(request):
    return "text"


def circular(request):
    from shop import one

    return HttpResponse(one.value)


def chained(request):
    try:
        int("x")
    except ValueError as error:
        raise RuntimeError("outer") from error


def exits(request):
    raise SystemExit(3)


def surrogate(request):
    return HttpResponse("\ud800")


def bad_header(request):
    return HttpResponse(headers={"X-A": "a\nb"})
"#;

const MIDDLEWARE: &str = r#"
class Hooks:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        where = request.GET.get("in")
        if where == "before":
            raise LookupError("before the view")
        response = self.get_response(request)
        if where == "after":
            raise LookupError("after the view")
        if where == "nothing":
            return None
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.GET.get("in") == "view":
            raise LookupError("in process_view")

    def process_exception(self, request, exception):
        if request.GET.get("in") == "exception":
            raise LookupError("in process_exception")

    def process_template_response(self, request, response):
        if request.GET.get("in") == "template":
            return None
        return response
"#;

const NAMES: [&str; 15] = [
    "fine",
    "told",
    "logs",
    "template",
    "filtered",
    "late",
    "stream",
    "endless",
    "not_response",
    "circular",
    "chained",
    "exits",
    "surrogate",
    "bad_header",
    "Broken",
];

fn site(debug: bool) -> Project {
    let entry =
        |name: &&str| format!("[[urls]]\npath = \"{name}/\"\nview = \"shop.views.{name}\"\n");
    let urls: String = NAMES.iter().map(entry).collect();
    let urls = format!("{urls}[[urls]]\npath = \"receiver/\"\nview = \"shop.views.fine\"\n");
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"shop\"")
        .replaced(
            "debug = true",
            &format!("debug = {debug}\nallowed_hosts = [\"testserver\"]\nmiddleware = [\"security\", \"sessions\", \"common\", \"auth\", \"messages\", \"shop.middleware.Hooks\"]"),
        )
        .setting("[server]\nworkers = 1\nview_timeout = 10")
        .file("urls.toml", &urls)
        .file("shop/views.py", VIEWS)
        .file("shop/middleware.py", MIDDLEWARE)
        .file("shop/one.py", "from shop import two\nvalue = two.value\n")
        .file("shop/two.py", "from shop.one import value\n")
        .file(
            "shop/templatetags/extras.py",
            "from django import template\nregister = template.Library()\n\n@register.filter\ndef half(value):\n    return value / 2\n",
        )
        .file("shop/templates/shop/lazy.html", "<p>\n{{ lazy }}</p>")
        .file("shop/templates/shop/filtered.html", "<p>\n\n{{ \"a\"|half }}</p>")
}

/// Asserts that the page at `path` is a 500 that shows all of `shown`, and that the worker goes on.
fn fails_with(server: &Server, path: &str, shown: &[&str]) {
    let page = get(server, path);
    let text = page.text();
    assert_eq!(page.status, 500, "{path}\n{text}");
    for part in shown {
        assert!(text.contains(part), "{path}: {part}\n{text}");
    }
    assert_eq!(get(server, "/fine/").text(), "fine", "after {path}");
}

#[test]
fn each_place_that_is_wrong_is_told_with_its_line() {
    let project = site(true);
    let server = project.serve();
    for (path, shown) in [
        (
            "/Broken/",
            vec![
                "AttributeError",
                "shop/views.py:60:16",
                "in get",
                "return self.missing()",
            ],
        ),
        (
            "/fine/?in=before",
            vec!["LookupError: before the view", "shop/middleware.py:9:13"],
        ),
        (
            "/fine/?in=after",
            vec!["LookupError: after the view", "shop/middleware.py:12:13"],
        ),
        (
            "/fine/?in=nothing",
            vec!["`shop.middleware.Hooks` did not return an HttpResponse but None"],
        ),
        (
            "/fine/?in=view",
            vec!["LookupError: in process_view", "shop/middleware.py:19:13"],
        ),
        (
            "/Broken/?in=exception",
            vec!["LookupError: in process_exception", "after AttributeError"],
        ),
        (
            "/late/?in=template",
            vec!["process_template_response", "None"],
        ),
        ("/late/", vec!["TemplateDoesNotExist: shop/missing.html"]),
        (
            "/template/",
            vec!["ValueError: in a lazy value", "shop/views.py:65:9"],
        ),
        (
            "/filtered/",
            vec![
                "TypeError",
                "shop/templatetags/extras.py:6:12",
                "shop/templates/shop/filtered.html:3:",
            ],
        ),
        (
            "/not_response/",
            vec![
                "`shop.views.not_response` did not return an HttpResponse but an object of type str",
            ],
        ),
        (
            "/circular/",
            vec!["ImportError", "shop/two.py:1:", "shop/one.py:1:"],
        ),
        (
            "/chained/",
            vec![
                "RuntimeError: outer",
                "because of ValueError",
                "shop/views.py:110:9",
            ],
        ),
        (
            "/receiver/",
            vec!["ValueError: in a receiver", "shop/views.py:20:9"],
        ),
        ("/exits/", vec!["SystemExit"]),
        (
            "/surrogate/",
            vec!["UnicodeEncodeError", "shop/views.py:118:"],
        ),
        ("/bad_header/", vec!["BadHeaderError", "shop/views.py:122:"]),
    ] {
        fails_with(&server, path, &shown);
    }
}

#[test]
fn signals_of_requests_are_sent_with_what_django_tells() {
    let project = site(false);
    let server = project.serve();
    get(&server, "/told/");
    get(&server, "/fine/");
    get(&server, "/chained/");
    get(&server, "/nowhere/");
    let told = "finished | started /fine/ | finished | started /chained/ | failed /chained/ RuntimeError | finished | \
                started /nowhere/ | finished | started /told/";
    assert_eq!(get(&server, "/told/").text(), told);
}

#[test]
fn logging_of_python_goes_to_the_log_of_the_settings() {
    let project = site(false);
    let server = project.serve();
    assert_eq!(get(&server, "/logs/").text(), "logged");
    server.line_with("paid 5 by ada");
    server.line_with("odd");
    let line = server.line_with("caught");
    assert!(line.contains("KeyError: 'none'"), "{line}");
    assert!(line.contains("shop/views.py:50:"), "{line}");
    server.line_with("bad arguments");
}

#[test]
fn a_stream_is_sent_while_it_is_made() {
    let project = site(false);
    let server = project.serve();
    // It breaks off in the middle; the log says why.
    let mut visitor = visitor(&server);
    let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| visitor.get("/stream/")));
    if let Ok(answer) = answer {
        assert_eq!(answer.status, 200);
    }
    let line = server.line_with("a response broke off");
    assert!(line.contains("shop/views.py:81:"), "{line}");
    assert!(line.contains("ZeroDivisionError"), "{line}");
    assert_eq!(get(&server, "/fine/").text(), "fine");
    // Nobody takes all of this one; the worker goes on with the next request.
    let mut socket = std::net::TcpStream::connect(server.address()).unwrap();
    let asked = "GET /endless/ HTTP/1.1\r\nHost: testserver\r\n\r\n";
    std::io::Write::write_all(&mut socket, asked.as_bytes()).unwrap();
    let mut taken = vec![0; 1 << 20];
    std::io::Read::read_exact(&mut socket, &mut taken).unwrap();
    assert!(taken.starts_with(b"HTTP/1.1 200 OK\r\n"));
    drop(socket);
    assert_eq!(get(&server, "/fine/").text(), "fine");
}
