"""What tests of a site may expect of pages, settings, commands and servers of djr's own."""

import urllib.request
from unittest import mock

from django.contrib.auth import get_user_model
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import (
    SimpleTestCase,
    TestCase,
    TransactionTestCase,
    modify_settings,
    override_settings,
    skipUnlessDBFeature,
)
from django.test.utils import override_script_prefix
from django.urls import reverse
from notes.models import Note

User = get_user_model()


class OwnPages(TestCase):
    def test_login_page(self):
        r = self.client.get("/accounts/login/")
        self.assertTemplateUsed(r, "registration/login.html")
        self.assertTemplateUsed(r, "base.html")
        self.assertIn("form", r.context)
        self.assertFalse(r.context["user"].is_authenticated)
        self.assertEqual(r.resolver_match.view_name, "login")
        with self.assertTemplateUsed("registration/login.html"):
            self.client.get("/accounts/login/")
        with self.assertRaises(AssertionError):
            self.assertTemplateUsed(r, "x.html")

    def test_form(self):
        r = self.client.post("/accounts/login/", {"username": "ada", "password": "no"})
        form = r.context["form"]
        self.assertTrue(form.is_bound)
        self.assertFormError(form, "username", [])
        self.assertEqual(len(form.non_field_errors()), 1)

    def test_login(self):
        User.objects.create_user("ada", "ada@example.com", "pass-word-1")
        r = self.client.post("/accounts/login/", {"username": "ada", "password": "no"})
        self.assertEqual(r.status_code, 200)
        r = self.client.post("/accounts/login/", {"username": "ada", "password": "pass-word-1"}, follow=True)
        self.assertRedirects(r, "/")
        self.assertEqual(r.redirect_chain, [("/", 302)])
        self.assertTrue(r.context["user"].is_authenticated)
        self.assertEqual(r.wsgi_request.user.username, "ada")
        self.client.logout()
        self.assertFalse(self.client.get("/").wsgi_request.user.is_authenticated)
        self.assertTrue(self.client.login(username="ada", password="pass-word-1"))
        self.assertEqual(self.client.session["_auth_user_id"], str(User.objects.get().pk))

    def test_mail(self):
        User.objects.create_user("ada", "ada@example.com", "pass-word-1")
        self.client.post("/accounts/password_reset/", {"email": "ada@example.com"})
        self.assertEqual(len(mail.outbox), 1)
        self.assertEqual(mail.outbox[0].to, ["ada@example.com"])

    def test_command(self):
        call_command("createsuperuser", username="eve", email="e@x.org", interactive=False)
        self.assertTrue(User.objects.get(username="eve").is_superuser)
        Note.objects.create(title="a")
        call_command("clearsessions")
        call_command("flush", interactive=False)
        self.assertEqual(Note.objects.count(), 0)

    def test_queries(self):
        with self.assertNumQueries(1):
            self.client.get("/list/")


@override_settings(LOGIN_URL="/other-login/")
class Settings(TestCase):
    def test_urls(self):
        self.assertEqual(self.client.get("/other/").status_code, 404)
        with self.settings(ROOT_URLCONF="notes.test_urls"):
            self.assertEqual(reverse("other"), "/other/")
            self.assertContains(self.client.get("/other/"), "other")
        self.assertEqual(self.client.get("/other/").status_code, 404)

    @modify_settings(MIDDLEWARE={"remove": "django.middleware.clickjacking.XFrameOptionsMiddleware"})
    def test_middleware(self):
        self.assertNotIn("X-Frame-Options", self.client.get("/list/").headers)

    def test_middleware_back(self):
        self.assertEqual(self.client.get("/list/").headers["X-Frame-Options"], "DENY")

    def test_cookie(self):
        with self.settings(SESSION_COOKIE_NAME="other"):
            User.objects.create_user("ada", "ada@example.com", "pass-word-1")
            self.client.post("/accounts/login/", {"username": "ada", "password": "pass-word-1"})
            self.assertIn("other", self.client.cookies)

    def test_validators(self):
        from django.contrib.auth.password_validation import validate_password
        from django.core.exceptions import ValidationError
        with self.assertRaises(ValidationError):
            validate_password("abc")
        with self.settings(AUTH_PASSWORD_VALIDATORS=[]):
            validate_password("abc")

    def test_own(self):
        with self.settings(TITLE="Another"):
            self.assertEqual(settings.TITLE, "Another")
            self.assertContains(self.client.get("/"), "Another")


class Simple(SimpleTestCase):
    def test_refused(self):
        with self.assertRaisesMessage(AssertionError, "Database queries to 'default' are not allowed"):
            Note.objects.count()

    def test_html(self):
        self.assertHTMLEqual("<a  href='x' class='b a'>y </a>", '<a class="a b" href="x">y</a>')
        self.assertInHTML("<b>x</b>", "<p><b>x</b><i>y</i></p>", count=1)
        self.assertXMLEqual("<a><b c='1' d='2'/></a>", "<a> <b d='2' c='1'/></a>")
        self.assertJSONEqual('{"a": 1}', {"a": 1})

    def test_prefix(self):
        with override_script_prefix("/x/"):
            self.assertEqual(reverse("index"), "/x/list/")

    async def test_async(self):
        self.assertTrue(True)

    def test_mock(self):
        with mock.patch("django.core.mail.send_mail") as send_mail:
            mail.send_mail("a", "b", None, [])
        send_mail.assert_called_once()
        for n in range(3):
            with self.subTest(n=n):
                self.assertNotEqual(n, 5)


class Rows(TransactionTestCase):
    def test_a(self):
        self.assertEqual(Note.objects.create(title="x").pk, 1)
    test_b = test_a

    @skipUnlessDBFeature("nothing_at_all")
    def test_skip(self):
        pass


class Live(StaticLiveServerTestCase):
    def test_live(self):
        Note.objects.create(title="seen")
        body = urllib.request.urlopen(self.live_server_url + "/list/").read()
        self.assertIn(b"seen", body)
