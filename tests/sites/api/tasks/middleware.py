import uuid

from django.http import JsonResponse
from django.utils.deprecation import MiddlewareMixin

from .errors import ApiError


class ApiErrors:
    """Answers what the views of the API raise as JSON."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, ApiError):
            return JsonResponse(exception.as_dict(), status=exception.status)
        return None


class RequestId(MiddlewareMixin):
    def process_request(self, request):
        given = request.headers.get("X-Request-ID")
        try:
            request.id = uuid.UUID(given) if given else None
        except ValueError:
            return JsonResponse({"error": "X-Request-ID is not a UUID"}, status=400)

    def process_response(self, request, response):
        if getattr(request, "id", None):
            response["X-Site"] = str(request.id)
        return response
