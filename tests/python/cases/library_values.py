"""Values of Python's library: dates, numbers, collections."""

import bisect
import calendar
import collections
import copy
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import heapq
import itertools
import math
import operator
import random
import statistics
import uuid
import zoneinfo

datetime.date(2024, 2, 29) + datetime.timedelta(days=366)
datetime.datetime(2024, 3, 31, 1, 30, tzinfo=zoneinfo.ZoneInfo("Europe/Vienna")).isoformat()
datetime.datetime(2024, 3, 31, 0, 59, 59, tzinfo=datetime.timezone.utc).astimezone(zoneinfo.ZoneInfo("Europe/Vienna")).isoformat()
datetime.datetime(2024, 3, 31, 1, 0, tzinfo=datetime.timezone.utc).astimezone(zoneinfo.ZoneInfo("Europe/Vienna")).isoformat()
datetime.datetime(2024, 10, 27, 2, 30, tzinfo=zoneinfo.ZoneInfo("America/New_York"), fold=1).utcoffset()
datetime.datetime(2044, 7, 1, tzinfo=zoneinfo.ZoneInfo("Australia/Sydney")).strftime("%Y-%m-%d %H:%M:%S %z %Z")
zoneinfo.ZoneInfo("Nowhere/Else")
zoneinfo.ZoneInfo("../etc/passwd")
zoneinfo.ZoneInfo("europe/vienna")
zoneinfo.ZoneInfo("UTC").key
"Europe/Vienna" in zoneinfo.available_timezones()
datetime.datetime.strptime("31/12/2024 23:59:58.123456 +0130", "%d/%m/%Y %H:%M:%S.%f %z").isoformat()
datetime.datetime.strptime("x", "%Y")
datetime.datetime.fromisoformat("2024-02-30")
datetime.datetime.fromisoformat("2024-02-28T10:11:12.5+02:00")
datetime.datetime.fromtimestamp(1700000000, datetime.timezone.utc)
datetime.datetime(2024, 1, 1) < datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)
datetime.timedelta(seconds=-1)
str(datetime.timedelta(days=3, hours=4, microseconds=7))
datetime.timedelta(days=1) / datetime.timedelta(hours=5)
tuple(datetime.date(2024, 12, 30).isocalendar())
datetime.date(10000, 1, 1)
datetime.time(23, 59).isoformat()
f"{datetime.date(2024, 5, 6):%A, %d %B %Y}"
decimal.Decimal("1.10") + decimal.Decimal("2.205")
decimal.Decimal("10") / decimal.Decimal("3")
decimal.Decimal("2.665").quantize(decimal.Decimal("0.01"))
decimal.Decimal("2.665").quantize(decimal.Decimal("0.01"), rounding=decimal.ROUND_HALF_UP)
decimal.Decimal("-0.000001")
decimal.Decimal("1E+5").normalize()
decimal.Decimal(0.1)
decimal.Decimal("abc")
decimal.Decimal(1) / 0
decimal.Decimal("NaN") == decimal.Decimal("NaN")
decimal.Decimal("sNaN") + 1
[str(decimal.Decimal(text)) for text in ("1e3", "0E-10", "Infinity", "-0", "1_000.5", " 7 ")]
f"{decimal.Decimal('1234567.891'):,.2f}"
f"{decimal.Decimal('0.5'):.0%}"
hash(decimal.Decimal("2.50")) == hash(2.5)
decimal.Decimal("2.50").as_tuple()
decimal.Decimal(2).sqrt()
round(decimal.Decimal("2.5")), round(decimal.Decimal("2.675"), 2)
max(decimal.Decimal("1.0"), decimal.Decimal("1.00"))
int(decimal.Decimal("-3.9")), float(decimal.Decimal("1.25"))
decimal.Decimal("7") // 2, decimal.Decimal("-7") % 3, divmod(decimal.Decimal(7), 2)
decimal.Decimal(2) ** 100
decimal.getcontext().prec
sum([decimal.Decimal("0.1")] * 10)
fractions.Fraction(3, 12) + fractions.Fraction("0.25")
fractions.Fraction(1, 0)
math.isclose(0.1 + 0.2, 0.3), math.floor(-2.5), math.gcd(12, 18), math.comb(5, 2), math.hypot(3, 4)
math.sqrt(-1)
math.factorial(25)
statistics.mean([1, 2, 4]), statistics.median([3, 1, 2, 4]), statistics.pstdev([1, 2, 3, 4])
statistics.mean([])
random.Random(7).sample(range(100), 5)
random.Random("seed").random()
random.Random(1).choices("abc", k=4)
random.Random(3).randint(1, 6)
uuid.UUID("12345678123456781234567812345678")
uuid.UUID("x")
uuid.uuid5(uuid.NAMESPACE_URL, "https://example.com/")
uuid.uuid4().version
collections.Counter("abracadabra").most_common(2)
list(collections.OrderedDict(a=1, b=2).items())
dict(collections.ChainMap({"a": 1}, {"a": 2, "b": 3}))
list(collections.deque([1, 2, 3], maxlen=2))
Point = collections.namedtuple("Point", "x y", defaults=[0])
Point(1)._replace(y=5)
found = collections.defaultdict(list)
found["a"].append(1)
found
list(itertools.groupby([1, 1, 2], key=lambda n: n > 1))[0][0]
list(itertools.batched([1, 2, 3], 2)) if hasattr(itertools, "batched") else [(1, 2), (3,)]
list(itertools.accumulate([1, 2, 3], operator.mul)), list(itertools.islice(itertools.count(5), 2))
list(itertools.product("ab", repeat=2)), list(itertools.zip_longest([1], [2, 3], fillvalue=0))
sorted([{"a": 2}, {"a": 1}], key=operator.itemgetter("a"))
functools.reduce(operator.add, [1, 2, 3], 10)
functools.partial(int, base=2)("101")


@functools.lru_cache(maxsize=2)
def square(n):
    return n * n


[square(n) for n in (1, 2, 1, 3, 1)], square.cache_info()


@functools.singledispatch
def kind(value):
    return "other"


@kind.register
def _(value: int):
    return "int"


kind(1), kind("a")


class Price:
    @functools.cached_property
    def gross(self):
        return 12


price = Price()
price.gross, price.__dict__


@dataclasses.dataclass(order=True, frozen=True)
class Line:
    name: str
    count: int = 1
    tags: list = dataclasses.field(default_factory=list, compare=False, repr=False)


Line("a") < Line("b"), Line("a", 2)
dataclasses.asdict(Line("a", tags=[1]))
dataclasses.replace(Line("a"), count=3)
Line("a").__setattr__("count", 2)


class Colour(enum.Enum):
    RED = "r"
    GREEN = "g"

    @property
    def title(self):
        return self.name.title()


Colour("g"), Colour["RED"].title, list(Colour), Colour.RED in Colour
Colour("x")
Weekday = enum.IntEnum("Weekday", "MON TUE")
Weekday.TUE + 1, Weekday(1)


class Right(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()


Right.READ | Right.WRITE, Right.READ in (Right.READ | Right.WRITE)
copy.deepcopy({"a": [1, {2}]}), copy.copy([1])
[int(n) for n in calendar.monthrange(2024, 2)], calendar.month_name[5]
heapq.nsmallest(2, [5, 1, 4]), bisect.bisect([1, 3, 5], 3)
list(heapq.merge([1, 4], [2, 3]))


class Gone(Exception):
    """A class of an exception of a site and one of Python, in both orders."""


class GoneKey(Gone, KeyError):
    pass


GoneKey("a"), GoneKey("a").args, isinstance(GoneKey(), LookupError)
type(OSError(2, "no file"))
