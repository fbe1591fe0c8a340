import datetime
s = request.session
s.session_key, s.is_empty(), s.modified, s.accessed, "a" in s, s.get("a"), s.get("a", 5), s.get("a", default=6), s.accessed
tried(lambda: s["a"]), tried(s.pop, "a"), s.pop("a", 1), s.pop("a", default=2), list(s.keys()), list(s.items()), list(s.values()), s.is_empty()
s["a"] = 1
s["a"], s.modified, "a" in s, s.has_key("a"), s.is_empty(), s.setdefault("a", 9), s.setdefault("b", [1]), s.setdefault("b", 2), s.get("b"), list(s.keys())
s["b"].append(2), s["b"], s.update({"c": {"d": None}, "e": 1.5}), sorted(s.keys()), s.pop("e"), "e" in s
del s["a"]
"a" in s, tried(lambda: s.__delitem__("a")), list(s.items())
s.set_test_cookie(), s.test_cookie_worked(), s[s.TEST_COOKIE_NAME], s.delete_test_cookie(), s.test_cookie_worked(), tried(s.delete_test_cookie)
s.get_session_cookie_age(), s.get_expiry_age(), s.get_expire_at_browser_close(), type(s.get_expiry_date()).__name__
def expiring(value):
    s.set_expiry(value)
    age = s.get_expiry_age()
    return (age if not isinstance(value, (datetime.datetime, datetime.timedelta)) else round(age / 10) * 10), s.get_expire_at_browser_close(), s.get("_session_expiry") if isinstance(value, int) else None
each(expiring, 0, 100, -5, datetime.timedelta(hours=1), datetime.timedelta(days=-1), None, 7)
m = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
s.get_expiry_age(modification=m, expiry=m + datetime.timedelta(5)), s.get_expiry_age(expiry=50), s.get_expiry_age(modification=m, expiry=None), s.get_expiry_date(modification=m, expiry=10), s.get_expiry_date(expiry=m), s.get_expiry_date(modification=m, expiry=None), s.get_expiry_date(modification=m), s.get_expiry_age(modification=m)
s.set_expiry(None), "_session_expiry" in s
s["number"], s["kept"], s["list"] = 2**70, "ü", [1, {"a": None}]
# the next request
s = request.session
len(s.session_key), s.accessed, s.modified, s["number"], s["kept"], s["list"], s["b"], s["c"], s.accessed, s.modified
s["list"][1]["a"] = 5
s.modified, s["list"]
# the next request
s = request.session
s["list"], s.modified
s["list"].append(7)
s.modified = True
s.exists(s.session_key), s.exists("nosuchsessionkey"), s.exists(None)
# the next request
s = request.session
old = s.session_key
s["list"], s.cycle_key(), s["kept"], s.session_key != old, s.modified
# the next request
s = request.session
s["kept"], len(s.session_key)
s.clear(), list(s.items()), s.modified, s.is_empty(), s.session_key is None
s["after"] = 1
# the next request
s = request.session
list(s.items())
key = s.session_key
s.flush(), s.session_key, s.is_empty(), list(s.items()), s.modified
# the next request
s = request.session
s.session_key, s.is_empty()
s.create(), len(s.session_key), s.exists(s.session_key), s.modified
s["x"] = 1
s.save(), s.exists(s.session_key)
key = s.session_key
from django.contrib.sessions.backends.db import SessionStore
SessionStore(key)["x"], SessionStore(key).exists(key), SessionStore(session_key=key).get("x")
# the next request
from django.contrib.sessions.backends.db import SessionStore
s = request.session
s["x"], list(s.keys())
s["x"] = 2
s.save(), SessionStore(s.session_key)["x"]
each(lambda v: s.__setitem__("k", v), 1, None, [1], {"a": (1, 2)}, "", True)
s["k"] = (1, 2)
# the next request
request.session["k"]
