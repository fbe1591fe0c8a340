"""`json` of Python's library: what is read and written, and what is said of a text that is wrong."""

import json

json.loads("[1, -2.5, 1e3, true, false, null, \"a\", {\"b\": []}]")
json.loads(" \t\n{ \"a\" : 1 , \"b\" : [ ] } ")
json.loads("-")
json.loads("[-]")
json.loads("1-2")
json.loads("[1.]")
json.loads("1e")
json.loads("01")
json.loads("-0")
json.loads("-0.0")
json.loads("1E+2")
json.loads("123456789012345678901234567890")
json.loads("1e400")
json.loads("")
json.loads(" ")
json.loads("{")
json.loads("[")
json.loads("[1")
json.loads("{\"a\"")
json.loads("{\"a\":")
json.loads("{\"a\" 1}")
json.loads("{a: 1}")
json.loads("[1 2]")
json.loads("{\"a\": 1 \"b\": 2}")
json.loads("nul")
json.loads("[truex]")
json.loads("1 2")
json.loads("\"abc")
json.loads("\"a\nb\"")
json.loads("\"a\nb\"", strict=False)
json.loads(r'"\q"')
json.loads(r'"\u12"')
json.loads(r'"\u12g4"')
json.loads('"\\')
json.loads(r'"\" \\ \/ \b \f \n \r \t \u0041 \u20ac \ud83d\ude00"')
json.loads(r'"\ud83d"') == "\ud83d"
json.loads(r'"\ude00\ud83d"') == "\ude00\ud83d"
json.loads("{\"é\": \"€ 😀\"}")
json.loads("[\"é\", x]")
json.loads("{\"a\": 1, \"a\": 2}")
json.loads("[NaN, Infinity, -Infinity]")
json.loads("[1.5, 2]", parse_float=str, parse_int=lambda text: text + "!")
json.loads("[NaN]", parse_constant=lambda name: name)
json.loads("{\"a\": {\"b\": 1}}", object_hook=lambda found: sorted(found))
json.loads("{\"a\": {\"b\": 1}}", object_pairs_hook=list)
json.loads(b"[1]")
json.loads(b"\xef\xbb\xbf[1]")
json.loads("\ufeff[1]")
json.loads(b"\xff\xfe1\x00")
json.loads(1)
json.loads("[" * 100000)
json.loads("[" * 500 + "]" * 500) is not None
json.loads("{\"a\":" * 100000)
json.JSONDecoder().raw_decode("  1", 2)
json.JSONDecoder().raw_decode("é [1] x", 2)
json.JSONDecoder().raw_decode("x")


def mistake(text):
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return (error.msg, error.pos, error.lineno, error.colno)


mistake("{\n  \"é\": x}")
mistake("[\"€\" 1]")
json.dumps([1, -2.5, 1e100, True, False, None, "a", (), {}, [], {"b": (1,)}])
json.dumps({"a": 1, 2: "b", 3.5: "c", True: 1, None: 2})
json.dumps("\" \\ / \b \f \n \r \t \x00 \x1f \x7f é € 😀 \ud83d")
json.dumps("\" \\ é € 😀\u2028", ensure_ascii=False)
json.dumps({"b": 1, "a": {"d": 1, "c": 2}}, sort_keys=True)
json.dumps({"b": [1, {"a": 2}], "c": [], "d": {}}, indent=2)
json.dumps([1, [2]], indent="\t")
json.dumps([1, [2]], indent=0)
json.dumps([1, {"a": 2}], separators=(",", ":"))
json.dumps(float("nan"))
json.dumps([float("inf"), float("-inf")])
json.dumps(float("nan"), allow_nan=False)
json.dumps({float("inf"): 1})
json.dumps({(1, 2): 3})
json.dumps({(1, 2): 3, "a": 1}, skipkeys=True)
json.dumps({"a": object()}) if False else None
json.dumps({1, 2})
json.dumps({"a": {1}}, default=sorted)
json.dumps(b"x")
json.dumps({"b": 1, 1: 2}, sort_keys=True)
circle = []
circle.append(circle)
json.dumps(circle)
turning = {}
turning["a"] = [turning]
json.dumps(turning)
again = [1]
json.dumps([again, again])
json.dumps(1, default=lambda value: value)
json.dumps({"a": 1j}, default=lambda value: value)
json.dumps(10**30)
json.dumps(0.1 + 0.2)
json.dumps(1e16)
json.dumps(1e-7)
json.dumps(1.0)


class Number(int):
    def __repr__(self):
        return "never"


class Text(str):
    def __str__(self):
        return "never"


class Real(float):
    def __repr__(self):
        return "never"


class Pairs(dict):
    def items(self):
        return [("x", 1)]


json.dumps([Number(3), Text("t"), Real(1.5), Pairs(a=1)])
json.dumps(Pairs())


class Encoder(json.JSONEncoder):
    def default(self, value):
        return list(value) if isinstance(value, set) else super().default(value)


json.dumps({"a": {5}}, cls=Encoder)
json.dumps({"a": 5j}, cls=Encoder)
list(json.JSONEncoder().iterencode({"a": [1, 2]}))
deep = []
for _ in range(100000):
    deep = [deep]

json.dumps(deep)
json.dumps(json.loads("[{\"a\": [1, 2, {\"b\": null}]}]"))
