"""Headers that say what caches may keep."""

import time

from django.utils.http import http_date, parse_etags, parse_http_date_safe, quote_etag


def _directives(header):
    """The directives of `Cache-Control` by name; True where one has no value."""
    found = {}
    for part in _split(header):
        name, equals, value = part.partition("=")
        found.setdefault(name.lower(), []).append(value if equals else True)
    return found


def _split(header):
    return [part.strip() for part in header.split(",") if part.strip()]


def patch_cache_control(response, **kwargs):
    """Adds directives to `Cache-Control`: `max_age=60`, `private=True`; the smaller `max_age` stays."""
    given = _directives(response.get("Cache-Control", ""))
    have = {name: set(values) if name == "no-cache" else values[-1] for name, values in given.items()}
    if "max-age" in have and "max_age" in kwargs:
        kwargs["max_age"] = min(int(have["max-age"]), kwargs["max_age"])
    if "private" in have and "public" in kwargs:
        have.pop("private")
    elif "public" in have and "private" in kwargs:
        have.pop("public")
    for name, value in kwargs.items():
        directive = name.replace("_", "-")
        if directive == "no-cache":
            have.setdefault(directive, set()).add(value)
        else:
            have[directive] = value
    response["Cache-Control"] = ", ".join(text for name, value in have.items() for text in _written(name, value))


def _written(name, value):
    if isinstance(value, set):
        return [name] if True in value else [f"{name}={item}" for item in value]
    return [name] if value is True else [f"{name}={value}"]


def get_max_age(response):
    """The seconds of `max-age`, or None."""
    if not response.has_header("Cache-Control"):
        return None
    values = _directives(response["Cache-Control"]).get("max-age")
    try:
        return int(values[-1]) if values else None
    except (TypeError, ValueError):
        return None


def set_response_etag(response):
    """A tag made of the content, unless the response streams or is empty."""
    if not response.streaming and response.content:
        from hashlib import md5

        response.headers["ETag"] = quote_etag(md5(response.content, usedforsecurity=False).hexdigest())
    return response


def get_conditional_response(request, etag=None, last_modified=None, response=None):
    """`response`, or 304 or 412 where the conditions of the request say so."""
    if response and not 200 <= response.status_code < 300:
        return response
    meta = request.META
    if_match = parse_etags(meta.get("HTTP_IF_MATCH", ""))
    if_none_match = parse_etags(meta.get("HTTP_IF_NONE_MATCH", ""))
    unmodified_since = _moment(meta.get("HTTP_IF_UNMODIFIED_SINCE"))
    modified_since = _moment(meta.get("HTTP_IF_MODIFIED_SINCE"))
    # The order of RFC 9110, section 13.2.2.
    if if_match and not _strongly_matches(etag, if_match):
        return _precondition_failed(request)
    is_modified_too_late = unmodified_since and not (last_modified and last_modified <= unmodified_since)
    if not if_match and is_modified_too_late:
        return _precondition_failed(request)
    is_read = request.method in ("GET", "HEAD")
    if if_none_match and _weakly_matches(etag, if_none_match):
        return _not_modified(request, response) if is_read else _precondition_failed(request)
    is_unchanged = modified_since and last_modified and last_modified <= modified_since
    if not if_none_match and is_unchanged and is_read:
        return _not_modified(request, response)
    return response


def _moment(header):
    return header and parse_http_date_safe(header)


def _strongly_matches(etag, wanted):
    if not etag:
        return False
    return wanted == ["*"] or (not etag.startswith("W/") and etag in wanted)


def _weakly_matches(etag, wanted):
    if not etag:
        return False
    return wanted == ["*"] or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in wanted}


def _precondition_failed(request):
    from django.http import HttpResponse

    return HttpResponse(status=412)


def _not_modified(request, response=None):
    from django.http import HttpResponseNotModified

    answer = HttpResponseNotModified()
    if response:
        for name in ("Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Last-Modified", "Vary"):
            if name in response:
                answer.headers[name] = response.headers[name]
        answer.cookies = response.cookies
    return answer


def patch_response_headers(response, cache_timeout=None):
    """`Expires` and `max-age` for so many seconds (`CACHE_MIDDLEWARE_SECONDS`)."""
    if cache_timeout is None:
        from django.conf import settings

        cache_timeout = settings.CACHE_MIDDLEWARE_SECONDS
    seconds = max(0, cache_timeout)
    if not response.has_header("Expires"):
        response.headers["Expires"] = http_date(time.time() + seconds)
    patch_cache_control(response, max_age=seconds)


def add_never_cache_headers(response):
    """No cache keeps this."""
    patch_response_headers(response, cache_timeout=-1)
    patch_cache_control(response, no_cache=True, no_store=True, must_revalidate=True, private=True)


def patch_vary_headers(response, newheaders):
    """Adds names of headers to `Vary`; `*` is all of them."""
    have = _split(response.headers.get("Vary", ""))
    known = {name.lower() for name in have}
    have += [name for name in newheaders if name.lower() not in known]
    response.headers["Vary"] = "*" if "*" in have else ", ".join(have)


def has_vary_header(response, header_query):
    """Whether the response varies by that header."""
    return header_query.lower() in {name.lower() for name in _split(response.headers.get("Vary", ""))}


def get_cache_key(request, key_prefix=None, method="GET", cache=None):
    """The key of a cached page, or None where it is not known how the page varies."""
    settings, cache = _cache(cache)
    prefix = settings.CACHE_MIDDLEWARE_KEY_PREFIX if key_prefix is None else key_prefix
    names = cache.get(_header_key(prefix, request))
    return None if names is None else _page_key(request, method, names, prefix)


def learn_cache_key(request, response, cache_timeout=None, key_prefix=None, cache=None):
    """Remembers how a page varies, and answers its key."""
    settings, cache = _cache(cache)
    prefix = settings.CACHE_MIDDLEWARE_KEY_PREFIX if key_prefix is None else key_prefix
    seconds = settings.CACHE_MIDDLEWARE_SECONDS if cache_timeout is None else cache_timeout
    names = sorted("HTTP_" + name.upper().replace("-", "_") for name in _split(response.headers.get("Vary", "")))
    if settings.USE_I18N:
        # The language is a part of the key.
        names = [name for name in names if name != "HTTP_ACCEPT_LANGUAGE"]
    cache.set(_header_key(prefix, request), names, seconds)
    return _page_key(request, request.method, names, prefix)


def _cache(cache):
    from django.conf import settings
    from django.core.cache import caches

    return settings, caches[settings.CACHE_MIDDLEWARE_ALIAS] if cache is None else cache


def _digest(*parts):
    from hashlib import md5

    hasher = md5(usedforsecurity=False)
    for part in parts:
        hasher.update(part.encode())
    return hasher.hexdigest()


def _header_key(prefix, request):
    return _localized(f"views.decorators.cache.cache_header.{prefix}.{_digest(request.build_absolute_uri())}")


def _page_key(request, method, names, prefix):
    values = _digest(*(request.META[name] for name in names if request.META.get(name) is not None))
    url = _digest(request.build_absolute_uri())
    return _localized(f"views.decorators.cache.cache_page.{prefix}.{method}.{url}.{values}")


def _localized(key):
    from django.conf import settings
    from django.utils.timezone import get_current_timezone_name
    from django.utils.translation import get_language

    language = f".{get_language()}" if settings.USE_I18N else ""
    return f"{key}{language}" + (f".{get_current_timezone_name()}" if settings.USE_TZ else "")
