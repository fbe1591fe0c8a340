"""Middleware that hears of everything, and tells it in a header."""


class Hooks:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.hooks = []
        response = self.get_response(request)
        response["X-Steps"] = " ".join(request.hooks) or "none"
        if request.GET.get("wrap") and response.streaming:
            response.streaming_content = (chunk.upper() for chunk in response.streaming_content)
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        request.hooks.append(f"view:{view_func.__name__}:{sorted(view_kwargs)}")

    def process_exception(self, request, exception):
        request.hooks.append(f"exception:{type(exception).__name__}")

    def process_template_response(self, request, response):
        request.hooks.append("template")
        response.context_data["hooked"] = "yes"
        return response
