import datetime
from importlib import import_module
ENGINES = ("db", "cache", "cached_db", "file", "signed_cookies")
def store_of(name):
    return import_module(f"django.contrib.sessions.backends.{name}").SessionStore
def story(name):
    Store = store_of(name)
    s = Store()
    yield s.session_key, s.modified, s.accessed, s.is_empty(), s.get("a"), s.accessed
    s["a"] = {"b": [1, "ü", None, 2.5, True]}
    yield s.modified, s["a"], s.save(), s.session_key is None, len(s.session_key) > 31
    key = s.session_key
    again = Store(key)
    yield again["a"], again.modified, again.session_key == key, again.get("none", 3), again.is_empty(), s.exists(key), s.exists("nosuchkey12345")
    again["c"] = 2
    yield again.save(), Store(again.session_key)["c"], Store(session_key=again.session_key)["a"]
    yield again.cycle_key(), again["c"], (again.session_key != key), Store(again.session_key)["c"], Store(key).exists(key)
    yield Store("short").session_key, Store("").session_key, Store(None).session_key, Store("nosuchkey12345").get("x"), Store("../../etc/passwd").get("x"), Store("ünïcödéüüü").get("x")
    moved = again.session_key
    yield again.flush(), again.session_key, again.get("a"), again.is_empty(), Store(moved).exists(moved)
    n = Store()
    yield n.create(), n.session_key is None, n.modified
    e = Store()
    e.set_expiry(60)
    e["x"] = 1
    yield e.save(), Store(e.session_key).get_expiry_age(), Store(e.session_key).get_expire_at_browser_close(), Store(e.session_key)["x"]
    e.set_expiry(-10)
    # How old a file is says the disk, whose clock the tests do not set.
    yield e.save(), None if name == "file" else Store(e.session_key).get("x"), Store.clear_expired()
    d = Store()
    d["x"] = 1
    d.save()
    yield Store(d.session_key).delete(d.session_key), d.get("x"), Store().delete("nosuchkey12345")
    yield tried(lambda: Store().__setitem__("f", 1)), d.encode({"a": 1}) != "", d.decode(d.encode({"a": [1]})), d.decode("junk")
list(story("db"))
list(story("cache"))
list(story("cached_db"))
list(story("file"))
from django.contrib.sessions.backends.base import UpdateError, CreateError
def gone(name):
    s = store_of(name)()
    s["a"] = 1
    s.save()
    other = store_of(name)(s.session_key)
    other["b"] = 1
    s.delete()
    return tried(other.save), store_of(name)().exists(other.session_key)
each(gone, "db", "cache", "cached_db", "file")
s = store_of("signed_cookies")()
s["a"] = [1]
s.save(), store_of("signed_cookies")(s.session_key)["a"], store_of("signed_cookies")(s.session_key + "x").get("a"), s.exists("x"), s.delete(), s.get("a"), store_of("signed_cookies")("junkjunkjunk").load()
each(lambda v: store_of("db")()._get_session().__setitem__("k", v), 1)
def unkept(name):
    s = store_of(name)()
    s["f"] = lambda: 1
    return type(tried(s.save)).__name__
each(unkept, "db", "file")
