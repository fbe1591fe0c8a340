import datetime, re
from django import forms
from django.forms import *
from django.forms.forms import DeclarativeFieldsMetaclass
from django.forms.formsets import formset_factory, BaseFormSet, all_valid
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
def squeezed(html):
    html = re.sub('class="([^"]*)"', lambda found: f'class="{" ".join(sorted(found[1].split()))}"', str(html))
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", " ".join(str(html).split()))
class Person(Form):
    first_name = CharField(max_length=10, help_text="your <b>name</b>")
    age = IntegerField(required=False, min_value=0)
    color = ChoiceField(choices=[("r", "Red"), ("g", "Green")], widget=RadioSelect)
    agreed = BooleanField(label="OK?", required=False)
    secret = CharField(widget=HiddenInput, required=False, initial="s")
    tags = MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False, widget=CheckboxSelectMultiple)
    def clean_first_name(self):
        if self.cleaned_data["first_name"] == "bad":
            raise ValidationError("bad name", code="bad")
        return self.cleaned_data["first_name"].title()
    def clean(self):
        data = super().clean()
        if data.get("age") == 13:
            self.add_error("age", "unlucky")
        if data.get("age") == 14:
            raise ValidationError({"age": "by dict", "first_name": ["x", "y"]})
        if data.get("age") == 15:
            raise ValidationError("whole form <")
        return data
GOOD = {"first_name": "ann", "age": "5", "color": "r", "agreed": "on", "tags": ["a"]}
FORMS = [Person(), Person({}), Person(GOOD), Person({**GOOD, "age": "13"}), Person({**GOOD, "age": "14"}), Person({**GOOD, "age": "15"}), Person({**GOOD, "first_name": "bad"}), Person(initial={"first_name": "<i>", "age": 7, "color": "g", "tags": ["b"]}), Person(auto_id=False), Person(auto_id="x_%s", prefix="p"), Person({"p-first_name": "bob", "p-color": "g"}, prefix="p"), Person(label_suffix=""), Person(QueryDict("first_name=q&color=r&tags=a&tags=b")), Person({**GOOD, "secret": "\x00"}), Person({**GOOD, "color": "zz"}, use_required_attribute=False), Person(field_order=["tags", "age"])]
[f.is_valid() for f in FORMS], [getattr(f, "cleaned_data", None) for f in FORMS]
[f.errors.as_json() for f in FORMS], [f.errors.as_data() for f in FORMS], [list(f.non_field_errors()) for f in FORMS]
[squeezed(f.as_p()) for f in FORMS]
[squeezed(f.as_div()) for f in FORMS]
[squeezed(f.as_ul()) for f in FORMS]
[squeezed(f.as_table()) for f in FORMS]
[squeezed(f) for f in FORMS[:3]], [repr(f) for f in FORMS[:4]], repr(Person(GOOD))
[f.changed_data for f in FORMS], [f.has_changed() for f in FORMS]
f = FORMS[0]
b = f["first_name"]
squeezed(b), b.name, b.html_name, b.auto_id, b.id_for_label, b.label, b.help_text, b.value(), b.data, b.errors, b.is_hidden, b.widget_type, b.use_fieldset, b.label_tag(), b.label_tag("L", {"class": "c"}), b.label_tag(label_suffix="!"), b.legend_tag(), b.css_classes(), sorted(b.css_classes("x y").split()), b.initial, squeezed(b.as_field_group()), squeezed(b.as_hidden()), squeezed(b.as_textarea()), squeezed(b.as_text()), squeezed(b.as_widget(attrs={"class": "k"})), b.html_initial_name, b.html_initial_id
tried(lambda: f["nope"]), [x.name for x in f], [x.name for x in f.hidden_fields()], [x.name for x in f.visible_fields()], f.is_multipart(), str(f.media), list(f.fields), f.prefix, f.add_prefix("x"), f.add_initial_prefix("x"), f.is_bound
c = f["color"]
[squeezed(x) for x in c], len(c), squeezed(c[0]), squeezed(c[0].tag()), c[1].choice_label, c[0].id_for_label, c[0].data["value"], c.id_for_label, c.label_tag(), [squeezed(x) for x in f["tags"]], [squeezed(x) for x in f["first_name"]], tried(lambda: c["x"]), len(c[0:1]), bool(f["first_name"])
g = Person(GOOD)
g.is_valid(), g.add_error(None, "late"), g.add_error("age", ValidationError("late", code="l")), g.errors.as_json(), g.is_valid(), "age" in g.cleaned_data, g.has_error("age"), g.has_error("age", "l"), g.has_error("age", "no"), g.has_error("color"), tried(g.add_error, "nope", "x"), tried(g.add_error, "age", ValidationError({"age": "x"}))
class Child(Person):
    age = None
    extra = CharField(required=False)
    field_order = ["extra"]
list(Child.base_fields), list(Child().fields), list(Person.base_fields)
class Mixin(Form):
    m = CharField()
class Multi(Mixin, Person):
    pass
list(Multi().fields)
class Css(Form):
    error_css_class, required_css_class = "err", "req"
    a = CharField()
    b = CharField(required=False)
