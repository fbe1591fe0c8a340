"""Records what templates of real Django may ask of forms, their fields and form sets, and what they get, in
golden/form_attributes.json.

`record_form_attributes.py` writes the file; `record_form_attributes.py --check` fails if a fresh recording differs from
it. `cargo test` makes the same forms with djr and compares (src/forms/objects/attribute_tests.rs).
"""

import json
import tempfile
import tomllib
from pathlib import Path

import django_site
import record_form_fields
import record_form_sets
import recording

GOLDEN = Path(__file__).parent / "golden" / "form_attributes.json"

# The form in the words of `forms.toml`.
FORM = """
[Sample.fields]
title = { type = "CharField", max_length = 10, min_length = 2, help_text = "Say <b>it</b>", initial = "A <title>" }
email = { type = "EmailField", label = "Your address", required = false, disabled = true, initial = "a@b.de" }
kind = { type = "ChoiceField", choices = [["a", "Letter <A>"], ["Group", [["b", "Letter B"]]]], widget = "RadioSelect" }
many = { type = "MultipleChoiceField", choices = [["1", "One"], ["2", "Two"]], required = false }
number = { type = "IntegerField", min_value = 1, max_value = 9, required = false, localize = true, widget = { type = "NumberInput", attrs = { class = "wide", data-x = "1" } } }
day = { type = "DateField", required = false, show_hidden_initial = true, initial = "2026-01-02", label_suffix = "?" }
secret = { type = "CharField", widget = "HiddenInput", required = false, error_messages = { required = "Sure?" } }
stay = { type = "BooleanField", required = false }
"""

GOOD = {"title": " A post ", "kind": "b", "many": ["1", "2"], "number": "7", "day": "2026-02-03", "initial-day": "2026-01-02", "secret": "s", "stay": "on"}
BAD = {"title": "<", "kind": "x", "many": ["3"], "number": "10", "day": "soon", "secret": ""}

# A name, what is sent, and the prefix of the form.
FORMS = [
    ("unbound", None, None),
    ("prefixed", None, "p"),
    ("good", GOOD, None),
    ("bad", BAD, None),
    ("refused", GOOD, None),
    ("empty", {}, None),
]

SETS = [
    ("unbound set", {"extra": 2}, [{"title": "a"}], None),
    ("good set", {"can_delete": True, "can_order": True}, [{"title": "a"}, {"title": "b"}],
     record_form_sets.forms({"title": "a", "count": "1", "ORDER": "2"}, {"title": "b", "ORDER": "1", "DELETE": "on"}, {"title": "c", "ORDER": ""}, {}, initial=2)),
    ("bad set", {"max_num": 1, "validate_max": True}, [], record_form_sets.forms({"title": "too long"}, {"title": "b", "count": "x"})),
    ("lost set", {}, [], {}),
]

