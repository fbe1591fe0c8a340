from django.core.cache import cache, caches, InvalidCacheBackendError, CacheKeyWarning, DEFAULT_CACHE_ALIAS
from django.core.cache.utils import make_template_fragment_key
from django.core.cache.backends.base import BaseCache, default_key_func
import datetime
cache.clear()
cache.set("a", 1), cache.get("a"), cache.get("b"), cache.get("b", 5), "a" in cache, "b" in cache, cache.has_key("a")
cache.add("a", 2), cache.add("c", 3), cache.get("a"), cache.get("c")
cache.delete("a"), cache.delete("a"), cache.get("a")
cache.set_many({"x": 1, "y": [1, {"z": 2}]}), cache.get_many(["x", "y", "nope"]), cache.delete_many(["x", "nope"]), cache.get_many(["x", "y"])
cache.get_or_set("g", 5), cache.get_or_set("g", 6), cache.get_or_set("h", lambda: 7), cache.get_or_set("none", None), cache.get_or_set("none", 3), cache.get("none", "d")
cache.set("n", 5), cache.incr("n"), cache.incr("n", 10), cache.decr("n", 3), tried(cache.incr, "nope"), tried(cache.decr, "nope"), cache.get("n")
cache.set("v", "one", version=1), cache.set("v", "two", version=2), cache.get("v"), cache.get("v", version=2), cache.incr_version("v", version=2), cache.get("v", version=3), cache.get("v", version=2), tried(cache.incr_version, "nope"), cache.decr_version("v", version=3)
cache.set("t", 1, 0), cache.get("t"), cache.set("t", 1, -5), cache.get("t"), cache.set("t", 1, None), cache.get("t"), cache.touch("t", 0), cache.get("t"), cache.touch("t", 10), cache.set("t", 1, 0.5), cache.touch("t", 100), cache.get("t")
each(lambda v: (cache.set("k", v), cache.get("k"))[1], None, "", "ü", b"\x00", 1.5, True, [], {}, (1, 2), {1, 2}, datetime.datetime(2026, 1, 2), datetime.timedelta(1), 2**70, {"a": (1,)})
tried(cache.set, "k", lambda: 1)
l = [1]
cache.set("l", l), l.append(2), cache.get("l"), cache.get("l").append(9), cache.get("l")
cache.make_key("a"), cache.make_key("a", version=5), default_key_func("k", "p", 1)
import warnings
def warned(key):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        cache.set(key, 1)
    return [w.category.__name__ for w in caught], cache.get("simple")
each(warned, "a b", "ü", "x" * 300, "", "a\nb", "\x7f", 5)
caches["default"] is caches["default"], list(caches), DEFAULT_CACHE_ALIAS, len(caches.all()), cache == caches["default"]
tried(lambda: caches["nope"])
cache.clear(), cache.get("c"), cache.close()
make_template_fragment_key("side"), make_template_fragment_key("side", ["a", 1]), make_template_fragment_key("side", []), make_template_fragment_key("ü", ["ö:", None])
b = BaseCache({})
[tried(f) for f in (lambda: b.get("a"), lambda: b.set("a", 1), lambda: b.add("a", 1), lambda: b.delete("a"), lambda: b.clear(), lambda: b.touch("a"))]
b.default_timeout, b.version, b.key_prefix, BaseCache({"TIMEOUT": None}).default_timeout, BaseCache({"TIMEOUT": "60", "KEY_PREFIX": "p", "VERSION": 3}).make_key("k"), BaseCache({"KEY_FUNCTION": lambda k, p, v: k.upper()}).make_key("k"), BaseCache({"timeout": 5, "TIMEOUT": 7}).default_timeout, BaseCache({"TIMEOUT": "x"}).default_timeout
class Own(BaseCache):
    def __init__(self):
        super().__init__({})
        self.d = {}
    def get(self, key, default=None, version=None):
        return self.d.get(key, default)
    def set(self, key, value, timeout=None, version=None):
        self.d[key] = value
    def add(self, key, value, timeout=None, version=None):
        self.d.setdefault(key, value)
        return True
    def delete(self, key, version=None):
        return self.d.pop(key, None) is not None
o = Own()
o.set_many({"a": 1}), o.get_many("ab"), o.incr("a"), o.get_or_set("z", lambda: 2), "z" in o, o.delete_many(["a"]), o.incr_version("z"), tried(o.incr, "q")
from django.test import RequestFactory
from django.http import HttpResponse
from django.views.decorators.cache import cache_page
count = []
@cache_page(60)
def page(request, x=""):
    count.append(1)
    return HttpResponse(f"page {len(count)} {x}")
f = RequestFactory()
[page(f.get(u)).content for u in ("/a/", "/a/", "/b/", "/a/?x=1", "/a/?x=1")], page(f.head("/a/")).content, page(f.post("/a/")).content, page(f.get("/a/"), x=5).content
r = page(f.get("/a/"))
r["Cache-Control"], "Expires" in r, int(r["Age"]) < 60
from django.utils.cache import learn_cache_key, get_cache_key, patch_vary_headers
q = f.get("/k/?a=1", headers={"accept-language": "de"})
get_cache_key(q), learn_cache_key(q, HttpResponse()), get_cache_key(q), learn_cache_key(q, HttpResponse(headers={"Vary": "Accept-Language, Cookie"})), get_cache_key(q), get_cache_key(q, method="HEAD"), get_cache_key(q, key_prefix="p")
@cache_page(60, key_prefix="own")
def varying(request):
    count.append(1)
    r = HttpResponse(f"{len(count)}")
    patch_vary_headers(r, ["X-A"])
    return r
v = [varying(f.get("/v/", headers={"x-a": a})).content for a in ("1", "2", "1", "2")]
v[0] == v[2], v[1] == v[3], v[0] != v[1]
def of(**options):
    @cache_page(60)
    def view(request):
        count.append(1)
        r = HttpResponse(str(len(count)), status=options.get("status", 200))
        if "control" in options:
            r["Cache-Control"] = options["control"]
        if "cookie" in options:
            r.set_cookie("a", "b")
            patch_vary_headers(r, ["Cookie"])
        return r
    return view
[(lambda w, u: w(f.get(u)).content == w(f.get(u)).content)(of(**o), f"/o{i}/") for i, o in enumerate(({}, {"status": 404}, {"control": "private"}, {"control": "max-age=0"}, {"cookie": 1}, {"status": 304}, {"control": "no-cache"}, {"control": "no-store"}))]
