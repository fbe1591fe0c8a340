import datetime, decimal, re, uuid
from decimal import Decimal
from django import forms
from django.forms import *
from django.core.files.uploadedfile import SimpleUploadedFile
def cleaned(field, *values):
    return each(field.clean, *values)
TEXTS = ["", None, "a", " a ", "abc", "ü", "x" * 20, 5, "a\x00b", [], True, "a\nb"]
cleaned(CharField(), *TEXTS)
cleaned(CharField(required=False, max_length=3, min_length=2), *TEXTS)
cleaned(CharField(strip=False, empty_value=None, required=False), *TEXTS)
NUMBERS = ["", None, "1", " 2 ", "1.0", "1.5", "-3", "x", 5, 5.0, 5.5, "1e3", "٣", "1.", "1.00", True, "99999999999999999999", "0x1", "1 2", "1_0", "+7", "nan", "inf", ".5", "1,5", "0", "1" * 5000]
cleaned(IntegerField(), *NUMBERS)
cleaned(IntegerField(required=False, min_value=1, max_value=10, step_size=2), *NUMBERS)
cleaned(FloatField(), *NUMBERS)
cleaned(FloatField(min_value=0.5, max_value=2, step_size=0.5), *NUMBERS)
cleaned(DecimalField(), *NUMBERS[:-1])
cleaned(DecimalField(max_digits=4, decimal_places=2, min_value=Decimal("0.5")), *NUMBERS[:-1])
DATES = ["", None, "2026-11-30", "11/30/2026", "11/30/26", "Nov 30 2026", "30 November, 2026", " 2026-11-30 ", "2026-13-01", "2026-02-30", "x", datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3, 4), 5, "1/2/3", "2026-11-30\x00", "a\x00b"]
cleaned(DateField(), *DATES)
cleaned(DateField(input_formats=["%d.%m.%Y"], required=False), "30.11.2026", "2026-11-30", "")
TIMES = ["", None, "10:30", "10:30:59", "10:30:59.5", "25:00", " 1:2 ", "x", datetime.time(1, 2), "10.30", 5]
cleaned(TimeField(), *TIMES)
cleaned(DateTimeField(), *DATES, "2026-11-30 10:30", "2026-11-30T10:30:00Z", "2026-11-30T10:30:00+05:00", "11/30/2026 10:30", "2026-03-29 02:30", "2026-10-25 02:30", "2026-11-30 25:00", "Nov 30 2026 10:30", "2026-11-30 10:30:59.123456")
cleaned(DurationField(), "", None, "30", "1:30", "3 days 1:00:00", "P1D", "x", datetime.timedelta(1), "1000000000:00:00", "-1", 90)
MAILS = ["", None, "a@b.com", " a@b.com ", "a", "a@b", "x" * 320 + "@b.com", 5]
cleaned(EmailField(), *MAILS)
cleaned(EmailField(required=False, max_length=8), *MAILS)
URLS = ["", None, "http://a.com", "a.com", "a.com/b?c", "www.a.com", "http://", "http://a", "x y", "//a.com", "javascript:alert(1)", " http://a.com ", "http://[a", "/path", "localhost", "http://localhost:80/x", "ftp://a.com", "mailto:a@b.c", "http:a.com", "http:/a.com", "a.com:80", "localhost:80/x", "http:///x", "?q", "#f", ":", "//", "a.com?x=1#y", "1.2.3.4/x", 5]
cleaned(URLField(assume_scheme="http"), *URLS)
cleaned(URLField(assume_scheme="https", required=False, max_length=15), *URLS)
cleaned(SlugField(), "", "a-b", "ü", "a b", None), cleaned(SlugField(allow_unicode=True), "ü", "a b")
cleaned(RegexField("^[a-c]+$"), "", "abc", "abd", " abc"), cleaned(RegexField(re.compile("x"), max_length=2, strip=True), " x ", "yyy", "xxx")
IPS = ["", None, "1.2.3.4", " 1.2.3.4 ", "::1", "2001:0::0:01", "::ffff:1.2.3.4", "x", "1.2.3", "1:2"]
cleaned(GenericIPAddressField(), *IPS), cleaned(GenericIPAddressField(protocol="IPv4"), *IPS), cleaned(GenericIPAddressField(protocol="IPv6", required=False), *IPS), cleaned(GenericIPAddressField(unpack_ipv4=True), *IPS)
cleaned(UUIDField(), "", None, "550e8400e29b41d4a716446655440000", "550e8400-e29b-41d4-a716-446655440000", "x", uuid.UUID(int=1), " 550e8400e29b41d4a716446655440000 ")
cleaned(JSONField(), "", None, "{}", '{"a": 1}', "[1]", '"x"', "null", "x", "{", 5, {"a": 1}, "true", "NaN"), cleaned(JSONField(required=False), "", "null", "0")
BOOLS = [True, False, None, "", "on", "True", "False", "false", "0", "1", 0, 1, "x", []]
cleaned(BooleanField(), *BOOLS), cleaned(BooleanField(required=False), *BOOLS), cleaned(NullBooleanField(), *BOOLS)
CHOICES = [("a", "A"), ("1", "One"), (2, "Two"), ("G", [("g1", "G1"), ("g2", "G2")]), ("", "empty")]
PICKS = ["", None, "a", "1", 1, "2", 2, "g1", "G", "zz", ["a"], "A"]
cleaned(ChoiceField(choices=CHOICES), *PICKS), cleaned(ChoiceField(choices=CHOICES, required=False), *PICKS)
cleaned(ChoiceField(choices=lambda: [("x", "X")]), "x", "y"), cleaned(ChoiceField(choices={"k": "v", "grp": {"i": "I"}}), "k", "i", "grp")
cleaned(TypedChoiceField(choices=[(1, "1"), (2, "2")], coerce=int), "1", "3", "", "x"), cleaned(TypedChoiceField(choices=[("a", "A")], coerce=int, required=False, empty_value=None), "a", "", None)
LISTS = [[], None, "", "a", ["a"], ["a", "1"], ["zz"], ("g1",), [2], ["a", "zz"], [""]]
cleaned(MultipleChoiceField(choices=CHOICES), *LISTS), cleaned(MultipleChoiceField(choices=CHOICES, required=False), *LISTS)
cleaned(TypedMultipleChoiceField(choices=[(1, "1"), (2, "2")], coerce=int), ["1"], ["1", "2"], ["3"], [], None, "1"), cleaned(TypedMultipleChoiceField(choices=[("a", "A")], coerce=int, required=False), ["a"], []), cleaned(TypedMultipleChoiceField(choices=[(1, 1)], coerce=int, required=False, empty_value=None), [], ["1"])
FILES = [None, "", "text", SimpleUploadedFile("a.txt", b"x"), SimpleUploadedFile("a.txt", b""), False]
each(lambda f: str(FileField().clean(f)), *FILES), each(lambda f: str(FileField(required=False).clean(f)), *FILES), each(lambda f: str(FileField(allow_empty_file=True, max_length=3).clean(f)), *FILES), each(lambda f: str(FileField().clean(f, "old")), *FILES)
cleaned(ComboField(fields=[CharField(max_length=5), EmailField()]), "", "a@b.c", "aaa@bbb.ccc", "x"), cleaned(ComboField(fields=[CharField(max_length=3)], required=False), "", "abcd")
S = SplitDateTimeField()
cleaned(S, ["2026-11-30", "10:30"], ["", ""], ["2026-11-30", ""], ["", "10:30"], ["x", "y"], None, "x", [], ["2026-11-30"], ["2026-03-29", "02:30"]), cleaned(SplitDateTimeField(required=False), ["", ""], ["2026-11-30", ""], None)
class Phone(MultiValueField):
    def __init__(self, **k):
        super().__init__((CharField(max_length=3), CharField(required=False)), require_all_fields=False, **k)
    def compress(self, data):
        return "/".join(data)
