from django import forms


class PreferencesForm(forms.Form):
    THEMES = [("light", "Light"), ("dark", "Dark"), ("auto", "As the system")]

    theme = forms.ChoiceField(choices=THEMES, widget=forms.RadioSelect)
    language = forms.ChoiceField(choices=[("en", "English"), ("sv", "Svenska")])
    items_per_page = forms.IntegerField(min_value=5, max_value=100, initial=20)
    newsletter = forms.BooleanField(required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("theme") == "dark" and cleaned.get("items_per_page", 0) > 50:
            self.add_error("items_per_page", "In the dark, 50 at most.")
        return cleaned
