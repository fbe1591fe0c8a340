from django.contrib.auth.models import Group, Permission, User
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes the people that the walk needs"

    def handle(self, *args, **options):
        eve = User.objects.create_user("eve", "eve@example.com", "kohlrabi-77", is_staff=True)
        User.objects.create_user("gone", password="kohlrabi-77", is_active=False)
        readers = Group.objects.create(name="readers")
        readers.permissions.add(Permission.objects.get(codename="see_report"))
        eve.groups.add(readers)
        root = User.objects.create_superuser("root", "root@example.com", "kohlrabi-77")
        self.stdout.write(f"{User.objects.count()} people, {root.profile}, {eve.check_password('kohlrabi-77')}")
