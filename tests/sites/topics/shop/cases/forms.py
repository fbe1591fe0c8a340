"""Topic guides: forms, form sets, media."""

import datetime
import json

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import formset_factory, inlineformset_factory, modelform_factory, modelformset_factory
from django.http import JsonResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from shop.models import Author, Book


class _Contact(forms.Form):
    required_css_class = "required"

    subject = forms.CharField(max_length=10, label="About <it>")
    sender = forms.EmailField(help_text="Yours & only yours")
    copy = forms.BooleanField(required=False)
    when = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean_subject(self):
        subject = self.cleaned_data["subject"]
        if "spam" in subject:
            raise ValidationError("No %(what)s, please", code="spam", params={"what": "spam <b>"})
        return subject

    def clean(self):
        super().clean()
        if self.cleaned_data.get("copy") and not self.cleaned_data.get("sender"):
            self.add_error("copy", "Nobody to send it to")
            raise ValidationError([ValidationError("One", code="one"), ValidationError("Two", code="two")])


def errors_as_json(show, request):
    form = _Contact({"subject": "spam", "copy": "on"})
    show(form.is_valid(), json.dumps(form.errors), json.dumps(form.errors["subject"]))
    show(JsonResponse(form.errors).content, JsonResponse({"errors": form.errors, "all": form.non_field_errors()}).content)
    show(form.errors.as_json(), form.errors.as_json(escape_html=True), form.errors.get_json_data())
    show(json.dumps({"b": (1, 2), "a": form.errors}, indent=1, sort_keys=True))
    show(list(form.errors.items()), dict(form.errors), form.errors.as_text())
    show(form.has_error("subject", "spam"), form.has_error(NON_FIELD_ERRORS, code="two"), form.has_error("when"))


def bound_fields(show, request):
    form = _Contact({"subject": "x" * 11, "sender": "a"}, auto_id="f_%s", prefix="p")
    show(form["subject"].html_name, form["subject"].id_for_label, form["subject"].label_tag(), form["sender"].help_text)
    form = _Contact({"subject": "x" * 11, "sender": "a"}, label_suffix="?")
    show(form["subject"].errors, form["subject"].css_classes(), form["copy"].css_classes())
    show(str(form["subject"]), form["when"].as_widget(attrs={"class": "d"}), form["sender"].as_hidden())
    show([field.name for field in form], form.fields["subject"].max_length, form["subject"].value(), form["when"].value())
    show(form.changed_data, form.has_changed(), form.is_multipart(), [field.name for field in form.hidden_fields()])
    for text in (form.as_p(), form.as_div(), form.as_table(), form.as_ul()):
        show(text.split())


def initial_and_order(show, request):
    class Ordered(_Contact):
        field_order = ["when", "subject"]

    form = Ordered(initial={"subject": "Hi", "when": datetime.date(2024, 2, 3)}, use_required_attribute=False)
    show(list(form.fields), form["subject"].initial, form.get_initial_for_field(form.fields["when"], "when"))
    form.order_fields(["copy"])
    show(list(form.fields), str(form["when"]), str(form["subject"]))
    form = Ordered({"subject": "Hi", "sender": "a@b.co"}, initial={"subject": "Hi"})
    show(form.is_valid(), form.changed_data, form.cleaned_data)


def cleaning(show, request):
    class Strict(forms.Form):
        numbers = forms.CharField(validators=[])
        choice = forms.ChoiceField(choices=[("a", "A"), ("Group", [("b", "B")])])
        many = forms.TypedMultipleChoiceField(choices=[(1, "x"), (2, "y")], coerce=int, required=False)
        amount = forms.DecimalField(max_digits=4, decimal_places=1, min_value=1, step_size=0.5)
        slug = forms.SlugField(required=False, empty_value=None)
        data = forms.JSONField(required=False)
        length = forms.DurationField(required=False)
        uuid = forms.UUIDField(required=False)

    form = Strict(QueryDict("numbers=1&choice=b&many=1&many=2&amount=2.5&data={\"a\": 1}&length=1 02:03:04"))
    show(form.is_valid(), form.cleaned_data)
    form = Strict(QueryDict("choice=z&many=3&amount=1234.5&slug=a b&data={&length=x&uuid=1"))
    show(form.is_valid(), json.loads(form.errors.as_json()))
    show(form.errors["amount"].as_data()[0].code, [error.params for error in form.errors.as_data()["choice"]])


