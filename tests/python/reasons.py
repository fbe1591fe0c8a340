"""Which of Django's modules djr's Python has, and why some names are not there."""

MODULES = """
django django.apps django.conf django.apps.config django.apps.registry django.contrib.auth django.contrib.auth.base_user
django.contrib.auth.context_processors
django.contrib.auth.decorators django.contrib.auth.forms django.contrib.auth.hashers django.contrib.auth.mixins
django.contrib.auth.models django.contrib.auth.password_validation django.contrib.auth.signals
django.contrib.auth.tokens django.contrib.auth.views django.contrib.auth.validators django.contrib.contenttypes.models
django.contrib.messages django.contrib.messages.api
django.contrib.messages.constants django.contrib.messages.storage.base django.contrib.messages.views
django.contrib.sites.requests django.contrib.sites.shortcuts
django.contrib.sessions.backends.base django.contrib.sessions.backends.cache
django.contrib.sessions.backends.cached_db django.contrib.sessions.backends.db
django.contrib.sessions.backends.file django.contrib.sessions.backends.signed_cookies
django.contrib.sessions.exceptions django.contrib.sessions.serializers django.core.cache
django.core.cache.backends.base django.core.cache.utils django.core.exceptions django.core.files
django.core.files.base django.core.files.storage django.core.files.storage.base
django.core.files.images django.core.files.storage.filesystem django.core.files.uploadedfile django.core.mail django.core.mail.backends.base
django.core.management django.core.management.base django.core.paginator django.core.serializers django.core.serializers.base
django.core.serializers.json django.core.serializers.jsonl django.core.serializers.python
django.core.signals django.core.signing django.core.validators django.db django.db.models django.db.models.aggregates django.db.models.expressions
django.db.models.functions django.db.models.lookups django.db.models.query django.db.models.query_utils
django.db.models.signals django.db.transaction django.db.utils
django.db.models.base django.db.models.constraints
django.db.models.deletion django.db.models.enums django.db.models.fields django.db.models.fields.related
django.db.models.indexes django.db.models.manager django.db.models.options
django.dispatch django.forms django.forms.boundfield django.forms.fields django.forms.forms django.forms.formsets django.forms.models
django.forms.renderers django.forms.utils django.forms.widgets django.http django.http.cookie
django.http.multipartparser django.http.request django.http.response django.middleware.cache
django.middleware.clickjacking django.middleware.csrf django.middleware.gzip django.middleware.http
django.shortcuts django.template django.template.base django.template.context django.template.context_processors
django.template.defaultfilters django.template.exceptions django.template.library django.template.loader
django.template.response django.test django.test.client django.test.utils django.urls django.urls.exceptions
django.urls.utils django.utils._os django.utils.cache django.utils.choices django.utils.crypto
django.utils.datastructures django.utils.dateformat django.utils.dateparse django.utils.dates
django.utils.deconstruct django.utils.decorators django.utils.deprecation django.utils.duration
django.utils.encoding django.utils.formats django.utils.functional django.utils.hashable django.utils.html
django.utils.http django.utils.ipv6 django.utils.itercompat django.utils.lorem_ipsum django.utils.module_loading
django.utils.numberformat django.utils.regex_helper django.utils.safestring django.utils.text
django.utils.timesince django.utils.timezone django.utils.translation django.utils.version django.utils.xmlutils
django.views django.views.decorators.cache django.views.decorators.clickjacking django.views.decorators.common
django.views.decorators.csrf django.views.decorators.debug django.views.decorators.gzip
django.views.decorators.http django.views.decorators.vary django.views.defaults django.views.generic
django.views.generic.base django.views.generic.dates django.views.generic.detail django.views.generic.edit
django.views.generic.list
""".split()

# Members of classes that are Django's own business.
INNER = frozenset("lock main_re urls_re".split())

ABSENT_MODULES = {
    "django.contrib.admin": "the admin is declared in admin.toml",
    "django.contrib.gis": "djr has no geographic fields",
    "django.contrib.humanize": "its filters are there in every template",
    "django.contrib.postgres": "djr stores in SQLite",
    "django.contrib.redirects": "declare redirects in urls.toml: view = \"generic.redirect\"",
    "django.contrib.sitemaps": "sitemaps are declared in urls.toml: view = \"generic.sitemap\"",
    "django.contrib.sites.models": "the name of the site stands in djr.toml: django.contrib.sites.shortcuts",
    "django.contrib.staticfiles": "static files are served by djr; in templates: {{ static(\"a.css\") }}",
    "django.contrib.syndication": "feeds are declared in urls.toml: view = \"generic.feed\"",
    "django.core.asgi": "djr is the server",
    "django.core.wsgi": "djr is the server",
    "django.db.migrations": "migrations are TOML: djr makemigrations",
    "django.utils.asyncio": "djr's Python runs without an event loop",
    "django.utils.autoreload": "djr runserver loads changed files by itself",
    "django.utils.feedgenerator": "feeds are declared in urls.toml: view = \"generic.feed\"",
    "django.conf.urls": "addresses are declared in urls.toml",
    "django.views.static": "djr serves static and media files itself",
    "django.views.i18n": "texts are in English",
}

# What is missing in these is not in Django's documentation.
INTERNAL = {
    "django.apps.config", "django.db.models.base", "django.db.models.constraints", "django.db.models.deletion",
    "django.db.models.enums", "django.db.models.fields", "django.db.models.fields.related",
    "django.db.models.indexes", "django.db.models.options",
    "django.forms.boundfield", "django.forms.fields", "django.forms.forms", "django.forms.formsets",
    "django.forms.renderers", "django.forms.utils", "django.forms.widgets", "django.utils.choices",
    "django.conf", "django.contrib.messages.storage.base", "django.contrib.sessions.backends.cache",
    "django.contrib.sessions.backends.cached_db", "django.contrib.sessions.backends.signed_cookies",
    "django.core.mail", "django.core.management.base", "django.core.validators", "django.middleware.cache",
    "django.db.models.expressions", "django.db.models.lookups", "django.db.models.query", "django.db.models.query_utils",
    "django.db.utils", "django.utils.deprecation", "django.utils.formats", "django.utils.html", "django.utils.http",
    "django.utils.module_loading", "django.utils.numberformat", "django.utils.regex_helper", "django.utils.text",
}

_ASYNC = "djr's Python runs without an event loop: use the function of the same name without `a`"
_ROWS = "rows are not yet there for Python: queries are declared in urls.toml (docs/queries.md)"
_URLS = "addresses are declared in urls.toml"
_TEMPLATES = "templates are Jinja, which djr compiles"
_SERVER = "djr's server does that"

REASONS = {
    "django.contrib.auth.password_validation": "djr's own validators: [auth] in djr.toml",
    "django.db": _ROWS,
    "django.db.models": _ROWS,
    "django.urls": _URLS,
    "django.template": _TEMPLATES,
    "django.template.base": _TEMPLATES,
    "django.template.library": _TEMPLATES,
    "django.template.context": _TEMPLATES,
    "django.contrib.auth.hashers": "passwords are hashed by djr as [auth] password_hashers says",
    "django.http.multipartparser": _SERVER,
    "django.middleware.csrf": "the middleware is djr's: [project] middleware = [..., \"csrf\"]",
    "django.test": "not yet here",
    "django.test.utils": "not yet here",
    "django.test.client": "not yet here",
    "django.core.management": "commands are found and run by djr",
    "django.utils.version": "nothing here depends on the version of Python",
    "django.utils.translation": "texts are in English",
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
    return REASONS.get(module, "internal to Django" if module in INTERNAL else "not yet here")
