"""Addresses of views, which `urls.toml` declares."""

from django._absent import absent
from django.urls.exceptions import NoReverseMatch, Resolver404
from django.urls.resolvers import ResolverMatch
from django.urls.reverse import (
    clear_script_prefix,
    clear_url_caches,
    get_script_prefix,
    get_urlconf,
    is_valid_path,
    resolve,
    reverse,
    reverse_lazy,
    set_script_prefix,
    set_urlconf,
    translate_url,
)
from django.urls.utils import get_callable, get_mod_func

__all__ = [
    "NoReverseMatch",
    "Resolver404",
    "ResolverMatch",
    "clear_script_prefix",
    "clear_url_caches",
    "get_callable",
    "get_mod_func",
    "get_script_prefix",
    "get_urlconf",
    "is_valid_path",
    "resolve",
    "reverse",
    "reverse_lazy",
    "set_script_prefix",
    "set_urlconf",
    "translate_url",
]


__getattr__ = absent(__name__)
