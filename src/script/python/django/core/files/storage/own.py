"""Storages that are classes of the project, for djr's own pages and commands."""

from django.core.files.base import ContentFile
from django.core.files.storage import storages


def read(alias, name):
    with storages[alias].open(name, "rb") as file:
        return file.read()


def save(alias, name, content, content_type, max_length):
    """The name that the file got."""
    storage = storages[alias]
    file = ContentFile(content, name.rpartition("/")[2])
    file.content_type = content_type
    return str(storage.save(storage.generate_filename(name), file, max_length=max_length))


def delete(alias, name):
    storages[alias].delete(name)


def exists(alias, name):
    return bool(storages[alias].exists(name))


def listdir(alias, path):
    folders, files = storages[alias].listdir(path)
    return sorted(map(str, folders)), sorted(map(str, files))


def metadata(alias, name):
    """The bytes of a file, and when it last changed, in seconds since 1970 where the class knows."""
    storage = storages[alias]
    try:
        modified = storage.get_modified_time(name).timestamp()
    except NotImplementedError:
        modified = None
    return storage.size(name), modified


def url(alias, name):
    """Where a browser finds a file; None where it cannot."""
    try:
        return str(storages[alias].url(name))
    except (NotImplementedError, ValueError):
        return None


def path(alias, name):
    """Where a file is on disk; None where it is not on one."""
    try:
        return str(storages[alias].path(name))
    except NotImplementedError:
        return None
