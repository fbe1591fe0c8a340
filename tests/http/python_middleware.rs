//! Middleware in Python behind other: request and response stay the objects that Django hands through.

use crate::page_cache::get;
use crate::support::Project;

const URLS: &str = r#"
[[urls]]
path = "<str:name>/"
view = "shop.views.page"
"#;

const VIEWS: &str = r#"
from django.http import HttpResponse


class Page(HttpResponse):
    marks = ("class",)


def page(request, name):
    if name == "raises":
        raise LookupError("in the view")
    response = Page(name)
    response.marks = ("view", *request.marks)
    response.set_cookie("a", "b") if name == "cookie" else None
    return response
"#;

const MIDDLEWARE: &str = r#"
from django.core.exceptions import MiddlewareNotUsed


def outer(get_response):
    def middleware(request):
        request.marks = ["outer"]
        response = get_response(request)
        response["X-Marks"] = " ".join(getattr(response, "marks", ["none"]))
        response["X-Seen"] = " ".join(request.marks)
        return response

    return middleware


def unused(get_response):
    raise MiddlewareNotUsed


def inner(get_response):
    def middleware(request):
        request.marks.append("inner")
        if request.path == "/fails/":
            raise LookupError("in the middleware")
        response = get_response(request)
        if request.path == "/nothing/":
            return None
        if hasattr(response, "marks"):
            response.marks += ("inner",)
        return response

    return middleware
"#;

fn site() -> Project {
    let names = ["outer", "unused", "inner"].map(|name| format!("\"shop.middleware.{name}\""));
    let setting = format!(
        "debug = true\nallowed_hosts = [\"testserver\"]\nmiddleware = [\"security\", {}]",
        names.join(", ")
    );
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"shop\"")
        .replaced("debug = true", &setting)
        .file("urls.toml", URLS)
        .file("shop/views.py", VIEWS)
        .file("shop/middleware.py", MIDDLEWARE)
}

#[test]
fn middleware_behind_other_hands_through_what_the_view_returned() {
    let project = site();
    let server = project.serve();
    let expected = [
        ("page", 200, "view outer inner inner"),
        ("cookie", 200, "view outer inner inner"),
        ("raises", 500, "none"),
        ("fails", 500, "none"),
        ("nothing", 500, "none"),
    ];
    for (name, status, marks) in expected {
        let answer = get(&server, &format!("/{name}/"));
        assert_eq!(answer.status, status, "{name}: {}", answer.text());
        assert_eq!(answer.header("X-Marks"), Some(marks), "{name}");
        assert_eq!(answer.header("X-Seen"), Some("outer inner"), "{name}");
    }
}
