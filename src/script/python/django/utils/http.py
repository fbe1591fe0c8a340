"""Dates, tags, addresses and headers of HTTP."""

from urllib.parse import unquote

from django._absent import absent
from django.utils.datastructures import MultiValueDict

RFC3986_GENDELIMS = ":/?#[]@"
RFC3986_SUBDELIMS = "!$&'()*+,;="
MAX_URL_LENGTH = 2048
MAX_URL_REDIRECT_LENGTH = 16384

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def urlencode(query, doseq=False):
    """`query`, a mapping or pairs, as the query of an address; a value may not be None."""
    from urllib.parse import urlencode as standard

    if isinstance(query, MultiValueDict):
        query = query.lists()
    elif hasattr(query, "items"):
        query = query.items()
    return standard([(key, _parameter(key, value, doseq)) for key, value in query], doseq)


def _parameter(key, value, doseq):
    if value is None:
        raise TypeError(f"None cannot be written as the value of {key!r} in an address: pass '' or leave it out")
    if not doseq or isinstance(value, (str, bytes)):
        return value
    try:
        items = list(value)
    except TypeError:
        return value
    if None in items:
        raise TypeError(f"None cannot be written as a value of {key!r} in an address: pass '' or leave it out")
    return [item if isinstance(item, bytes) else str(item) for item in items]


def http_date(epoch_seconds=None):
    """Seconds since 1970 as the date of a header."""
    from email.utils import formatdate

    return formatdate(epoch_seconds, usegmt=True)


def parse_http_date(date):
    """The date of a header, in any of its three forms, as seconds since 1970; a ValueError otherwise."""
    import calendar

    try:
        year, month, day, clock = _date_parts(date)
        if year < 100:
            year = _full_year(year)
        hour, minute, second = map(_two_digits, clock.split(":"))
        import datetime

        moment = datetime.datetime(year, _MONTHS.index(month.lower()) + 1, day, hour, minute, second)
        return calendar.timegm(moment.utctimetuple())
    except (AttributeError, ValueError) as error:
        raise ValueError(f"{date!r} is not a date of HTTP") from error


def _date_parts(text):
    """Year, month, day and time of `Sun, 06 Nov 1994 ...`, `Sunday, 06-Nov-94 ...` and `Sun Nov  6 ... 1994`."""
    weekday, comma, rest = text.partition(", ")
    if not comma:
        weekday, month, day, clock, year = text.replace("  ", " 0", 1).split(" ")
        _check(len(weekday) == 3 and len(year) == 4)
        return int(year), month, _two_digits(day), clock
    parts = rest.split(" ")
    if len(parts) == 5:
        day, month, year, clock, zone = parts
        _check(len(weekday) == 3 and len(year) == 4)
    else:
        date, clock, zone = parts
        day, month, year = date.split("-")
        _check(len(weekday) >= 6 and weekday.endswith("day") and len(year) == 2)
    _check(zone == "GMT" and year.isdecimal())
    return int(year), month, _two_digits(day), clock


def _check(is_fine):
    if not is_fine:
        raise ValueError("not a part of a date")


def _two_digits(text):
    _check(len(text) == 2 and text.isdecimal())
    return int(text)


def _full_year(year):
    """The year of two digits that is at most fifty years ahead."""
    from datetime import datetime, timezone

    now = datetime.now(timezone.utc).year
    full = now - now % 100 + year
    return full - 100 if full - now > 50 else full


def parse_http_date_safe(date):
    """As `parse_http_date`, but None where `date` is not a date."""
    try:
        return parse_http_date(date)
    except Exception:
        return None


def base36_to_int(s):
    """The number that letters and digits stand for; a ValueError where there are too many."""
    if len(s) > 13:
        raise ValueError("a number in base 36 has at most 13 digits here")
    return int(s, 36)


def int_to_base36(i):
    """A number in digits and small letters."""
    if i < 0:
        raise ValueError("a negative number cannot be written in base 36")
    digits = ""
    while True:
        i, digit = divmod(i, 36)
        digits = _DIGITS[digit] + digits
        if not i:
            return digits


def urlsafe_base64_encode(s):
    """Bytes for an address, without padding."""
    from base64 import urlsafe_b64encode

    return urlsafe_b64encode(s).rstrip(b"\n=").decode("ascii")


def urlsafe_base64_decode(s):
    """What `urlsafe_base64_encode` was given; a ValueError where that cannot be."""
    import binascii
    from base64 import urlsafe_b64decode

    data = s.encode()
    try:
        return urlsafe_b64decode(data.ljust(len(data) + len(data) % 4, b"="))
    except (LookupError, binascii.Error) as error:
        raise ValueError(error) from error


