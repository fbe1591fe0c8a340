"""Forms of accounts whose fields come from the model of users."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import (
    ReadOnlyPasswordHashField,
    SetPasswordMixin,
    SetUnusablePasswordMixin,
    UsernameField,
)
from django.core.exceptions import ValidationError

User = get_user_model()


class BaseUserCreationForm(SetPasswordMixin, forms.ModelForm):
    """A new user of a name and two passwords that are the same."""

    password1, password2 = SetPasswordMixin.create_password_fields()

    class Meta:
        model = User
        fields = (User.USERNAME_FIELD,)
        field_classes = {"username": UsernameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self._meta.model.USERNAME_FIELD
        if name in self.fields:
            self.fields[name].widget.attrs["autofocus"] = True

    def clean(self):
        self.validate_passwords()
        return super().clean()

    def _post_clean(self):
        super()._post_clean()
        # The password must not be like the name that the form has given the user.
        self.validate_password_for_user(self.instance)

    def save(self, commit=True):
        """The new user."""
        user = self.set_password_and_save(super().save(commit=False), commit=commit)
        if commit and hasattr(self, "save_m2m"):
            self.save_m2m()
        return user


class UserCreationForm(BaseUserCreationForm):
    """As above; a name that differs only in case is taken, too."""

    def clean_username(self):
        name, model = self.cleaned_data.get("username"), self._meta.model
        if not name or not model.objects.filter(username__iexact=name).exists():
            return name
        error = self.instance.unique_error_message(model, ["username"])
        self._update_errors(ValidationError({"username": error}))
        return None


class AdminUserCreationForm(SetUnusablePasswordMixin, UserCreationForm):
    """A new user, who may be one without a password."""

    usable_password = SetUnusablePasswordMixin.create_usable_password_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].required = self.fields["password2"].required = False


class UserChangeForm(forms.ModelForm):
    """All of a user but the password."""

    password = ReadOnlyPasswordHashField(
        label="Password",
        help_text="Raw passwords are not stored, so there is no way to see the user’s password.",
    )

    class Meta:
        model = User
        fields = "__all__"
        field_classes = {"username": UsernameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        password = self.fields.get("password")
        if password and self.instance and not self.instance.has_usable_password():
            password.help_text = "Enable password-based authentication for this user by setting a password."
        permissions = self.fields.get("user_permissions")
        if permissions:
            permissions.queryset = permissions.queryset.select_related("content_type")
