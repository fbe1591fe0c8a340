"""The words for levels."""

from django.contrib.messages import constants


def get_level_tags():
    """The word of each level: the usual ones, and those of `MESSAGE_TAGS`."""
    from django.conf import settings

    return {**constants.DEFAULT_TAGS, **getattr(settings, "MESSAGE_TAGS", {})}
