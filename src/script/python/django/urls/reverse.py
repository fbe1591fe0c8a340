"""From names to addresses and back, over the addresses that djr has read."""

from django.urls.exceptions import NoReverseMatch, Resolver404
from django.utils.functional import lazy

_prefix = "/"
_urlconf = None


def reverse(viewname, urlconf=None, args=None, kwargs=None, current_app=None, *, query=None, fragment=None):
    """The address of a name, or of a view; a NoReverseMatch where there is none with those arguments."""
    if args and kwargs:
        raise ValueError("reverse() takes args or kwargs, not both")
    import _djr

    name = viewname
    if not isinstance(name, str):
        from django.urls.resolvers import _path

        name = _path(viewname)
    found = _djr.reverse(name, list(args or ()), dict(kwargs or {}), current_app, urlconf)
    if found is None:
        given = f"the arguments {tuple(args)!r}" if args else f"the arguments {kwargs!r}" if kwargs else "no arguments"
        raise NoReverseMatch(f"no address is named {name!r} and takes {given}")
    return _with_query(found if _prefix == "/" else _prefix + found.removeprefix("/"), query, fragment)


def _with_query(address, query, fragment):
    if query is not None:
        from django.http.querydict import QueryDict
        from django.utils.http import urlencode

        text = query.urlencode() if isinstance(query, QueryDict) else urlencode(query, doseq=True)
        if text:
            address += f"?{text}"
    if fragment is not None:
        address += f"#{fragment}"
    return address


reverse_lazy = lazy(reverse, str)


def resolve(path, urlconf=None):
    """The view of an address; a Resolver404 where there is none."""
    import _djr

    from django.urls.resolvers import ResolverMatch

    found = _djr.resolve(str(path))
    if found is None:
        raise Resolver404({"path": str(path), "tried": []})
    return ResolverMatch.of_dict(found)


def is_valid_path(path, urlconf=None):
    """The match of an address, or False."""
    try:
        return resolve(path, urlconf)
    except Resolver404:
        return False


def get_script_prefix():
    """Where the site is mounted, with a slash at the end."""
    return _prefix


def set_script_prefix(prefix):
    global _prefix
    _prefix = prefix if prefix.endswith("/") else prefix + "/"


def clear_script_prefix():
    set_script_prefix("/")


def get_urlconf(default=None):
    return default if _urlconf is None else _urlconf


def set_urlconf(urlconf_name):
    global _urlconf
    _urlconf = urlconf_name or None


def clear_url_caches():
    """Nothing is kept here."""


def translate_url(url, lang_code):
    """The address itself: sites are in one language."""
    return url
