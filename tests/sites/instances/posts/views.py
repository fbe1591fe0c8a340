from django.http import Http404, HttpResponse

from posts import cases, clean_cases, relation_cases, signal_cases, user_cases


class Lines:
    """What a case shows, line by line."""

    def __init__(self):
        self.lines = []

    def __call__(self, *values):
        self.lines.append(" ".join(repr(value) for value in values))

    def fails(self, function, *args, **kwargs):
        """Which exception it is."""
        try:
            found = function(*args, **kwargs)
        except Exception as error:
            self.lines.append(f"! {type(error).__name__}")
            return error
        self.lines.append(f"no error: {found!r}")
        return None

    def says(self, function, *args, **kwargs):
        """Which exception it is, and what it says."""
        try:
            found = function(*args, **kwargs)
        except Exception as error:
            said = getattr(error, "message_dict", None) or getattr(error, "messages", None) or str(error)
            self.lines.append(f"! {type(error).__name__}: {said}")
            return error
        self.lines.append(f"no error: {found!r}")
        return None


def run(request, name):
    for module in (cases, clean_cases, relation_cases, signal_cases, user_cases):
        case = getattr(module, name.replace("-", "_"), None)
        if case is not None:
            lines = Lines()
            case(lines)
            return HttpResponse("\n".join(lines.lines), content_type="text/plain")
    raise Http404
