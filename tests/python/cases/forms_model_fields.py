import datetime
import re
from django import forms
from django.db import models
def squeezed(html):
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", " ".join(str(html).split()))
# Gone from Django, or for Django alone.
GONE = ("OrderWrt", "IPAddressField", "NullBooleanField", "CommaSeparatedIntegerField")
KINDS = sorted(name for name in models.__all__ if name not in GONE and isinstance(getattr(models, name, None), type) and issubclass(getattr(models, name), models.Field))
KINDS
NEEDED = {"CharField": {"max_length": 9}, "DecimalField": {"max_digits": 5, "decimal_places": 2}, "FilePathField": {"path": "/nowhere-at-all", "allow_folders": True}, "GeneratedField": {"expression": models.F("x"), "output_field": models.IntegerField(), "db_persist": True}, "AutoField": {"primary_key": True}, "BigAutoField": {"primary_key": True}, "SmallAutoField": {"primary_key": True}}
# Those that lead to models are tried on a site.
USELESS = ("CompositePrimaryKey", "Field", "ForeignObject", "ForeignKey", "OneToOneField", "ManyToManyField")
PARTS = ("required", "label", "help_text", "initial", "show_hidden_initial", "max_length", "min_length", "min_value", "max_value", "max_digits", "decimal_places", "step_size", "empty_value", "strip", "allow_unicode", "path", "match", "recursive", "allow_files", "allow_folders", "disabled", "localize")
def made(kind, **options):
    field = getattr(models, kind)(**{**NEEDED.get(kind, {}), **options})
    field.set_attributes_from_name("some_name")
    return field
def described(field, **given):
    form = field.formfield(**given)
    if form is None:
        return None
    parts = {name: getattr(form, name) for name in PARTS if hasattr(form, name)}
    return type(form).__name__, parts, type(form.widget).__name__, form.widget.attrs, sorted(type(v).__name__ for v in form.validators), list(form.choices) if hasattr(form, "choices") else None
[(kind, tried(lambda: described(made(kind)))) for kind in KINDS if kind not in USELESS]
[(kind, tried(lambda: described(made(kind, blank=True, null=True, help_text="<help>", verbose_name="own name")))) for kind in KINDS if kind not in USELESS and "Auto" not in kind and kind != "GeneratedField"]
TEXTS = ("CharField", "SlugField", "TextField", "EmailField", "URLField")
[(kind, tried(lambda: described(made(kind, choices=[("a", "A"), ("b", "B")])))) for kind in TEXTS]
NUMBERS = ("IntegerField", "BigIntegerField", "SmallIntegerField", "PositiveIntegerField", "FloatField", "DecimalField")
[(kind, tried(lambda: described(made(kind, choices=[(1, "One"), ("Group", [(2, "Two")])], default=2)))) for kind in NUMBERS]
[described(made("CharField", choices=[("a", "A")], blank=blank, null=null, **default)) for blank in (False, True) for null in (False, True) for default in ({}, {"default": "a"})]
[described(made("BooleanField", **options)) for options in ({}, {"default": True}, {"null": True}, {"choices": [(True, "yes"), (False, "no")]}, {"choices": [(True, "yes")], "default": False}, {"blank": True})]
[described(made("IntegerField", **options)) for options in ({"default": 5}, {"default": lambda: 7, "blank": True}, {"editable": False})]
described(made("CharField"), widget=forms.Textarea, label="given", initial="x", required=False, form_class=forms.SlugField)
described(made("CharField", choices=[("a", "A")]), widget=forms.RadioSelect, max_length=3, form_class=forms.SlugField, choices_form_class=forms.TypedMultipleChoiceField)
each(made("IntegerField", choices=[(1, "One")]).formfield().clean, "1", "2", "x", "", None, 1)
each(made("CharField", choices=[("a", "A")], null=True, blank=True).formfield().clean, "a", "", None)
each(made("DecimalField").formfield().clean, "1.5", "1000", "1.234", "x", "NaN")
each(made("PositiveSmallIntegerField").formfield().clean, "0", "-1", "32768", "x")
each(made("BigIntegerField").formfield().clean, "9223372036854775807", "9223372036854775808", "-9223372036854775809")
each(made("SlugField", allow_unicode=True).formfield().clean, "ä-b", "a b", "x" * 51)
each(made("GenericIPAddressField", protocol="IPv4").formfield().clean, "1.2.3.4", "::1", "x")
each(made("JSONField").formfield().clean, '{"a": 1}', "[", "null", "-", "1e400", "")
each(made("UUIDField").formfield().clean, "12345678123456781234567812345678", "x")
each(made("DurationField").formfield().clean, "1:00", "x")
class Shown(forms.Form):
    title = made("CharField", help_text="h").formfield()
    notes = made("TextField", blank=True).formfield()
    when = made("DateTimeField").formfield()
    first = made("IntegerField", default=lambda: 3).formfield()
    kind = made("CharField", choices=[("a", "A")], default="a").formfield(widget=forms.RadioSelect)
squeezed(Shown()), squeezed(Shown({"first": "4", "initial-first": "3"})), Shown({"first": "4", "initial-first": "3"}).changed_data
