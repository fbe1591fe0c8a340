"""Forms of accounts. Those whose fields come from the model of users are read when a site uses them."""

import unicodedata

from django import forms
from django._lazy import lazily
from django.contrib.auth import authenticate, get_user_model, password_validation
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

_of_users = lazily(__name__, {"django.contrib.auth.user_forms": "BaseUserCreationForm UserCreationForm UserChangeForm AdminUserCreationForm"})


def __getattr__(name):
    if name == "UserModel":
        return get_user_model()
    return _of_users(name)


def _unicode_ci_compare(s1, s2):
    """Whether two names are the same, whatever the case and form of their letters."""
    first, second = (unicodedata.normalize("NFKC", name).casefold() for name in (s1, s2))
    return first == second


def _password(label, autocomplete, help_text="", **attrs):
    return forms.CharField(
        label=label,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, **attrs}),
    )


class ReadOnlyPasswordHashWidget(forms.Widget):
    """Says how a password is stored, and nothing that helps to guess it."""

    template_name = "django/forms/widgets/read_only_password_hash.html"
    read_only = True

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        is_usable = bool(value) and not value.startswith(UNUSABLE_PASSWORD_PREFIX)
        context["widget"]["summary"] = context["summary"] = _summary(value) if is_usable else [{"label": "No password set."}]
        label = "Reset password" if is_usable else "Set password"
        context["widget"]["button_label"] = context["button_label"] = label
        return context

    def html(self, widget):
        from django.forms.widgets import written_attrs

        rows = []
        for entry in widget["summary"]:
            value = f": <bdi>{conditional_escape(entry['value'])}</bdi>" if entry.get("value") else ""
            rows.append(f"\n    \n    <strong>{conditional_escape(entry['label'])}</strong>{value}\n    ")
        button = f'<a role="button" class="button" href="../password/">{conditional_escape(widget["button_label"])}</a>'
        rows = "".join(rows)
        return f"<div{written_attrs(widget['attrs'])}>\n  <p>{rows}\n  </p>\n  <p>{button}</p>\n</div>"

    def id_for_label(self, id_):
        return None


def _summary(encoded):
    from django.contrib.auth.hashers import identify_hasher

    try:
        hasher = identify_hasher(encoded)
    except ValueError:
        return [{"label": "Invalid password format or unknown hashing algorithm."}]
    return [{"label": label, "value": value} for label, value in hasher.safe_summary(encoded).items()]


class ReadOnlyPasswordHashField(forms.Field):
    """A password that the form shows and does not change."""

    widget = ReadOnlyPasswordHashWidget

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"required": False, "disabled": True, **kwargs})


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

    @staticmethod
    def create_password_fields(label1="Password", label2="Password confirmation"):
        """Two fields; the first says what a password has to be like."""
        # The settings are read when a form is shown.
        advice = lazy(password_validation.password_validators_help_text_html, str)()
        again = "Enter the same password as before, for verification."
        return _password(label1, "new-password", advice), _password(label2, "new-password", again)

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


class SetUnusablePasswordMixin:
    """Two passwords, or none at all: others may say who the user is."""

    usable_password_help_text = (
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to "
        "authenticate using other backends, such as Single Sign-On or LDAP."
    )

    @staticmethod
    def create_usable_password_field(help_text=usable_password_help_text):
        return forms.ChoiceField(
            label="Password-based authentication",
            required=False,
            initial="true",
            choices={"true": "Enabled", "false": "Disabled"},
            widget=forms.RadioSelect(attrs={"class": "radiolist inline"}),
            help_text=help_text,
        )

    def validate_passwords(
        self,
        password1_field_name="password1",
        password2_field_name="password2",
        usable_password_field_name="usable_password",
    ):
        is_usable = self.cleaned_data.pop(usable_password_field_name, None) != "false"
        self.cleaned_data["set_usable_password"] = is_usable
        if not is_usable:
            return
        for name in (password1_field_name, password2_field_name):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error("required"))
        super().validate_passwords(password1_field_name, password2_field_name)

    def validate_password_for_user(self, user, **kwargs):
        if self.cleaned_data["set_usable_password"]:
            super().validate_password_for_user(user, **kwargs)

    def set_password_and_save(self, user, commit=True, **kwargs):
        if self.cleaned_data["set_usable_password"]:
            return super().set_password_and_save(user, **kwargs, commit=commit)
        user.set_unusable_password()
        if commit:
            user.save()
        return user


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
        model = get_user_model()
        self.username_field = model._meta.get_field(model.USERNAME_FIELD)
        name = self.fields["username"]
        name.max_length = name.widget.attrs["maxlength"] = self.username_field.max_length or 254
        if name.label is None:
            name.label = capfirst(self.username_field.verbose_name)

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
            self.error_messages["invalid_login"], code="invalid_login", params={"username": self.username_field.verbose_name}
        )


