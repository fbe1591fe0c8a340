import copy, pickle
from django.http import QueryDict
QUERIES = ["", "a=1", "a=1&a=2&b=3", "a", "a=", "=x", "&&", "a=b=c", "a=%20+%2B", "a=%E4%BD%A0", "a=%ff", "%zz=1", "a;b=1", b"a=\xff", b"a=\xc3\xbc", "ü=ö", "a=1&a", "a[]=1&a[]=2", None]
each(QueryDict, *QUERIES)
each(lambda q: QueryDict(q).urlencode(), *QUERIES)
each(lambda q: QueryDict(q, encoding="iso-8859-1"), "a=%FC", "a=%C3%BC", b"a=\xfc")
q = QueryDict("a=1&a=2&b=3")
q["a"], q.get("a"), q.getlist("a"), q.getlist("x"), q.get("x"), q.get("x", 5), q.getlist("x", None), q.getlist("x", [1])
tried(lambda: q["x"])
tried(lambda: q.__setitem__("a", "b"))
tried(lambda: q.setlist("a", []))
tried(lambda: q.appendlist("a", "b"))
tried(lambda: q.update({"a": 1}))
tried(lambda: q.pop("a"))
tried(lambda: q.popitem())
tried(lambda: q.clear())
tried(lambda: q.setdefault("a", 1))
tried(lambda: q.setlistdefault("a", [1]))
tried(lambda: q.__delitem__("a"))
list(q), list(q.items()), list(q.lists()), list(q.values()), len(q), "a" in q, q.dict()
m = q.copy()
m["c"] = "x"
m.appendlist("a", "5")
m.setdefault("z", 1)
m.setlistdefault("y", ["1"])
m.update({"a": "7"}, b="8")
m
m.pop("a")
tried(lambda: m.pop("a"))
m.pop("a", None)
q
m.urlencode()
QueryDict("next=/a b/&x=ü").urlencode(safe="/")
QueryDict.fromkeys(["a", "b", "a"], value="v")
QueryDict.fromkeys([], mutable=True)
QueryDict.fromkeys(["a"], value=b"\xfc", encoding="iso-8859-1")
q == QueryDict("a=1&a=2&b=3"), q == m, QueryDict("") == {}
copy.copy(q), copy.deepcopy(q)
copy.copy(q)._mutable, copy.deepcopy(q)._mutable, q._mutable
pickle.loads(pickle.dumps(q))
pickle.loads(pickle.dumps(q)).encoding
e = QueryDict("a=1", mutable=True)
e.setlist("a", [])
e["a"], e.get("a"), e.getlist("a"), e.get("a", "d")
e.encoding
e.encoding = "latin-1"
e.encoding
tried(QueryDict, "&".join(f"a{i}=1" for i in range(1000)))
len(QueryDict("&".join(f"a{i}=1" for i in range(999))))
tried(QueryDict, "&".join(["a=1"] * 1001))
each(lambda n: len(QueryDict("a=1&" * n)), 10, 999, 1000, 1001)
tried(lambda: q | {"a": 1})
bool(QueryDict("")), bool(q)
repr(q), str(q)
