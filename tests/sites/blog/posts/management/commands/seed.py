from django.contrib.auth.models import Permission, User
from django.core.management.base import BaseCommand

from posts.models import Category, Post, Tag


class Command(BaseCommand):
    help = "Makes what the walk needs"

    def handle(self, *args, **options):
        ada = User.objects.create_user("ada", "ada@example.com", "kohlrabi-77")
        bob = User.objects.create_user("bob", "bob@example.com", "kohlrabi-77", first_name="Bob")
        ada.user_permissions.set(Permission.objects.filter(codename__in=["publish_post", "add_post"]))
        herbs, _ = Category.objects.get_or_create(name="Herbs", slug="herbs")
        Category.objects.create(name="Empty", slug="empty")
        spring, winter = (Tag.objects.create(name=name) for name in ["spring", "winter"])
        kale = Post.objects.create(title="Kale & co", author=ada, category=herbs, body="Kale stands\nthe frost. " * 3)
        kale.tags.add(winter, spring)
        Post.objects.create(title="Water", slug="water", author=bob, body="It rains.")
        kale.publish()
        self.stdout.write(f"{Post.objects.count()} posts of {User.objects.count()} users")
