from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options):
        send_mail("Report", "All is well.", settings.SERVER_EMAIL, [address for _, address in settings.MANAGERS])
        self.stdout.write("sent", ending=".\n")