# Asked of each form; every one stands between braces in both templates.
OF_FORM = [
    "form", "form.as_div", "form.as_p", "form.as_table", "form.as_ul", "form.render", "form.auto_id", "form.changed_data", "form.cleaned_data.title",
    "form.cleaned_data.many", "form.cleaned_data.day", "form.cleaned_data.number", "form.cleaned_data.stay", "form.cleaned_data.email",
    "form.data.title", "form.data.kind", "form.empty_permitted", "form.errors", "form.errors.as_json", "form.errors.as_text", "form.errors.as_ul",
    "form.errors.render", "form.errors.get_json_data.title.0.code", "form.errors.title", "form.errors.title.0", "form.errors.title.as_json",
    "form.errors.title.as_text", "form.errors.title.as_ul", "form.errors.title.render", "form.errors.title.get_json_data.0.message",
    "form.fields.title.max_length", "form.fields.number.max_value", "form.has_changed", "form.is_bound", "form.is_multipart", "form.is_valid",
    "form.label_suffix", "form.media", "form.media.render", "form.non_field_errors", "form.non_field_errors.as_json", "form.prefix", "form.use_required_attribute",
]
OF_FIELD = [
    "", ".aria_describedby", ".as_field_group", ".as_hidden", ".as_text", ".as_textarea", ".as_widget", ".auto_id", ".css_classes", ".data", ".errors",
    ".errors.as_json", ".help_text", ".html_initial_id", ".html_initial_name", ".html_name", ".id_for_label", ".initial", ".is_hidden", ".label",
    ".label_tag", ".legend_tag", ".name", ".render", ".use_fieldset", ".value", ".widget_type", ".field.required", ".field.disabled", ".field.label",
    ".field.help_text", ".field.initial", ".field.label_suffix", ".field.localize", ".field.show_hidden_initial", ".field.max_length", ".field.min_length",
    ".field.min_value", ".field.max_value", ".field.strip", ".field.choices", ".field.widget.attrs", ".field.widget.attrs.class", ".field.widget.input_type",
    ".field.widget.is_hidden", ".field.widget.is_localized", ".field.widget.is_required", ".field.widget.needs_multipart_form", ".field.widget.use_fieldset",
    ".field.widget.supports_microseconds", ".field.error_messages.required", ".form.is_bound",
    ".0", ".0.choice_label", ".0.id_for_label", ".0.tag", ".0.data.name", ".0.data.value", ".0.data.label", ".0.data.selected", ".0.data.index", ".0.data.type",
    ".0.data.attrs.id", ".0.data.wrap_label", ".subwidgets.1.choice_label",
]
OF_SET = [
    "formset", "formset.absolute_max", "formset.as_div", "formset.as_p", "formset.as_table", "formset.as_ul", "formset.render", "formset.auto_id", "formset.can_delete",
    "formset.can_delete_extra", "formset.can_order", "formset.cleaned_data.0.title", "formset.cleaned_data.1.DELETE", "formset.cleaned_data.0.ORDER",
    "formset.deleted_forms.0.prefix", "formset.empty_form", "formset.empty_form.prefix", "formset.errors.0", "formset.errors.1", "formset.extra",
    "formset.extra_forms.0.prefix", "formset.forms.0.prefix", "formset.0.title", "formset.has_changed", "formset.initial_form_count", "formset.initial_forms.0.prefix",
    "formset.is_bound", "formset.is_multipart", "formset.is_valid", "formset.management_form", "formset.management_form.TOTAL_FORMS.value", "formset.max_num",
    "formset.media", "formset.min_num", "formset.non_form_errors", "formset.non_form_errors.as_json", "formset.non_form_errors.as_text", "formset.ordered_forms.0.prefix",
    "formset.ordered_forms.1.prefix", "formset.prefix", "formset.total_error_count", "formset.total_form_count", "formset.validate_max", "formset.validate_min",
]
LOOPS = [
    "{% for field in form.visible_fields %}{{ field.name }};{% endfor %}", "{% for field in form.hidden_fields %}{{ field.name }};{% endfor %}",
    "{% for field in form %}{{ field.name }};{% endfor %}", "{% for name in form.fields %}{{ name }};{% endfor %}",
    "{% for name in form.errors %}{{ name }};{% endfor %}", "{% for error in form.errors.title %}{{ error }};{% endfor %}",
    "{% for part in form.kind %}{{ part.tag }}|{{ part.choice_label }}|{{ part.id_for_label }};{% endfor %}",
    "{% for part in form.many.subwidgets %}{{ part }};{% endfor %}", "{% for name in form.cleaned_data %}{{ name }};{% endfor %}",
]
SET_LOOPS = [
    "{% for form in formset %}{{ form.prefix }};{% endfor %}", "{% for form in formset.forms %}{{ form.title.value }};{% endfor %}",
    "{% for form in formset.ordered_forms %}{{ form.title.value }};{% endfor %}", "{% for form in formset.deleted_forms %}{{ form.title.value }};{% endfor %}",
    "{% for error in formset.non_form_errors %}{{ error }};{% endfor %}", "{% for form in formset.extra_forms %}{{ form.prefix }};{% endfor %}",
]


