from django import forms

from .models import Document

LIMIT = 1000


class DocumentForm(forms.ModelForm):
    class Meta:
        model = Document
        fields = ["title", "file"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LIMIT:
            raise forms.ValidationError(f"At most {LIMIT} bytes.")
        return file


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", MultipleFileInput())
        super().__init__(*args, **kwargs)

    def clean(self, data, initial=None):
        clean = super().clean
        if isinstance(data, (list, tuple)):
            return [clean(one, initial) for one in data]
        return [clean(data, initial)]


class ManyForm(forms.Form):
    files = MultipleFileField()