[squeezed(getattr(Css(d), k)()) for d in (None, {}) for k in ("as_p", "as_div", "as_ul", "as_table")], Css()["a"].label_tag(attrs={"class": "q"})
class Hidden(Form):
    h = CharField(widget=HiddenInput)
[squeezed(getattr(Hidden(d), k)()) for d in (None, {}, {"h": "<"}) for k in ("as_p", "as_div", "as_ul", "as_table")]
class Empty(Form):
    pass
[squeezed(getattr(Empty(d), k)()) for d in (None, {}) for k in ("as_p", "as_div", "as_ul", "as_table")], Empty({}).is_valid(), Empty().is_valid()
class Many(Form):
    d = DateTimeField(initial=datetime.datetime(2026, 1, 2, 3, 4, 5, 6), show_hidden_initial=True)
    t = SplitDateTimeField(required=False)
    s = SelectDateWidget
    f = FileField(required=False)
    j = JSONField(required=False, initial={"a": 1})
    x = CharField(disabled=True, initial="dis")
    n = DecimalField(localize=True, required=False)
    e = CharField(label="", required=False, widget=TextInput(attrs={"id": "own", "aria-describedby": "me"}), help_text="h")
    q = CharField(label="Really?", required=False, label_suffix="::")
    w = CharField(required=False, initial=lambda: "called")
m = Many()
squeezed(m), [squeezed(x.label_tag()) for x in m], m.is_multipart(), m["w"].value(), m["w"].initial, m["d"].initial
p = Many({"d": "2026-01-02 03:04:05", "initial-d": "2026-01-02 03:04:05", "t_0": "2026-01-01", "t_1": "x", "j": "{bad", "x": "hacked", "n": "1.5"}, {"f": SimpleUploadedFile("a.txt", b"x")})
p.is_valid(), p.errors.as_json(), {k: str(v) for k, v in p.cleaned_data.items()}, p.changed_data, squeezed(p["j"]), squeezed(p["x"]), squeezed(p["t"])
Many({"f-clear": "on"}, {})["f"].data, Many({}, initial={"j": [1]})["j"].value()
class Changes(Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["added"] = IntegerField(initial=3)
        self.fields["first"].label = "Own"
        self.order_fields(["added"])
    first = CharField()
    def clean(self):
        return {"other": 1}
list(Changes().fields), squeezed(Changes().as_p()), Changes({"first": "x", "added": "4"}).is_valid()
y = Changes({"first": "x", "added": "4"})
y.is_valid(), y.cleaned_data
tried(Person, empty_permitted=True), Person({}, empty_permitted=True, use_required_attribute=False).is_valid()
P = formset_factory(Css, extra=2, can_delete=True, can_order=True, max_num=4, min_num=1, validate_min=True, validate_max=True)
s = P(initial=[{"a": "1"}])
squeezed(s), len(s), s.total_form_count(), s.initial_form_count(), squeezed(s.empty_form.as_p()), squeezed(s.management_form), bool(s), repr(s), s.prefix, [x.prefix for x in s], squeezed(s.as_p()), squeezed(s.as_table()), s.is_valid(), s.is_multipart()
def sent(total, initial, **k):
    return P({"form-TOTAL_FORMS": total, "form-INITIAL_FORMS": initial, **k})
SENT = [sent("1", "0", **{"form-0-a": "x"}), sent("2", "0", **{"form-0-a": "x", "form-0-ORDER": "2", "form-1-a": "y", "form-1-ORDER": "1"}), sent("1", "0"), sent("2", "1", **{"form-0-a": "x", "form-0-DELETE": "on", "form-1-a": "y"}), sent("6", "0", **{f"form-{i}-a": "x" for i in range(6)}), sent("x", "0"), P({}), sent("5000", "0"), sent("1", "0", **{"form-0-b": "only b"}), sent("0", "0"), sent("2", "2", **{"form-0-a": "", "form-1-a": "z"})]
[x.is_valid() for x in SENT], [x.errors for x in SENT], [list(x.non_form_errors()) for x in SENT], [tried(lambda: x.cleaned_data) for x in SENT], [len(x.forms) for x in SENT], [[y.cleaned_data.get("a") for y in x.deleted_forms] for x in SENT], [tried(lambda: [y.cleaned_data.get("a") for y in x.ordered_forms]) for x in SENT], [x.total_error_count() for x in SENT], [x.has_changed() for x in SENT]
class Own(BaseFormSet):
    def clean(self):
        if any(self.errors):
            return
        raise ValidationError("own", code="o")
O = formset_factory(Css, formset=Own, extra=1)
o = O({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-a": "x"})
o.is_valid(), list(o.non_form_errors()), str(o.non_form_errors()), all_valid([o]), O(prefix="z").management_form.prefix, tried(formset_factory, Css, max_num=5, absolute_max=2), formset_factory(Css).__name__, [x.extra_arg for x in ()] , len(O(initial=[{}, {}])), O(initial=[{"a": 1}]).initial_forms[0].initial, len(O(initial=[{"a": 1}]).extra_forms)
