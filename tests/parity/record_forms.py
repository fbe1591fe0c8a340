"""Records how real Django cleans and prints a form, in golden/forms.json.

`record_forms.py` writes the file; `record_forms.py --check` fails if a fresh recording differs from it.
`cargo test` makes the same form with djr and compares (src/forms/tests.rs).
"""

import json
import re
import tempfile
from pathlib import Path

import django_site
import recording

GOLDEN = Path(__file__).parent / "golden" / "forms.json"

# What is sent, and an error of no field.
SENT = [
    (None, None),
    ({}, None),
    ({"username": " bob ", "email": "x@y.de", "old_password": " p ", "note": "", "stay": "on", "terms": "true"}, None),
    (
        {"username": "toolong", "email": "no", "old_password": "a", "note": '<i>"', "stay": "False", "terms": "false"},
        "It is <all> wrong.",
    ),
    ({"username": "a\0b", "email": " A@B.de ", "old_password": "", "note": " n ", "stay": "", "terms": "x"}, None),
    ({"username": "   ", "email": "x" * 330 + "@y.de", "old_password": "\0", "terms": "1"}, "No."),
]


def form_class():
    from django import forms

    class Sample(forms.Form):
        username = forms.CharField(
            max_length=5, widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "username"})
        )
        email = forms.EmailField(label="Email <address>", help_text="Where to, and how", initial="a@b.de")
        old_password = forms.CharField(
            strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
        )
        note = forms.CharField(label="Any wishes?", required=False)
        stay = forms.BooleanField(required=False)
        terms = forms.BooleanField(initial=True)

    return Sample


def record(form, error):
    row = {"data": form.data if form.is_bound else None}
    if form.is_bound:
        form.is_valid()
        if error:
            form.add_error(None, error)
        row["non_field_error"] = error
        row["errors"] = {name: list(errors) for name, errors in form.errors.items()}
        row["cleaned"] = form.cleaned_data
    for method in ["as_div", "as_p"]:
        row[method] = re.sub(r">\s+<", "><", getattr(form, method)()).strip()
    return row


def main():
    with tempfile.TemporaryDirectory() as directory:
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        sample = form_class()
        rows = [record(sample(data), error) for data, error in SENT]
    fresh = json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
