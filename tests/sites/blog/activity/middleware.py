import logging
import time

logger = logging.getLogger("activity.requests")


class RequestLogger:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.monotonic()
        response = self.get_response(request)
        took = time.monotonic() - started
        level = logging.WARNING if response.status_code >= 400 else logging.INFO
        logger.log(level, "%s %s %d", request.method, request.get_full_path(), response.status_code)
        if took > 30:
            logger.error("slow: %.1f s", took)
        return response

    def process_exception(self, request, exception):
        logger.error("%s raised %s", request.path, type(exception).__name__)
