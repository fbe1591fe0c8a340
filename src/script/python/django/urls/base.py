"""From names to addresses and back."""

from django._absent import absent
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

__getattr__ = absent(__name__)
