"""Cookies as browsers send them."""


def __getattr__(name):
    # The library's module is large, and most answers set no cookie.
    if name == "SimpleCookie":
        from http.cookies import SimpleCookie

        return SimpleCookie
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class HasCookies:
    """Has cookies, for which the library's module is read when somebody asks."""

    _cookies = None

    @property
    def cookies(self):
        if self._cookies is None:
            from http.cookies import SimpleCookie

            self._cookies = SimpleCookie()
        return self._cookies

    @cookies.setter
    def cookies(self, value):
        self._cookies = value


def parse_cookie(cookie):
    """The names and values of a `Cookie` header; a part without `=` is the value of an empty name."""
    found = {}
    for part in cookie.split(";"):
        name, equals, value = part.partition("=")
        if not equals:
            name, value = "", part
        name, value = name.strip(), value.strip()
        if name or value:
            found[name] = _unquoted(value)
    return found


def _unquoted(value):
    if len(value) < 2 or value[0] != '"' or value[-1] != '"':
        return value
    kept, rest = [], value[1:-1]
    while rest:
        before, backslash, rest = rest.partition("\\")
        kept.append(before)
        if not backslash:
            break
        if len(rest) >= 3 and rest[0] in "0123" and all(digit in "01234567" for digit in rest[:3]):
            kept.append(chr(int(rest[:3], 8)))
            rest = rest[3:]
        else:
            kept.append(rest[:1] or "\\")
            rest = rest[1:]
    return "".join(kept)
