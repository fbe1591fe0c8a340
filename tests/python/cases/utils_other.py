from django.utils.crypto import *
from django.utils.crypto import salted_hmac, get_random_string, constant_time_compare, pbkdf2, InvalidAlgorithm
salted_hmac("salt", "value").hexdigest(), salted_hmac("a", b"b", secret="x", algorithm="sha256").hexdigest(), tried(salted_hmac, "a", "b", algorithm="whatever")
salted_hmac("ü", "ö").hexdigest()
len(get_random_string(12)), get_random_string(3, "a"), get_random_string(0), tried(get_random_string)
constant_time_compare("a", "a"), constant_time_compare(b"a", "a"), constant_time_compare("a", "b"), constant_time_compare("ü", "ü"), constant_time_compare("", "")
pbkdf2("password", "salt", 1).hex(), pbkdf2(b"password", b"salt", 2, dklen=10).hex()
import hashlib
pbkdf2("p", "s", 3, digest=hashlib.sha1).hex()
from django.utils.module_loading import import_string
import_string("collections.OrderedDict"), tried(import_string, "collections.nothing"), tried(import_string, "nodots"), tried(import_string, "no.such.module"), tried(import_string, "")
from django.utils.itercompat import is_iterable
from django.utils.hashable import make_hashable
each(make_hashable, 5, [1, [2]], {"b": 1, "a": [2]}, {1}, "x", None, object, ([1],))
tried(make_hashable, type("T", (), {"__hash__": None})())
from django.utils import ipv6
IPS = ["::1", "fe80::", "0:0:0:0:0:0:0:1", "::ffff:10.10.10.10", "::ffff:a0a:a0a", "1::2::3", "", "12345::", "2001:0::0:01", "::ffff:0a0a:0a0a", "g::", "::10.0.0.1", "1" * 100]
each(ipv6.is_valid_ipv6_address, *IPS)
each(ipv6.clean_ipv6_address, *IPS)
each(lambda a: ipv6.clean_ipv6_address(a, unpack_ipv4=True), *IPS)
from django.utils.translation import gettext as _, gettext_lazy, ngettext, ngettext_lazy, pgettext, gettext_noop, override, get_language, to_locale, to_language, npgettext_lazy
_("a"), str(gettext_lazy("b")), ngettext("1 cat", "%d cats", 1), ngettext("1 cat", "%d cats", 5), pgettext("c", "m"), gettext_noop("x")
ngettext_lazy("%(n)d cat", "%(n)d cats", "n") % {"n": 1}, ngettext_lazy("%(n)d cat", "%(n)d cats", "n") % {"n": 2}, ngettext_lazy("one", "%d many", 2) % 2, ngettext_lazy("one", "many") % 1, ngettext_lazy("{} cat", "{} cats").format(3)
tried(lambda: ngettext_lazy("%(n)d cat", "%(n)d cats", "n") % {})
str(gettext_lazy("a")) + "b", gettext_lazy("a") == "a", gettext_lazy("x %s") % 1, "%s" % gettext_lazy("y")
get_language(), to_locale("en-us"), to_locale("zh-hans"), to_locale("en"), to_language("en_US"), to_locale("sr-latn-rs")
with override("de"):
    inside = get_language(), _("Monday")
inside[0], get_language()
from django.utils.deconstruct import deconstructible
@deconstructible
class Made:
    def __init__(self, *a, **k):
        pass
tried(Made(1, x=2).deconstruct)
@deconstructible(path="collections.OrderedDict")
class Elsewhere:
    pass