def form_sets(show, request):
    class Base(forms.BaseFormSet):
        def clean(self):
            if any(self.errors):
                return
            names = [form.cleaned_data.get("name") for form in self.forms if form.cleaned_data]
            if len(names) != len(set(names)):
                raise ValidationError("Twice")

    class Name(forms.Form):
        name = forms.CharField()

    made = formset_factory(Name, formset=Base, extra=2, can_delete=True, can_order=True, max_num=4, validate_max=True)
    empty = made(initial=[{"name": "a"}])
    show(len(empty), empty.total_form_count(), empty.initial_form_count(), str(empty.management_form))
    show(str(empty.empty_form["name"]), [list(form.fields) for form in empty])
    data = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "1", "form-0-name": "a", "form-0-ORDER": "2", "form-1-name": "b", "form-1-ORDER": "1", "form-2-name": "c", "form-2-DELETE": "on"}
    sent = made(data, initial=[{"name": "a"}])
    show(sent.is_valid(), [form.cleaned_data for form in sent.ordered_forms], len(sent.deleted_forms), sent.has_changed())
    sent = made({**data, "form-1-name": "a"})
    show(sent.is_valid(), sent.non_form_errors(), sent.errors, sent.total_error_count())
    sent = made({"form-0-name": "a"})
    show(sent.is_valid(), sent.non_form_errors())


def model_forms(show, request):
    Form = modelform_factory(Book, fields=["title", "price", "kind", "authors"], labels={"title": "Name"})
    form = Form({"title": "", "price": "x", "kind": "??", "authors": ["999"]})
    show(form.is_valid(), json.loads(form.errors.as_json()))
    ann = Author.objects.get(name="Ann")
    form = Form({"title": "New", "price": "1.50", "kind": "ES", "authors": [ann.pk]})
    book = form.save(commit=False)
    show(book.pk, hasattr(form, "save_m2m"))
    book.save()
    form.save_m2m()
    show(list(book.authors.all()), str(form["kind"]), form.instance is book, form["authors"].value() == [ann.pk])
    form = Form(instance=book)
    show(form.initial["title"], form.initial["authors"], form["title"].label, str(form["price"]))
    Many = modelformset_factory(Author, fields=["name"], extra=1)
    formset = Many(queryset=Author.objects.filter(name__startswith="A"))
    show(len(formset.forms), [form.instance.name for form in formset.forms], formset.management_form["INITIAL_FORMS"].value())


def copies_of_data(show, request):
    query = QueryDict("a=1&a=2&b=3")
    show(dict(query), query.dict(), {**query.dict()}, list(query.items()), query.getlist("a"), query["a"])
    known = {"z": 0}
    known.update(query)
    show(known, dict(MultiValueDict({"x": [1, 2]})), dict(request.GET), dict(query.lists()))
    copy = query.copy()
    copy.update({"a": "9"})
    copy.setlist("c", ["x", "y"])
    show(copy.urlencode(), copy == query, copy.pop("b"), copy.popitem(), sorted(copy))


def media_of_forms(show, request):
    class Calendar(forms.TextInput):
        class Media:
            css = {"all": ["pretty.css"], "print": ["/print.css"]}
            js = ["actions.js", "https://example.com/x.js"]

    class Form(forms.Form):
        day = forms.DateField(widget=Calendar)

        class Media:
            js = ["form.js"]

    show(str(Form().media), Form().media["js"], Calendar().media + forms.Media(js=["b.js"]))


def widgets(show, request):
    class Colours(forms.MultiWidget):
        def __init__(self, attrs=None):
            super().__init__([forms.NumberInput(attrs={"min": 0}), forms.TextInput], attrs)

        def decompress(self, value):
            return value.split("-") if value else [None, None]

    show(Colours().render("c", "1-x"), Colours().value_from_datadict({"c_0": "1", "c_1": "z"}, {}, "c"))
    select = forms.Select(choices=[("", "-"), (1, "One"), ("G", [(2, "Two")])], attrs={"class": "s"})
    show(select.render("n", 2, attrs={"id": "i"}), forms.CheckboxSelectMultiple(choices=[(1, "a"), (2, "b")]).render("m", ["2"]))
    show(forms.NullBooleanSelect().render("n", True), forms.Textarea(attrs={"rows": 2}).render("t", "<a>"), forms.SelectDateWidget(years=[2024]).render("d", "2024-02-01")[:120])
    show(forms.ClearableFileInput().render("f", None), forms.SplitDateTimeWidget().render("s", datetime.datetime(2024, 1, 2, 3, 4)), forms.RadioSelect(choices=[("a", "A")]).render("r", "a"))
