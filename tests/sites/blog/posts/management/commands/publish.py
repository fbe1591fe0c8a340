from django.core.management.base import BaseCommand, CommandError

from posts.models import Post


class Command(BaseCommand):
    help = "Publishes posts"

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*")
        parser.add_argument("--all", action="store_true", help="all drafts")

    def handle(self, *args, **options):
        posts = Post.objects.filter(status="DF")
        if not options["all"]:
            posts = posts.filter(slug__in=options["slugs"])
            missing = set(options["slugs"]) - {post.slug for post in posts}
            if missing:
                raise CommandError(f"No draft {', '.join(sorted(missing))}")
        for post in posts.order_by("slug"):
            post.publish()
            self.stdout.write(f"{post.slug} is published")
        self.stdout.write(self.style.SUCCESS("done"))
