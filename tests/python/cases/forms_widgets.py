import datetime
from django.forms import *
from django.forms.widgets import Media, Input
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import mark_safe
VALUES = ["", None, "a", "ü<&\"'>", 5, 0, False, True, mark_safe("<b>"), 1.5, ["a", "b"]]
ALL = [TextInput, NumberInput, EmailInput, URLInput, ColorInput, SearchInput, TelInput, PasswordInput, HiddenInput, Textarea, CheckboxInput, DateInput, DateTimeInput, TimeInput]
[each(lambda v: w().render("n", v), *VALUES) for w in ALL]
[w({"class": "c", "x": True, "y": False, "z": None, "data-a": 5}).render("n<", "v", {"id": "i", "class": "d"}) for w in ALL]
TextInput({"type": "own"}).render("a", "b"), PasswordInput(render_value=True).render("p", "s"), Input({"type": "range"}).render("r", 3)
M = datetime.datetime(2026, 7, 4, 5, 6, 7, 8)
[DateInput().render("d", v) for v in (M, M.date(), "x", None)], [DateInput(format="%d.%m.%Y").render("d", v) for v in (M, M.date(), "x")], [DateTimeInput().render("d", v) for v in (M, M.date(), "x")], [TimeInput().render("d", v) for v in (M, M.time(), "x")], [TimeInput(format="%H:%M").render("d", M.time())]
[CheckboxInput(check_test=lambda v: v == "x").render("c", v) for v in ("x", "y", None)], CheckboxInput({"checked": True}).render("c", False)
C = [("a", "A"), (1, "One"), ("G<", [("g1", "G1"), ("g2", "G&2")]), ("", "empty"), (None, "none")]
PICKED = ["", None, "a", 1, "1", "g1", "zz", ["a"], ["a", "g2"], 1.0, True]
[each(lambda v: w(choices=C).render("s", v), *PICKED) for w in (Select, RadioSelect, SelectMultiple, CheckboxSelectMultiple)]
[w(choices=C, attrs={"class": "k"}).render("s", "a", {"id": "i"}) for w in (Select, RadioSelect, SelectMultiple, CheckboxSelectMultiple)]
[w().render("s", "a") for w in (Select, RadioSelect, SelectMultiple, CheckboxSelectMultiple)]
each(lambda v: NullBooleanSelect().render("n", v), True, False, None, "true", "false", "2", "3", "unknown", "x", 1)
MultipleHiddenInput().render("m", ["a", "b"], {"id": "i"}), MultipleHiddenInput().render("m", []), MultipleHiddenInput().render("m", None), MultipleHiddenInput({"class": "c"}).render("m", ["<"])
FileInput().render("f", "x"), FileInput({"class": "c"}).render("f", None), tried(FileInput, {"multiple": True})
class Stored:
    url = "/media/a b.txt?x=1&y"
    def __str__(self): return "a<b.txt"
ClearableFileInput().render("f", None), ClearableFileInput().render("f", Stored()), ClearableFileInput().render("f", Stored(), {"id": "i", "disabled": True})
w = ClearableFileInput()
w.is_required = True
w.render("f", Stored())
SplitDateTimeWidget().render("d", M), SplitDateTimeWidget().render("d", None), SplitDateTimeWidget(date_attrs={"class": "x"}, time_format="%H").render("d", M, {"id": "i"}), SplitHiddenDateTimeWidget().render("d", M, {"id": "i"}), SplitDateTimeWidget().render("d", ["2026-01-01", "x"])
class Two(MultiWidget):
    def decompress(self, value):
        return value.split("/") if value else [None, None]
