import datetime
from django.contrib.sessions.backends.cache import SessionStore
from django.contrib.sessions.backends.base import SessionBase, UpdateError, CreateError
s = SessionStore()
s.session_key, s.modified, s.accessed, s.is_empty(), s.get("a"), s.accessed
s["a"] = 1
s["a"], s.modified, "a" in s, s.has_key("a"), list(s.keys()), list(s.values()), list(s.items()), s.get("b", 2), s.setdefault("c", 3), s.setdefault("a", 9), s.pop("c"), s.pop("c", None), tried(s.pop, "c"), tried(lambda: s["zz"])
s.update({"u": [1, 2]}), s.save(), len(s.session_key), SessionStore(s.session_key)["u"], s.exists(s.session_key), s.exists("nothing")
old = s.session_key
s.cycle_key(), s.session_key != old, s["u"], s.exists(old), SessionStore(s.session_key)["a"]
key = s.session_key
s.flush(), s.session_key, s.is_empty(), s.exists(key), s.get("a")
s.set_test_cookie(), s.test_cookie_worked(), s.delete_test_cookie(), s.test_cookie_worked(), tried(s.delete_test_cookie)
s.clear(), dict(s.items()), s.modified
n = SessionStore("short")
n.session_key, SessionStore("longenough").session_key, SessionStore("").session_key, SessionStore(None).session_key, SessionStore("nosuchsession").load(), SessionStore("nosuchsession").get("x")
x = SessionStore("nosuchsession12")
x.get("a"), x.session_key
x["a"] = 1
x.save(), x.session_key != "nosuchsession12", x.session_key is None
g = SessionStore()
g.create(), g.session_key is None, g.modified
SessionStore(g.session_key).delete()
g["a"] = 1
tried(g.save)
def expiry(value):
    e = SessionStore()
    e.set_expiry(value)
    age = e.get_expiry_age()
    return e.get("_session_expiry") if isinstance(value, int) else None, age if not isinstance(value, (datetime.datetime, datetime.timedelta)) else round(age / 10) * 10, e.get_expire_at_browser_close(), type(e.get_expiry_date()).__name__
each(expiry, None, 0, 100, -5, datetime.timedelta(hours=1), 7)
m = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
s.get_expiry_age(modification=m, expiry=m + datetime.timedelta(5)), s.get_expiry_age(expiry=50), s.get_expiry_age(modification=m, expiry=None), s.get_expiry_date(modification=m, expiry=10), s.get_expiry_date(expiry=m), s.get_expiry_date(modification=m, expiry=None), s.get_expiry_date(modification=m)
s.set_expiry(10), s.get_expiry_date(modification=m), s.get_expiry_age(modification=m), s.set_expiry(None), s.get("_session_expiry")
s.get_session_cookie_age(), s.TEST_COOKIE_NAME
d = s.encode({"a": [1, "ü"]})
s.decode(d), s.decode("junk"), s.decode("")
b = SessionBase()
[tried(f) for f in (lambda: b["a"], b.create, b.save, b.delete, b.load, lambda: b.exists("x"), SessionBase.clear_expired)]
from django.contrib.sessions.backends.signed_cookies import SessionStore as Signed
c = Signed()
c["a"] = [1]
c.save(), Signed(c.session_key)["a"], Signed(c.session_key + "x").get("a"), c.exists("x"), c.delete(), c.get("a"), Signed("junkjunkjunk").load()
from django.contrib.messages import *
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.test import RequestFactory
r = RequestFactory().get("/")
tried(messages.info, r, "x"), messages.info(r, "x", fail_silently=True), messages.get_messages(r), messages.set_level(r, 10), tried(messages.add_message, 5, 1, "x")
r.session = {}
r._messages = SessionStorage(r)
messages.debug(r, "d"), messages.info(r, "i"), messages.success(r, "s", extra_tags="big"), messages.warning(r, ""), messages.error(r, "e"), messages.add_message(r, 50, "own"), len(messages.get_messages(r))
[(m.level, m.message, m.tags, m.level_tag, m.extra_tags, str(m), repr(m)) for m in messages.get_messages(r)]
r._messages.used, r._messages.added_new, Message(20, "i") in r._messages, messages.set_level(r, messages.WARNING), messages.get_level(r), messages.info(r, "no"), len(r._messages), messages.set_level(r, None), messages.get_level(r)
Message(20, "a") == Message(20, "a"), Message(20, "a") == Message(25, "a"), Message("25", "x").level, Message(99, "x").tags, Message(20, "x", "a b").tags, tried(Message, "x", "y")
messages.DEFAULT_LEVELS, messages.DEFAULT_TAGS
