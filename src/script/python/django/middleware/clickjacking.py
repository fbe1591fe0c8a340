"""Which sites may show pages in a frame."""

from django.utils.deprecation import MiddlewareMixin


class XFrameOptionsMiddleware(MiddlewareMixin):
    """Sets `X-Frame-Options` as `X_FRAME_OPTIONS` says, unless a view did."""

    def process_response(self, request, response):
        if response.get("X-Frame-Options") is None and not getattr(response, "xframe_options_exempt", False):
            response.headers["X-Frame-Options"] = self.get_xframe_options_value(request, response)
        return response

    def get_xframe_options_value(self, request, response):
        from django.conf import settings

        return getattr(settings, "X_FRAME_OPTIONS", "DENY").upper()
