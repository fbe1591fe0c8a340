"""Middleware of methods, and the warnings about what goes away."""

from django._absent import absent


class RemovedInDjango60Warning(DeprecationWarning):
    """Django 6.0 does not have it."""


class RemovedInDjango61Warning(PendingDeprecationWarning):
    """Django 6.1 does not have it."""


RemovedInNextVersionWarning = RemovedInDjango60Warning
RemovedAfterNextVersionWarning = RemovedInDjango61Warning


class MiddlewareMixin:
    """Calls `process_request` before a view and `process_response` after it."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response):
        if get_response is None:
            raise ValueError("a middleware needs what it calls: get_response")
        self.get_response = get_response
        self.async_mode = False
        super().__init__()

    def __repr__(self):
        called = getattr(self.get_response, "__qualname__", type(self.get_response).__name__)
        return f"<{type(self).__qualname__} get_response={called}>"

    def __call__(self, request):
        process_request = getattr(self, "process_request", None)
        response = process_request(request) if process_request else None
        response = response or self.get_response(request)
        process_response = getattr(self, "process_response", None)
        return process_response(request, response) if process_response else response


__getattr__ = absent(__name__)
