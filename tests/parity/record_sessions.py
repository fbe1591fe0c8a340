"""Records what real Django's sessions do, call by call and response by response, in golden/sessions.json.

The calls are found by looking at `SessionBase`: one that is not recorded fails the recording, and one that djr does not have fails
`cargo test` (src/sessions/recorded_tests.rs, src/project/site_tests/session_responses.rs). `--check` fails if a fresh recording differs.
"""

import datetime
import inspect
import itertools
import json
from pathlib import Path
from unittest import mock

from recording import keep

GOLDEN = Path(__file__).parent / "golden" / "sessions.json"
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, 250000, tzinfo=datetime.timezone.utc)
KEY = "k" * 32
DATA = {"cart": [1, 2], "name": "ada"}

# Calls that the engine is asked for, and not the session of a request: they are tried in src/sessions/engine_tests.rs.
ENGINE = {"exists", "load", "save", "create", "delete", "clear_expired", "encode", "decode", "key_salt", "serializer"}
# What is no call of a session.
OTHER = {"TEST_COOKIE_NAME", "TEST_COOKIE_VALUE", "__contains__", "__delitem__", "__getitem__", "__setitem__"}


def settings():
    from django.conf import settings

    settings.configure(
        SECRET_KEY="key",
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.sessions"],
        SESSION_ENGINE="django.contrib.sessions.backends.db",
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def methods():
    """The public calls of a session; those that only wait for another one (`aget` for `get`) left out."""
    from django.contrib.sessions.backends.base import SessionBase

    names = {name for name in dir(SessionBase) if not name.startswith("_")}
    names |= {name for name in ("__contains__", "__getitem__", "__setitem__", "__delitem__") if name in dir(SessionBase)}
    waiting = {name for name in names if name.startswith("a") and name[1:] in names} | {"aset"}
    found = {}
    for name in sorted(names - waiting - ENGINE):
        call = getattr(SessionBase, name)
        parameters = list(inspect.signature(call).parameters)[1:] if callable(call) else []
        found[name] = parameters
    return found


def value(argument):
    """An argument as JSON writes it, for what JSON does not have: {"moment": ...} and {"seconds": ...}."""
    if isinstance(argument, dict) and set(argument) == {"moment"}:
        return datetime.datetime.fromisoformat(argument["moment"])
    if isinstance(argument, dict) and set(argument) == {"seconds"}:
        return datetime.timedelta(seconds=argument["seconds"])
    return argument


EXPIRIES = [None, 0, 1, 300, -5, {"moment": "2026-01-02T04:04:05.500000+00:00"}, {"moment": "2020-01-01T00:00:00+00:00"},
            {"moment": "2026-01-02T05:04:05+02:00"}, {"seconds": 90}, {"seconds": -90}, {"seconds": 0}]

# A call, and what was called before in the same request.
CALLS = [
    ("__contains__", ["cart"], []), ("__contains__", ["nope"], []),
    ("has_key", ["cart"], []), ("has_key", ["nope"], []), ("has_key", [""], []),
    ("__getitem__", ["name"], []), ("__getitem__", ["nope"], []),
    ("get", ["name"], []), ("get", ["nope"], []), ("get", ["nope", 5], []), ("get", ["name", 5], []),
    ("__setitem__", ["name", "bob"], []), ("__setitem__", ["new", {"a": [None, True, 1.5]}], []), ("__setitem__", ["", ""], []),
    ("__setitem__", ["name", "ada"], []),
    ("__delitem__", ["name"], []), ("__delitem__", ["nope"], []),
    ("pop", ["name"], []), ("pop", ["nope"], []), ("pop", ["nope", "other"], []), ("pop", ["name", "other"], []), ("pop", ["nope", None], []),
    ("setdefault", ["name", "bob"], []), ("setdefault", ["new", "bob"], []), ("setdefault", ["new", None], []),
    ("update", [{}], []), ("update", [{"name": "bob", "more": 1}], []),
    ("keys", [], []), ("values", [], []), ("items", [], []), ("keys", [], [["__setitem__", ["z", 1]], ["__delitem__", ["cart"]]]),
    ("clear", [], []), ("clear", [], [["__setitem__", ["z", 1]]]),
    ("is_empty", [], []), ("is_empty", [], [["clear", []]]), ("is_empty", [], [["flush", []]]), ("is_empty", [], [["get", ["name"]]]),
    ("flush", [], []), ("flush", [], [["cycle_key", []]]),
    ("cycle_key", [], []), ("cycle_key", [], [["__setitem__", ["z", 1]]]), ("cycle_key", [], [["flush", []]]),
    ("session_key", [], []), ("session_key", [], [["flush", []]]), ("session_key", [], [["clear", []]]),
    ("set_test_cookie", [], []), ("test_cookie_worked", [], []), ("test_cookie_worked", [], [["set_test_cookie", []]]),
    ("delete_test_cookie", [], [["set_test_cookie", []]]), ("delete_test_cookie", [], []),
    ("get_session_cookie_age", [], []),
    *[("set_expiry", [expiry], []) for expiry in EXPIRIES],
    *[("set_expiry", [None], [["set_expiry", [expiry]]]) for expiry in EXPIRIES],
    *[(name, [], [["set_expiry", [expiry]]]) for expiry in EXPIRIES
      for name in ("get_expiry_age", "get_expiry_date", "get_expire_at_browser_close")],
]


def call(session, name, arguments):
    found = getattr(session, name)
    return found(*map(value, arguments)) if callable(found) else found


def plain(result):
    if isinstance(result, datetime.datetime):
        return result.isoformat()
    if result.__class__.__name__ in ("dict_keys", "dict_values", "dict_items"):
        return [list(item) if isinstance(item, tuple) else item for item in result]
    return result


def record_call(name, arguments, before):
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
    kept = SessionStore(KEY)
    kept.clear()  # Nothing is to be looked for.
    kept.update(DATA)
    kept.save(must_create=True)
    session = SessionStore(KEY)
    step = {"method": name, "arguments": arguments, "before": before}
    for earlier, its in before:
        call(session, earlier, its)
    session.accessed = session.modified = False
    try:
        step["result"] = plain(call(session, name, arguments))
    except KeyError:
        step["raises"] = "KeyError"
    step["accessed"], step["modified"] = session.accessed, session.modified
    if name == "session_key":
        step["result"] = session.session_key == KEY
    key = session.session_key
    step["key"] = "same" if key == KEY else "other" if key else "none"
    step["data"] = dict(session._session)
    session.save()
    step["stored_under_the_old_key"] = Session.objects.filter(session_key=KEY).exists()
    return step


# The keys of `[sessions]`, each with what it is set to in turn.
SETTINGS = [
    {}, {"save_every_request": True}, {"expire_at_browser_close": True}, {"expire_at_browser_close": True, "save_every_request": True},
    {"cookie_name": "id", "cookie_age": 60, "cookie_domain": "example.com", "cookie_path": "/x"},
    {"cookie_secure": True, "cookie_httponly": False, "cookie_samesite": "Strict"},
    {"cookie_samesite": "", "cookie_secure": True}, {"cookie_samesite": "None", "cookie_secure": True},
]
COOKIES = {"none": None, "kept": KEY, "unknown": "u" * 32, "short": "short", "ended": "e" * 32}
ACTIONS = [
    [], [["get", ["name"]]], [["__setitem__", ["name", "bob"]]], [["flush", []]], [["clear", []]], [["cycle_key", []]],
    [["__delitem__", ["name"]], ["__delitem__", ["cart"]]], [["set_expiry", [0]]], [["set_expiry", [300]]], [["set_expiry", [-5]]],
    [["set_expiry", [{"moment": "2026-01-02T04:04:05+00:00"}]]], [["set_expiry", [None]]], [["flush", []], ["__setitem__", ["name", "eve"]]],
    [["set_test_cookie", []]],
]
PLAIN = [[], [["get", ["name"]]], [["__setitem__", ["name", "bob"]]], [["flush", []]]]


def cases():
    for cookie, actions in itertools.product(COOKIES, ACTIONS):
        yield {}, cookie, actions, 200
    for changed, cookie, actions in itertools.product(SETTINGS[1:], ("none", "kept", "unknown"), PLAIN):
        yield changed, cookie, actions, 200
    for changed in ({"expire_at_browser_close": True}, {"cookie_age": 60}):
        for expiry in (0, 300, None):
            yield changed, "kept", [["set_expiry", [expiry]]], 200
    for status, cookie, actions in itertools.product((302, 404, 500, 503), ("none", "kept"), PLAIN[1:]):
        yield {}, cookie, actions, status
    yield {"save_every_request": True}, "kept", [], 500


def record_response(changed, cookie, actions, status):
    from django.conf import settings as configured
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.exceptions import SessionInterrupted
    from django.contrib.sessions.middleware import SessionMiddleware
    from django.contrib.sessions.models import Session
    from django.http import HttpResponse
    from django.test import RequestFactory, override_settings

    Session.objects.all().delete()
    for key, ends in ((KEY, 1000), (COOKIES["ended"], -1000)):
        kept = SessionStore(key)
        kept.clear()  # Nothing is to be looked for.
        kept.update(DATA)
        kept.save(must_create=True)
        Session.objects.filter(session_key=key).update(expire_date=NOW + datetime.timedelta(seconds=ends))
    overridden = {f"SESSION_{key.upper()}": False if key == "cookie_samesite" and not to else to for key, to in changed.items()}
    before = set(Session.objects.values_list("session_key", flat=True))

    def view(request):
        for name, arguments in actions:
            try:
                call(request.session, name, arguments)
            except KeyError:
                pass
        return HttpResponse(status=status)

    with override_settings(**overridden):
        request = RequestFactory().get("/")
        if COOKIES[cookie]:
            request.COOKIES[configured.SESSION_COOKIE_NAME] = COOKIES[cookie]
        try:
            response = SessionMiddleware(view)(request)
        except SessionInterrupted:
            return {"settings": changed, "cookie": cookie, "actions": actions, "status": status, "raises": "SessionInterrupted"}
        sent = [morsel.OutputString() for morsel in response.cookies.values()]
    after = {row.session_key: row for row in Session.objects.all()}
    new = [key for key in after if key not in before]
    assert len(new) < 2
    sent = [text.replace(key, "NEW") for text in sent for key in (new or [KEY])] if new else sent
    return {
        "settings": changed, "cookie": cookie, "actions": actions, "status": status,
        "set_cookie": [text.replace(KEY, "KEPT") for text in sent],
        "vary": response.headers.get("Vary", ""),
        "kept": after[KEY].get_decoded() if KEY in after else None,
        "kept_ends": str(after[KEY].expire_date) if KEY in after else None,
        "new": after[new[0]].get_decoded() if new else None,
    }


def main():
    settings()
    found = methods()
    with mock.patch("django.utils.timezone.now", lambda: NOW), mock.patch("time.time", NOW.timestamp):
        calls = [record_call(*case) for case in CALLS]
        responses = [record_response(*case) for case in cases()]
    recorded = {step["method"] for step in calls}
    missing = set(found) - recorded - OTHER
    assert not missing, f"not recorded: {sorted(missing)}"
    lines = lambda items: ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in items)
    document = {
        "now": NOW.isoformat(), "key": KEY, "data": DATA, "cookies": COOKIES, "methods": found, "engine": sorted(ENGINE),
    }
    head = json.dumps(document, ensure_ascii=False)[:-1]
    keep(GOLDEN, f'{head},\n "calls": [\n{lines(calls)}\n ],\n "responses": [\n{lines(responses)}\n ]}}\n')


if __name__ == "__main__":
    main()
