"""What the tests of a site assert."""

from contextlib import contextmanager
from difflib import ndiff
from unittest.util import safe_repr

from django.test import rendered

# A failure shows where a test called this, and not this.
__unittest = True


def to_list(value):
    """A list of one value, or of those given."""
    return [] if value is None else value if isinstance(value, list) else [value]


def _before(msg_prefix):
    return f"{msg_prefix}: " if msg_prefix else ""


class _TemplateWatch(rendered.Watch):
    """Looks, at the end of a block, which templates were rendered in it."""

    def __init__(self, check):
        self.check = check

    def __exit__(self, exc_type, exc_value, traceback):
        super().__exit__(exc_type, exc_value, traceback)
        if exc_type is None:
            self.check([template.name for template, _ in self.seen])


class SiteAssertions:
    """What a test asserts of responses, forms, templates and texts."""

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

        before = _before(msg_prefix)
        if hasattr(response, "redirect_chain"):
            self.assertTrue(
                response.redirect_chain,
                f"{before}the response did not redirect: its status is {response.status_code}, not {status_code}",
            )
            first, found = response.redirect_chain[0][1], response.redirect_chain[-1][0]
            self.assertEqual(first, status_code, f"{before}the first response had status {first}, not {status_code}")
            last = response.status_code
            self.assertEqual(last, target_status_code, f"{before}the last response had status {last}, not {target_status_code}")
        else:
            self.assertEqual(
                response.status_code,
                status_code,
                f"{before}the response did not redirect: its status is {response.status_code}, not {status_code}",
            )
            found = urljoin(response.request["PATH_INFO"], response["Location"])
            if fetch_redirect_response:
                self._fetch(response, urlsplit(found), target_status_code, before)
        wanted = urljoin(response.request["PATH_INFO"], str(expected_url))
        self.assertURLEqual(found, wanted, f"{before}the response redirects to {found!r}, not to {wanted!r}")

    def _fetch(self, response, parts, status_code, before):
        host = parts.netloc.partition(":")[0]
        if host and host != "testserver":
            from django.conf import settings
            from django.http.request import validate_host

            if not validate_host(host, settings.ALLOWED_HOSTS):
                raise ValueError(f"the client cannot fetch {parts.geturl()!r}: pass fetch_redirect_response=False")
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = response.client.get(path, secure=parts.scheme == "https")
        self.assertEqual(
            answer.status_code,
            status_code,
            f"{before}the page {path!r} has status {answer.status_code}, not {status_code}",
        )

    def assertURLEqual(self, url1, url2, msg_prefix=""):
        """The addresses are the same; the order of their parameters does not matter."""
        self.assertEqual(_ordered(url1), _ordered(url2), msg_prefix or f"{url1!r} is not {url2!r}")

    def assertContains(self, response, text, count=None, status_code=200, msg_prefix="", html=False):
        """The response has that text, so many times."""
        found, shown, before, content = self._count(response, text, status_code, msg_prefix, html)
        if count is None:
            self.assertTrue(found, f"{before}{shown} is not in the response\n{content}")
        else:
            self.assertEqual(found, count, f"{before}{shown} is in the response {found} times, not {count}\n{content}")

    def assertNotContains(self, response, text, status_code=200, msg_prefix="", html=False):
        """The response does not have that text."""
        found, shown, before, content = self._count(response, text, status_code, msg_prefix, html)
        self.assertEqual(found, 0, f"{before}{shown} is in the response\n{content}")

    def _count(self, response, text, status_code, msg_prefix, html):
        before = _before(msg_prefix)
        if callable(getattr(response, "render", None)) and not response.is_rendered:
            response.render()
        self.assertEqual(
            response.status_code, status_code, f"{before}the response had status {response.status_code}, not {status_code}"
        )
        content = b"".join(response.streaming_content) if response.streaming else response.content
        shown = safe_repr(content)
        if not isinstance(text, bytes) or html:
            text = text.decode() if isinstance(text, bytes) else str(text)
            content = content.decode(response.charset)
        named = repr(text)
        if html:
            content = self._html(content, "the response")
            text = self._html(text, "the text")
        return content.count(text), named, before, shown

    def assertFormError(self, form, field, errors, msg_prefix=""):
        """The errors of a field of a form, or of the form itself."""
        self._form_error(form, field, to_list(errors), _before(msg_prefix), repr(form))

    def assertFormSetError(self, formset, form_index, field, errors, msg_prefix=""):
        """The errors of a field of one of the forms, of that form, or of the whole."""
        if form_index is None and field is not None:
            raise ValueError("You must use field=None with form_index=None.")
        before = _before(msg_prefix)
        if not formset.is_bound:
            self.fail(f"{before}the form set is not bound: it never has errors")
        if form_index is None:
            self.assertEqual(list(formset.non_form_errors()), to_list(errors), f"{before}the errors of the form set differ")
            return
        if form_index >= formset.total_form_count():
            self.fail(f"{before}the form set has {formset.total_form_count()} forms: there is no form {form_index}")
        self._form_error(formset.forms[form_index], field, to_list(errors), before, f"form {form_index} of the form set")

    def _form_error(self, form, field, errors, before, named):
        if not form.is_bound:
            self.fail(f"{before}the {named} is not bound: it never has errors")
        if field is not None and field not in form.fields:
            self.fail(f"{before}the {named} has no field {field!r}")
        found = form.non_field_errors() if field is None else form.errors.get(field, [])
        place = "errors of the form itself" if field is None else f"errors of the field {field!r}"
        self.assertEqual(list(found), errors, f"{before}the {place} differ in {named}: {list(found)!r} is not {errors!r}")

    def assertTemplateUsed(self, response=None, template_name=None, msg_prefix="", count=None):
        """The response, or what is rendered in the block, was made of that template."""
        before = _before(msg_prefix)

        def check(names, wanted):
            if not names:
                self.fail(f"{before}no template was rendered")
            self.assertIn(wanted, names, f"{before}{wanted!r} was not rendered, but {', '.join(map(repr, names))}")
            if count is not None:
                found = names.count(wanted)
                self.assertEqual(found, count, f"{before}{wanted!r} was rendered {found} times, not {count}")

        return self._templates(response, template_name, check, "assertTemplateUsed")

    def assertTemplateNotUsed(self, response=None, template_name=None, msg_prefix=""):
        """The response, or what is rendered in the block, was not made of that template."""

        def check(names, wanted):
            self.assertNotIn(wanted, names, f"{_before(msg_prefix)}{wanted!r} was rendered")

        return self._templates(response, template_name, check, "assertTemplateNotUsed")

    def _templates(self, response, template_name, check, method):
        if response is None and template_name is None:
            raise TypeError("response and/or template_name argument must be provided")
        if response is None or isinstance(response, str):
            wanted = template_name or response
            return _TemplateWatch(lambda names: check(names, wanted))
        if not hasattr(response, "templates"):
            raise ValueError(f"{method}() is only usable on responses fetched using the Django test Client.")
        return check([template.name for template in response.templates if template.name is not None], template_name)

    def assertRaisesMessage(self, expected_exception, expected_message, *args, **kwargs):
        """The exception is raised, and its text holds the message."""
        return self._with_message(self.assertRaises(expected_exception), "exception", expected_message, args, kwargs)

    def assertWarnsMessage(self, expected_warning, expected_message, *args, **kwargs):
        """There is the warning, and its text holds the message."""
        return self._with_message(self.assertWarns(expected_warning), "warning", expected_message, args, kwargs)

    def _with_message(self, context, kind, message, args, kwargs):
        watched = self._watched(context, kind, message)
        if not args:
            return watched
        function, *rest = args
        with watched:
            function(*rest, **kwargs)
        return None

    @contextmanager
    def _watched(self, context, kind, message):
        with context as caught:
            yield caught
        self.assertIn(str(message), str(getattr(caught, kind)))

    def assertFieldOutput(self, fieldclass, valid, invalid, field_args=None, field_kwargs=None, empty_value=""):
        """A field cleans these values, and refuses those, whether it is required or not."""
        args, kwargs = field_args or [], field_kwargs or {}
        required, optional = fieldclass(*args, **kwargs), fieldclass(*args, **{**kwargs, "required": False})
        for given, cleaned in valid.items():
            self.assertEqual(required.clean(given), cleaned)
            self.assertEqual(optional.clean(given), cleaned)
        for given, errors in invalid.items():
            for field in (required, optional):
                self._refuses(field, given, errors)
        for empty in required.empty_values:
            self._refuses(required, empty, [required.error_messages["required"]])
            self.assertEqual(optional.clean(empty), empty_value)

    def _refuses(self, field, given, errors):
        from django.core.exceptions import ValidationError

        with self.assertRaises(ValidationError) as caught:
            field.clean(given)
        self.assertEqual(caught.exception.messages, errors)

    def _html(self, text, what):
        from django.test.html import HTMLParseError, parse_html

        try:
            return parse_html(text)
        except HTMLParseError as error:
            self.fail(f"{what} is not valid HTML: {error}\n{text}")

    def assertHTMLEqual(self, html1, html2, msg=None):
        """The same elements, whatever their spaces and the order of their attributes."""
        first, second = self._html(html1, "the first argument"), self._html(html2, "the second argument")
        if first != second:
            self._differ(f"{safe_repr(first, True)} != {safe_repr(second, True)}", str(first), str(second), msg)

    def assertHTMLNotEqual(self, html1, html2, msg=None):
        first, second = self._html(html1, "the first argument"), self._html(html2, "the second argument")
        if first == second:
            self.fail(self._formatMessage(msg, f"{safe_repr(first, True)} == {safe_repr(second, True)}"))

    def _differ(self, standard, first, second, msg):
        lines = "\n" + "\n".join(ndiff(first.splitlines(), second.splitlines()))
        self.fail(self._formatMessage(msg, self._truncateMessage(standard, lines)))

    def assertInHTML(self, needle, haystack, count=None, msg_prefix=""):
        """The elements are in the page, so many times."""
        wanted, page = self._html(needle, "the first argument"), self._html(haystack, "the second argument")
        found, before = page.count(wanted), _before(msg_prefix)
        if count is None:
            self.assertTrue(found, f"{before}{needle!r} is not in the page\n{safe_repr(haystack)}")
        else:
            message = f"{before}{needle!r} is in the page {found} times, not {count}\n{safe_repr(haystack)}"
            self.assertEqual(found, count, message)

    def assertNotInHTML(self, needle, haystack, msg_prefix=""):
        self.assertInHTML(needle, haystack, count=0, msg_prefix=msg_prefix)

    def assertJSONEqual(self, raw, expected_data, msg=None):
        """The text is JSON of that value, or of that JSON."""
        self.assertEqual(*self._json(raw, expected_data), msg)

    def assertJSONNotEqual(self, raw, expected_data, msg=None):
        self.assertNotEqual(*self._json(raw, expected_data), msg)

    def _json(self, raw, expected_data):
        import json

        values = []
        for what, value in (("first", raw), ("second", expected_data)):
            if what == "second" and not isinstance(value, str):
                values.append(value)
                continue
            try:
                values.append(json.loads(value))
            except ValueError:
                self.fail(f"the {what} argument is not valid JSON: {value!r}")
        return values

    def assertXMLEqual(self, xml1, xml2, msg=None):
        """The same elements, whatever the spaces around texts and the order of attributes."""
        if not self._is_same_xml(xml1, xml2, msg):
            self._differ(f"{safe_repr(xml1, True)} != {safe_repr(xml2, True)}", xml1, xml2, msg)

    def assertXMLNotEqual(self, xml1, xml2, msg=None):
        if self._is_same_xml(xml1, xml2, msg):
            self.fail(self._formatMessage(msg, f"{safe_repr(xml1, True)} == {safe_repr(xml2, True)}"))

    def _is_same_xml(self, xml1, xml2, msg):
        from django.test.utils import compare_xml

        try:
            return compare_xml(xml1, xml2)
        except Exception as error:
            self.fail(self._formatMessage(msg, f"an argument is not valid XML: {error}"))


def _ordered(url):
    from urllib.parse import parse_qsl, urlsplit

    parts = urlsplit(str(url))
    return parts.scheme, parts.netloc, parts.path, sorted(parse_qsl(parts.query, keep_blank_values=True)), parts.fragment
