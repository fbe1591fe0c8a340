"""Why some of Django's modules and names are not in djr's Python, and what to use in their place."""

# Members of classes that are Django's own business.
INNER = frozenset("lock main_re urls_re".split())

_ADMIN = "the admin is declared in admin.toml"
_SITES = "the name of the site stands in djr.toml: django.contrib.sites.shortcuts"
_OWN_APP = "the app is djr's own: [project] apps names it by its last word"
_OWN_MIDDLEWARE = "the middleware is djr's: [project] middleware names it by one word"
_OWN_COMMAND = "the command is djr's own: call_command() runs it"
_PAGES = "templates are Jinja, which djr compiles"
_ADDRESSES = "addresses are declared in urls.toml"
_IS_SERVER = "djr is the server"
_ENGLISH = "texts are in English"
_SQLITE = "djr stores in SQLite: django.db.connection, and django.db.models for all else"
_CHECKS = "djr check has checks of its own: write yours as a test"
_INTERNAL = "internal to Django"

# Modules that are not there, with all below them.
ABSENT_MODULES = {
    "django.__main__": "the commands are djr's",
    "django.conf.locale": _ENGLISH,
    "django.conf.urls": _ADDRESSES,
    "django.contrib.admin.actions": _ADMIN,
    "django.contrib.admin.apps": _ADMIN,
    "django.contrib.admin.checks": _ADMIN,
    "django.contrib.admin.exceptions": _ADMIN,
    "django.contrib.admin.filters": _ADMIN,
    "django.contrib.admin.forms": _ADMIN,
    "django.contrib.admin.helpers": _ADMIN,
    "django.contrib.admin.migrations": _ADMIN,
    "django.contrib.admin.options": _ADMIN,
    "django.contrib.admin.sites": _ADMIN,
    "django.contrib.admin.templatetags": _ADMIN,
    "django.contrib.admin.tests": _ADMIN,
    "django.contrib.admin.utils": _ADMIN,
    "django.contrib.admin.views": _ADMIN,
    "django.contrib.admin.widgets": _ADMIN,
    "django.contrib.admindocs": _ADMIN,
    "django.contrib.auth.admin": _ADMIN,
    "django.contrib.auth.apps": _OWN_APP,
    "django.contrib.auth.checks": _CHECKS,
    "django.contrib.auth.handlers": _IS_SERVER,
    "django.contrib.auth.management": "djr migrate makes the permissions; createsuperuser and changepassword are djr's own",
    "django.contrib.auth.middleware": _OWN_MIDDLEWARE,
    "django.contrib.auth.migrations": "the migrations of djr's apps are in the binary",
    "django.contrib.auth.urls": 'urls.toml has them: include = "auth.urls"',
    "django.contrib.contenttypes.admin": _ADMIN,
    "django.contrib.contenttypes.apps": _OWN_APP,
    "django.contrib.contenttypes.checks": _CHECKS,
    "django.contrib.contenttypes.forms": "use modelformset_factory over the query set of the relation",
    "django.contrib.contenttypes.management": "djr migrate makes the content types",
    "django.contrib.contenttypes.migrations": "the migrations of djr's apps are in the binary",
    "django.contrib.contenttypes.views": "redirect to get_absolute_url() of the row",
    "django.contrib.flatpages": 'pages of their own are declared in urls.toml: view = "template"',
    "django.contrib.gis": "djr has no geographic fields",
    "django.contrib.humanize": "its filters are there in every template",
    "django.contrib.messages.apps": _OWN_APP,
    "django.contrib.messages.middleware": _OWN_MIDDLEWARE,
    "django.contrib.postgres": "djr stores in SQLite",
    "django.contrib.redirects": 'declare redirects in urls.toml: view = "generic.redirect"',
    "django.contrib.sessions.apps": _OWN_APP,
    "django.contrib.sessions.management": _OWN_COMMAND,
    "django.contrib.sessions.middleware": _OWN_MIDDLEWARE,
    "django.contrib.sessions.migrations": "the migrations of djr's apps are in the binary",
    "django.contrib.sitemaps": 'sitemaps are declared in urls.toml: view = "generic.sitemap"',
    "django.contrib.sites.admin": _SITES,
    "django.contrib.sites.apps": _SITES,
    "django.contrib.sites.checks": _SITES,
    "django.contrib.sites.management": _SITES,
    "django.contrib.sites.managers": _SITES,
    "django.contrib.sites.middleware": _SITES,
    "django.contrib.sites.migrations": _SITES,
    "django.contrib.sites.models": _SITES,
    "django.contrib.staticfiles": 'static files are served by djr; in templates: {{ static("a.css") }}',
    "django.contrib.syndication": 'feeds are declared in urls.toml: view = "generic.feed"',
    "django.core.asgi": _IS_SERVER,
    "django.core.checks": _CHECKS,
    "django.core.files.locks": "use transaction.atomic(), or a file that is written whole and renamed",
    "django.core.files.storage.mixins": "derive from django.core.files.storage.Storage",
    "django.core.files.uploadhandler": "djr's server reads uploads, within the limits of [uploads] in djr.toml",
    "django.core.handlers.asgi": _IS_SERVER,
    "django.core.handlers.base": _IS_SERVER,
    "django.core.handlers.exception": _IS_SERVER,
    "django.core.management.commands": _OWN_COMMAND,
    "django.core.management.sql": _OWN_COMMAND,
    "django.core.management.templates": _OWN_COMMAND,
    "django.core.serializers.pyyaml": "rows are written as json, jsonl or python",
    "django.core.serializers.xml_serializer": "rows are written as json, jsonl or python",
    "django.core.servers": _IS_SERVER,
    "django.core.wsgi": _IS_SERVER,
    "django.db.backends": _SQLITE,
    "django.db.migrations": "migrations are TOML: djr makemigrations",
    "django.db.models.fields.proxy": "models.toml has no order with respect to a field",
    "django.db.models.fields.related_lookups": _INTERNAL,
    "django.db.models.fields.tuple_lookups": _INTERNAL,
    "django.db.models.functions.mixins": _INTERNAL,
    "django.db.models.sql": "djr writes the statements: str(queryset.query) shows one",
    "django.db.models.utils": _INTERNAL,
    "django.middleware.common": _OWN_MIDDLEWARE,
    "django.middleware.locale": _ENGLISH,
    "django.middleware.security": _OWN_MIDDLEWARE,
    "django.template.autoreload": _PAGES,
    "django.template.backends": _PAGES,
    "django.template.defaulttags": _PAGES,
    "django.template.engine": _PAGES,
    "django.template.loader_tags": _PAGES,
    "django.template.loaders": "templates are found by djr: [templates] dirs, and the apps in their order",
    "django.template.smartif": _PAGES,
    "django.template.utils": _PAGES,
    "django.templatetags.cache": "cache is a function of every template",
    "django.templatetags.i18n": _ENGLISH,
    "django.templatetags.l10n": _ENGLISH,
    "django.templatetags.tz": "its filters are there in every template",
    "django.test.selenium": "djr test drives no browser: LiveServerTestCase serves the site to one",
    "django.urls.conf": _ADDRESSES,
    "django.urls.converters": "urls.toml has the converters int, str, slug, uuid and path",
    "django.utils.archive": "use zipfile",
    "django.utils.asyncio": "djr's Python runs without an event loop",
    "django.utils.autoreload": "djr runserver loads changed files by itself",
    "django.utils.connection": _INTERNAL,
    "django.utils.feedgenerator": 'feeds are declared in urls.toml: view = "generic.feed"',
    "django.utils.inspect": "use inspect",
    "django.utils.log": "[logging] in djr.toml has the handlers and filters",
    "django.utils.termcolors": "a command has self.style",
    "django.utils.translation": _ENGLISH,
    "django.views.csrf": "the page is templates/403_csrf.html",
    "django.views.debug": "the page of errors with debug is djr's own",
    "django.views.i18n": _ENGLISH,
    "django.views.static": "djr serves static and media files itself",
}

