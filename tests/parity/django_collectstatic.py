"""Collects the files of a directory as Django does: `django_collectstatic.py SOURCE ROOT`.

Fails with what Django says where it does.
"""

import sys

import django
from django.conf import settings
from django.core.management import call_command


def main(source, root):
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STATICFILES_DIRS=[source],
        STATIC_ROOT=root,
        STATIC_URL="/static/",
        STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}},
    )
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:])
