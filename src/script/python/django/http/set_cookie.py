"""How long a cookie is kept."""

import datetime
import time


def set_cookie(cookies, key, value, max_age, expires):
    """Sets the cookie and its end in `cookies`."""
    cookies[key] = value
    cookie = cookies[key]
    if isinstance(expires, datetime.datetime):
        if expires.utcoffset() is None:
            expires = expires.replace(tzinfo=datetime.timezone.utc)
        left = expires - datetime.datetime.now(tz=datetime.timezone.utc)
        # A part of a second is not lost.
        left += datetime.timedelta(seconds=1)
        expires = None
        if max_age is not None:
            raise ValueError("the end of a cookie is given twice: by expires and by max_age")
        max_age = max(0, left.days * 86400 + left.seconds)
    cookie["expires"] = expires if expires is not None else ""
    if max_age is not None:
        if isinstance(max_age, datetime.timedelta):
            max_age = max_age.total_seconds()
        cookie["max-age"] = int(max_age)
        if not expires:
            from django.utils.http import http_date

            cookie["expires"] = http_date(time.time() + max_age)
