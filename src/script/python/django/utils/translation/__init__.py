"""Translation as identity: sites of djr are in English for now, and what is marked for translation stays as it is."""

from contextlib import ContextDecorator

from django._absent import absent
from django.utils.functional import lazy

LANGUAGE_SESSION_KEY = "_language"
_active = None


class TranslatorCommentWarning(SyntaxWarning):
    """A comment for translators at a place where it is not read."""


def gettext(message):
    return message


def ngettext(singular, plural, number):
    return singular if number == 1 else plural


def pgettext(context, message):
    return message


def npgettext(context, singular, plural, number):
    return singular if number == 1 else plural


gettext_noop = gettext
gettext_lazy = _ = lazy(gettext, str)
pgettext_lazy = lazy(pgettext, str)


def _plural_lazy(forms, number):
    """Text for a number that may be known only when it is formatted: then `number` names it, or it is the only value."""
    if isinstance(number, int):
        return lazy(ngettext, str)(*forms, number)
    return _LazyPlural(forms, number)


class _LazyPlural:
    def __init__(self, forms, number):
        self.forms, self.number = forms, number

    def _of(self, values):
        if not self.number:
            return ngettext(*self.forms, values)
        if self.number not in values:
            raise KeyError(f"the number of this text is named {self.number!r}, which is not among the values")
        return ngettext(*self.forms, values[self.number])

    def __mod__(self, rhs):
        text = self._of(rhs)
        try:
            return text % rhs
        except TypeError:
            # A form without a place for the number.
            return text

    def format(self, *args, **kwargs):
        number = kwargs if self.number else args[0]
        return self._of(number).format(*args, **kwargs)

    def __str__(self):
        return self.forms[1]

    def __bool__(self):
        return any(self.forms)


def ngettext_lazy(singular, plural, number=None):
    return _plural_lazy((singular, plural), number)


def npgettext_lazy(context, singular, plural, number=None):
    return _plural_lazy((singular, plural), number)


def activate(language):
    """Remembers the language; texts stay English."""
    global _active
    if language:
        _active = language


def deactivate():
    global _active
    _active = None


def deactivate_all():
    deactivate()


class override(ContextDecorator):
    """For a block or a function, another language by name."""

    def __init__(self, language, deactivate=False):
        self.language, self.deactivate = language, deactivate

    def __enter__(self):
        self.old_language = _active
        activate(self.language)

    def __exit__(self, exc_type, exc_value, traceback):
        global _active
        _active = None if self.deactivate else self.old_language


def get_language():
    """The language that `activate` set, else that of the settings."""
    if _active is not None:
        return _active
    from django.conf import settings

    return settings.LANGUAGE_CODE


def get_language_bidi():
    return (get_language() or "").split("-")[0] in {"ar", "fa", "he", "ur", "ug", "ckb"}


def check_for_language(lang_code):
    return (lang_code or "").split("-")[0] == "en"


def to_language(locale):
    """`en_US` as `en-us`."""
    language, underscore, place = locale.partition("_")
    return f"{language.lower()}-{place.lower()}" if underscore else language.lower()


def to_locale(language):
    """`en-us` as `en_US`."""
    lowered = language.lower()
    name, _, place = lowered.partition("-")
    if not place:
        return name
    place, _, rest = place.partition("-")
    place = place.title() if len(place) > 2 else place.upper()
    return f"{name}_{place}-{rest}" if rest else f"{name}_{place}"


def get_language_from_request(request, check_path=False):
    from django.conf import settings

    return settings.LANGUAGE_CODE


def get_language_from_path(path):
    return None


def get_language_info(lang_code):
    if (lang_code or "").split("-")[0] != "en":
        raise KeyError(f"{lang_code!r} is not a language that is known here")
    return {"bidi": False, "code": "en", "name": "English", "name_local": "English", "name_translated": "English"}


def get_supported_language_variant(lang_code, strict=False):
    if check_for_language(lang_code):
        return lang_code
    raise LookupError(lang_code)


def trim_whitespace(s):
    """Lines without the spaces at their ends, joined by spaces."""
    return " ".join(line.strip() for line in s.strip().splitlines() if line.strip())


def round_away_from_one(value):
    from decimal import ROUND_UP, Decimal

    return int(Decimal(value - 1).quantize(Decimal("0"), rounding=ROUND_UP)) + 1


__getattr__ = absent(__name__)
