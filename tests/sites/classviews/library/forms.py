from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from library.models import Author, Book, Tag


class BookForm(forms.ModelForm):
    agreed = forms.BooleanField(label="I have read it", required=False)

    class Meta:
        model = Book
        fields = ["title", "slug", "author", "tags", "kind", "pages", "price", "is_lent", "published", "notes", "cover"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 2}), "kind": forms.RadioSelect}
        labels = {"pages": "How many pages"}
        help_texts = {"slug": "In the address."}
        error_messages = {
            "title": {"required": "A book has a title."},
            NON_FIELD_ERRORS: {"unique_together": "Twice the same book."},
        }
        field_classes = {"published": forms.DateField}
        localized_fields = ["price"]

    def clean_title(self):
        title = self.cleaned_data["title"]
        if title.lower() == "untitled":
            raise ValidationError("Not a title.", code="untitled")
        return title.strip()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == "p" and (cleaned.get("pages") or 0) > 500:
            self.add_error("pages", "Nobody writes so many poems.")
        return cleaned


class AuthorForm(forms.ModelForm):
    class Meta:
        model = Author
        exclude = []


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = "__all__"


class AskForm(forms.Form):
    book = forms.ModelChoiceField(Book.objects.all(), empty_label="Which one?", to_field_name="slug")
    tags = forms.ModelMultipleChoiceField(Tag.objects.all(), required=False, widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(max_length=30)