cleaned(Phone(widget=MultiWidget([TextInput, TextInput])), ["a", "b"], ["a", ""], ["", "b"], ["", ""], ["aaaa", ""], None), cleaned(Phone(required=False, widget=MultiWidget([TextInput, TextInput])), ["", ""], None)
[tried(Phone(widget=MultiWidget([TextInput, TextInput])).has_changed, i, d) for i, d in ((None, ["", ""]), (None, ["a", ""]), (["a", "b"], ["a", "b"]), (["a", "b"], ["a", "c"]))]
CharField(error_messages={"required": "own"}).error_messages["required"], cleaned(CharField(error_messages={"max_length": "too long"}, max_length=1), "", "aa"), cleaned(IntegerField(error_messages={"invalid": "no"}), "x")
def even(value):
    if value % 2: raise forms.ValidationError("odd %(v)s", code="odd", params={"v": value})
cleaned(IntegerField(validators=[even]), "2", "3"), cleaned(IntegerField(validators=[even], error_messages={"odd": "own odd"}, max_value=2), "3")
[tried(f.has_changed, i, d) for f in (CharField(), IntegerField(), BooleanField(), DateField(), ChoiceField(choices=CHOICES), MultipleChoiceField(choices=CHOICES), DecimalField(), FileField(), JSONField(), NullBooleanField(), CharField(disabled=True)) for i, d in ((None, ""), ("a", "a"), ("a", "b"), (1, "1"), (1, "2"), (datetime.date(2026, 1, 2), "2026-01-02"), (["a"], ["a"]), (None, None), (True, "on"), ("", None), ({"a": 1}, '{"a": 1}'))]
[sorted(f.widget.attrs.items()) for f in (CharField(max_length=5, min_length=1), IntegerField(min_value=1, max_value=5, step_size=2), FloatField(), DecimalField(decimal_places=2), DecimalField(decimal_places=0), DecimalField(decimal_places=20), FloatField(step_size=0.5), EmailField(), URLField(assume_scheme="http"), SlugField(), ImageField(), FileField(), IntegerField(localize=True), CharField(widget=Textarea, max_length=9), CharField(widget=HiddenInput, max_length=9), GenericIPAddressField(), UUIDField(), JSONField(), IntegerField(widget=TextInput, min_value=3))]
[type(f.widget).__name__ for f in (CharField(), IntegerField(), IntegerField(localize=True), FloatField(), DecimalField(), DateField(), TimeField(), DateTimeField(), DurationField(), EmailField(), URLField(assume_scheme="http"), BooleanField(), NullBooleanField(), ChoiceField(), MultipleChoiceField(), TypedChoiceField(), FileField(), ImageField(), JSONField(), SplitDateTimeField(), SlugField(), UUIDField(), CharField(widget=Textarea), CharField(widget=Textarea()))]
tried(CharField, 5), tried(CharField, nothing=1), tried(MultiValueField, fields=[])
import copy
c = ChoiceField(choices=[("a", "A")])
d = copy.deepcopy(c)
d.choices = [("b", "B")]
list(c.choices), list(d.choices), list(d.widget.choices), list(c.widget.choices)
