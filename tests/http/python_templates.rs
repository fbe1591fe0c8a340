//! Tags, filters and context processors in Python, in pages of Python and in those of djr.

use crate::page_cache::get;
use crate::support::{Project, Server};

const URLS: &str = r#"
[[urls]]
path = "python/"
view = "shop.views.page"
[[urls]]
path = "toml/"
view = "template"
template = "shop/page.html"
context = { price = 5 }
[[urls]]
path = "broken/"
view = "template"
template = "shop/broken.html"
[[urls]]
path = "text/"
view = "shop.views.text"
[[urls]]
path = "none/"
view = "template"
template = "shop/none.html"
"#;

const VIEWS: &str = r#"
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def page(request):
    return render(request, "shop/page.html", {"price": 5})


def text(request):
    return HttpResponse(render_to_string("shop/text.txt", {"price": 5}))
"#;

const TAGS: &str = r#"
from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def total(price, *more, tax=0):
    return price + sum(more) + tax


@register.simple_tag(name="markup")
def some_markup(text, safe=False):
    return format_html("<b>{}</b>", text) if safe else f"<b>{text}</b>"


@register.simple_tag(takes_context=True)
def price_of_page(context, factor=1):
    return f"{context['price'] * factor} at {context['request'].path} for {context.request.shop}"


@register.simple_tag(takes_context=True)
def remember(context, value):
    context["remembered"] = value
    return ""


@register.inclusion_tag("shop/box.html", takes_context=True)
def box(context, title, **more):
    return {"title": title, "more": more, "row": context.get("row"), "path": context["request"].path}


@register.inclusion_tag("shop/box.html", name="plain_box")
def other_box(title):
    return {"title": title}


@register.simple_block_tag
def panel(content, level="info"):
    return format_html("<div class='{}'>{}</div>", level, content)


@register.simple_block_tag(takes_context=True, end_name="end_shout")
def shout(context, content):
    return f"{content.upper()}{context['price']}"


@register.simple_tag
def fails(of):
    return 1 / of


@register.filter
def doubled(value):
    return value * 2
"#;

const PAGE: &str = r#"{{ total(price, 1, tax=2) }}
{% set sum = total(price) %}{{ sum + 1 }}
{{ markup("<i>") }} {{ markup("<i>", safe=true) }}
{{ price_of_page(2) }}
{{ remember("kept") }}{{ remembered }}
{% for row in [1, 2] %}{{ box("<Row>", a=row) }}{% endfor %}
{{ plain_box("plain") }}
{% call panel("warn") %}<p>{{ "<" }}</p>{% endcall %}
{% call shout() %}a{% endcall %}
{{ price|doubled }} {{ cart.count }} {{ greeting }} {{ request.shop }} {{ request.path }} {{ lazily() }}
"#;

const BOX: &str = "[{{ title }} {{ more.a }} {{ row }} {{ path }} {{ price }} {{ greeting }}]";

const CONTEXT: &str = r#"
calls = 0


class Cart:
    def __init__(self, request):
        self.request = request

    @property
    def count(self):
        return len(self.request.GET)


def cart(request):
    global calls
    calls += 1
    return {"cart": Cart(request), "greeting": f"<hello {calls}>", "lazily": lambda: "later"}


def nothing(request):
    if request.path == "/none/":
        return None
    return {}
"#;

const MIDDLEWARE: &str = r#"
def shop(get_response):
    def middleware(request):
        request.shop = "our shop"
        return get_response(request)

    return middleware
"#;

