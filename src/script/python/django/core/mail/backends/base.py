"""What sends mail."""


class BaseEmailBackend:
    """A class of one's own has `send_messages`."""

    def __init__(self, fail_silently=False, **kwargs):
        self.fail_silently = fail_silently

    def open(self):
        """Opens a connection; whether one was made."""

    def close(self):
        """Closes the connection."""

    def __enter__(self):
        try:
            self.open()
        except Exception:
            self.close()
            raise
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.close()

    def send_messages(self, email_messages):
        """How many were sent."""
        raise NotImplementedError(f"{type(self).__name__} needs send_messages()")
