import unittest
from django.http import HttpResponse
from django.test import SimpleTestCase, override_settings, modify_settings, tag
from django.conf import settings
class Holds(SimpleTestCase):
    def runTest(self): pass
t = Holds()
t._pre_setup() if hasattr(t, "_pre_setup") else None
def holds(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except AssertionError:
        return False
    return True
r = HttpResponse("<p class='b a'>one two</p> one")
[holds(t.assertContains, r, *a, **k) for a, k in ((("one",), {}), (("one", 2), {}), (("one", 1), {}), (("three",), {}), ((b"two",), {}), (("one",), {"status_code": 404}), (('<p class="a b">one  two</p>',), {"html": True}), (("<p>one</p>",), {"html": True}), (("",), {}))]
[holds(t.assertNotContains, r, *a, **k) for a, k in ((("three",), {}), (("one",), {}), (("<b>",), {"html": True}))]
[holds(t.assertHTMLEqual, a, b) for a, b in (("<p>a</p>", "<p> a </p>"), ("<p a='1' b='2'>", "<p b='2' a='1'></p>"), ("<br>", "<br/>"), ("<p>a</p>", "<p>b</p>"), ("<input checked>", "<input checked='checked'>"), ("a b", "a\nb"), ("<p class='x y'></p>", "<p class='y x'></p>"), ("&lt;", "<"), ("", ""), ("<p>a<b>c</b></p>", "<p>a <b>c</b></p>"))]
[holds(t.assertHTMLNotEqual, a, b) for a, b in (("<p>a</p>", "<p>a</p>"), ("<p>a</p>", "<b>a</b>"))]
[holds(t.assertInHTML, a, "<div><p>x</p><p>x</p><b id='1' class='c'>y</b></div>", *n) for a, n in (("<p>x</p>", ()), ("<p>x</p>", (2,)), ("<p>x</p>", (1,)), ("<i>", ()), ('<b class="c" id="1">y</b>', (1,)))]
[holds(t.assertJSONEqual, a, b) for a, b in (('{"a": 1}', {"a": 1}), ('{"a": 1}', '{"a":1}'), ("[1]", [2]), (b"[1]", [1]))]
tried(t.assertJSONEqual, "x", {}), holds(t.assertJSONNotEqual, "[1]", [2])
[holds(t.assertURLEqual, a, b) for a, b in (("/a?x=1&y=2", "/a?y=2&x=1"), ("/a", "/b"), ("/a?x=1", "/a?x=2"), ("/a#f", "/a"), ("", ""))]
def message():
    with t.assertRaisesMessage(ValueError, "inner"):
        raise ValueError("the inner text")
def wrong():
    with t.assertRaisesMessage(ValueError, "other"):
        raise ValueError("the inner text")
holds(message), holds(wrong), tried(t.assertRaisesMessage, ValueError, "x")
with override_settings(LOGIN_URL="/changed/", NEW_ONE=5):
    inside = settings.LOGIN_URL, settings.NEW_ONE
inside, settings.LOGIN_URL, hasattr(settings, "NEW_ONE")
@override_settings(LOGIN_URL="/decorated/")
def decorated():
    return settings.LOGIN_URL
decorated(), settings.LOGIN_URL
with modify_settings(ALLOWED_HOSTS={"append": "a.com", "prepend": ["b.com"], "remove": "testserver"}):
    hosts = settings.ALLOWED_HOSTS
hosts, settings.ALLOWED_HOSTS
@override_settings(LOGIN_URL="/class/")
class Inner(SimpleTestCase):
    def test_it(self):
        self.assertEqual(settings.LOGIN_URL, "/class/")
        with self.settings(LOGIN_URL="/x/"):
            self.assertEqual(settings.LOGIN_URL, "/x/")
        self.assertEqual(settings.LOGIN_URL, "/class/")
result = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(Inner).run(result)
result.testsRun, result.failures, result.errors, settings.LOGIN_URL
@tag("slow", "core")
class Tagged(SimpleTestCase):
    @tag("x")
    def test_a(self): pass
sorted(Tagged.tags), sorted(Tagged.test_a.tags)
tried(lambda: override_settings(A=1)(5))
from django.core.signals import setting_changed
heard = []
def hear(setting, value, enter, **kwargs):
    heard.append((setting, value, enter))
setting_changed.connect(hear)
with override_settings(LOGIN_URL="/heard/"):
    pass
heard
settings.OWN_NAME = 3
settings.OWN_NAME, tried(lambda: settings.NOT_THERE), hasattr(settings, "DEBUG"), settings.configured
del settings.OWN_NAME
hasattr(settings, "OWN_NAME")
