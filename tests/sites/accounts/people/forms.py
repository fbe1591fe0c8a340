from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.password_validation import validate_password

from .models import Profile

User = get_user_model()


class SignUpForm(forms.Form):
    """A sign-up written by hand."""

    username = forms.CharField(max_length=30)
    email = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput)
    again = forms.CharField(widget=forms.PasswordInput, label="Once more")

    def clean_username(self):
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("That name is taken.")
        return username

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and cleaned["password"] != cleaned.get("again"):
            self.add_error("again", "The passwords differ.")
        return cleaned

    def save(self):
        data = self.cleaned_data
        return User.objects.create_user(data["username"], data["email"], data["password"])


class JoinForm(UserCreationForm):
    email = forms.EmailField(required=True)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ["username", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What fields say of themselves is in each program's own words.
        for field in self.fields.values():
            field.help_text = ""


class ProfileForm(forms.ModelForm):
    first_name = forms.CharField(max_length=30, required=False)

    class Meta:
        model = Profile
        fields = ["bio", "birthday", "website", "avatar"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].initial = self.instance.user.first_name

    def save(self, commit=True):
        profile = super().save(commit=commit)
        profile.user.first_name = self.cleaned_data["first_name"]
        profile.user.save(update_fields=["first_name"])
        return profile
