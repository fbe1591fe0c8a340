"""Keys of parts of pages."""

TEMPLATE_FRAGMENT_KEY_TEMPLATE = "template.cache.%s.%s"


def make_template_fragment_key(fragment_name, vary_on=None):
    """The key under which a part of a page is kept."""
    from hashlib import md5

    hasher = md5(usedforsecurity=False)
    for value in vary_on or ():
        hasher.update(str(value).encode())
        hasher.update(b":")
    return TEMPLATE_FRAGMENT_KEY_TEMPLATE % (fragment_name, hasher.hexdigest())
