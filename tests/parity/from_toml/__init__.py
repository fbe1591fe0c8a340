"""What a Django of one's own needs in place of the TOML of a project: `settings.py`, `urls.py` and `models.py`.

Each part is Python text that a person could have written; the Python and the templates of the project stay as they are.
"""

import shutil
import tomllib
from pathlib import Path

from .admin import admin_py
from .models import models_py
from .settings import own_apps, settings_py
from .urls import urls_py

JINJA = Path(__file__).with_name("jinja.py")
MANAGE = """import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
    execute_from_command_line(sys.argv)
"""


def convert(site):
    """Writes beside the TOML of the project at `site` what real Django reads in its place."""
    read = tomllib.loads((site / "djr.toml").read_text(encoding="utf-8"))
    (site / "site_settings.py").write_text(settings_py(site, read), encoding="utf-8")
    shutil.copy(JINJA, site / "site_jinja.py")
    (site / "manage.py").write_text(MANAGE, encoding="utf-8")
    (site / "site_urls.py").write_text(urls_py(site / "urls.toml"), encoding="utf-8")
    for app in own_apps(read):
        (site / app / "__init__.py").touch()
        file = site / app / "models.toml"
        if file.exists():
            own = site / app / "models.py"
            written = own.read_text(encoding="utf-8") if own.exists() else ""
            own.write_text(models_py(file.read_text(encoding="utf-8"), written), encoding="utf-8")
            (site / app / "migrations").mkdir(exist_ok=True)
            (site / app / "migrations" / "__init__.py").touch()
        if "admin" in read["project"]["apps"] and file.exists():
            admin = site / app / "admin.toml"
            said = admin.read_text(encoding="utf-8") if admin.exists() else ""
            models = tomllib.loads(file.read_text(encoding="utf-8"))
            (site / app / "admin.py").write_text(admin_py(said, models), encoding="utf-8")
        urls = site / app / "urls.toml"
        if urls.exists():
            (site / app / "urls.py").write_text(urls_py(urls), encoding="utf-8")