fn site() -> Project {
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"shop\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]\nmiddleware = [\"security\", \"sessions\", \"common\", \"csrf\", \"auth\", \"messages\", \"shop.middleware.shop\"]",
        )
        .setting("[server]\nworkers = 1")
        .setting("[templates]\ncontext_processors = [\"auth\", \"csrf\", \"debug\", \"messages\", \"request\", \"site\", \"shop.context.cart\", \"shop.context.nothing\"]")
        .file("urls.toml", URLS)
        .file("shop/views.py", VIEWS)
        .file("shop/context.py", CONTEXT)
        .file("shop/middleware.py", MIDDLEWARE)
        .file("shop/templatetags/shop_tags.py", TAGS)
        .file("shop/templates/shop/page.html", PAGE)
        .file("shop/templates/shop/box.html", BOX)
        .file("shop/templates/shop/none.html", "never")
        .file("shop/templates/shop/text.txt", "{{ greeting }}{{ price }}{{ total(1, 2) }}")
        .file("shop/templates/shop/broken.html", "<p>\n{{ fails(0) }}\n</p>")
}

fn lines(server: &Server, path: &str) -> Vec<String> {
    let page = get(server, path);
    assert_eq!(page.status, 200, "{}", page.text());
    page.text().lines().map(ToOwned::to_owned).collect()
}

#[test]
fn tags_and_context_processors_are_in_pages_of_python_and_of_djr() {
    let project = site();
    let server = project.serve();
    for (number, path) in ["/python/", "/toml/"].iter().enumerate() {
        let calls = number + 1;
        let row = |n: usize| format!("[&lt;Row&gt; {n} {n} {path}  ]");
        let expected = [
            "8".to_owned(),
            "6".to_owned(),
            "&lt;b&gt;&lt;i&gt;&lt;/b&gt; <b>&lt;i&gt;</b>".to_owned(),
            format!("10 at {path} for our shop"),
            "kept".to_owned(),
            format!("{}{}", row(1), row(2)),
            "[plain     ]".to_owned(),
            "<div class='warn'><p>&lt;</p></div>".to_owned(),
            "A5".to_owned(),
            format!("10 2 &lt;hello {calls}&gt; our shop {path} later"),
        ];
        assert_eq!(lines(&server, &format!("{path}?a=1&b=2"))[..10], expected);
    }
    // Without a request there are no names for requests.
    assert_eq!(lines(&server, "/text/"), ["53"]);
}

#[test]
fn what_fails_in_a_tag_or_a_context_processor_is_told_with_its_place() {
    let project = site();
    let server = project.serve();
    let text = get(&server, "/broken/").text();
    for shown in [
        "ZeroDivisionError: division by zero",
        "shop/templatetags/shop_tags.py:51:12",
        "shop/templates/shop/broken.html:2",
    ] {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
    let text = get(&server, "/none/").text();
    let told = "the context processor `shop.context.nothing` did not return a dict but NoneType";
    assert!(text.contains(told), "{text}");
}

#[test]
fn check_knows_the_tags_and_tells_how_they_are_written() {
    let project = site()
        .file(
            "shop/templates/shop/page.html",
            "{% load shop_tags %}\n{% total price 1 tax=2 %}\n{% total price as sum %}\n{% panel \"a\" %}b{% endpanel %}\n{% shout %}{% end_shout %}\n",
        )
        .file(
            "shop/templates/shop/box.html",
            "{{ totl(1) }}\n{{ total }}\n{{ panel() }}\n{% call total(1) %}{% endcall %}\n",
        )
        .replaced("shop.context.nothing", "shop.context.nothin");
    let told = project.djr(["check"]).to_string();
    for line in [
        "page.html:1:1: `{% load shop_tags %}` is the Django template language",
        "in Jinja this line is `{{ total(price, 1, tax=2) }}`",
        "in Jinja this line is `{% set sum = total(price) %}`",
        "in Jinja this line is `{% call panel(\"a\") %}b{% endcall %}`",
        "in Jinja this line is `{% call shout() %}{% endcall %}`",
        "box.html:1:4: there is no function `totl`",
        "did you mean `total`?",
        "box.html:2:4: `total` is a function",
        "box.html:3:4: `panel` needs a block",
        "box.html:4:9: `total` takes no block",
        "there is no `nothin` in the module `shop.context`",
        "did you mean `nothing`?",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(told.contains("djr.toml:"), "{told}");
}
