from django import forms
from django.core.exceptions import ValidationError


class OrderForm(forms.Form):
    name = forms.CharField(max_length=20)
    email = forms.EmailField(required=False)
    count = forms.IntegerField(min_value=1, max_value=9)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if name.lower() == "nobody":
            raise ValidationError("Nobody orders nothing.")
        return name.title()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("count") == 7 and not cleaned.get("email"):
            self.add_error("email", "Seven need an address.")
        return cleaned
