"""Topic guide: testing tools."""

import json

from django.conf import settings
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, SimpleTestCase, override_settings
from django.test.utils import CaptureQueriesContext, isolate_apps, override_script_prefix
from django.urls import reverse

from shop.models import Book


def request_factory(show, request):
    factory = RequestFactory(headers={"user-agent": "curl"}, query_params={"z": "1"}) if False else RequestFactory(headers={"user-agent": "curl"})
    made = factory.post("/x/?a=1", {"b": [1, 2], "c": "ü"})
    show(made.method, made.GET.dict(), made.POST.lists() and dict(made.POST.lists()), made.headers["User-Agent"], made.content_type, made.get_full_path(), made.is_secure())
    made = factory.post("/j/", {"a": [1]}, content_type="application/json")
    show(json.loads(made.body), made.POST, made.headers["Content-Length"], made.build_absolute_uri("/y/"), made.get_host())
    made = factory.get("/q/", {"a": ["1", "2"]}, headers={"accept": "application/json"}, secure=True)
    show(made.GET.getlist("a"), made.accepts("text/html"), made.accepts("application/json"), made.scheme, made.META["QUERY_STRING"])
    made = factory.generic("PATCH", "/p/", "data", query_params={"x": "1"})
    show(made.method, made.body, made.GET, made.path_info, made.META["SERVER_NAME"])


def overridden(show, request):
    with override_settings(LOGIN_URL="/other/", OWN_THING=5):
        show(settings.LOGIN_URL, settings.OWN_THING)
    show(settings.LOGIN_URL, hasattr(settings, "OWN_THING"))
    with CaptureQueriesContext(connection) as queries:
        list(Book.objects.all())
        Book.objects.count()
    show(len(queries), queries[0]["sql"].startswith("SELECT"), sorted(queries.captured_queries[1]))


def assertions(show, request):
    class Case(SimpleTestCase):
        def runTest(self):
            pass

    case = Case()
    answer = HttpResponse("<p class='a b'>Hi <b>you</b></p>")
    show(case.assertContains(answer, "Hi"), case.assertContains(answer, '<b>you</b>', count=1, html=True), case.assertNotContains(answer, "x"))
    show(case.assertHTMLEqual("<p class='b a'>x</p>", '<p class="a b"> x </p>'), case.assertInHTML("<b>you</b>", answer.content.decode()), case.assertJSONEqual('{"a": 1}', {"a": 1}), case.assertXMLEqual("<a x='1'/>", '<a x="1"></a>'))
    show.fails(case.assertContains, answer, "no")
    show.fails(case.assertHTMLEqual, "<p>", "<b>")
    show.fails(case.assertJSONEqual, "{}", {"a": 1})
    with case.assertRaisesMessage(ValueError, "bad"):
        raise ValueError("very bad thing")
    show(case.assertURLEqual("/a/?x=1&y=2", "/a/?y=2&x=1"))
