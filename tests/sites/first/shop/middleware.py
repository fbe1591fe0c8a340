from django.http import HttpResponse
from django.utils.deprecation import MiddlewareMixin


def timing(get_response):
    def middleware(request):
        request.steps = ["timing"]
        response = get_response(request)
        response["X-Steps"] = " ".join(request.steps)
        return response

    return middleware


class VisitCounter:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.steps.append("counter")
        request.visits = request.session.get("visits", 0) + 1
        if request.path == "/":
            request.session["visits"] = request.visits
        if request.GET.get("closed"):
            return HttpResponse("closed", status=503)
        return self.get_response(request)


class ShopErrors(MiddlewareMixin):
    def process_request(self, request):
        request.steps.append("errors")

    def process_view(self, request, view, args, kwargs):
        request.steps.append(",".join(sorted(kwargs)) or "none")

    def process_exception(self, request, exception):
        if isinstance(exception, LookupError):
            return HttpResponse(f"sorry: {exception}", status=409)

    def process_response(self, request, response):
        response["X-Shop"] = "first"
        return response
