"""Tests without rows, and what a site asserts."""

import unittest
from contextlib import contextmanager

from django.test.client import Client
from django.test.utils import override_settings


def to_list(value):
    """A list of one value, or of those given."""
    return [] if value is None else value if isinstance(value, list) else [value]


class SimpleTestCase(unittest.TestCase):
    """A test that does without the database."""

    client_class = Client
    databases = set()
    _overridden_settings = None
    _modified_settings = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls._overridden_settings:
            context = override_settings(**cls._overridden_settings)
            context.enable()
            cls.addClassCleanup(context.disable)

    def __call__(self, result=None):
        """Gives each test a client and an empty outbox of mail; not to one that is skipped."""
        method = getattr(self, self._testMethodName, None)
        is_skipped = getattr(type(self), "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False)
        if is_skipped:
            super().__call__(result)
            return
        for step in (self._pre_setup, lambda: super(SimpleTestCase, self).__call__(result), self._post_teardown):
            try:
                step()
            except Exception:
                import sys

                if result is None:
                    raise
                result.addError(self, sys.exc_info())
                return

    def _pre_setup(self):
        from django.core import mail

        self.client = self.client_class()
        mail.outbox = []

    def _post_teardown(self):
        pass

    def settings(self, **kwargs):
        """Other settings, for a block."""
        return override_settings(**kwargs)

    def modify_settings(self, **kwargs):
        from django.test.utils import modify_settings

        return modify_settings(**kwargs)

    def assertRedirects(
        self,
        response,
        expected_url,
        status_code=302,
        target_status_code=200,
        msg_prefix="",
        fetch_redirect_response=True,
    ):
        """The response leads to an address, and that answers."""
        from urllib.parse import urljoin, urlsplit

        before = f"{msg_prefix}: " if msg_prefix else ""
        if getattr(response, "redirect_chain", None):
            first, found = response.redirect_chain[0][1], response.redirect_chain[-1][0]
            self.assertEqual(first, status_code, f"{before}the first answer was {first}, not {status_code}")
            self.assertEqual(response.status_code, target_status_code, f"{before}the last answer differs")
        else:
            self.assertEqual(
                response.status_code, status_code, f"{before}the answer was {response.status_code}, not {status_code}"
            )
            found = response["Location"]
            if fetch_redirect_response:
                parts = urlsplit(urljoin(response.request["PATH_INFO"], found))
                answer = response.client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
                self.assertEqual(answer.status_code, target_status_code, f"{before}{found} answers otherwise")
        self.assertURLEqual(found, str(expected_url), f"{before}it leads to {found!r}, not to {str(expected_url)!r}")

    def assertURLEqual(self, url1, url2, msg_prefix=""):
        """The addresses are the same; the order of their parameters does not matter."""
        self.assertEqual(_ordered(url1), _ordered(url2), msg_prefix or None)

    def assertContains(self, response, text, count=None, status_code=200, msg_prefix="", html=False):
        """The response has that text, so many times."""
        found, shown, before = self._count(response, text, status_code, msg_prefix, html)
        if count is None:
            self.assertNotEqual(found, 0, f"{before}{shown} is not in the response")
        else:
            self.assertEqual(found, count, f"{before}{shown} is in the response {found} times, not {count}")

    def assertNotContains(self, response, text, status_code=200, msg_prefix="", html=False):
        """The response does not have that text."""
        found, shown, before = self._count(response, text, status_code, msg_prefix, html)
        self.assertEqual(found, 0, f"{before}{shown} is in the response")

    def _count(self, response, text, status_code, msg_prefix, html):
        before = f"{msg_prefix}: " if msg_prefix else ""
        if callable(getattr(response, "render", None)) and not response.is_rendered:
            response.render()
        self.assertEqual(
            response.status_code, status_code, f"{before}the answer was {response.status_code}, not {status_code}"
        )
        content = b"".join(response.streaming_content) if response.streaming else response.content
        if isinstance(text, bytes) and not html:
            return content.count(text), repr(text), before
        content, text = content.decode(response.charset), text.decode() if isinstance(text, bytes) else str(text)
        if html:
            from django.test.html import normalized

            content, wanted = normalized(content), normalized(text)
            return content.count(wanted), repr(text), before
        return content.count(text), repr(text), before

    def assertTemplateUsed(self, response=None, template_name=None, msg_prefix="", count=None):
        """The response was made of that template."""
        names = self._template_names(response, template_name)
        wanted = template_name or response
        self.assertIn(wanted, names, f"{msg_prefix}: {names}" if msg_prefix else None)
        if count is not None:
            self.assertEqual(names.count(wanted), count, msg_prefix or None)

    def assertTemplateNotUsed(self, response=None, template_name=None, msg_prefix=""):
        """The response was not made of that template."""
        self.assertNotIn(template_name or response, self._template_names(response, template_name), msg_prefix or None)

    def _template_names(self, response, template_name):
        if isinstance(response, str) or response is None:
            raise TypeError("name a response first: templates of a block are not watched here")
        return [template.name for template in getattr(response, "templates", ())]

    @contextmanager
    def assertRaisesMessage(self, expected_exception, expected_message, *args, **kwargs):
        """The exception is raised, and its text holds the message."""
        with self.assertRaises(expected_exception) as caught:
            yield caught
        self.assertIn(expected_message, str(caught.exception))

    def assertFieldOutput(self, fieldclass, valid, invalid, field_args=(), field_kwargs=None, empty_value=""):
        """A field cleans these values, and refuses those."""
        from django.core.exceptions import ValidationError

        field = fieldclass(*field_args, **(field_kwargs or {}))
        for given, cleaned in valid.items():
            self.assertEqual(field.clean(given), cleaned)
        for given, errors in invalid.items():
            with self.assertRaises(ValidationError) as caught:
                field.clean(given)
            self.assertEqual(caught.exception.messages, errors)

    def assertFormError(self, form, field, errors, msg_prefix=""):
        """The errors of a field of a form, or of the form itself."""
        found = form.non_field_errors() if field is None else form.errors.get(field, [])
        self.assertEqual(list(found), to_list(errors), msg_prefix or None)

    def assertHTMLEqual(self, html1, html2, msg=None):
        """The same elements, whatever their spaces and the order of their attributes."""
        from django.test.html import normalized

        self.assertEqual(normalized(html1), normalized(html2), msg)

    def assertHTMLNotEqual(self, html1, html2, msg=None):
        from django.test.html import normalized

        self.assertNotEqual(normalized(html1), normalized(html2), msg)

    def assertInHTML(self, needle, haystack, count=None, msg_prefix=""):
        """The elements are in the page, so many times."""
        from django.test.html import normalized

        found = normalized(haystack).count(normalized(needle))
        if count is None:
            self.assertNotEqual(found, 0, f"{msg_prefix}{needle!r} is not in the page")
        else:
            self.assertEqual(found, count, f"{msg_prefix}{needle!r} is in the page {found} times")

    def assertJSONEqual(self, raw, expected_data, msg=None):
        """The text is JSON of that value, or of that JSON."""
        self.assertEqual(*self._json(raw, expected_data), msg)

    def assertJSONNotEqual(self, raw, expected_data, msg=None):
        self.assertNotEqual(*self._json(raw, expected_data), msg)

    def _json(self, raw, expected_data):
        import json

        try:
            return json.loads(raw), json.loads(expected_data) if isinstance(expected_data, str) else expected_data
        except ValueError as error:
            self.fail(f"not JSON: {error}")


def _ordered(url):
    from urllib.parse import parse_qsl, urlsplit

    parts = urlsplit(str(url))
    return parts.scheme, parts.netloc, parts.path, sorted(parse_qsl(parts.query, keep_blank_values=True)), parts.fragment
