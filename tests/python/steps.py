"""One step of a case: a statement or an expression, run and described; the same for Django and for ours."""

SETTINGS = {
    "SECRET_KEY": "django-insecure-of-the-tests",
    "USE_TZ": True,
    "TIME_ZONE": "Europe/Vienna",
    "ALLOWED_HOSTS": ["testserver", ".example.com"],
    "DEFAULT_CHARSET": "utf-8",
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "ADMINS": [("Ann", "ann@example.com")],
    "MANAGERS": [("Max", "max@example.com")],
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"}},
    "SESSION_ENGINE": "django.contrib.sessions.backends.cache",
    "INSTALLED_APPS": ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    "ROOT_URLCONF": "case_urls",
    "LOGIN_URL": "/login/",
    "MEDIA_ROOT": "",
    "MEDIA_URL": "/media/",
    "TEMPLATES": [],
    "STATIC_URL": "/static/",
}


def prepare():
    """Settings as every case expects them."""
    from django.conf import settings

    settings.configure(**SETTINGS)
    try:
        import django

        django.setup()
    except ImportError:
        pass


def show(value, depth=0):
    """The text of a value that is compared: its kind where that matters, and nothing of its place in memory."""
    kind = type(value)
    if depth > 6:
        return "..."
    if kind in (list, tuple, set, frozenset):
        items = [show(item, depth + 1) for item in value]
        if kind in (set, frozenset):
            items.sort()
        return f"{'' if kind in (list, tuple) else kind.__name__}{'[' if kind is list else '('}{', '.join(items)}{']' if kind is list else ')'}"
    if kind is dict:
        return "{" + ", ".join(f"{show(key, depth + 1)}: {show(item, depth + 1)}" for key, item in value.items()) + "}"
    if isinstance(value, BaseException):
        return failure(value)
    if isinstance(value, type):
        return f"<class {value.__name__}>"
    if isinstance(value, str) and kind is not str:
        return f"{kind.__name__}({shortened(str.__repr__(value))})"
    text = shortened(repr(value))
    if " at 0x" in text:
        return f"<{kind.__name__}>"
    return text


def shortened(text):
    """Long text by its ends, its length and a sum of its characters."""
    if len(text) <= 600:
        return text
    return f"{text[:100]} ... {text[-100:]} ({len(text)} characters, {sum(map(ord, text))})"


def failure(error):
    """An exception as it is compared: its class; what a visitor may read is compared, too."""
    if type(error).__name__ == "ValidationError":
        code = getattr(error, "code", None)
        if hasattr(error, "error_dict"):
            return f"ValidationError({show(error.message_dict)})"
        return f"ValidationError({show(error.messages)}, {code!r})"
    return type(error).__name__


def each(function, *values):
    """What `function` answers for each value, or which exception it raises."""
    return [tried(function, value) for value in values]


def tried(function, *arguments, **named):
    try:
        return function(*arguments, **named)
    except Exception as error:
        return error


def shown_apart(value):
    return [show(item) for item in value] if type(value) is list and len(value) > 1 else show(value)


def namespace():
    return {"__name__": "case", "show": show, "each": each, "tried": tried}


def answer(source, kind, names):
    """What one step answers, as text; a list has a text for each item."""
    try:
        if kind == "eval":
            return shown_apart(eval(compile(source, "case", "eval"), names))
        exec(compile(source, "case", "exec"), names)
        return "done"
    except Exception as error:
        return f"raises {failure(error)}"
