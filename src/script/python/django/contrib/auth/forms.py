"""Forms of accounts."""

import unicodedata

from django import forms
from django._absent import absent
from django.contrib.auth import authenticate, get_user_model, password_validation
from django.core.exceptions import ValidationError


def _password(label, autocomplete, help_text=""):
    return forms.CharField(
        label=label,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class UsernameField(forms.CharField):
    """A name in one form, however its letters are composed."""

    def to_python(self, value):
        value = super().to_python(value)
        if self.max_length is not None and len(value) > self.max_length:
            # Normalizing a very long text takes long; the validator refuses it.
            return value
        return unicodedata.normalize("NFKC", value)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "autocapitalize": "none", "autocomplete": "username"}


class SetPasswordMixin:
    """Two passwords that have to be the same and good enough."""

    error_messages = {"password_mismatch": "The two password fields didn’t match."}

    def validate_passwords(self, password1_field_name="password1", password2_field_name="password2"):
        first = self.cleaned_data.get(password1_field_name)
        second = self.cleaned_data.get(password2_field_name)
        if first and second and first != second:
            error = ValidationError(self.error_messages["password_mismatch"], code="password_mismatch")
            self.add_error(password2_field_name, error)

    def validate_password_for_user(self, user, password_field_name="password2"):
        password = self.cleaned_data.get(password_field_name)
        if password:
            try:
                password_validation.validate_password(password, user)
            except ValidationError as error:
                self.add_error(password_field_name, error)

    def set_password_and_save(self, user, password_field_name="password1", commit=True):
        user.set_password(self.cleaned_data[password_field_name])
        if commit:
            user.save()
        return user


class BaseUserCreationForm(SetPasswordMixin, forms.Form):
    """A new user of a name and two passwords that are the same."""

    username = UsernameField(
        max_length=150, help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."
    )
    password1 = _password("Password", "new-password")
    password2 = _password(
        "Password confirmation", "new-password", "Enter the same password as before, for verification."
    )

    def __init__(self, *args, instance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance = instance
        self.fields["username"].widget.attrs["autofocus"] = True

    def clean_username(self):
        name = self.cleaned_data["username"]
        if not name or not all(char.isalnum() or char in "_@.+-" for char in name):
            raise ValidationError(
                "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.",
                code="invalid",
            )
        return name

    def clean(self):
        self.validate_passwords()
        return super().clean()

    def _post_clean(self):
        super()._post_clean()
        user = self.instance or get_user_model()()
        user.username = self.cleaned_data.get("username", "")
        self.instance = user
        self.validate_password_for_user(user)

    def save(self, commit=True):
        """The new user."""
        return self.set_password_and_save(self.instance, commit=commit)


class UserCreationForm(BaseUserCreationForm):
    """As above; a name that differs only in case is taken, too."""

    def clean_username(self):
        name = super().clean_username()
        if get_user_model().objects.filter(username__iexact=name).exists():
            raise ValidationError("A user with that username already exists.", code="unique")
        return name


class AuthenticationForm(forms.Form):
    """Name and password of a visitor who logs in."""

    username = UsernameField(widget=forms.TextInput(attrs={"autofocus": True}))
    password = _password("Password", "current-password")
    error_messages = {
        "invalid_login": (
            "Please enter a correct %(username)s and password. Note that both fields may be case-sensitive."
        ),
        "inactive": "This account is inactive.",
    }

    def __init__(self, request=None, *args, **kwargs):
        self.request = request
        self.user_cache = None
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.max_length = 150
        name.widget.attrs["maxlength"] = 150
        if name.label is None:
            name.label = "Username"

    def clean(self):
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username is not None and password:
            self.user_cache = authenticate(self.request, username=username, password=password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data

    def confirm_login_allowed(self, user):
        """Refuses a user who may not log in."""
        if not user.is_active:
            raise ValidationError(self.error_messages["inactive"], code="inactive")

    def get_user(self):
        return self.user_cache

    def get_invalid_login_error(self):
        return ValidationError(
            self.error_messages["invalid_login"], code="invalid_login", params={"username": "username"}
        )


class SetPasswordForm(SetPasswordMixin, forms.Form):
    """A new password, without the old one."""

    new_password1 = _password("New password", "new-password")
    new_password2 = _password(
        "New password confirmation", "new-password", "Enter the same password as before, for verification."
    )

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self):
        self.validate_passwords("new_password1", "new_password2")
        self.validate_password_for_user(self.user, "new_password2")
        return super().clean()

    def save(self, commit=True):
        return self.set_password_and_save(self.user, "new_password1", commit=commit)


class PasswordChangeForm(SetPasswordForm):
    """A new password for somebody who knows the old one."""

    error_messages = {
        **SetPasswordForm.error_messages,
        "password_incorrect": "Your old password was entered incorrectly. Please enter it again.",
    }
    old_password = forms.CharField(
        label="Old password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def clean_old_password(self):
        old = self.cleaned_data["old_password"]
        if not self.user.check_password(old):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old


__getattr__ = absent(__name__)
