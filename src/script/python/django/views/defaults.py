"""The pages of errors, by the project's templates or in one line."""

from django._absent import absent
from django.http import (
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
)

ERROR_404_TEMPLATE_NAME = "404.html"
ERROR_403_TEMPLATE_NAME = "403.html"
ERROR_400_TEMPLATE_NAME = "400.html"
ERROR_500_TEMPLATE_NAME = "500.html"

_PAGE = """<!doctype html>
<html lang="en">
<head>
  <title>{title}</title>
</head>
<body>
  <h1>{title}</h1><p>{details}</p>
</body>
</html>
"""


def _answer(kind, template_name, usual, title, details="", context=None, request=None):
    from django.template import TemplateDoesNotExist, loader

    try:
        return kind(loader.render_to_string(template_name, context, request))
    except TemplateDoesNotExist:
        if template_name != usual:
            raise
        return kind(_PAGE.format(title=title, details=details))


def page_not_found(request, exception, template_name=ERROR_404_TEMPLATE_NAME):
    """The page of 404, which knows the path and what the view said."""
    from urllib.parse import quote

    said = exception.args[0] if getattr(exception, "args", ()) else None
    context = {
        "request_path": quote(request.path),
        "exception": said if isinstance(said, str) else type(exception).__name__,
    }
    details = "The requested resource was not found on this server."
    return _answer(HttpResponseNotFound, template_name, ERROR_404_TEMPLATE_NAME, "Not Found", details, context, request)


def server_error(request, template_name=ERROR_500_TEMPLATE_NAME):
    """The page of 500, which knows nothing."""
    return _answer(HttpResponseServerError, template_name, ERROR_500_TEMPLATE_NAME, "Server Error (500)")


def bad_request(request, exception, template_name=ERROR_400_TEMPLATE_NAME):
    """The page of 400, which knows nothing."""
    return _answer(HttpResponseBadRequest, template_name, ERROR_400_TEMPLATE_NAME, "Bad Request (400)")


def permission_denied(request, exception, template_name=ERROR_403_TEMPLATE_NAME):
    """The page of 403, which knows what the view said."""
    context = {"exception": str(exception)}
    return _answer(HttpResponseForbidden, template_name, ERROR_403_TEMPLATE_NAME, "403 Forbidden", "", context, request)


__getattr__ = absent(__name__)
