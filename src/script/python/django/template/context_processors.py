"""Names that every template may see."""

from django._absent import absent


def csrf(request):
    """The token of forms."""
    from django.middleware.csrf import get_token
    from django.utils.functional import SimpleLazyObject

    return {"csrf_token": SimpleLazyObject(lambda: str(get_token(request)))}


def debug(request):
    """`debug` for visitors of the internal addresses of a site that is being made."""
    from django.conf import settings

    is_inside = settings.DEBUG and request.META.get("REMOTE_ADDR") in settings.INTERNAL_IPS
    return {"debug": True, "sql_queries": []} if is_inside else {}


def i18n(request):
    from django.conf import settings
    from django.utils import translation

    return {
        "LANGUAGES": getattr(settings, "LANGUAGES", [("en", "English")]),
        "LANGUAGE_CODE": translation.get_language(),
        "LANGUAGE_BIDI": translation.get_language_bidi(),
    }


def tz(request):
    from django.utils import timezone

    return {"TIME_ZONE": timezone.get_current_timezone_name()}


def static(request):
    from django.conf import settings

    return {"STATIC_URL": settings.STATIC_URL}


def media(request):
    from django.conf import settings

    return {"MEDIA_URL": settings.MEDIA_URL}


def request(request):
    return {"request": request}


__getattr__ = absent(__name__)