class SetPasswordForm(SetPasswordMixin, forms.Form):
    """A new password, without the old one."""

    new_password1, new_password2 = SetPasswordMixin.create_password_fields(
        "New password", "New password confirmation"
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
    old_password = _password("Old password", "current-password", autofocus=True)
    field_order = ["old_password", "new_password1", "new_password2"]

    def clean_old_password(self):
        old = self.cleaned_data["old_password"]
        if not self.user.check_password(old):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old


class AdminPasswordChangeForm(SetUnusablePasswordMixin, SetPasswordMixin, forms.Form):
    """A new password that somebody else gives a user."""

    required_css_class = "required"
    usable_password_help_text = SetUnusablePasswordMixin.usable_password_help_text + (
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">'
        "If disabled, the current password for this user will be lost.</li></ul>"
    )
    password1, password2 = SetPasswordMixin.create_password_fields()

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        first, second = self.fields["password1"], self.fields["password2"]
        first.widget.attrs["autofocus"] = True
        if user.has_usable_password():
            first.required = second.required = False
            field = self.create_usable_password_field(mark_safe(self.usable_password_help_text))
            self.fields["usable_password"] = field

    def clean(self):
        self.validate_passwords()
        self.validate_password_for_user(self.user)
        return super().clean()

    def save(self, commit=True):
        return self.set_password_and_save(self.user, commit=commit)

    @property
    def changed_data(self):
        changed = super().changed_data
        has_password = "password1" in changed and "password2" in changed
        return ["password"] if has_password or "set_usable_password" in changed else []


class PasswordResetForm(forms.Form):
    """Mails a link to whoever forgot the password."""

    email = forms.EmailField(
        label="Email", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def get_users(self, email):
        """The users who get a link: active ones with a password, whose address it is."""
        model = get_user_model()
        name = model.get_email_field_name()
        users = model._default_manager.filter(**{f"{name}__iexact": email, "is_active": True})
        return (
            user for user in users if user.has_usable_password() and _unicode_ci_compare(email, getattr(user, name))
        )

    def send_mail(
        self,
        subject_template_name,
        email_template_name,
        context,
        from_email,
        to_email,
        html_email_template_name=None,
    ):
        """Sends one mail; what goes wrong is in the log, and not told the visitor."""
        from django.core.mail import EmailMultiAlternatives
        from django.template.loader import render_to_string

        subject = "".join(render_to_string(subject_template_name, context).splitlines())
        body = render_to_string(email_template_name, context)
        html = html_email_template_name and render_to_string(html_email_template_name, context)
        if html is None and body.lstrip()[:9].lower() == "<!doctype":
            # The page that djr brings under this name; the text is beside it.
            html, body = body, render_to_string(email_template_name.replace(".html", ".txt"), context)
        message = EmailMultiAlternatives(subject, body, from_email, [to_email])
        if html is not None:
            message.attach_alternative(html, "text/html")
        try:
            message.send()
        except Exception:
            import logging

            logger = logging.getLogger("django.contrib.auth")
            logger.exception("Failed to send password reset email to %s", context["user"].pk)

    def save(
        self,
        domain_override=None,
        subject_template_name="registration/password_reset_subject.txt",
        email_template_name="registration/password_reset_email.html",
        use_https=False,
        token_generator=default_token_generator,
        from_email=None,
        request=None,
        html_email_template_name=None,
        extra_email_context=None,
    ):
        """Mails everybody whose address it is a link that works once."""
        from django.contrib.sites.shortcuts import get_current_site
        from django.utils.encoding import force_bytes
        from django.utils.http import urlsafe_base64_encode

        site = None if domain_override else get_current_site(request)
        model = get_user_model()
        for user in self.get_users(self.cleaned_data["email"]):
            # The address of the account, which may be written in another way than the one that was sent.
            address = getattr(user, model.get_email_field_name())
            context = {
                "email": address,
                "domain": domain_override or site.domain,
                "site_name": domain_override or site.name,
                "uid": urlsafe_base64_encode(force_bytes(model._meta.pk.value_to_string(user))),
                "user": user,
                "token": token_generator.make_token(user),
                "protocol": "https" if use_https else "http",
                "valid_for": _in_words(),
                "username_label": model._meta.get_field(model.USERNAME_FIELD).verbose_name,
                **(extra_email_context or {}),
            }
            self.send_mail(
                subject_template_name, email_template_name, context, from_email, address, html_email_template_name
            )


def _in_words():
    """How long a link is good for: `3 days`."""
    from django.conf import settings

    seconds = settings.PASSWORD_RESET_TIMEOUT
    for size, noun in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size and seconds % size == 0:
            break
    count = seconds // size
    return f"{count} {noun}{'' if count == 1 else 's'}"