Two([TextInput({"class": "a"}), Select(choices=[("x", "X")])]).render("t", "v/x", {"id": "i"}), Two({"one": TextInput, "": NumberInput}).render("t", "1/2"), Two([TextInput, TextInput], attrs={"class": "k"}).render("t", None)
D = SelectDateWidget(years=(2025, 2026))
each(lambda v: D.render("d", v), M, "2026-7-4", "x", None, "2026-00-00"), SelectDateWidget(years=(2026,), months={1: "J"}, empty_label=("y", "m", "d")).render("d", None, {"id": "i"}), tried(SelectDateWidget, empty_label=("a",))
R = SelectDateWidget(years=(2026,), months={1: "J"})
R.is_required = True
R.render("d", M), D.value_from_datadict({"d_year": "2026", "d_month": "1", "d_day": "2"}, {}, "d"), D.value_from_datadict({"d_year": "2026", "d_month": "2", "d_day": "31"}, {}, "d"), D.value_from_datadict({"d_year": "", "d_month": "", "d_day": ""}, {}, "d"), D.value_from_datadict({"d": "x"}, {}, "d"), D.value_from_datadict({"d_year": "2026", "d_month": "", "d_day": ""}, {}, "d"), D.value_omitted_from_data({}, {}, "d"), D.value_omitted_from_data({"d_day": ""}, {}, "d"), D.id_for_label("i")
Q = QueryDict("n=a&n=b&c=on&f-clear=on&e=&t_0=x&t_1=y&tr=True&fa=false&zero=0")
[[tried(w.value_from_datadict, Q, MultiValueDict({"f": ["file"]}), n) for n in ("n", "c", "f", "e", "x", "t", "tr", "fa", "zero")] for w in (TextInput(), CheckboxInput(), SelectMultiple(), Select(), MultipleHiddenInput(), NullBooleanSelect(), FileInput(), Two([TextInput, TextInput]), CheckboxSelectMultiple())]
[[w.value_omitted_from_data(Q, {"f": 1}, n) for n in ("n", "x", "f", "t")] for w in (TextInput(), CheckboxInput(), SelectMultiple(), FileInput(), Two([TextInput, TextInput]), ClearableFileInput(), CheckboxSelectMultiple())]
[(w.is_hidden, w.needs_multipart_form, w.use_fieldset, w.id_for_label("i"), w.id_for_label(""), w.use_required_attribute("x"), w.use_required_attribute(None), w.supports_microseconds, w.is_localized) for w in (TextInput(), HiddenInput(), FileInput(), ClearableFileInput(), Select(), Select(choices=[("", "x")]), Select(choices=[("a", "x")]), RadioSelect(), CheckboxSelectMultiple(), SelectMultiple(), DateInput(), SplitDateTimeWidget(), SplitHiddenDateTimeWidget(), MultipleHiddenInput(), SelectDateWidget(), NullBooleanSelect())]
[TextInput().get_context("n", "v", {"id": "i"}), sorted(Select(choices=C).get_context("n", "a", {})["widget"])]
m = Media(css={"all": ["a.css", "/b.css"], "print": ["p.css"]}, js=["a.js", "http://x/b.js", "/c.js"])
str(m), str(m["js"]), str(m["css"]), repr(m), tried(lambda: m["x"]), str(m + Media(js=["a.js", "d.js"])), str(Media())
class WithMedia(TextInput):
    class Media:
        css = {"all": ("w.css",)}
        js = ("w.js",)
class Extends(WithMedia):
    class Media:
        js = ("x.js",)
class Alone(WithMedia):
    class Media:
        extend = False
        js = ("y.js",)
class OnlyJs(WithMedia):
    class Media:
        extend = ("js",)
        css = {"all": ["z.css"]}
class OwnProperty(TextInput):
    @property
    def media(self):
        return Media(js=["dynamic.js"])
[str(w().media) for w in (WithMedia, Extends, Alone, OnlyJs, OwnProperty, TextInput)], str(Two([WithMedia, Extends]).media)
[str(Media(js=a) + Media(js=b)) for a, b in ((["1", "2"], ["2", "3"]), (["1", "2", "3"], ["1", "3"]), (["b"], ["a", "b"]), (["1", "2"], ["3", "4"]))]
from django.forms.utils import flatatt, pretty_name, ErrorList, ErrorDict
flatatt({"id": "h", "b": 1, "c": True, "d": False, "e": None, "a": "<"}), flatatt({}), pretty_name("first_name"), pretty_name(""), pretty_name("a"), pretty_name("fooBar_x")
E = ErrorList(["a", ValidationError("b %(x)s", code="c", params={"x": "<"})])
str(E), E.as_ul(), E.as_text(), E.as_json(), E.as_json(escape_html=True), repr(E), list(E), E[1], "a" in E, len(E), bool(ErrorList()), str(ErrorList()), E == ["a", "b <"], E.get_json_data(), E.as_data(), str(ErrorList(["x"], error_class="own")), str(E.copy()), str(ErrorList(["x"], field_id="id_f"))
d = ErrorDict({"f": ErrorList(["x"]), "__all__": ErrorList(["y"], error_class="nonfield")})
str(d), d.as_ul(), d.as_text(), d.as_json(), d.get_json_data(), d.as_data(), str(ErrorDict()), ErrorDict().as_text()
from django.forms import Script
from django.forms.widgets import MediaAsset
S = Script("a.js", defer=True, integrity="<x>")
str(S), repr(S), S == "a.js", S == Script("a.js"), S == MediaAsset("a.js"), hash(S) == hash("a.js"), S.path, str(MediaAsset("/b.css")), str(Media(js=["c.js", S, Script(src="https://x/y.js")]) + Media(js=["a.js"]))
