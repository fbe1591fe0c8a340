"""Answers that are compressed."""

from django.utils.deprecation import MiddlewareMixin


class GZipMiddleware(MiddlewareMixin):
    """Compresses answers of 200 bytes and more where the browser takes that."""

    max_random_bytes = 100

    def process_response(self, request, response):
        from django.utils.cache import patch_vary_headers
        from django.utils.text import compress_sequence, compress_string

        if not response.streaming and len(response.content) < 200:
            return response
        if response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        if response.streaming:
            response.streaming_content = compress_sequence(
                response.streaming_content, max_random_bytes=self.max_random_bytes
            )
            del response.headers["Content-Length"]
        else:
            smaller = compress_string(response.content, max_random_bytes=self.max_random_bytes)
            if len(smaller) >= len(response.content):
                return response
            response.content = smaller
            response.headers["Content-Length"] = str(len(smaller))
        etag = response.get("ETag")
        if etag and etag.startswith('"'):
            # The bytes are others now.
            response.headers["ETag"] = f"W/{etag}"
        response.headers["Content-Encoding"] = "gzip"
        return response


def _takes_gzip(header):
    """Whether `gzip` stands there as a word."""
    words = "".join(char if char.isalnum() or char == "_" else " " for char in header)
    return "gzip" in words.split()
