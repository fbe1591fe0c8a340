import datetime, decimal, uuid, collections
from django.core.cache import cache, caches, InvalidCacheBackendError
from django.utils.safestring import mark_safe, SafeString
UTC = datetime.timezone.utc
VALUES = [None, True, False, 0, -5, 2**70, 1.5, float("inf"), "", "ü\ud83d\ude00", b"\x00\xff", [], [1, [2, ()]], (), (1,), {}, {"a": {1: None}}, {1, 2}, frozenset([3]), datetime.datetime(2026, 1, 2, 3, 4, 5, 6, UTC), datetime.datetime(2026, 1, 2), datetime.date(2026, 1, 2), datetime.timedelta(1, 2), datetime.time(1, 2), decimal.Decimal("1.50"), uuid.UUID(int=5), collections.OrderedDict(a=1), mark_safe("<b>ü</b>"), [mark_safe("<i>")], complex(1, 2), range(3), collections.Counter("aab")]
class Own:
    pass
def kept(name):
    c = caches[name]
    c.clear()
    lost = []
    for value in VALUES:
        c.set("k", value)
        found = c.get("k", "lost")
        if type(found) is not type(value) or found != value:
            lost.append((value, found))
    return lost
kept("default"), kept("table"), kept("files"), kept("other")
def methods(name):
    c = caches[name]
    c.clear()
    yield c.set("a", 1), c.get("a"), c.get("b"), c.get("b", 5), c.get("b", default=6), c.get(key="a"), "a" in c, "b" in c, c.has_key("a"), c.has_key("b")
    yield c.add("a", 2), c.add("c", 3), c.get("a"), c.get("c"), c.add("z", 1, timeout=0), c.get("z")
    yield c.delete("a"), c.delete("a"), c.get("a")
    yield c.set_many({"x": 1, "y": [1, {"z": 2}]}), c.get_many(["x", "y", "nope"]), c.get_many([]), c.delete_many(["x", "nope"]), c.get_many(["x", "y"]), c.set_many({}), c.delete_many([]), c.get_many({"y": 1})
    yield c.get_or_set("g", 5), c.get_or_set("g", 6), c.get_or_set("h", lambda: 7), c.get_or_set("none", None), c.get_or_set("none", 3), c.get("none", "d")
    yield c.set("n", 5), c.incr("n"), c.incr("n", 10), c.decr("n", 3), tried(c.incr, "nope"), tried(c.decr, "nope"), c.get("n"), c.incr("n", -20), c.incr("n", delta=2**40), c.set("f", 1.5), c.incr("f", 2), c.set("big", 2**62), c.incr("big", 2**62)
    yield c.set("s", "text"), tried(c.incr, "s"), c.get("s")
    yield c.set("v", "one", version=1), c.set("v", "two", version=2), c.get("v", version=1), c.get("v", version=2), c.incr_version("v", version=2), c.get("v", version=3), c.get("v", version=2), tried(c.incr_version, "nope"), c.decr_version("v", version=3), tried(c.decr_version, "nope"), c.delete("v", version=2), c.get("v", version=1)
    yield c.set("t", 1, 0), c.get("t"), c.set("t", 1, -5), c.get("t"), c.set("t", 1, None), c.get("t"), c.touch("t", 0), c.get("t"), c.touch("t", 10), c.set("t", 1, timeout=50.5), c.touch("t", 100), c.get("t"), c.touch("t", None), c.touch("t"), c.get("t"), c.touch("nope")
    yield c.set(5, "int"), c.get(5), c.get("5"), c.set("", "empty"), c.get(""), c.set("ü" * 10, "u"), c.get("ü" * 10), c.set(None, 1), c.get("None")
    yield tried(lambda: c.set("k", lambda: 1) if name != "dummy" else None).__class__.__name__ != "NoneType"
    yield c.make_key("a"), c.make_key("a", 5), c.make_key("a", version="x"), c.key_prefix, c.version, c.default_timeout, c.close(), c.clear(), c.get("y")
list(methods("default"))
list(methods("table"))
list(methods("files"))
list(methods("other"))
l = [1]
cache.set("l", l), l.append(2), cache.get("l"), cache.get("l").append(9), cache.get("l")
tried(lambda: caches["nope"]), isinstance(tried(lambda: caches["nope"]), InvalidCacheBackendError), sorted(caches), cache == caches["default"], cache is caches["default"], caches["table"] is caches["table"], len(caches.all())
[type(caches[name]).__name__ for name in ("default", "table", "files", "other")], [type(caches[name]).__module__.split(".")[-1] for name in ("default", "other")]
import warnings
def warned(key):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        cache.set(key, 1)
    return [w.category.__name__ for w in caught]
each(warned, "fine", "a b", "x" * 300, "a\nb", "\x7f")
cache.set("kept", {"a": [1]}, 60), caches["table"].set("kept", datetime.date(2026, 1, 1), 60), caches["files"].set("kept", (1,), 60)
# the next request
from django.core.cache import cache, caches
cache.get("kept"), caches["table"].get("kept"), caches["files"].get("kept")
from django.test import override_settings
from django.core.cache.backends.base import BaseCache
class Shout(BaseCache):
    store = {}
    def __init__(self, location, params):
        super().__init__(params)
        self.location = location
    def add(self, key, value, timeout=None, version=None):
        return self.store.setdefault(self.make_key(key, version), value) is value
    def get(self, key, default=None, version=None):
        return self.store.get(self.make_key(key, version), default)
    def set(self, key, value, timeout=None, version=None):
        self.store[self.make_key(key, version)] = value
    def delete(self, key, version=None):
        return self.store.pop(self.make_key(key, version), None) is not None
    def clear(self):
        self.store.clear()
s = Shout("here", {"KEY_PREFIX": "p", "KEY_FUNCTION": lambda key, prefix, version: f"{key}!{prefix}!{version}".upper()})
s.set("a", 1), s.store, s.get("a"), s.incr("a"), s.get_many(["a", "b"]), s.get_or_set("c", 5), s.incr_version("a"), s.get("a", version=2), sorted(s.store), s.location