def sample():
    from django import forms

    declared = tomllib.loads(FORM)["Sample"]["fields"]
    return type("Sample", (forms.Form,), {name: record_form_fields.field_of(field) for name, field in declared.items()})


def form_of(sample, name, data, prefix):
    from django.http import QueryDict

    if data is None:
        return sample(prefix=prefix)
    query = QueryDict(mutable=True)
    for key, value in data.items():
        query.setlist(key, value if isinstance(value, list) else [value])
    form = sample(query, prefix=prefix)
    form.is_valid()
    if name == "refused":
        form.add_error("title", "Taken.")
        form.add_error(None, "It is <all> wrong.")
    return form


def set_of(options, initial, data):
    from django.forms import formset_factory
    from django.http import QueryDict

    factory = formset_factory(record_form_sets.sample(), **options)
    if data is None:
        return factory(initial=initial)
    query = QueryDict(mutable=True)
    query.update(data)
    return factory(query, initial=initial)


def rendered(template, **context):
    from django.template import Context, Engine

    try:
        text = Engine().from_string(template).render(Context(context))
    except (AttributeError, KeyError):  # An attribute that fails in Django, too.
        return None
    return record_form_fields.squashed(text)


def names(thing):
    """What is public of a thing, and whether it is called."""
    found = {}
    for name in sorted(dir(thing)):
        if not name.startswith("_"):
            try:
                found[name] = "method" if callable(getattr(thing, name)) else "value"
            except AttributeError:
                found[name] = "value"
    return found


def main():
    with tempfile.TemporaryDirectory() as directory:
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        from django.contrib.auth.models import Group
        from django.forms import modelform_factory, modelformset_factory

        kind = sample()
        outputs = []
        for name, data, prefix in FORMS:
            answers = {}
            for asked in OF_FORM:
                answers[asked] = rendered("{{ " + asked + " }}", form=form_of(kind, name, data, prefix))
            for field in kind.base_fields:
                for asked in OF_FIELD:
                    # A field of one element has no options.
                    if (".0" in asked or ".1" in asked) and field not in ("kind", "many"):
                        continue
                    form = form_of(kind, name, data, prefix)
                    answers[f"form.{field}{asked}"] = rendered("{{ form." + field + asked + " }}", form=form)
            for loop in LOOPS:
                answers[loop] = rendered(loop, form=form_of(kind, name, data, prefix))
            outputs.append({"name": name, "sent": data, "prefix": prefix, "answers": answers})
        sets = []
        for name, options, initial, data in SETS:
            answers = {}
            for asked in OF_SET:
                formset = set_of(options, initial, data)
                formset.is_valid()
                answers[asked] = rendered("{{ " + asked + " }}", formset=formset)
            for loop in SET_LOOPS:
                answers[loop] = rendered(loop, formset=set_of(options, initial, data))
            sets.append({"name": name, "options": options, "initial": initial, "sent": data, "answers": answers})
        good, bad = form_of(kind, "good", GOOD, None), form_of(kind, "bad", BAD, None)
        formset = set_of(SETS[1][1], SETS[1][2], SETS[1][3])
        formset.is_valid()
        model_form = modelform_factory(Group, fields=["name"])()
        public = {
            "form": names(good) | names(model_form), "field": names(bad["title"]), "widget": names(bad["kind"][0]),
            "errors": names(bad.errors), "error_list": names(bad.errors["title"]),
            "formset": names(formset) | {name: "method" for name in dir(modelformset_factory(Group, fields=["name"])) if not name.startswith("_") and not hasattr(formset, name)},
            "form_field": names(bad.fields["kind"]) | names(bad.fields["number"]) | names(bad.fields["title"]), "form_widget": names(bad.fields["number"].widget),
        }
    fresh = {"form": FORM, "names": public, "forms": outputs, "sets": sets}
    recording.keep(GOLDEN, json.dumps(fresh, indent=0, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
