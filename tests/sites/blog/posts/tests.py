from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from activity.models import Event

from .forms import CommentForm
from .models import Category, Comment, Post, Tag


class PostTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = User.objects.create_user("ada", password="kohlrabi-77")
        cls.category = Category.objects.create(name="Herbs", slug="herbs")
        cls.draft = Post.objects.create(title="Kale & co", author=cls.ada, category=cls.category, body="word " * 500)
        cls.public = Post.objects.create(title="Water", author=cls.ada, body="wet")
        cls.public.publish()

    def test_a_slug_comes_from_the_title(self):
        self.assertEqual(self.draft.slug, "kale-co")
        self.assertEqual(self.draft.get_absolute_url(), "/posts/kale-co/")

    def test_a_slug_is_taken_once(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Post.objects.create(title="Again", slug="water", author=self.ada, body="-")
        with self.assertRaises(ValidationError) as raised:
            Post(title="Again", slug="water", author=self.ada, body="-").full_clean()
        self.assertIn("slug", raised.exception.message_dict)

    def test_managers(self):
        self.assertQuerySetEqual(Post.objects.published(), [self.public])
        self.assertQuerySetEqual(Post.published.all(), [self.public])
        self.assertQuerySetEqual(Post.objects.by(self.ada).filter(status="DF"), [self.draft])

    def test_a_published_post_is_of_now(self):
        self.assertTrue(self.public.is_published)
        self.assertLess(timezone.now() - self.public.published_at, timezone.timedelta(minutes=1))

    def test_properties(self):
        self.assertEqual(self.draft.reading_time, 2)
        self.assertEqual(self.draft.get_status_display(), "Draft")
        self.assertEqual(str(Comment(post=self.draft, name="Eve")), "Eve on Kale & co")

    def test_tags_go_both_ways(self):
        tag = Tag.objects.create(name="winter")
        self.draft.tags.add(tag)
        self.assertEqual(list(tag.posts.values_list("title", flat=True)), ["Kale & co"])
        self.draft.tags.clear()
        self.assertFalse(tag.posts.exists())

    def test_a_category_that_goes_leaves_its_posts(self):
        self.category.delete()
        self.draft.refresh_from_db()
        self.assertIsNone(self.draft.category)

    def test_receivers_write_events(self):
        kinds = list(Event.objects.values_list("kind", flat=True))
        self.assertEqual(kinds, ["created", "created", "changed", "published"])

    def test_the_list_asks_five_times(self):
        with self.assertNumQueries(5):
            response = self.client.get(reverse("post-list"))
        self.assertContains(response, "Water")
        self.assertNotContains(response, "Kale")

    def test_drafts_are_for_their_author(self):
        url = self.draft.get_absolute_url()
        self.assertEqual(self.client.get(url).status_code, 404)
        self.client.force_login(self.ada)
        self.assertContains(self.client.get(url), "Kale &amp; co")

    def test_writing_needs_a_login(self):
        url = reverse("post-create")
        self.assertRedirects(self.client.get(url), f"/accounts/login/?next={url}")
        self.assertTrue(self.client.login(username="ada", password="kohlrabi-77"))
        data = {"title": "New", "slug": "new", "body": "text", "status": "DF"}
        response = self.client.post(url, data, follow=True)
        self.assertContains(response, "“New” is saved.")
        self.assertEqual(Post.objects.get(slug="new").author, self.ada)

    def test_publishing_needs_a_permission(self):
        self.client.force_login(self.ada)
        url = reverse("publish", args=["kale-co"])
        self.assertEqual(self.client.post(url).status_code, 403)
        self.ada.user_permissions.add(Permission.objects.get(codename="publish_post"))
        self.assertRedirects(self.client.post(url), "/posts/kale-co/")

    def test_the_command(self):
        call_command("publish", "kale-co", stdout=open("/dev/null", "w"))
        self.assertEqual(Post.published.count(), 2)
        with self.assertRaisesMessage(CommandError, "No draft nothing"):
            call_command("publish", "nothing")


class CommentFormTests(TestCase):
    def test_links_are_refused(self):
        form = CommentForm({"name": "Eve", "text": "see http://example.com"})
        self.assertFormError(form, None, "No links, please.")
        self.assertTrue(form.has_error("__all__", "link"))

    def test_fields_that_are_missing(self):
        form = CommentForm({})
        self.assertEqual(set(form.errors), {"name", "text"})
