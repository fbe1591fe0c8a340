import copy, pickle
from django.utils.functional import *
from django.utils.functional import cached_property, classproperty, lazystr, partition, empty
calls = []
class Thing:
    @cached_property
    def value(self):
        calls.append(1)
        return len(calls)
    @classproperty
    def name_of_class(cls):
        return cls.__name__
    def plain(self):
        "doc"
        return 3
    other = cached_property(plain)
t = Thing()
t.value, t.value, t.other, len(calls)
type(Thing.value).__name__, Thing.other.__doc__, Thing.name_of_class, t.name_of_class
del t.value
t.value
def two_names():
    class Bad:
        a = cached_property(lambda self: 1)
        b = a
tried(two_names)
class NoName:
    pass
NoName.x = cached_property(lambda self: 1)
tried(lambda: NoName().x)
l = lazy(lambda x: x * 2, str, int)
str(l("a")), l("a") == "aa", l("a") + "b", "b" + l("a"), l(2) + 1, len(l("ab")), l("a").upper(), hash(l("a")) == hash("aa")
l("a") < "b", l("a") < l("b"), l("a") == l("a"), l("b") > l("a"), l("b") >= "bb", l("a") <= "aa", l(3) % 4, "%s" % l("x"), f"{l('x'):>4}", l("ab")[1], "a" in l("ab"), list(l("ab")), bool(l("")), bool(l("x")), l("x") * 2
isinstance(l("a"), Promise), isinstance("a", Promise)
repr(l("a")), str(copy.deepcopy(l("a")))
lazystr("a {}").format(1), ",".join([lazystr("a") + "", "b"])
str(pickle.loads(pickle.dumps(lazystr("pickled"))))
tried(lambda: l("a").nothing)
tried(keep_lazy)
@keep_lazy(str)
def shout(x, y=""):
    return x.upper() + y
shout("a"), isinstance(shout(lazystr("a")), Promise), str(shout(lazystr("a"))), isinstance(shout("a", y=lazystr("b")), Promise)
@keep_lazy_text
def low(x):
    return x.lower()
str(low(lazystr("A")))
made = []
s = SimpleLazyObject(lambda: made.append(1) or {"a": 1})
len(made)
repr(s).startswith("<SimpleLazyObject: <function")
s["a"], len(s), "a" in s, list(s), bool(s), s == {"a": 1}, s != {}, str(s), isinstance(s, dict), s.__class__ is dict, len(made)
repr(s)
s["b"] = 2
del s["a"]
s.get("b"), s.keys()
tried(lambda: s["zz"])
tried(lambda: s.nothing)
copy.copy(s), copy.deepcopy(s), type(copy.copy(s)).__name__
lazy_copy = copy.copy(SimpleLazyObject(lambda: [1]))
type(lazy_copy).__name__, lazy_copy == [1]
pickle.loads(pickle.dumps(SimpleLazyObject(lambda: [1, 2])))
SimpleLazyObject(lambda: 5) + 1, 1 + SimpleLazyObject(lambda: 5), hash(SimpleLazyObject(lambda: 5)) == hash(5), SimpleLazyObject(lambda: 5) < 6, SimpleLazyObject(lambda: 5) > 6
class Holder:
    pass
h = SimpleLazyObject(Holder)
h.x = 5
h.x, isinstance(h, Holder)
del h.x
tried(lambda: h.x)
tried(lambda: delattr(h, "_wrapped"))
class Own(LazyObject):
    def _setup(self):
        self._wrapped = [3]
o = Own()
o[0], len(o), dir(o) == dir([])
tried(lambda: len(LazyObject()))
partition(lambda x: x > 2, [1, 2, 3, 4, 0])
partition(bool, [])
SimpleLazyObject(lambda: None) == None, bool(SimpleLazyObject(lambda: None)), bytes(SimpleLazyObject(lambda: b"x"))
