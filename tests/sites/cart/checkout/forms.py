from django import forms
from django.core.validators import RegexValidator


class AddressForm(forms.Form):
    name = forms.CharField(max_length=60)
    street = forms.CharField()
    postcode = forms.CharField(validators=[RegexValidator(r"^\d{5}$", "Five digits, please.")])
    country = forms.ChoiceField(choices=[("", "---"), ("se", "Sweden"), ("at", "Austria")])


class DeliveryForm(forms.Form):
    method = forms.ChoiceField(choices=[("post", "By post"), ("pickup", "Pick up")], widget=forms.RadioSelect)
    day = forms.DateField(required=False, help_text="YYYY-MM-DD")
    gift = forms.BooleanField(required=False, label="It is a gift")

    def clean_method(self):
        method = self.cleaned_data["method"]
        if method == "pickup" and self.country == "at":
            raise forms.ValidationError("There is no shop in %(country)s.", code="far", params={"country": "Austria"})
        return method

    def __init__(self, *args, country=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.country = country


class ConfirmForm(forms.Form):
    accept = forms.BooleanField(error_messages={"required": "You must accept our terms."})
    comment = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
