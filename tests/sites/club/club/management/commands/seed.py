from django.contrib.auth.models import Permission, User
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes the members that the walk needs"

    def handle(self, *args, **options):
        cellar = Permission.objects.get(codename="enter_cellar")
        for name in ("ann", "bob", "xeno"):
            user = User.objects.create_user(name, password="kohlrabi-77")
            if name != "ann":
                user.user_permissions.add(cellar)
        old = User.objects.create_user("old")
        old.password = "md5$salt$ca3989301368d9be70c520dbcc37cf05"
        old.save()
        self.stdout.write(f"{User.objects.get(username='bob').password[:9]}")
