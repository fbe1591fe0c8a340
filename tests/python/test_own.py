"""What has no twin in Django: requests of djr's server, answers to it, and what is said about missing names."""

import unittest
from importlib import import_module

import steps

steps.prepare()

from django.core.handlers import djr
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import Library


class Native:
    """A request as the native module tells it."""

    method, path, path_info, scheme, host = "POST", "/shop/cart/", "/cart/", "https", "example.com:8443"
    query_string, full_path, content_type, remote_addr = "a=1&a=2", "/shop/cart/?a=1&a=2", "text/x; q=1", "::1"
    session, has_user, has_messages = {"cart": 1}, True, True

    def __init__(self):
        self.asked = []

    def _told(self, name, value):
        self.asked.append(name)
        return value

    def user_key(self):
        return self._told("user", None)

    def get(self):
        return self._told("get", [("a", "1"), ("a", "2")])

    def post(self):
        return self._told("post", [("x", "ü")])

    def files(self):
        return self._told("files", [("f", "a.txt", "text/plain", 3, None, None, b"abc")])

    def headers(self):
        return self._told("headers", [("Host", "example.com:8443"), ("X-A", "1"), ("X-A", "2"), ("Cookie", "c=d"), ("Content-Length", "3")])

    def body(self):
        return self._told("body", b"raw")

    has_messages = True
    are_shown = False

    def messages_shown(self):
        return self.are_shown

    def set_messages_shown(self, shown):
        self.are_shown = shown

    def messages(self, show):
        return self._told("messages", [(20, "old", "", False), (20, "<b>", "", True)])

    def add_message(self, level, text, extra_tags):
        self._told(f"add {level} {text} {extra_tags}", None)

    def resolver_match(self):
        return {"func": "shop.views.cart", "args": [], "kwargs": {"pk": 1}, "url_name": "cart", "route": "cart/"}

    def csrf_token(self):
        return "token"


class ServerRequests(unittest.TestCase):
    def setUp(self):
        self.native = Native()
        self.request = djr.ServerRequest(self.native)

    def test_nothing_is_read_before_it_is_asked_for(self):
        self.assertEqual(self.native.asked, [])
        self.assertEqual(self.request.GET.getlist("a"), ["1", "2"])
        self.assertEqual(self.request.GET["a"], "2")
        self.assertEqual(self.native.asked, ["get"])

    def test_the_parts_are_those_of_a_request_of_django(self):
        request = self.request
        self.assertEqual(request.POST.dict(), {"x": "ü"})
        self.assertEqual(request.FILES["f"].read(), b"abc")
        self.assertEqual(request.headers["x-a"], "1,2")
        self.assertEqual(request.META["SCRIPT_NAME"], "/shop")
        self.assertEqual((request.META["SERVER_NAME"], request.META["SERVER_PORT"]), ("example.com", "8443"))
        self.assertEqual(request.build_absolute_uri(), "https://example.com:8443/shop/cart/?a=1&a=2")
        self.assertEqual((request.body, request.read(2), request.content_type), (b"raw", b"ra", "text/x"))
        self.assertEqual((request.COOKIES, str(request.user), request.session), ({"c": "d"}, "AnonymousUser", {"cart": 1}))
        self.assertEqual((request.resolver_match.view_name, request.resolver_match.kwargs), ("cart", {"pk": 1}))
        self.assertTrue(request.is_secure())
        self.assertEqual(repr(request), "<ServerRequest: POST '/shop/cart/?a=1&a=2'>")

    def test_messages_go_to_the_server(self):
        from django.contrib import messages

        messages.success(self.request, "saved", extra_tags="big")
        messages.debug(self.request, "below the level")
        shown = [message.message for message in messages.get_messages(self.request)]
        self.assertEqual([(text, hasattr(text, "__html__")) for text in shown], [("old", False), ("<b>", True)])
        self.assertEqual(self.native.asked, ["add 25 saved big", "messages"])

    def test_the_token_of_forms_is_the_server_s(self):
        from django.middleware.csrf import get_token

        self.assertEqual(get_token(self.request), "token")


class Answers(unittest.TestCase):
    def test_an_answer_of_the_server_is_put_together(self):
        response = JsonResponse({"a": 1})
        response.set_cookie("c", "d", max_age=5, httponly=True)
        [cookie] = djr.cookie_lines(response._cookies)
        again = djr.unwire(201, [("Content-Type", "application/json"), ("Set-Cookie", cookie)], b"{}")
        self.assertEqual((again.status_code, again.content, again["Content-Type"]), (201, b"{}", "application/json"))
        self.assertEqual((again.cookies["c"].value, again.cookies["c"]["httponly"]), ("d", True))

    def test_what_streams_stays_an_iterator(self):
        response = StreamingHttpResponse(part for part in ("a", b"b"))
        self.assertEqual(list(djr.streamed(response)), [b"a", b"b"])
        from io import BytesIO

        self.assertEqual(djr.streamed(FileResponse(BytesIO(b"file"))), b"file")

    def test_views_and_middleware_are_recognized(self):
        from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
        from django.views import View

        self.assertEqual(djr.view_of(View).__name__, "view")
        self.assertIs(djr.view_of(len), len)
        self.assertRaises(TypeError, djr.view_of, "text")
        self.assertRaises(ImproperlyConfigured, djr.make_middleware, lambda get_response: None, len)

        def unused(get_response):
            raise MiddlewareNotUsed

        self.assertIsNone(djr.make_middleware(unused, len))


class Libraries(unittest.TestCase):
    def test_tags_are_called_with_the_context_where_they_ask_for_it(self):
        register = Library()
        register.simple_tag(lambda a: a * 2, name="double")

        @register.simple_tag(takes_context=True)
        def from_context(context, key):
            return context[key]

        self.assertEqual(register.tags["double"]({}, 4), 8)
        self.assertEqual(register.tags["from_context"]({"a": 1}, "a"), 1)
        self.assertRaises(NotImplementedError, register.tag, "x", len)


class MissingNames(unittest.TestCase):
    def test_every_name_that_is_missing_says_what_to_use(self):
        from django._missing import NAMES

        for module, names in NAMES.items():
            for name in names:
                with self.subTest(module=module, name=name):
                    try:
                        getattr(import_module(module), name)
                    except (ImportError, AttributeError) as error:
                        # What comes from the database is asked of djr first.
                        self.assertTrue("djr" in str(error) or module == "django.contrib.auth.models", error)

    def test_every_module_that_is_missing_says_what_to_use(self):
        from django._missing import MODULES

        for module in MODULES:
            with self.subTest(module=module), self.assertRaisesRegex(ModuleNotFoundError, "djr has no"):
                import_module(f"{module}.anything")

    def test_a_name_that_django_does_not_have_is_an_ordinary_error(self):
        with self.assertRaises(ImportError):
            exec("from django.urls import nothing_at_all")
        self.assertFalse(hasattr(import_module("django.urls"), "nothing_at_all"))


if __name__ == "__main__":
    unittest.main()
