import copy, pickle
from django.utils.datastructures import *
m = MultiValueDict({"a": ["1", "2"], "b": ["3"], "e": []})
m["a"], m["b"], m["e"], m.get("a"), m.get("e"), m.get("x"), m.get("x", 5), m.get("e", 7)
tried(lambda: m["x"])
str(tried(lambda: m["x"]))
m.getlist("a"), m.getlist("x"), m.getlist("x", None), m.getlist("x", [1]), m.getlist("e")
m.getlist("a") is m.getlist("a")
list(m.items()), list(m.lists()), list(m.values()), m.dict(), list(m), len(m)
m.setdefault("z"), m.setdefault("z", 5), m.setlistdefault("q"), m.setlistdefault("w", [1])
m.appendlist("a", "9")
m["b"] = "x"
m
m.update({"a": "u"})
m.update(MultiValueDict({"a": ["v", "w"]}), b="y")
m.update([("n", 1)])
m.update()
m
tried(lambda: m.update({}, {}))
m.pop("a"), m.pop("nope", 1)
c = m.copy()
c["a"] = 1
"a" in m, copy.copy(m) == m, copy.deepcopy(m) == m, pickle.loads(pickle.dumps(m)) == m
repr(MultiValueDict()), MultiValueDict([("a", [1])])
MultiValueDict({"a": [1]}) | {"b": [2]}
s = OrderedSet([3, 1, 3, 2])
list(s), len(s), 1 in s, bool(s), bool(OrderedSet()), repr(s), repr(OrderedSet()), list(reversed(s))
s.add(9)
s.remove(3)
s.discard(77)
tried(s.remove, 77)
list(s)
i = ImmutableList([1, 2], warning="no")
i[0], len(i), list(i)
tried(lambda: i.append(1))
tried(lambda: i.sort())
tried(lambda: i.extend([1]))
tried(lambda: i.__setitem__(0, 1))
tried(lambda: ImmutableList([1], warning=ValueError("x")).pop())
d = DictWrapper({"a": "x"}, lambda v: v * 2, "twice_")
d["a"], d["twice_a"], tried(lambda: d["twice_b"])
k = CaseInsensitiveMapping({"Accept": "a", "X-Y": "b"})
k["accept"], k["ACCEPT"], k.get("x-y"), k.get("z"), "aCCept" in k, len(k), list(k), dict(k), repr(k)
k == {"accept": "a", "x-y": "b"}, k == {"accept": "z"}, k == 5, k.copy() is k
tried(lambda: k["z"])
tried(CaseInsensitiveMapping, [("a", "b", "c")])
tried(CaseInsensitiveMapping, [(1, "b")])
tried(lambda: k.__setitem__("a", "b"))
