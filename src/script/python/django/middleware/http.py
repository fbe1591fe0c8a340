"""Answers that a browser has already."""

from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import parse_http_date_safe


class ConditionalGetMiddleware(MiddlewareMixin):
    """Gives answers to GET a tag, and sends 304 where the browser has the content."""

    def process_response(self, request, response):
        if request.method != "GET":
            return response
        if self.needs_etag(response) and not response.has_header("ETag"):
            set_response_etag(response)
        etag, changed = response.get("ETag"), response.get("Last-Modified")
        changed = changed and parse_http_date_safe(changed)
        if not etag and not changed:
            return response
        return get_conditional_response(request, etag=etag, last_modified=changed, response=response)

    def needs_etag(self, response):
        """Whether the answer may be kept at all."""
        from django.utils.cache import _directives

        return "no-store" not in _directives(response.get("Cache-Control", ""))