Elsewhere().deconstruct()
from django.utils.version import get_version, get_main_version, get_version_tuple
get_main_version((5, 2, 0, "final", 0)), get_main_version((5, 2, 3, "final", 0)), get_version_tuple("1.2.3"), get_version_tuple("1.2.3b2"), get_version_tuple("1.2.x"), get_version((1, 4, 0, "beta", 2)), get_version((1, 4, 1, "final", 0))
from django.utils.lorem_ipsum import words, paragraphs
len(words(30).split()), words(3), len(paragraphs(3)), len(words(7, common=False).split()), len(words(500, common=False).split())
from django.utils.xmlutils import SimplerXMLGenerator
from io import StringIO
out = StringIO()
x = SimplerXMLGenerator(out, "utf-8")
x.startDocument()
x.addQuickElement("a", "b<&", {"z": "1", "b": '"'})
x.addQuickElement("e")
out.getvalue()
tried(lambda: x.characters("a\x01"))
from django.core import signing
signer = signing.Signer(key="k")
signer.sign("hello"), signer.sign("ü"), signer.unsign(signer.sign("a:b")), signer.sign(5)
each(signer.unsign, "a", "a:b", "", ":", signer.sign("x") + "z", "hello:" + signer.sign("hello").split(":")[1])
signing.Signer(key="k", salt="s").sign("x"), signing.Signer(key="k", sep="/").sign("x"), signing.Signer(key="k", algorithm="sha512").sign("x"), tried(signing.Signer, sep="-"), tried(signing.Signer, sep="a"), tried(signing.Signer, sep="")
signing.Signer(key="new", fallback_keys=["k"]).unsign(signer.sign("old"))
signer.sign_object({"a": [1, "ü"]}), signer.unsign_object(signer.sign_object({"a": 1})), signer.unsign_object(signer.sign_object("x" * 500, compress=True)) == "x" * 500
signer.sign_object("ab", compress=True)
tried(signing.loads, "x"), signing.loads(signing.dumps({"a": 1})), tried(signing.loads, signing.dumps(1), max_age=-1), signing.loads(signing.dumps([1] * 200, compress=True), max_age=100) == [1] * 200, tried(signing.loads, signing.dumps(1), salt="other"), tried(signing.loads, signing.dumps(1), key="other")
tried(signing.dumps, object())
stamped = signing.TimestampSigner(key="k")
tried(stamped.unsign, "hello:1LPBsU:x")
stamped.unsign(stamped.sign("v"), max_age=10)
import datetime
stamped.unsign(stamped.sign("v"), max_age=datetime.timedelta(seconds=10))
tried(stamped.unsign, stamped.sign("v"), max_age=-5)
each(signing.b62_encode, 0, 1, 61, 62, -5, 1764500000)
each(signing.b62_decode, "0", "1", "z", "10", "-5", "!", "1vPZvo")
signing.get_cookie_signer(salt="x").unsign(signing.get_cookie_signer(salt="x").sign("v"))
from django.core.serializers.json import DjangoJSONEncoder
import json, uuid
from decimal import Decimal
from django.utils import timezone
from zoneinfo import ZoneInfo
dump = lambda value: json.dumps(value, cls=DjangoJSONEncoder)
each(dump, datetime.datetime(2026, 1, 2, 3, 4, 5, 678901), datetime.datetime(2026, 1, 2, 3, 4, 5), datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 7, 2, 1, 2, 3, 400000, tzinfo=ZoneInfo("Europe/Vienna")), datetime.date(2026, 1, 2), datetime.time(1, 2), datetime.time(1, 2, 3, 456789), datetime.time(1, tzinfo=datetime.timezone.utc), datetime.timedelta(days=1, seconds=5), datetime.timedelta(-1), Decimal("1.10"), uuid.UUID(int=5), gettext_lazy("x"), object(), {1: 2}, [None], float("nan"), {(1,): 2}, {5}, b"x")
class OwnDecimal(Decimal):
    pass
dump(OwnDecimal("3.0"))
from django.utils.dateformat import DateFormat
from django.utils.decorators import method_decorator, classonlymethod
def add(text):
    def decorator(function):
        def wrapper(*args, **kwargs):
            return text + function(*args, **kwargs)
        wrapper.mark = text
        return wrapper
    return decorator
class Page:
    @method_decorator(add("a"))
    def one(self, x=""):
        "doc"
        return "one" + x
    @method_decorator([add("1"), add("2")])
    def two(self):
        return "two"
Page().one(), Page().one("!"), Page().one(x="?"), Page().two(), Page.one.__name__, Page.one.__doc__, Page.one.mark, Page.two.mark
@method_decorator(add("c"), name="one")
class Sub(Page):
    pass
Sub().one(), Page().one()
tried(lambda: method_decorator(add("x"), name="nothing")(Page))
tried(lambda: method_decorator(add("x"))(Page))
Page.value = 5
tried(lambda: method_decorator(add("x"), name="value")(Page))
method_decorator(add).__name__, method_decorator([add]).__name__
class Only:
    @classonlymethod
    def made(cls):
        return cls.__name__
Only.made(), tried(lambda: Only().made())
