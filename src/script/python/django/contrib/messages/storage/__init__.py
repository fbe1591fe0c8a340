"""Where messages are kept."""


def default_storage(request):
    """What keeps the messages of a request."""
    from django.contrib.messages.storage.base import storage_of

    return storage_of(request)