_ASYNC = "djr's Python runs without an event loop: use the function of the same name without `a`"
_ROWS = "it is internal to Django: the classes of django.db.models are there"
_URLS = "addresses are declared in urls.toml"
_TEMPLATES = "templates are Jinja, which djr compiles"
_SERVER = "djr's server does that"

_HASHERS = "passwords are hashed by djr as [auth] password_hashers says"
_TESTS = "djr test runs the tests itself: what a test asks of django.test is there"

# Why names of a module, or of one below it, are not there; of others it is that they are no part of Django's documentation.
REASONS = {
    "django.contrib.admin.decorators": _ADMIN,
    "django.contrib.admin": _ADMIN,
    "django.contrib.auth.backends": "write a backend of your own, and name it in [auth] backends",
    "django.contrib.auth.hashers": _HASHERS,
    "django.conf.global_settings": "djr has no such setting",
    "django.core.cache.backends": "the caches are djr's: [caches] in djr.toml; derive from django.core.cache.backends.base",
    "django.core.management": "commands are found and run by djr",
    "django.db": _ROWS,
    "django.http.multipartparser": _SERVER,
    "django.middleware.csrf": "the middleware is djr's: [project] middleware = [..., \"csrf\"]",
    "django.template": _TEMPLATES,
    "django.template.defaultfilters": "it is a filter of templates, and no function in Python",
    "django.templatetags": "it is a function of every template",
    "django.test": _TESTS,
    "django.urls": _URLS,
    "django.utils.translation": "texts are in English",
    "django.utils.version": "nothing here depends on the version of Python",
}

# There, and made of the models of a site, which those who ask here do not have.
OF_A_SITE = {
    ("django.contrib.auth.forms", name)
    for name in ("AdminUserCreationForm", "BaseUserCreationForm", "UserChangeForm", "UserCreationForm")
}

NAMES = {
    ("django.db.models", "OrderWrt"): "models.toml has no order with respect to a field",
    ("django.db.models.signals", "ModelSignal"): "use one of the signals of this module",
    ("django.core.serializers", "BadSerializer"): "a format that cannot be imported says so when it is asked for",
    ("django.utils.functional", "lazystr"): "use lazy(str, str)",
    ("django.db.models.expressions", "RawSQL"): "write a function of django.db.models.functions, or raw() for the whole query",
    ("django.db.models.lookups", "Transform"): "the lookups of fields are djr's own",
}


def of(module, name):
    """Why a name is not there, and what to use."""
    if (module, name) in NAMES:
        return NAMES[module, name]
    plain = name.lower()
    if "async" in plain or plain.startswith("asgi") or plain.endswith("asgi"):
        return _ASYNC
    if name.startswith("a") and name[1:] in ("authenticate", "login", "logout", "get_user", "get_object_or_404",
                                             "get_list_or_404", "update_session_auth_hash", "check_password"):
        return _ASYNC
    if name.isupper() and module not in ("django.conf.global_settings", "django.contrib.auth.hashers"):
        return _INTERNAL
    while module:
        if module in REASONS:
            return REASONS[module]
        module = module.rpartition(".")[0]
    return _INTERNAL
