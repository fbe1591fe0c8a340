from django.contrib.auth import get_user_model
from django.core import mail
from django.test import TestCase, override_settings
from django.urls import reverse

from .models import LoginEvent, Profile

User = get_user_model()
DATA = {"username": "ada", "email": "ada@example.com", "password": "kohlrabi-77", "again": "kohlrabi-77"}


class SignUpTests(TestCase):
    def test_a_sign_up_logs_in_and_sends_a_mail(self):
        response = self.client.post(reverse("signup"), DATA)
        self.assertRedirects(response, reverse("profile"))
        self.assertEqual(len(mail.outbox), 1)
        self.assertEqual(mail.outbox[0].to, ["ada@example.com"])
        self.assertEqual(str(response.wsgi_request.user), "ada")
        self.assertEqual(LoginEvent.objects.get().what, "login")

    def test_a_short_password_is_refused(self):
        response = self.client.post(reverse("signup"), {**DATA, "password": "x", "again": "x"})
        self.assertFormError(response.context["form"], "password", [
            "This password is too short. It must contain at least 8 characters.",
        ])
        self.assertFalse(User.objects.exists())

    def test_every_user_has_a_profile(self):
        user = User.objects.create_user("bob")
        self.assertEqual(user.profile, Profile.objects.get())
        self.assertFalse(user.has_usable_password())


class PreferencesTests(TestCase):
    def setUp(self):
        self.user = User.objects.create_user("ada", password="kohlrabi-77")
        self.client.force_login(self.user)

    def test_preferences_are_json(self):
        self.client.post(reverse("settings"), {"theme": "dark", "per_page": "50"})
        profile = Profile.objects.get(preferences__theme="dark")
        self.assertEqual(profile.preferences, {"theme": "dark", "per_page": 50})
        self.assertEqual(profile.get_preference("mail"), {"news": False})

    def test_others_are_refused(self):
        with self.assertRaisesMessage(ValueError, "colour is not a preference"):
            self.user.profile.set_preference("colour", 1)

    def test_a_new_password_keeps_the_session(self):
        data = {"old_password": "kohlrabi-77", "new_password1": "kohlrabi-88", "new_password2": "kohlrabi-88"}
        self.client.post(reverse("password_change"), data)
        self.assertEqual(self.client.get(reverse("profile")).status_code, 200)
        self.client.logout()
        self.assertFalse(self.client.login(username="ada", password="kohlrabi-77"))
        self.assertTrue(self.client.login(username="ada", password="kohlrabi-88"))

    @override_settings(LOGIN_URL="/enter/")
    def test_where_to_log_in(self):
        self.client.logout()
        self.assertRedirects(self.client.get(reverse("profile")), "/enter/?next=/profile/")
