"""Which texts are names of domains, addresses of mail and addresses of pages."""

_ATOM = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
_DIGITS = frozenset("0123456789")
_HEX = frozenset("0123456789abcdefABCDEF:.")
_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-")


def is_domain(domain, is_ascii=False):
    """Whether it has a name and a top level, each of letters, digits and hyphens in it."""
    *labels, top = domain.split(".")
    if not labels or not all(_is_label(label, is_ascii) for label in labels):
        return False
    if is_ascii:
        return _is_label(top, True) and len(top) > 1
    if top[:4].lower() == "xn--":
        return _is_label(top, True) and len(top) > 4
    return _is_label(top) and len(top) > 1 and not _DIGITS.intersection(top)


def is_domain_with_dot(domain, is_ascii=False):
    """As `is_domain`; a dot may stand at the end."""
    return is_domain(domain.removesuffix("."), is_ascii)


def _is_label(label, is_ascii=False):
    if not 1 <= len(label) <= 63 or label[0] == "-" or label[-1] == "-":
        return False
    return all(char in _LETTERS or (not is_ascii and "\u00a1" <= char <= "\uffff") for char in label)


def is_mailbox(user):
    """Whether that may stand before the `@`: atoms between dots, or anything in quotes."""
    if all(part and _ATOM.issuperset(part) for part in user.split(".")):
        return True
    if len(user) < 2 or user[0] != '"' or user[-1] != '"':
        return False
    inner = iter(user[1:-1])
    for char in inner:
        is_escaped = char == "\\"
        if is_escaped:
            char = next(inner, "\0")
        if not char.isascii() or char in "\0\n\r" or (not is_escaped and char in '"\t\\ '):
            return False
    return True


def is_url(url):
    """Whether it has a scheme, a host and no space; brackets hold an address of IPv6."""
    scheme, separator, rest = url.partition("://")
    if not separator or not _SCHEME.issuperset(scheme) or any(char.isspace() for char in url):
        return False
    end = next((at for at, char in enumerate(rest) if char in "/?#"), len(rest))
    authority = rest[:end]
    user, at, host = authority.rpartition("@")
    if at and not _is_user(user):
        return False
    host, port = _host_and_port(host)
    return host is not None and (port is None or (1 <= len(port) <= 5 and _DIGITS.issuperset(port))) and _is_host(host)


def _is_user(user):
    name, _, password = user.partition(":")
    return bool(name) and "@" not in name and ":" not in password and "@" not in password


def _host_and_port(host):
    if host.startswith("["):
        inner, bracket, after = host.partition("]")
        if not bracket or (after and after[0] != ":"):
            return None, None
        return inner + bracket, after[1:] if after else None
    name, colon, port = host.partition(":")
    return name, port if colon else None


def _is_host(host):
    if host.startswith("["):
        return len(host) > 2 and _HEX.issuperset(host[1:-1])
    parts = host.split(".")
    if len(parts) == 4 and all(part.isascii() and part.isdecimal() for part in parts):
        return all(len(part) <= 3 and int(part) <= 255 and (part == "0" or part[0] != "0") for part in parts)
    return host.lower() == "localhost" or is_domain_with_dot(host)