def parse_etags(etag_str):
    """The tags of `If-Match` or `If-None-Match`."""
    if etag_str.strip() == "*":
        return ["*"]
    found = []
    for part in etag_str.split(","):
        tag = _etag(part.strip())
        if tag:
            found.append(tag)
    return found


def quote_etag(etag_str):
    """A tag in its quotes."""
    return etag_str if _etag(etag_str) else f'"{etag_str}"'


def _etag(text):
    bare = text[2:] if text.startswith("W/") else text
    is_tag = len(bare) >= 2 and bare[0] == bare[-1] == '"' and '"' not in bare[1:-1]
    return text if is_tag else None


def is_same_domain(host, pattern):
    """Whether `host` is `pattern`, or below it where the pattern begins with a dot."""
    if not pattern:
        return False
    pattern = pattern.lower()
    if pattern[0] == ".":
        return host.endswith(pattern) or host == pattern[1:]
    return host == pattern


def url_has_allowed_host_and_scheme(url, allowed_hosts, require_https=False):
    """Whether a redirect to `url` stays on one of the hosts, by HTTP or HTTPS."""
    url = (url or "").strip()
    if not url:
        return False
    hosts = {allowed_hosts} if isinstance(allowed_hosts, str) else set(allowed_hosts or ())
    # Some browsers take `\` for `/`.
    return all(_stays_on(reading, hosts, require_https) for reading in (url, url.replace("\\", "/")))


def _stays_on(url, hosts, require_https):
    import unicodedata
    from urllib.parse import urlsplit

    if len(url) > MAX_URL_LENGTH or url.startswith("///"):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if not parts.netloc and parts.scheme:
        return False
    if unicodedata.category(url[0])[0] == "C":
        return False
    scheme = parts.scheme or ("http" if parts.netloc else "")
    schemes = {"", "https"} if require_https else {"", "http", "https"}
    return scheme in schemes and (not parts.netloc or parts.netloc in hosts)


def escape_leading_slashes(url):
    """`url` so that a browser does not read a host at its beginning."""
    return f"/%2F{url[2:]}" if url.startswith("//") else url


def parse_header_parameters(line):
    """The value of a header in small letters, and its parameters by name."""
    if not line:
        return "", {}
    first, *parts = _header_parts(line)
    parameters, continued = {}, {}
    for part in parts:
        name, equals, value = part.partition("=")
        if not equals:
            # A name alone keeps its case.
            if name:
                parameters[name] = ""
            continue
        name, value = name.strip().lower(), value.strip()
        base, star, number = name.partition("*")
        if star and not number:
            name, value = base, _decoded_parameter(value)
        value = _without_quotes(value)
        if star and number.isdecimal():
            continued.setdefault(base, {})[int(number)] = value
        elif name:
            parameters[name] = value
    for name, pieces in continued.items():
        parameters[name] = "".join(pieces[number] for number in sorted(pieces))
    name = first.partition("=")[0].strip() or first
    return name.lower(), parameters


def _decoded_parameter(value):
    """The value of a parameter that names its charset: `utf-8''%c3%bc`."""
    if value.count("'") != 2:
        return value
    charset, _, text = value.split("'")
    try:
        import codecs

        codecs.lookup(charset or "us-ascii")
        return unquote(text, encoding=charset)
    except LookupError:
        raise ValueError(f"{charset!r} is not a charset that is known") from None


def _without_quotes(value):
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return value[1:-1].replace("\\\\", "\\").replace('\\"', '"')
    return value


def _header_parts(line):
    """The parts between semicolons; one in quotes does not count."""
    parts, start, in_quotes = [], 0, False
    for at, char in enumerate(line):
        if char == '"' and not (in_quotes and line[at - 1] == "\\"):
            in_quotes = not in_quotes
        elif char == ";" and not in_quotes:
            parts.append(line[start:at].strip())
            start = at + 1
    parts.append(line[start:].strip())
    return parts


def content_disposition_header(as_attachment, filename):
    """The header for a file of that name, or None where a browser needs none."""
    if not filename:
        return "attachment" if as_attachment else None
    kind = "attachment" if as_attachment else "inline"
    if filename.isascii() and filename.isprintable():
        escaped = filename.replace("\\", "\\\\").replace('"', r"\"")
        return f'{kind}; filename="{escaped}"'
    from urllib.parse import quote

    return f"{kind}; filename*=utf-8''{quote(filename)}"


__getattr__ = absent(__name__)
